"""A chart of a few lines: no legend, few plain numbers, one place looked at in small cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent

from rnnstudio.core.cells.functions import Array
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.icons import paint_icon
from rnnstudio.ui.theme.pens import chart_pen
from rnnstudio.ui.theme.tokens import colours, scaled, sizes
from rnnstudio.ui.widgets.axis_ticks import (
    even_ticks,
    power_text,
    power_ticks,
    tick_text,
    with_end,
)
from rnnstudio.ui.widgets.chart_overlay import ChartOverlay, EndLabel, PlaceCard
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.plot import ReadableAxis, ZoomBox

LEAST_HEIGHT = 150
"""A lower chart shows nothing; beside text of its usual size."""
_LETTERS = 3
"""So many letters of half a day's name stand beside the axis below a chart."""
TO_END = 10**9
"""So many points further on is the last one."""
SMALLEST = 1e-300
"""What is nothing has no place on a logarithmic axis."""


@dataclass(frozen=True, eq=False)
class LabelledLine:
    """A line through ``y`` at ``x``, (points,) each; of no ``width``: only its cards are seen.

    ``name`` and ``end`` are written at its right end (an empty name: nothing is); ``note`` says of
    a point, by its place from 0, what the card there says; None or nothing said: no card.
    """

    name: str
    x: Array
    y: Array
    end: str = ""
    note: Callable[[int], str] | None = None
    role: str = "ink"
    width: float = 2.0
    dashes: tuple[float, ...] = ()


PAINTED = {"⏎": "end", "␣": "space"}
"""The icons of signs that stand beside an axis."""


