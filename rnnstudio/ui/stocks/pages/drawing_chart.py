"""The chart on which a class draws the next days, with mouse or keys."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.numbers import NumberText, rounded
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.teaching.drawing_rounds import DAYS, DrawnRound
from rnnstudio.ui.stocks.drawing_state import DrawingSheet
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import colour, scaled
from rnnstudio.ui.widgets.chart_summary import described_chart
from rnnstudio.ui.widgets.labelled_chart import LabelledChart, LabelledLine

KNOWN_DAYS = 30
"""So many days are seen before the ones that are drawn."""
_REACH = 8.0
"""Room for the drawing above and below the last known price, in moves of a day."""
_NEW = np.arange(DAYS + 1.0)
"""The last known day and those that are drawn."""
_NONE = np.array([])


class DrawingChart(LabelledChart):
    """Shows a ``DrawingSheet``: what is known, what is drawn and, once it is over, what came.

    ``stroke(points)``: days were drawn with the mouse, a tuple of days and prices.
    ``day_chosen(day)``: a day of a round that is over was clicked at.
    """

    stroke = Signal(object)
    day_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "")
        self.setParent(parent)
        self.setAccessibleName(language.filled(self.tr("Drawing of the next {0} days"), DAYS))
        self.sheet: DrawingSheet | None = None
        self._stroke: tuple[int, float] | None = None
        self._cover = pg.LinearRegionItem((0.5, DAYS + 0.5), movable=False, pen=pg.mkPen(None))
        self._cover.setZValue(-10)
        self._dots = pg.ScatterPlotItem()
        self._dots.setZValue(10)
        self.addItem(self._cover)
        self.addItem(self._dots)

    def show_sheet(self, sheet: DrawingSheet) -> None:
        """Draw the days before the stretch, and what may be seen of it."""
        self.sheet = sheet
        over = sheet.drawing.rounds[-1] if sheet.over else None
        self._cover.setBrush(QBrush(QColor(colour("cover" if over is None else "held_out_soft"))))
        self.show_title(self._title_text(sheet))
        days = [(float(day), f"{day}") for day in range(2, DAYS + 1, 2)]
        lines = self._lines(sheet) if over is None else self._lines_over(sheet, over)
        self.show_lines(lines, y_range(sheet), [(0.0, self.tr("today")), *days])
        self._show_dots(lines[3])
        self.show_place(sheet.drawing.day + 1)
        said = self._day_text(sheet.drawing.day + 1)
        self.setAccessibleDescription(f"{said}. {described_chart(self.lines)}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All keys are the page's."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw, or choose a day of a round that is over."""
        at = self._point_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or self.sheet is None or at is None:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.sheet.over:
            self.day_chosen.emit(at[0])
            return
        self._stroke = at
        self.stroke.emit((at,))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on to where the mouse is, with the days that it jumped over."""
        if self._stroke is None:
            super().mouseMoveEvent(event)
            return
        before, at = self._stroke, self._point_at(event.position(), anywhere=True)
        if at is not None and at != before:
            self._stroke = at
            self.stroke.emit(tuple(_between(before, at)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The stroke is over."""
        if self._stroke is None:
            super().mouseReleaseEvent(event)
        self._stroke = None

    def _hover(self, at: QPointF) -> None:
        """The day in sight is the one that is drawn: a mouse that passes by leaves it."""

    def _point_at(self, at: QPointF, *, anywhere: bool = False) -> tuple[int, float] | None:
        """The day and price nearest to a place; None left of the days, unless ``anywhere``."""
        view = self.getPlotItem().vb
        place = view.mapSceneToView(self.mapToScene(at.toPoint()))
        if place.x() < 0.5 and not anywhere:
            return None
        low, high = view.viewRange()[1]
        day = min(max(round(place.x()) - 1, 0), DAYS - 1)
        return day, float(min(max(place.y(), low), high))

    def _lines(self, sheet: DrawingSheet) -> list[LabelledLine]:
        """What is known, the last known price held, and the drawing so far."""
        known, drawn = known_prices(sheet), sheet.drawing.drawn
        days = [day for day, price in enumerate(drawn) if price is not None]
        x = np.array([0.0, *(day + 1.0 for day in days)])
        y = np.array([sheet.known, *(price for price in drawn if price is not None)])
        return [
            LabelledLine("", _NONE, _NONE),
            LabelledLine("", _before(known), known, width=2.2),
            self._yesterday(sheet),
            LabelledLine(
                self.tr("you") if days else "",
                x,
                y,
                price_text(float(y[-1]), sheet),
                role="you",
                width=3,
            ),
            self._cards_line(sheet),
        ]

    def _lines_over(self, sheet: DrawingSheet, over: DrawnRound) -> list[LabelledLine]:
        """The same with what came, and what the network said."""
        known = known_prices(sheet)
        drawn = np.array([sheet.known, *over.drawn])
        predicted = np.array([sheet.known, *over.predicted])
        truth = np.concatenate([known, over.actual])
        x = np.concatenate([_before(known), _NEW[1:]])
        said = [price_text(float(line[-1]), sheet) for line in (predicted, truth, drawn)]
        return [
            LabelledLine(self.tr("network"), _NEW, predicted, said[0], role="network", width=5.5),
            LabelledLine(self.tr("truth"), x, truth, said[1], width=2.2),
            self._yesterday(sheet),
            LabelledLine(self.tr("you"), _NEW, drawn, said[2], role="you", width=3),
            self._cards_line(sheet),
        ]

    def _yesterday(self, sheet: DrawingSheet) -> LabelledLine:
        held = np.full(DAYS + 1, sheet.known)
        name, end = self.tr("yesterday's price"), price_text(sheet.known, sheet)
        return LabelledLine(name, _NEW, held, end, role="yesterday", width=2.4, dashes=(7, 5))

    def _show_dots(self, drawing: LabelledLine) -> None:
        """A dot on every drawn day."""
        ring = pen("panel", 1.5)
        ring.setCosmetic(True)
        brush = QBrush(QColor(colour("you")))
        self._dots.setData(drawing.x[1:], drawing.y[1:], size=scaled(9), pen=ring, brush=brush)

    def _cards_line(self, sheet: DrawingSheet) -> LabelledLine:
        """Nothing but a card at the top, where it covers no price, and room for the last dot."""
        low, high = y_range(sheet)
        x = np.array([*_NEW, DAYS + 0.5])
        above = np.full(len(x), high + 0.01 * (high - low))
        return LabelledLine("", x, above, note=self._day_text, width=0)

    def _day_text(self, place: int) -> str:
        """What is drawn for a day and, once it is over, what came; place 0 is today."""
        sheet, day = self.sheet, place - 1
        if sheet is None or not 0 <= day < DAYS:
            return ""
        if not sheet.over:
            price = sheet.drawing.drawn[day]
            if price is None:
                return str(language.filled(self.tr("day {0}: not drawn yet"), place))
            return str(
                language.filled(self.tr("day {0}: you {1}"), place, price_text(price, sheet))
            )
        over = sheet.drawing.rounds[-1]
        prices = (over.actual[day], over.predicted[day], over.drawn[day])
        texts = [price_text(price, sheet) for price in prices]
        return str(
            language.filled(self.tr("day {0}: truth {1}, network {2}, you {3}"), place, *texts)
        )

    def _title_text(self, sheet: DrawingSheet) -> str:
        day = sheet.split.table.dates[sheet.stretch.start - 1]
        said = self.tr("{0}, known up to {1}, and the next {2} days")
        return str(language.filled(said, sheet.target, day, DAYS))


