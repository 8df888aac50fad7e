"""The sampling page: connects the settings, the drawing and the views."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.samples_export import write_names
from rnnstudio.core.names.sampling_job import Drawn
from rnnstudio.core.training import Checkpoint, Finished
from rnnstudio.ui.dinosaurs.drawn_view import DrawnView
from rnnstudio.ui.dinosaurs.letters_view import LettersView
from rnnstudio.ui.dinosaurs.network_line import NetworkLine
from rnnstudio.ui.dinosaurs.sampling_form import SamplingForm
from rnnstudio.ui.dinosaurs.sampling_state import (
    DrawAsked,
    DrawnShown,
    LetterStepped,
    NameChosen,
    NetworkChanged,
    SamplingEvent,
    SamplingRefused,
    SamplingState,
    draw_job,
    reduce,
)
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.dinosaurs.train_page import FORM_WIDTH
from rnnstudio.ui.running import CancelAsked
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.file_dialogs import ask_save
from rnnstudio.ui.widgets.repaint import Repainter
from rnnstudio.workers.run import Runner


class SamplingPage(QWidget):
    """Draws names from the network in training, or else from the one that was trained last.

    ``inspect_asked`` gives a ``TrainedNames`` and a name that was drawn from it.
    """

    status = Signal(str)
    names_drawn = Signal()
    inspect_asked = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = SamplingState()
        self.form = SamplingForm()
        self.draw_button = QPushButton(self.tr("Draw"))
        self.draw_button.setProperty("role", "primary")
        self.stop_button = QPushButton(self.tr("Stop"))
        self.export_button = QPushButton(self.tr("Export …"))
        self.inspect_button = QPushButton(self.tr("Open in the inspector"))
        self.network = NetworkLine()
        self.error = ErrorBox(self)
        self.drawn = DrawnView()
        self.letters = LettersView()
        self._runner = Runner(self)
        self._repainter = Repainter[SamplingState](self._show, self)
        self._lay_out()
        self._connect()
        self._show(self.state)

    def show_state(self, state: NamesState) -> None:
        """Draw from the network there is; what was drawn from another training's goes."""
        self.network.show_state(state)
        network, learning = state.looked_at, state.run.active and state.past is None
        if network is self.state.trained and learning is self.state.learning:
            return
        if network is None or not network.same_training(self.state.trained):
            self._runner.cancel()
        self._ask(NetworkChanged(network, learning))

    @property
    def busy(self) -> bool:
        """Whether names are being drawn."""
        return self._runner.busy

    def show_drawn(self, drawn: Drawn | None) -> None:
        """Show what was drawn before from the training there is."""
        if drawn is not self.state.drawn:
            self._ask(DrawnShown(drawn))

    @Slot()
    def draw(self) -> None:
        """Draw names as the form says, if there is a network."""
        if self.state.trained is None or self._runner.busy:
            return
        try:
            sampling = self.form.spec()
        except UserError as error:
            self._ask(SamplingRefused(language.text(error.message)))
            return
        self._ask(DrawAsked())
        self._runner.start(partial(draw_job, self.state.trained, sampling))

    def choose_place(self) -> None:
        """Ask where to export the names, and write them."""
        kinds = self.tr("CSV with marks and neighbours (*.csv);;Text, a name a line (*.txt)")
        path = ask_save(self, self.tr("Export names"), "names.csv", kinds)
        if path is not None:
            self.export(path)

    def export(self, path: Path) -> None:
        """Write the names that were drawn; say why when that is not possible."""
        try:
            write_names(self.state.verdicts, path)
        except UserError as error:
            self._ask(SamplingRefused(language.text(error.message)))
        else:
            self.status.emit(self.tr("Wrote {0}").format(path.name))

    def shutdown(self) -> bool:
        """Stop drawing and wait for the thread; whether it has stopped."""
        return self._runner.shutdown()

    @Slot(int)
    def _choose(self, number: int) -> None:
        drawn = self.state.drawn
        if drawn is not None:
            room = NameSampler(drawn.trained)
            self._ask(NameChosen(tuple(room.letters(drawn.sampling, number))))

    @Slot(int)
    def _step(self, by: int) -> None:
        self._ask(LetterStepped(by))

    @Slot()
    def _stop(self) -> None:
        self._ask(CancelAsked())
        self._runner.cancel()

    @Slot()
    def _inspect(self) -> None:
        row, drawn = self.drawn.table.currentIndex().row(), self.state.drawn
        if drawn is not None and 0 <= row < len(drawn.verdicts):
            self.inspect_asked.emit(drawn.trained, drawn.verdicts[row].name)

    @Slot()
    def _forget_error(self) -> None:
        self._ask(SamplingRefused(""))

    def _ask(self, event: SamplingEvent) -> None:
        """What a person did is shown at once."""
        self._apply(event)
        self._repainter.flush()

    @Slot(object)
    def _apply(self, event: SamplingEvent) -> None:
        before, self.state = self.state.drawn, reduce(self.state, event)
        self._repainter.put(self.state)
        if isinstance(event, Checkpoint | Finished) and self.state.drawn is not before:
            self.names_drawn.emit()

    def _show(self, state: SamplingState) -> None:
        active, error = state.run.active, state.error or state.run.error
        self.draw_button.setEnabled(state.trained is not None and not active)
        self.stop_button.setEnabled(active)
        self.export_button.setEnabled(bool(state.verdicts) and not active)
        self.inspect_button.setEnabled(bool(state.letters))
        self.error.show_text(error)
        self.drawn.show_state(state)
        self.letters.show_state(state)

    def _connect(self) -> None:
        self.error.closed.connect(self._forget_error)
        self.draw_button.clicked.connect(self.draw)
        self.form.beginning.returnPressed.connect(self.draw)
        self.stop_button.clicked.connect(self._stop)
        self.export_button.clicked.connect(self.choose_place)
        self.inspect_button.clicked.connect(self._inspect)
        self.drawn.chosen.connect(self._choose)
        self.letters.stepped.connect(self._step)
        self._runner.produced.connect(self._apply)
        self._runner.ended.connect(self._apply)

    def _lay_out(self) -> None:
        buttons, others, settings = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        for button in (self.draw_button, self.stop_button):
            buttons.addWidget(button)
        for button in (self.export_button, self.inspect_button):
            others.addWidget(button)
        self.form.setFixedWidth(round(scaled(FORM_WIDTH)))
        self.network.setFixedWidth(round(scaled(FORM_WIDTH)))
        settings.addWidget(self.network)
        settings.addWidget(self.form)
        settings.addLayout(buttons)
        settings.addLayout(others)
        settings.addStretch()
        layout = QHBoxLayout(self)
        layout.setSpacing(2 * sizes().gap)
        layout.addLayout(settings)
        layout.addWidget(self.drawn, stretch=1)
        layout.addWidget(self.letters, stretch=1)
