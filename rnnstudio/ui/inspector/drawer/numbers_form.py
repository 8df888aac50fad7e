"""A table for every array the scene is built from: typed over, pasted or loaded."""

from __future__ import annotations

from html import escape
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QPushButton, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.array_words import (
    SEQUENCES,
    ArrayLabels,
    array_labels,
    describe_array,
)
from rnnstudio.core.cells.cursor import Cursor
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.cells.typed import parse_array
from rnnstudio.core.cells.unit_words import count_words
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.models.array_file import read_array
from rnnstudio.ui.inspector.drawer.form_parts import keep_room
from rnnstudio.ui.inspector.events import ArrayReplaced, NumberEdited, NumbersRestored
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.file_dialogs import ask_open
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel
from rnnstudio.ui.widgets.link_button import LinkButton
from rnnstudio.ui.widgets.loader import Loader
from rnnstudio.ui.widgets.number_model import Matrix
from rnnstudio.ui.widgets.number_table import NumberTable
from rnnstudio.ui.widgets.number_text import shape_text, tidy
from rnnstudio.ui.widgets.symbol_box import SymbolBox


class NumbersForm(QWidget):
    """``asked(event)``: the scene's numbers shall change. ``refused(sentence)``: they cannot.

    Of the sequences x and da one example is shown: a row for each feature, a column for each step.
    ``open_link`` stands beside the section's heading.
    """

    asked = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: InspectorState | None = None
        self._offered: tuple[object, ...] = ()
        self._shown: tuple[object, ...] = ()
        self.loader = Loader(self)
        self.loader.loaded.connect(self._take_read)
        self.loader.refused.connect(self.refused)
        self.open_link = LinkButton(self.tr("From a file …"), self)
        self.open_link.setToolTip(self.tr("Take all numbers from a text, CSV or .npy file"))
        self.array = SymbolBox(self.tr("Array"))
        self.array.setAccessibleDescription(self.tr("The array whose numbers are shown"))
        self.meaning = PlainLabel(role="muted", wrap=True)
        self.table = NumberTable()
        self.table.setAccessibleName(self.tr("Numbers of the array"))
        self.line = RichLabel(wrap=True)
        self.line.setProperty("role", "muted")
        self.paste = QPushButton(self.tr("Paste"))
        self.paste.setToolTip(self.tr("Take all numbers of the table from the clipboard"))
        self.copy = QPushButton(self.tr("Copy"))
        self.copy.setToolTip(self.tr("All numbers of the table to the clipboard"))
        self.clear = QPushButton(self.tr("Zeros"))
        self.clear.setToolTip(self.tr("Let all numbers of the table be 0"))
        self.restore = QPushButton(self.tr("Back to the scene's numbers"))
        self.restore.setToolTip(self.tr("All numbers as the scene came with them"))
        for button in (self.open_link, self.paste, self.copy, self.clear, self.restore):
            button.setAccessibleDescription(button.toolTip())
        self._lay_out()
        self._connect()

    def show_state(self, state: InspectorState) -> None:
        """Show the chosen array of the scene."""
        self._state = state
        scene, notation = state.scene, state.cursor.notation
        offered = (state.scene.array_names, _shapes(scene), notation)
        if offered != self._offered:
            self._offered = offered
            self._offer_arrays(scene, state.cursor)
        self.restore.setEnabled(state.side.edited)
        self._show()

    def take_text(self, text: str) -> None:
        """Replace the shown table by the numbers in ``text``."""
        try:
            array = parse_array(text, self._name(), self._shape())
        except UserError as error:
            self.refused.emit(language.text(error.message))
        else:
            self._replace(array)

    def take_file(self, path: Path) -> None:
        """Replace the shown table by the numbers in a file, once they are read."""
        name, shape = self._name(), self._shape()
        self.loader.load(path, lambda path: (name, read_array(path, name, shape)))

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file and take its numbers."""
        kinds = self.tr("Arrays (*.csv *.txt *.tsv *.npy);;All files (*)")
        path = ask_open(self, self.tr("Open an array"), kinds)
        if path is not None:
            self.take_file(path)

    def choose(self, name: str) -> None:
        """Show the array of that name."""
        self.array.setCurrentIndex(self.array.findData(name))

    @Slot(object)
    def _take_read(self, read: tuple[str, Array]) -> None:
        """Replace the table that the numbers were read for, if it is still the one shown."""
        name, array = read
        if (name, array.shape) == (self._name(), self._shape()):
            self._replace(array)
        else:
            self.refused.emit(
                self.tr("Another table is shown than the file was opened for; open it again.")
            )

    def _offer_arrays(self, scene: Scene, cursor: Cursor) -> None:
        """Every array with its shape; the words stand beside the box where both have room."""
        entries = []
        for name in scene.array_names:
            written = array_labels(scene, name, cursor.notation).array
            shape = shape_text(_matrix(scene.array(name), name, 0).shape)
            entries.append((name, f"{written.text} {shape}", f"{written.html}&nbsp; {shape}"))
        blocker = QSignalBlocker(self.array)
        self.array.show_entries(entries)
        blocker.unblock()
        beside = 2 * self.array.sizeHint().width() <= sizes().drawer
        self._head.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )

    @Slot()
    def _show(self) -> None:
        if self._state is None:
            return
        state, name = self._state, self._name()
        shown = (state.trace, state.side.old, name, self._example(), state.cursor.notation)
        if shown == self._shown:  # most steps change nothing here
            return
        self._shown = shown
        labels, old = self._labels(), state.old_array(name)
        old = None if old is None else _matrix(old, name, self._example())
        self.table.show_matrix(Matrix(self._array(), labels.rows, labels.columns, old))
        self._show_meaning()
        self._show_line()

    @Slot()
    def _show_meaning(self) -> None:
        """What the array is, and how much of it is out of sight at the right."""
        if self._state is None:
            return
        scene = self._state.scene
        text = describe_array(scene, self._name())
        if self._name() in SEQUENCES and scene.sizes.m > 1:
            values = {"array": text, "example": self._example() + 1, "n": scene.sizes.m}
            text = Message("{array}, of example {example} of {n}", values)
        beyond = self.table.columns_beyond
        if beyond:
            text = Message.counted(
                "{array}; {count} more column on the right",
                "{array}; {count} more columns on the right",
                n=beyond,
                array=text,
                count=count_words(beyond),
            )
        self.meaning.setText(language.text(text))

    @Slot()
    def _show_line(self) -> None:
        """What the current number is and was, or how typing ends."""
        if self._state is None:
            return
        model, (row, column) = self.table.numbers, self.table.entry
        index = model.index(row, column)
        entry = self._labels().place(row, column, html=True)
        now, was = model.value(index), model.was(index)
        if self.table.typing:
            text = self.tr("{0} was {1}. Enter keeps it, Esc does not.")
            self.line.setText(language.filled(text, entry, _written(now)))
        elif was is not None:
            text = self.tr("{0} was {1}. Now it is {2}; Ctrl+Z takes that back.")
            self.line.setText(language.filled(text, entry, _written(was), _written(now)))
        else:
            text = self.tr("{0} is {1}. Type another number over it.")
            self.line.setText(language.filled(text, entry, _written(now)))

    def _name(self) -> str:
        return str(self.array.currentData())

    def _array(self) -> Array:
        """The whole matrix, or one example of a sequence."""
        assert self._state is not None  # noqa: S101 - nothing is asked before a state is shown
        return _matrix(self._state.scene.array(self._name()), self._name(), self._example())

    def _labels(self) -> ArrayLabels:
        assert self._state is not None  # noqa: S101 - nothing is asked before a state is shown
        return array_labels(self._state.scene, self._name(), self._state.cursor.notation)

    def _shape(self) -> tuple[int, int]:
        rows, columns = self._array().shape
        return rows, columns

    def _example(self) -> int:
        return 0 if self._state is None else self._state.example

    @Slot(int, int, float)
    def _edited(self, row: int, column: int, value: float) -> None:
        name = self._name()
        index = (row, self._example(), column) if name in SEQUENCES else (row, column)
        self.asked.emit(NumberEdited(name, index, value))

    def _replace(self, array: Array) -> None:
        name = self._name()
        if name in SEQUENCES and self._state is not None:
            whole = self._state.scene.array(name).copy()
            whole[:, self._example(), :] = array
            array = whole
        self.asked.emit(ArrayReplaced(name, array))

    @Slot()
    def _paste(self) -> None:
        self.take_text(QGuiApplication.clipboard().text())

    @Slot()
    def _copy(self) -> None:
        rows = ("\t".join(repr(float(number)) for number in row) for row in self._array())
        QGuiApplication.clipboard().setText("\n".join(rows))

    def _connect(self) -> None:
        self.array.currentIndexChanged.connect(self._show)
        self.table.edited.connect(self._edited)
        self.table.refused.connect(self.refused)
        self.table.at.connect(self._show_line)
        self.table.horizontalScrollBar().valueChanged.connect(self._show_meaning)
        self.table.horizontalScrollBar().rangeChanged.connect(self._show_meaning)
        self.open_link.clicked.connect(self.choose_file)
        for signal in (self.paste.clicked, self.table.pasted):
            signal.connect(self._paste)
        for signal in (self.copy.clicked, self.table.copied):
            signal.connect(self._copy)
        self.clear.clicked.connect(lambda: self._replace(np.zeros(self._shape())))
        self.restore.clicked.connect(lambda: self.asked.emit(NumbersRestored()))

    def _lay_out(self) -> None:
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(sizes().gap)
        self._head.addWidget(self.array)
        self._head.addWidget(self.meaning, stretch=1)
        for label in (self.meaning, self.line):
            keep_room(label)
        self.meaning.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        buttons = QGridLayout()
        buttons.setSpacing(sizes().gap)
        for place, button in enumerate((self.paste, self.copy, self.clear)):
            buttons.addWidget(button, 0, place)
        buttons.addWidget(self.restore, 1, 0, 1, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        layout.addLayout(self._head)
        layout.addWidget(self.table)
        layout.addWidget(self.line)
        layout.addLayout(buttons)


def _matrix(array: Array, name: str, example: int) -> Array:
    """The array, of a sequence one example."""
    return array[:, example, :] if name in SEQUENCES else array


def _shapes(scene: Scene) -> tuple[tuple[int, ...], ...]:
    return tuple(scene.array(name).shape for name in scene.array_names)


def _written(value: float) -> str:
    return escape(language.number(tidy(value)))


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(NumbersForm, example_state())