def known_prices(sheet: DrawingSheet) -> FloatArray:
    """The last prices before the stretch, (days,) float64."""
    start = sheet.stretch.start
    return sheet.prices[max(0, start - KNOWN_DAYS) : start]


def y_range(sheet: DrawingSheet) -> tuple[float, float]:
    """Room for what is known and for a drawing; for all that there is once it is over."""
    known = known_prices(sheet)
    reach = _REACH * 2 * sheet.step
    seen = [*known, sheet.known - reach, sheet.known + reach]
    if sheet.over:
        over = sheet.drawing.rounds[-1]
        seen = [*known, *over.actual, *over.drawn, *over.predicted]
    else:
        seen += [price for price in sheet.drawing.drawn if price is not None]
    room = 0.05 * (max(seen) - min(seen)) or 1.0
    return min(seen) - room, max(seen) + 3 * room


def price_text(price: float, sheet: DrawingSheet) -> str:
    """A price with as many decimals as show a step of the keys, two at least."""
    places = max(2, -int(np.floor(np.log10(sheet.step))))
    return language.number(_grouped(price, places))


def _grouped(price: float, places: int) -> NumberText:
    return rounded(price, places) if abs(price) < 1000 else NumberText(f"{price:,.{places}f}")


def _before(known: FloatArray) -> FloatArray:
    return np.arange(1.0 - len(known), 1.0)


def _between(one: tuple[int, float], other: tuple[int, float]) -> Iterator[tuple[int, float]]:
    """The days after ``one`` up to ``other``, on the straight line between them."""
    span = other[0] - one[0]
    if span == 0:
        yield other
        return
    way = 1 if span > 0 else -1
    for day in range(one[0] + way, other[0] + way, way):
        yield day, one[1] + (other[1] - one[1]) * (day - one[0]) / span
