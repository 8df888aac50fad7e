"""The actions on a trained network and on its evaluation: two menus."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.documents.document_file import SUFFIX
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.export.csv_export import summary_path, write_sheets
from rnnstudio.core.stocks.export.html.html_report import write_report
from rnnstudio.core.stocks.export.inspector_scene import to_scene
from rnnstudio.core.stocks.export.script.script import prices_beside, write_script
from rnnstudio.core.stocks.files.forecaster_file import save_forecaster
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.file_dialogs import ask_open, ask_save


class NetworkBar(QWidget):
    """Acts on the state that it was shown last."""

    apply_clicked = Signal()
    dropout_clicked = Signal()
    reopen_wanted = Signal(object)
    """The path of a file with a network."""
    scene_wanted = Signal(object)
    """A ``Scene`` to be looked at in the inspector."""
    refused = Signal(str)
    """The sentence that says why something could not be done."""
    export_wanted = Signal(object, object)
    """A path, and the function that writes to it in the background."""
    done = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = StocksState()
        network, export = QMenu(self), QMenu(self)
        self.save_action = self._save_action(
            network, self.tr("Save …"), f"forecast{SUFFIX}", self.save
        )
        self.reopen_action = _action(network, self.tr("Reopen …"), self._choose_network)
        self.apply_action = _action(
            network, self.tr("Apply to a newer CSV …"), self.apply_clicked.emit
        )
        self.inspect_action = _action(network, self.tr("Open in the inspector"), self.inspect)
        self.dropout_action = _action(
            network, self.tr("Sample with dropout"), self.dropout_clicked.emit
        )
        self.csv_action = self._save_action(
            export, self.tr("Every number (CSV) …"), "forecast.csv", self.export_csv, summary_path
        )
        self.report_action = self._save_action(
            export, self.tr("Report (HTML) …"), "forecast.html", self.export_report
        )
        self.script_action = self._save_action(
            export, self.tr("Python script …"), "forecast.py", self.export_script, prices_beside
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for title, menu in ((self.tr("Network"), network), (self.tr("Export"), export)):
            button = QPushButton(title)
            button.setMenu(menu)
            layout.addWidget(button)

    def show_state(self, state: StocksState) -> None:
        """Offer what the state allows."""
        self._state = state
        idle = not state.run.active and not state.reading
        self.reopen_action.setEnabled(idle)
        for action in (self.save_action, self.apply_action, self.inspect_action):
            action.setEnabled(idle and state.trained is not None)
        for action in (self.csv_action, self.report_action, self.script_action):
            action.setEnabled(idle and state.evaluation is not None)
        self.dropout_action.setEnabled(idle and state.evaluation is not None)

    def save(self, path: Path) -> None:
        """Write the network to ``path``, with its prices and its test-set accesses."""
        trained, accesses = self._state.trained, self._state.accesses
        if trained is not None:
            write = partial(save_forecaster, trained=trained, accesses=accesses)
            self.export_wanted.emit(path, write)

    def inspect(self) -> None:
        """Ask for the inspector on the window before the last day that is not for testing."""
        trained = self._state.trained
        if trained is not None:
            table, day = trained.split.table, trained.split.rows_known - 1
            self._try(lambda: self.scene_wanted.emit(to_scene(trained, table, day)))

    def export_csv(self, path: Path) -> None:
        """Write every number of the evaluation."""
        evaluation = self._state.evaluation
        if evaluation is not None:
            self.export_wanted.emit(path, partial(write_sheets, evaluation=evaluation))

    def export_report(self, path: Path) -> None:
        """Write everything that is known of the evaluation as one page."""
        evaluation, file = self._state.evaluation, self._state.file
        if evaluation is not None:
            readings = () if file is None else (file.reading,)
            now = datetime.now(UTC)
            write = partial(write_report, evaluation=evaluation, when=now, readings=readings)
            self.export_wanted.emit(path, write)

    def export_script(self, path: Path) -> None:
        """Write the run as a plain Python script, with its prices beside it."""
        evaluation = self._state.evaluation
        if evaluation is not None:
            self.export_wanted.emit(path, partial(write_script, forecast=evaluation.forecast))

    def _try(self, do: Callable[[], object], path: Path | None = None) -> None:
        """Write the file; report it, or the UserError, in the status line."""
        try:
            do()
        except UserError as error:
            self.refused.emit(language.text(error.message))
        else:
            if path is not None:
                self.done.emit(language.filled(self.tr("Done: {0}"), path))

    def _save_action(
        self,
        menu: QMenu,
        text: str,
        name: str,
        write: Callable[[Path], None],
        beside: Callable[[Path], Path] | None = None,
    ) -> QAction:
        """An action that asks for a place and writes there, and another file ``beside`` it."""
        return _action(menu, text, partial(self._choose_place, name, write, beside))

    def _choose_place(
        self,
        name: str,
        write: Callable[[Path], None],
        beside: Callable[[Path], Path] | None,
    ) -> None:
        kinds = language.filled(self.tr("Files (*{0})"), Path(name).suffix)
        also = [] if beside is None else [beside]
        path = ask_save(self, self.tr("Save as"), name, kinds, also)
        if path is not None:
            write(path)

    def _choose_network(self) -> None:
        kinds = language.filled(self.tr("RNN Studio (*{0});;All files (*)"), SUFFIX)
        path = ask_open(self, self.tr("Reopen a network"), kinds)
        if path is not None:
            self.reopen_wanted.emit(path)


def _action(menu: QMenu, text: str, call: Callable[[], object]) -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(lambda _checked: call())
    return action
