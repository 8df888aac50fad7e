"""A table for every array the scene is built from: typed over, pasted or loaded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.typed import parse_array
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.array_file import read_array
from rnnstudio.ui.inspector.events import (
    ArrayReplaced,
    NumberEdited,
    NumbersRestored,
)
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.widgets.file_dialogs import ask_open
from rnnstudio.ui.widgets.heat_map import HeatMap
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.loader import Loader
from rnnstudio.ui.widgets.number_text import shape_text

HEAD, CELL_WIDTH, CELL_HEIGHT = 24, 58, 28
"""Space for a number in every cell, however large the table is: it is scrolled."""


class NumbersForm(QWidget):
    """``asked(event)``: the scene's numbers shall change. ``refused(sentence)``: they cannot.

    Of the sequences x and da one example is shown: a row for each feature, a column for each step.
    """

    asked = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: InspectorState | None = None
        self._names: tuple[str, ...] = ()
        self.loader = Loader(self)
        self.loader.loaded.connect(self._take_read)
        self.loader.refused.connect(self.refused)
        self.array = QComboBox()
        self.shape = PlainLabel(role="muted", wrap=True)
        self.array.setAccessibleName(self.tr("Array"))
        self.table = HeatMap(editable=True)
        self.table.setAccessibleName(self.tr("Numbers of the array"))
        self.paste = QPushButton(self.tr("Paste"))
        self.paste.setToolTip(self.tr("Take all numbers of the table from the clipboard"))
        self.copy = QPushButton(self.tr("Copy"))
        self.open = QPushButton(self.tr("Open …"))
        self.open.setToolTip(self.tr("Take all numbers from a text, CSV or .npy file"))
        self.clear = QPushButton(self.tr("Zeros"))
        self.restore = QPushButton(self.tr("Back to the scene's numbers"))
        self.restore.setToolTip(self.tr("All numbers as the scene came with them"))
        self._lay_out()
        self.array.currentIndexChanged.connect(self._show)
        self.table.edited.connect(self._edited)
        self.table.refused.connect(self.refused)
        self.table.chosen.connect(self._chosen)
        self.paste.clicked.connect(self._paste)
        self.copy.clicked.connect(self._copy)
        self.open.clicked.connect(self.choose_file)
        self.clear.clicked.connect(lambda: self._replace(np.zeros(self._shown().shape)))
        self.restore.clicked.connect(lambda: self.asked.emit(NumbersRestored()))

    def show_state(self, state: InspectorState) -> None:
        """Show the chosen array of the scene."""
        self._state = state
        names = state.scene.array_names
        if names != self._names:
            self._names = names
            kept = self.array.currentText()
            blocker = QSignalBlocker(self.array)
            self.array.clear()
            self.array.addItems(list(names))
            self.array.setCurrentIndex(names.index(kept) if kept in names else 0)
            blocker.unblock()
        self.restore.setEnabled(state.side.edited)
        self._show()

    def take_text(self, text: str) -> None:
        """Replace the shown table by the numbers in ``text``."""
        try:
            array = parse_array(text, self.array.currentText(), self._shape())
        except UserError as error:
            self.refused.emit(language.text(error.message))
        else:
            self._replace(array)

    def take_file(self, path: Path) -> None:
        """Replace the shown table by the numbers in a file, once they are read."""
        name, shape = self.array.currentText(), self._shape()
        self.loader.load(path, lambda path: (name, read_array(path, name, shape)))

    def choose_file(self) -> None:
        """Ask for a file and take its numbers."""
        kinds = self.tr("Arrays (*.csv *.txt *.tsv *.npy);;All files (*)")
        path = ask_open(self, self.tr("Open an array"), kinds)
        if path is not None:
            self.take_file(path)

    def _take_read(self, read: tuple[str, Array]) -> None:
        """Replace the table that the numbers were read for, if it is still the one shown."""
        name, array = read
        if (name, array.shape) == (self.array.currentText(), self._shape()):
            self._replace(array)
        else:
            self.refused.emit(
                self.tr("Another table is shown than the file was opened for; open it again.")
            )

    def _show(self) -> None:
        if self._state is None:
            return
        array = self._shown()
        limit = float(np.abs(array).max()) or 1.0
        rows, columns = array.shape
        self.table.setMinimumSize(HEAD + columns * CELL_WIDTH, HEAD + rows * CELL_HEIGHT)
        self.table.show_array(
            array, limit, entry=self._entry(), rows=self._row_names(), old=self._old()
        )
        self.shape.setText(self._caption())

    def _caption(self) -> str:
        shape = shape_text(self._shape())
        if not self._sequence():
            return self.tr("{0}. Double click a number to change it.").format(shape)
        text = self.tr("{0}: example {1}, one column a step. Double click a number to change it.")
        return text.format(shape, self._example() + 1)

    def _shown(self) -> Array:
        """The whole matrix, or one example of a sequence."""
        assert self._state is not None  # noqa: S101 - nothing is asked before a state is shown
        return self._matrix(self._state.scene.array(self.array.currentText()))

    def _old(self) -> Array | None:
        """What is shown as it was before the last edit, if it was something else."""
        old = None if self._state is None else self._state.old_array(self.array.currentText())
        return None if old is None else self._matrix(old)

    def _matrix(self, array: Array) -> Array:
        return array[:, self._example(), :] if self._sequence() else array

    def _shape(self) -> tuple[int, int]:
        rows, columns = self._shown().shape
        return rows, columns

    def _sequence(self) -> bool:
        return self.array.currentText() in ("x", "da")

    def _example(self) -> int:
        return 0 if self._state is None else self._state.example

    def _entry(self) -> tuple[int, int] | None:
        entry = self.table.entry
        rows, columns = self._shown().shape
        if entry is None:
            return 0, 0
        return min(entry[0], rows - 1), min(entry[1], columns - 1)

    def _chosen(self, row: int, column: int) -> None:
        array = self._shown()
        limit = float(np.abs(array).max()) or 1.0
        self.table.show_array(
            array, limit, entry=(row, column), rows=self._row_names(), old=self._old()
        )

    def _row_names(self) -> tuple[str, ...]:
        name = self.array.currentText()
        return () if self._state is None else self._state.scene.row_names(name)

    def _edited(self, row: int, column: int, value: float) -> None:
        index = (row, self._example(), column) if self._sequence() else (row, column)
        self.asked.emit(NumberEdited(self.array.currentText(), index, value))

    def _replace(self, array: Array) -> None:
        name = self.array.currentText()
        if self._sequence() and self._state is not None:
            whole = self._state.scene.array(name).copy()
            whole[:, self._example(), :] = array
            array = whole
        self.asked.emit(ArrayReplaced(name, array))

    def _paste(self) -> None:
        self.take_text(QGuiApplication.clipboard().text())

    def _copy(self) -> None:
        rows = ("\t".join(repr(float(number)) for number in row) for row in self._shown())
        QGuiApplication.clipboard().setText("\n".join(rows))

    def _lay_out(self) -> None:
        buttons = QGridLayout()
        for place, button in enumerate((self.paste, self.copy, self.open, self.clear)):
            buttons.addWidget(button, place // 2, place % 2)
        buttons.addWidget(self.restore, 3, 0, 1, 2)
        layout = QVBoxLayout(self)
        layout.addWidget(self.array)
        layout.addWidget(self.shape)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its table takes it
        scroll.setWidget(self.table)
        scroll.setWidgetResizable(True)
        layout.addWidget(scroll, stretch=1)
        layout.addLayout(buttons)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(NumbersForm, example_state())
