"""What a screen reader finds in the drawing: one named thing a row, where the row is.

Items of a scene are unknown to it. So a label without text lies over each row: it lets the mouse
through, draws nothing, and has the row's name in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.accessible_names import accessible_input, accessible_row
from rnnstudio.core.cells.box_labels import spoken
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import decimals, rounded
from rnnstudio.ui.inspector.cell.box_content import BoxContent
from rnnstudio.ui.inspector.cell.boxes import BoxItem
from rnnstudio.ui.inspector.cell.cell_drawing import CellDrawing
from rnnstudio.ui.inspector.cell.weight_tags import TagContent
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.widgets.labels import PlainLabel

_REST_MS = 100
"""How long nothing changes before rows are named anew that no screen reader has asked for."""


@dataclass(frozen=True)
class RowKey:
    """A row of the value ``name`` of one of two cells; no row: the box as a whole."""

    side: int
    name: str
    row: int | None = None


class AccessibleRows(QWidget):
    """Names the rows of the drawings over which it lies.

    Without a screen reader the new numbers of rows that have names wait until the drawing rests;
    ``flush`` names them at once.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Values of the cell"))
        self.labels: dict[RowKey, PlainLabel] = {}
        self.unplaced = False
        """Whether there are new names, which are nowhere yet."""
        self._shown: dict[tuple[int, str], BoxContent | TagContent | None] = {}
        self._said = ""
        self._waiting: dict[tuple[int, str], tuple[InspectorState, BoxItem]] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.flush)

    def show_drawing(self, side: int, drawing: CellDrawing) -> None:
        """Name every row of a drawing anew whose box has changed."""
        state = drawing.state
        if state is None:
            return
        for name, box in drawing.boxes.items():
            if box.content is not self._shown.get((side, name)):
                self._shown[side, name] = box.content
                self._waiting[side, name] = state, box
                if any(key not in self.labels for key in _keys(side, name, box)):
                    self._name_box(side, name)
        for name, tag in drawing.tags.items():
            if tag.content is not self._shown.get((side, name)):
                self._shown[side, name] = tag.content
                self._set_names(side, name, {None: _tag_name(name, tag.content)})
        self._drop(side, {*drawing.boxes, *drawing.tags})
        if QAccessible.isActive():
            self.flush()
        elif self._waiting:
            self._rest.start()

    def flush(self) -> None:
        """Name the rows whose numbers have changed."""
        self._rest.stop()
        for side, name in tuple(self._waiting):
            self._name_box(side, name)

    def forget(self, side: int) -> None:
        """Name nothing of a drawing that is no longer in sight."""
        self._drop(side, set())

    def place(self, key: RowKey, rect: QRect) -> None:
        """Put a row's name where the row is in the view."""
        if key in self.labels and self.labels[key].geometry() != rect:
            self.labels[key].setGeometry(rect)

    def announce(self, text: str) -> None:
        """Say the current value, once for each."""
        if text != self._said and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self._said = text

    def _name_box(self, side: int, name: str) -> None:
        state, box = self._waiting.pop((side, name))
        self._set_names(side, name, dict(_box_names(state, box)))

    def _set_names(self, side: int, name: str, names: Mapping[int | None, str]) -> None:
        for row, words in names.items():
            key = RowKey(side, name, row)
            label = self.labels.get(key)
            if label is None:
                label = self.labels[key] = PlainLabel(parent=self)
                label.show()
                self.unplaced = True
            label.setAccessibleName(words)
        for key in [key for key in self.labels if (key.side, key.name) == (side, name)]:
            if key.row not in names:
                self._remove(key)

    def _drop(self, side: int, names: set[str]) -> None:
        """Forget what the drawing no longer has."""
        for key in [key for key in self.labels if key.side == side and key.name not in names]:
            self._remove(key)
            self._shown.pop((side, key.name), None)
            self._waiting.pop((side, key.name), None)

    def _remove(self, key: RowKey) -> None:
        label = self.labels.pop(key)
        label.hide()
        label.deleteLater()


def row_rects(side: int, drawing: CellDrawing) -> Iterator[tuple[RowKey, QRectF]]:
    """Where each row is, in the drawing's own coordinates."""
    for name, box in drawing.boxes.items():
        for key in _keys(side, name, box):
            yield key, box.rect if key.row is None else box.row_rect(key.row)
    for name, tag in drawing.tags.items():
        yield RowKey(side, name), tag.rect


def _keys(side: int, name: str, box: BoxItem) -> list[RowKey]:
    """The rows of a box, or the box as a whole."""
    rows = () if box.content is None else box.content.rows
    return [RowKey(side, name, row) for row in range(len(rows))] or [RowKey(side, name)]


def current_words(state: InspectorState) -> str:
    """The chosen number of the current value in words."""
    row, column = state.entry
    name, known = state.operation.name, not state.concealed
    place = name, state.cursor.time, row, column
    message = accessible_row(state.trace, *place, backward=state.backward, known=known)
    return language.text(message)


def _box_names(state: InspectorState, box: BoxItem) -> Iterator[tuple[int | None, str]]:
    """A name for each row of the box; for a box without rows one that says what it holds."""
    content = box.content
    if content is None:
        return
    name, time, example = box.box.name, state.cursor.time, state.example
    if not content.rows:
        yield None, language.text(_marked(_whole(state, box, content), content))
        return
    known = content.known and not content.concealed
    for row in range(len(content.rows)):
        words = accessible_row(
            state.trace, name, time, row, example, backward=state.backward, known=known
        )
        yield row, language.text(_marked(words, content))


def _marked(words: Message, content: BoxContent | TagContent) -> Message:
    """The words, and whether somebody's numbers go wrong first there."""
    if not content.wrong:
        return words
    return Message("{value}; this goes wrong first", {"value": words})


def _whole(state: InspectorState, box: BoxItem, content: BoxContent) -> Message:
    """A box of a letter, of colours or of nothing yet."""
    name, example = box.box.name, state.example
    letter = accessible_input(state.trace, state.cursor.time, example) if content.letter else None
    if letter is not None:
        return letter
    values: dict[str, object] = {"value": spoken(state.scene.cell, name)}
    if not content.known or content.concealed:
        return Message("{value}, not known yet", values)
    array = state.values[name]
    column = array[:, min(example, array.shape[1] - 1)]
    ends = float(column.min()), float(column.max())
    places = decimals(ends)
    values |= {"least": rounded(ends[0], places, signed=True)}
    values["most"] = rounded(ends[1], places, signed=True)
    return Message.counted(
        "{value}, {n} number, {least}",
        "{value}, {n} numbers, {least} to {most}",
        n=len(column),
        **values,
    )


def _tag_name(name: str, content: TagContent | None) -> str:
    """A tag in words: its lengths once they are known."""
    values = {"weights": name}
    if content is None or not content.own:
        return language.text(Message("gradient of {weights}, not known yet", values))
    values |= {"own": content.own, "so_far": content.so_far}
    words = Message("gradient of {weights}, length {own}, sum so far {so_far}", values)
    return language.text(_marked(words, content))