class FewTicks(ReadableAxis):
    """An axis with three to five numbers, in full; of powers of ten with at most seven."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.names: list[tuple[float, str]] = []
        """Words in place of numbers: where, and what."""
        self.end: float | None = None
        """Where the last number stands if there is room for it."""

    def boundingRect(self) -> QRectF:
        """With room for the halves of numbers at both ends, which would be left out without it."""
        room = sizes().label
        across = room if self.orientation == "left" else _LETTERS * room
        whole: QRectF = super().boundingRect()
        return whole.adjusted(-across, -room, across, room)

    def drawPicture(
        self, painter: QPainter, line: Any, ticks: Any, texts: list[tuple[QRectF, int, str]]
    ) -> None:
        """The axis; signs that the font of words lacks are painted."""
        written = [text for text in texts if text[2] not in PAINTED]
        super().drawPicture(painter, line, ticks, written)
        for place, _, sign in texts:
            if sign in PAINTED:
                spot = QRectF(0, 0, sizes().label, sizes().label)
                spot.moveCenter(place.center())
                paint_icon(painter, spot, PAINTED[sign], "muted")

    def tickValues(self, low: float, high: float, _size: float) -> list[tuple[float, list[float]]]:
        """Where the numbers stand; an axis that is turned round gives its ends so."""
        low, high = min(low, high), max(low, high)
        if self.names:
            return [(1.0, [at for at, _ in self.names if low <= at <= high])]
        if self.logMode:
            return [(1.0, power_ticks(low, high))]
        ticks = even_ticks(low, high)
        step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
        if self.end is not None and self.end <= high:
            ticks = with_end([tick for tick in ticks if tick <= self.end], self.end)
        return [(step, ticks)]

    def tickStrings(self, values: Sequence[float], _scale: float, step: float) -> list[str]:
        """The numbers in full."""
        if self.names:
            named = dict(self.names)
            return [named.get(value, "") for value in values]
        if self.logMode:
            return [power_text(value) for value in values]
        return [tick_text(value, step) for value in values]


class LabelledChart(pg.PlotWidget):  # type: ignore[misc] # pyqtgraph ships no types
    """Lines with their names at their ends, and a place that mouse and arrow keys move.

    ``powers``: its scale is logarithmic. ``label_size``: pixels of the names; 0: the usual ones.

    ``place_moved(place)``: another point is looked at; ``key_moved(place)``: by a key.
    ``place_chosen(place)``: it was clicked at. ``line_stepped(by)``: the arrow up (-1) or down.
    """

    place_moved = Signal(int)
    key_moved = Signal(int)
    place_chosen = Signal(int)
    line_stepped = Signal(int)

    def __init__(
        self, x_title: str, y_title: str, *, powers: bool = False, label_size: int = 0
    ) -> None:
        axes = {side: FewTicks(side) for side in ("bottom", "left")}
        super().__init__(background=None, axisItems=axes, viewBox=ZoomBox())
        self.viewport().setAutoFillBackground(False)  # it stands on the page, or on a picture
        self.viewport().setFocusProxy(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(round(scaled(LEAST_HEIGHT)))
        self.setAccessibleName(f"{y_title}: {x_title}" if x_title else y_title)
        self.lines: Sequence[LabelledLine] = ()
        self.place: int | None = None
        self._powers = powers
        self.curves: list[pg.PlotDataItem] = []
        item = self.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setLogMode(y=powers)
        item.showGrid(x=False, y=True, alpha=1.0)
        self._dress(x_title)
        self.overlay = ChartOverlay(item, label_size or sizes().text)
        self.show_title(y_title)
        self.scene().sigMouseMoved.connect(self._hover)
        self.scene().sigMouseClicked.connect(self._click)

    def show_lines(
        self,
        lines: Sequence[LabelledLine],
        y_range: tuple[float, float],
        names: Sequence[tuple[float, str]] = (),
    ) -> None:
        """Draw ``lines`` between two ends of the axis (exponents of ten where it has powers).

        ``names`` are written below the chart in place of numbers.
        """
        self.lines = lines
        for place in range(len(self.curves), len(lines)):
            self.curves.append(self.plot([], [], antialias=True, clipToView=True))
            self.curves[place].setZValue(place)
        for place, curve in enumerate(self.curves):
            seen = place < len(lines) and lines[place].width > 0
            curve.setVisible(seen)
            if seen:
                self._draw(curve, lines[place])
        places = np.concatenate([line.x for line in lines]) if lines else np.array([0.0, 1.0])
        bottom = self.getPlotItem().getAxis("bottom")
        bottom.names, bottom.end = list(names), float(places.max())
        self.setXRange(float(places.min()), float(places.max()), padding=0)
        self.setYRange(*y_range, padding=0)
        self.label_ends()
        self.show_place(self.place)

    def label_ends(self) -> None:
        """Label each line where it ends, or where it leaves what is in sight for good."""
        (first, last), (low, high) = self.getPlotItem().vb.viewRange()
        labels = []
        for line in self.lines:
            heights = np.array([self._height(y) for y in line.y])
            across = (line.x >= first) & (line.x <= last)
            seen = np.flatnonzero(across & (heights >= low) & (heights <= high))
            if line.name and seen.size:
                at = seen[-1]
                end = float(line.x[at]), float(heights[at])
                labels.append(EndLabel(line.name, self.end_of(line, at), end, line.role))
        self.overlay.show_labels(labels)
        width = max(self.overlay.label_width(), 2.0 * sizes().gap)
        layout = self.getPlotItem().layout
        layout.setColumnFixedWidth(2, width)
        layout.activate()

    def end_of(self, line: LabelledLine, _at: int) -> str:
        """What is said below the name of a line whose last point in sight is that place."""
        return line.end

    def show_title(self, title: str) -> None:
        """Write what the axis at the left is above it."""
        self._title = title
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the title where the chart is narrow."""
        super().resizeEvent(event)
        if hasattr(self, "overlay"):  # pyqtgraph resizes it while it is made
            self._make_room()

    def _make_room(self) -> None:
        """Room for the title above the axis: a line, or as many as it needs."""
        height = self.overlay.show_title(self._title, self.width())
        self.getPlotItem().layout.setRowFixedHeight(0, height)

    def name_rows(self, names: Sequence[tuple[float, str]]) -> None:
        """Write names at the left in place of numbers: where, and what."""
        axis = self.getPlotItem().getAxis("left")
        axis.names = list(names)
        axis.picture = None

    def show_place(self, place: int | None) -> None:
        """Look at the points of that place, in a card for each line that says something there."""
        count = max((len(line.x) for line in self.lines), default=0)
        self.place = None if place is None or not count else min(max(place, 0), count - 1)
        at = self.place
        cards = []
        for line in self.lines:
            if at is not None and line.note is not None and at < len(line.x):
                text, point = line.note(at), (float(line.x[at]), self._height(line.y[at]))
                cards += [PlaceCard(text, point)] if text else []
        self.overlay.show_cards(cards)

    def sizeHint(self) -> QSize:
        """No more than it needs: a page gives it all room that is left."""
        return QSize(self.minimumSizeHint().width(), self.minimumHeight())

    def move(self, by: int) -> None:
        """Look at the place so many points further on, as an arrow key does."""
        if self._go_to((self.place or 0) + by):
            self.key_moved.emit(self.place)

    def keys(self) -> tuple[PageKey, ...]:
        """The keys that move the place in sight, for the page that the chart is on."""
        beside, ends = self.tr("The place beside it in the chart."), self.tr("The chart's ends.")
        return (
            PageKey(("Left",), beside, partial(self.move, -1)),
            PageKey(("Right",), beside, partial(self.move, 1)),
            PageKey(("Home",), ends, partial(self.move, -TO_END)),
            PageKey(("End",), ends, partial(self.move, TO_END)),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the place, Home and End go to an end; all else is the page's."""
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Home: -TO_END,
            Qt.Key.Key_End: TO_END,
        }
        lines = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        plain_key = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain_key and key in steps:
            self.move(steps[key])
        elif plain_key and key in lines:
            self.line_stepped.emit(lines[key])
        else:
            event.ignore()

    def _dress(self, x_title: str) -> None:
        """Axes at left and below."""
        item = self.getPlotItem()
        item.layout.setContentsMargins(sizes().half_gap, 0, 0, 0)
        item.layout.setVerticalSpacing(sizes().half_gap)
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setTickFont(words(sizes().label))
            axis.setTextPen(colours().muted)
            axis.setPen(colours().outline)
            axis.setTickPen(colours().hairline)
            axis.setStyle(tickTextOffset=sizes().half_gap, tickLength=sizes().half_gap)
            axis.setStyle(hideOverlappingLabels=False)  # the axis itself leaves them out
            axis.setZValue(-1)
        letters = QFontMetrics(words(sizes().label)).height()  # pyqtgraph takes less, and cuts them
        item.getAxis("bottom").setStyle(autoExpandTextSpace=False, tickTextHeight=letters)
        item.getAxis("bottom").setLabel(
            x_title, color=colours().muted, **{"font-size": f"{sizes().label}px"}
        )

    def _draw(self, curve: pg.PlotDataItem, line: LabelledLine) -> None:
        curve.setPen(chart_pen(line.role, line.width, line.dashes))
        curve.setData(line.x, np.maximum(line.y, SMALLEST) if self._powers else line.y)

    def _height(self, y: float) -> float:
        return float(np.log10(max(y, SMALLEST))) if self._powers else float(y)

    def _hover(self, at: QPointF) -> None:
        place = self._place_at(at)
        if place is not None:
            self._go_to(place)

    def _click(self, event: Any) -> None:
        place = self._place_at(event.scenePos())
        if place is not None and not event.double():
            self.place_chosen.emit(place)

    def _place_at(self, at: QPointF) -> int | None:
        """The place nearest to the mouse, within the chart's frame."""
        view = self.getPlotItem().vb
        if not self.lines or not view.sceneBoundingRect().contains(at):
            return None
        longest = max(self.lines, key=lambda line: len(line.x))
        if not len(longest.x):
            return None
        return int(np.abs(longest.x - view.mapSceneToView(at).x()).argmin())

    def _go_to(self, place: int) -> bool:
        """Look at another place; whether it is another one."""
        before = self.place
        self.show_place(place)
        if self.place is None or self.place == before:
            return False
        self.place_moved.emit(self.place)
        return True
