"""Export: the view as a picture, the values, the formulas, the scene."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSize, QSizeF, Signal, Slot
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.documents.document_file import SUFFIX
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.scene_file import save_scene
from rnnstudio.core.models.values_file import formulas, save_values
from rnnstudio.ui.inspector.pages.inspector_page import InspectorPage
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.chart_picture import draw_picture, picture_size, write_png, write_svg
from rnnstudio.ui.widgets.file_dialogs import ask_save
from rnnstudio.ui.widgets.labels import PlainLabel

PICTURES = (".png", ".svg", ".pdf")
_PDF_DPI = 96
"""A pixel of the screen is a dot of the page."""


class ExportForm(QWidget):
    """A button and a line for each thing that can be taken away. ``view`` gives what is in sight.

    ``written(sentence)``: what was written. ``refused(sentence)``: what could not be.
    """

    written = Signal(str)
    refused = Signal(str)

    def __init__(self, view: Callable[[], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._state: InspectorState | None = None
        self.picture = QPushButton(self.tr("Picture …"))
        self.formulas = QPushButton(self.tr("Copy LaTeX"))
        self.values = QPushButton(self.tr("All values …"))
        self.scene = QPushButton(self.tr("Save the scene …"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().half_gap)
        for button, call, line in (
            (self.picture, self._ask_picture, self.tr("What is in sight, as PNG, SVG or PDF.")),
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

    def show_state(self, state: InspectorState) -> None:
        """Take from this state."""
        self._state = state

    def save_picture(self, path: Path) -> None:
        """The view in sight as PNG, SVG or PDF, as the name's end says."""
        self._try(path, lambda: write_picture(path, self.view(), self._note()))

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

    def _note(self) -> str:
        """A caption for a picture of numbers that are wrong on purpose."""
        view = self.view()
        own_numbers = isinstance(view, InspectorPage) and view.own_numbers
        sides = () if self._state is None or own_numbers else self._state.sides
        if all(side.scene.fault is None for side in sides):
            return ""
        return self.tr("A fault is injected into the backward pass.")

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
    def _ask_picture(self) -> None:
        kinds = language.filled(self.tr("Pictures ({0})"), _kinds(PICTURES))
        self._ask(kinds, "view.png", self.save_picture)

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


def write_picture(path: Path, view: QWidget, note: str = "") -> None:
    """Draw ``view`` to a file, whole or not at all; raises UserError when it cannot.

    Its charts, drawings and words, without buttons and sliders; ``note`` is a line below them.
    """
    match path.suffix:
        case ".png":
            write_png(path, view, note)
        case ".svg":
            write_svg(path, view, note)
        case ".pdf":
            _write_pdf(path, view, note)
        case _:
            raise UserError("{name} must end in .png, .svg or .pdf.", name=path.name)


def _write_pdf(path: Path, view: QWidget, note: str) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle("RNN Studio")
    writer.setResolution(_PDF_DPI)
    size = _points(picture_size(view, note))
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF())
    with QPainter(writer) as painter:
        draw_picture(painter, view, note)
    write_atomically(path, bytes(buffer.data().data()))


def _points(size: QSize) -> QSizeF:
    """The size of a page on which every pixel is a dot, in points of 1/72 inch."""
    return QSizeF(size) * 72 / _PDF_DPI


def _kinds(suffixes: tuple[str, ...]) -> str:
    return " ".join(f"*{suffix}" for suffix in suffixes)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(lambda: ExportForm(QWidget), example_state())
