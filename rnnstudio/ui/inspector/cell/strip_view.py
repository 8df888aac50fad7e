"""The sequence as tiles: what is read at each step, and what the step hands on."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.accessible_names import accessible_step
from rnnstudio.ui.inspector.cell.strip_content import (
    TileContent,
    is_reached,
    memory,
    tile_content,
)
from rnnstudio.ui.inspector.cell.strip_painter import (
    LOCK,
    paint_arrow,
    paint_lock,
    paint_tile,
)
from rnnstudio.ui.inspector.events import TimeChosen
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import scaled

NARROWEST, USUAL, WIDEST = 80.0, 100.0, 132.0
NARROW_GAP, GAP = 20.0, 26.0
_HEIGHT, _ABOVE, _BESIDE = 74.0, 8.0, 4.0
"""A tile's height and how far the mark of a held step reaches over it, in pixels at a desk."""
FEWEST_TILES, MOST_TILES = 5, 7
"""How many tiles of a long sequence are in sight; fewer only where they would be too narrow."""


class StripView(QWidget):
    """Tiles from the first step (left) to the last; a click goes to one that was reached.

    ``asked(event)``: what the user wants. Where not all tiles have room, the current one stands in
    the middle.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: InspectorState | None = None
        self.tiles: list[Tile] = []
        self._drawn: object = None
        self._count = 1
        """How many tiles are in sight."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Time steps"))

    def show_state(self, state: InspectorState) -> None:
        """Show the sequence with the current step in sight."""
        self._state = state
        self._arrange()

    def sizeHint(self) -> QSize:
        """As wide as its tiles like to be."""
        tiles = min(self._steps, MOST_TILES)
        return QSize(round(scaled(tiles * (WIDEST + GAP))), self._height)

    def minimumSizeHint(self) -> QSize:
        """Room for one tile and the arrows at its sides."""
        return QSize(round(scaled(NARROWEST + 2 * GAP)), self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many tiles as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The arrows between the tiles, and those to tiles that are scrolled away."""
        state, between = self._state, event.region()
        for tile in self.tiles[: self._count]:
            between -= tile.geometry()
        if state is None or not self.tiles or between.isEmpty():
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for time in range(self._first - 1, self._first + self._count):
                if 0 <= time < self._steps - 1:
                    self._paint_link(painter, state, time)

    @property
    def _steps(self) -> int:
        return 0 if self._state is None else self._state.steps

    @property
    def _height(self) -> int:
        return round(scaled(_HEIGHT + 2 * _ABOVE))

    def _counted(self) -> int:
        """How many tiles there is room for; where not all are, there are arrows at both ends."""
        width, pitch = self.width() / scaled(1), NARROWEST + NARROW_GAP
        if self._steps <= min(int((width + NARROW_GAP) // pitch), MOST_TILES):
            return self._steps
        narrow = min(int((width - NARROW_GAP) // pitch), FEWEST_TILES)
        usual = min(int((width - GAP) // (USUAL + GAP)), MOST_TILES)
        return max(narrow, usual, 1)

    @property
    def _gap(self) -> float:
        """Between two tiles: less where they are narrow."""
        tight = self._count * (NARROWEST + GAP) > self.width() / scaled(1)
        return scaled(NARROW_GAP if tight else GAP)

    @property
    def _first(self) -> int:
        """The first step in sight: the current one stands in the middle."""
        time = 0 if self._state is None else self._state.cursor.time
        return min(max(time - self._count // 2, 0), self._steps - self._count)

    def tile_rect(self, time: int) -> QRectF:
        """Where the tile of a step stands, whether it is in sight or not."""
        gap, count = self._gap, max(self._count, 1)
        margin = gap if count < self._steps else 0.0
        room = self.width() - 2 * margin - (count - 1) * gap
        width = min(room / count, scaled(WIDEST))
        left = margin + (time - self._first) * (width + gap)
        return QRectF(left, (self.height() - scaled(_HEIGHT)) / 2, width, scaled(_HEIGHT))

    def _arrange(self) -> None:
        """A tile for each step in sight."""
        state = self._state
        if state is None:
            return
        self._count = self._counted()
        while len(self.tiles) < self._count:
            self._add_tile()
        first = self._first
        for place, tile in enumerate(self.tiles):
            tile.setVisible(place < self._count)
            if place < self._count:
                time = first + place
                tile.show_step(state, time)
                tile.put(self.tile_rect(time))
        current = language.text(accessible_step(state.trace, state.cursor.time, known=True))
        self.setAccessibleDescription(current)
        if (links := self._links(state)) != self._drawn:
            self._drawn = links
            self.update()

    def _links(self, state: InspectorState) -> object:
        """What the arrows look like: where they are, and which values have come."""
        first, last = self._first - 1, self._first + self._count
        givers = range(first + 1, last + 1) if state.backward else range(first, last)
        known = [[state.known(name, time) for name in state.handed] for time in givers]
        ends = first < 0, last >= self._steps
        return self.size(), self._count, state.backward, state.handed, ends, known

    def _add_tile(self) -> None:
        tile = Tile(self)
        tile.clicked.connect(lambda: self._choose(tile.time))
        tile.show()
        self.tiles.append(tile)

    def _choose(self, time: int) -> None:
        if self._state is not None and is_reached(self._state, time):
            self.asked.emit(TimeChosen(time))

    def _paint_link(self, painter: QPainter, state: InspectorState, time: int) -> None:
        """The arrows between a step and the one after it, in the direction of the pass."""
        one, other = self.tile_rect(time), self.tile_rect(time + 1)
        giver = time + 1 if state.backward else time
        start, tip = one.right(), other.left() - scaled(1)
        if state.backward:
            start, tip = other.left(), one.right() + scaled(1)
        for name, height in self._arrow_heights(state):
            y = one.top() + scaled(height)
            known, thick = state.known(name, giver), name == memory(state)
            paint_arrow(painter, QPointF(start, y), QPointF(tip, y), thick=thick, known=known)

    @staticmethod
    def _arrow_heights(state: InspectorState) -> Iterator[tuple[str, float]]:
        """Each value that is handed on, and how far below a tile's top its arrow is."""
        names = tuple(reversed(state.handed))
        distance = 17.0 if len(names) < 4 else (_HEIGHT - 20) / len(names)
        first = _HEIGHT / 2 + 3 - distance * (len(names) - 1) / 2
        for place, name in enumerate(names):
            yield name, first + place * distance


class Tile(QAbstractButton):
    """One step of the strip; a screen reader says "t = 3, C", and whether it is covered."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.time, self._content = 0, TileContent("", (), None)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_step(self, state: InspectorState, time: int) -> None:
        """Show a step, counted from 0."""
        was_covered = self._content.covered
        self.time, self._content = time, tile_content(state, time)
        covered = self._content.covered
        self.setAccessibleName(language.text(accessible_step(state.trace, time, known=not covered)))
        if covered != was_covered:
            shape = Qt.CursorShape.ArrowCursor if covered else Qt.CursorShape.PointingHandCursor
            self.setCursor(shape)
            self.setToolTip(self.tr("Covered until the pass has come here") if covered else "")
        self.update()

    @property
    def content(self) -> TileContent:
        """What it shows."""
        return self._content

    def put(self, place: QRectF) -> None:
        """Stand there; the mark of a held step reaches over the corner."""
        above, beside = scaled(_ABOVE), scaled(_BESIDE)
        self.setGeometry(place.adjusted(0, -above, beside, 0).toAlignedRect())

    def paintEvent(self, _: QPaintEvent) -> None:
        """The tile, and the mark of a held step on its corner."""
        above, beside = scaled(_ABOVE), scaled(_BESIDE)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            place = QRectF(self.rect()).adjusted(0, above, -beside, 0)
            paint_tile(painter, place, self._content)
            if self._content.held:
                middle = QPointF(self.width() - scaled(LOCK), scaled(LOCK))
                paint_lock(painter, middle, self._content.held)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(StripView, example_state())
