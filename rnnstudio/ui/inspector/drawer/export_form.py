"""Export: pictures of the view, the values, the formulas, the scene."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.documents.document_file import SUFFIX
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.scene_file import save_scene
from rnnstudio.core.models.values_file import formulas, save_values
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.pictures.picture_form import PictureForm
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.file_dialogs import ask_save
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.view_picture import ViewPicture


class ExportForm(QWidget):
    """A button and a line for each thing that can be taken away. ``view`` gives what is in sight.

    ``written(sentence)``: what was written. ``refused(sentence)``: what could not be.
    """

    written = Signal(str)
    refused = Signal(str)

    def __init__(self, view: Callable[[], ViewPicture], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: InspectorState | None = None
        self.pictures = PictureForm(view)
        self.formulas = QPushButton(self.tr("Copy LaTeX"))
        self.values = QPushButton(self.tr("All values …"))
        self.scene = QPushButton(self.tr("Save the scene …"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().half_gap)
        layout.addWidget(self.pictures)
        layout.addSpacing(sizes().gap)
        for button, call, line in (
            (self.formulas, self.copy_formulas, self.tr("The formulas of this pass, to paste.")),
            (
                self.values,
                self._ask_values,
                self.tr("Every value of every step, as CSV for tables or .npz for NumPy."),
            ),
            (
                self.scene,
                self.choose_place,
                self.tr("Cell, numbers, holds and fault, to be opened again exactly."),
            ),
        ):
            button.setAccessibleDescription(line)
            button.clicked.connect(call)
            layout.addWidget(button)
            layout.addWidget(PlainLabel(line, role="muted", wrap=True))
            layout.addSpacing(sizes().half_gap)

        self.pictures.written.connect(self.written)

    def show_state(self, state: InspectorState) -> None:
        """Take from this state."""
        self._state = state

    def save_values(self, path: Path) -> None:
        """All values as CSV or ``.npz``."""
        if self._state is not None:
            traced = self._state.trace
            self._try(path, lambda: save_values(path, traced))

    def save_scene(self, path: Path) -> None:
        """The scene as a document."""
        if self._state is not None:
            scene = self._state.scene
            self._try(path, lambda: save_scene(path, scene))

    @Slot()
    def copy_formulas(self) -> None:
        """The rows of the pass in sight to the clipboard."""
        if self._state is not None:
            QApplication.clipboard().setText(formulas(self._state.table))
            faulty = self._state.backward and self._state.scene.fault is not None
            self.written.emit(
                self.tr("The formulas are in the clipboard, the injected fault among them.")
                if faulty
                else self.tr("The formulas are in the clipboard.")
            )

    def _try(self, path: Path, write: Callable[[], None]) -> bool:
        """Write, and report whether that worked."""
        try:
            write()
        except UserError as error:
            self.refused.emit(language.text(error.message))
            return False
        self.written.emit(language.filled(self.tr("Written to {0}."), path))
        return True

    @Slot()
    def _ask_values(self) -> None:
        self._ask(
            language.filled(self.tr("Values ({0})"), "*.csv *.npz"), "values.csv", self.save_values
        )

    @Slot()
    def choose_place(self) -> None:
        """Ask where to save the scene, and save it."""
        self._ask(
            language.filled(self.tr("Scenes ({0})"), f"*{SUFFIX}"),
            f"scene{SUFFIX}",
            self.save_scene,
        )

    def _ask(self, kinds: str, name: str, save: Callable[[Path], None]) -> None:
        path = ask_save(self, self.tr("Save"), name, kinds)
        if path is not None:
            save(path)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(lambda: ExportForm(lambda: ViewPicture(QWidget(), "view")), example_state())
