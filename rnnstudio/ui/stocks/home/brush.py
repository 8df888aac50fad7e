"""The whole series below the chart, its spans, and the frame that chooses the days above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.ui.stocks.home.chart_days import ChartDays, span_name
from rnnstudio.ui.stocks.home_state import FEWEST_DAYS_SEEN
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.pens import chart_pen
from rnnstudio.ui.theme.tokens import colour, scaled, sizes

_HEIGHT = 52
_EDGE = 0.003
"""Room for the frame at either end, as a fraction of the days."""
_STRONG = 90
"""How strong the ground of the test span is, of 255."""


@dataclass(frozen=True)
class SeriesSpan:
    """Some of the days: what they are, the ground that they stand on, and whether it is hatched."""

    rows: range
    name: str
    role: str
    ground: QColor
    covered: bool = False


class Brush(QWidget):
    """``moved(first, stop)``: these days are to be in the chart."""

    moved = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = pg.PlotWidget(background=None)
        self.plot.viewport().setAutoFillBackground(False)
        self.plot.setFixedHeight(round(scaled(_HEIGHT)))
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item = self.plot.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        for side in ("left", "bottom"):
            item.hideAxis(side)
        item.setContentsMargins(0, 0, 0, 0)
        item.layout.setContentsMargins(0, 0, 0, 0)
        self.curve = pg.PlotDataItem([], [], pen=chart_pen("ink", 1.2), autoDownsample=True)
        self.curve.setDownsampling(auto=True, method="peak")
        item.addItem(self.curve)
        self._grounds: list[Any] = []
        self.frame = DaysFrame()
        self.frame.setZValue(10)
        item.addItem(self.frame, ignoreBounds=True)
        self.names = SpanNames()
        self.spans: tuple[SeriesSpan, ...] = ()
        self._shown: object = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().quarter_gap)
        layout.addWidget(self.plot)
        layout.addWidget(self.names)
        self.frame.sigRegionChanged.connect(self._move)
        self.setAccessibleName(self.tr("The whole series and its spans"))

    def show_days(self, state: StocksState, seen: ChartDays | None) -> None:
        """Draw the series as far as it may be seen, the spans, and the frame."""
        if seen is None:
            return
        key = (state.split, state.evaluation, seen.known, len(seen.dates), state.times_opened)
        if key != self._shown:
            self._shown = key
            self._draw(state, seen)
        self.frame.show_days(seen.days, len(seen.dates))

    def _draw(self, state: StocksState, seen: ChartDays) -> None:
        rows, item = np.arange(len(seen.dates)), self.plot.getPlotItem()
        known = np.isfinite(seen.truth)
        self.curve.setData(rows[known], seen.truth[known])
        for ground in self._grounds:
            item.removeItem(ground)
        self.spans = tuple(self._spans(state, seen))
        self._grounds = [made for span in self.spans for made in _ground(span)]
        for ground in self._grounds:
            item.addItem(ground, ignoreBounds=True)
        values = seen.truth[known]
        low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
        room = (high - low or 1.0) * 0.1
        self.plot.setXRange(0, max(len(rows) - 1, 1), padding=_EDGE)
        self.plot.setYRange(low - room, high + room, padding=0)
        table = None if state.train is None else state.train
        self.names.show_spans(self.spans, len(rows), "" if table is None else span_name(table))
        self.setAccessibleDescription("; ".join(span.name for span in self.spans))

    def _spans(self, state: StocksState, seen: ChartDays) -> Iterator[SeriesSpan]:
        evaluation = state.evaluation
        split = state.split if evaluation is None else evaluation.forecast.split
        if split is None:
            return
        if evaluation is None or evaluation.forecast.table is split.table:
            says = language.filled(self.tr("trained on {0:,} days"), len(split.train_rows))
            if evaluation is None:
                says = language.filled(self.tr("training {0:,}"), len(split.train_rows))
            yield SeriesSpan(split.train_rows, says, "ink", QColor(colour("sunken")))
            if split.validation_rows:
                says = language.filled(self.tr("validation {0:,}"), len(split.validation_rows))
                ground = QColor(colour("held_out_soft"))
                yield SeriesSpan(split.validation_rows, says, "held_out", ground)
        strong = QColor(colour("held_out"))
        strong.setAlpha(_STRONG)
        yield SeriesSpan(
            seen.test, self._test(state, len(seen.test)), "held_out", strong, evaluation is None
        )

    def _test(self, state: StocksState, days: int) -> str:
        if state.evaluation is None:
            return language.filled(self.tr("test {0:,}, not opened"), days)
        times = state.times_opened
        if times <= 1:
            return language.filled(self.tr("test {0:,}, opened once"), days)
        return language.filled(self.tr("test {0:,}, opened {1} times"), days, times)

    @Slot()
    def _move(self) -> None:
        """The frame was moved by hand."""
        first, stop = self.frame.getRegion()
        self.moved.emit(round(first), round(stop))


class DaysFrame(pg.LinearRegionItem):  # type: ignore[misc] # pyqtgraph ships no types
    """A frame around the days in the chart, dragged as a whole or at its handles."""

    def __init__(self) -> None:
        clear = QColor(0, 0, 0, 0)
        edge = pg.mkPen(None)
        super().__init__(brush=clear, hoverBrush=clear, pen=edge, hoverPen=edge)

    def show_days(self, days: range, rows: int) -> None:
        """Stand around these days of ``rows``, in silence."""
        blocked = self.blockSignals(True)
        self.setBounds((0, max(rows, FEWEST_DAYS_SEEN)))
        self.setRegion((days.start, days.stop))
        self.blockSignals(blocked)
        self.update()

    def paint(self, painter: QPainter, *_: object) -> None:
        """A violet frame with a handle at either side."""
        box = self.boundingRect()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(chart_pen("you", 3))
        painter.drawRect(box)
        handle = chart_pen("you", 6)
        handle.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(handle)
        middle, half = box.center().y(), 0.15 * box.height()
        for x in (box.left(), box.right()):
            painter.drawLine(QPointF(x, middle - half), QPointF(x, middle + half))


class SpanNames(QWidget):
    """What each span is, below it; names that would meet make way for each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spans: tuple[SeriesSpan, ...] = ()
        self._rows, self._first = 1, ""
        self.setFixedHeight(QFontMetrics(words(sizes().label)).height())

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(0, self.height())

    def show_spans(self, spans: tuple[SeriesSpan, ...], rows: int, first: str) -> None:
        """Name these spans of so many ``rows``; ``first`` is written at the left end."""
        self._spans, self._rows, self._first = spans, max(rows, 1), first
        self.update()

    def places(self) -> list[tuple[QRectF, SeriesSpan]]:
        """Where each name stands, from the right, where the verdict is; what has no room is not."""
        found: list[tuple[QRectF, SeriesSpan]] = []
        free = float(self.width())
        for span in reversed(self._spans):
            bold = span is self._spans[-1]
            wide = QFontMetrics(words(sizes().label, bold=bold)).horizontalAdvance(span.name) + 1
            start = span.rows.start / self._rows * self.width()
            whole = len(span.rows) / self._rows * self.width()
            middle = start + max(whole - wide, 0) / 2 if span.role == "ink" else start
            left = min(middle, free - wide)
            if left < 0:
                break
            found.append((QRectF(left, 0, wide, self.height()), span))
            free = left - sizes().gap
        return found

    def paintEvent(self, _: QPaintEvent) -> None:
        """The names, that of the test in bold."""
        left = float(self.width())
        with QPainter(self) as painter:
            for place, span in self.places():
                painter.setFont(words(sizes().label, bold=span is self._spans[-1]))
                painter.setPen(QColor(colour(span.role)))
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, span.name)
                left = place.left()
            painter.setFont(words(sizes().label))
            wide = painter.fontMetrics().horizontalAdvance(self._first)
            if wide + sizes().gap < left:
                painter.setPen(QColor(colour("muted")))
                place = QRectF(0, 0, wide + 1, self.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._first)


def _ground(span: SeriesSpan) -> Iterator[Any]:
    """The ground of a span, hatched where it may not be seen, and the border before it."""
    brush = QBrush(span.ground)
    ends = (span.rows.start - 0.5, span.rows.stop - 0.5)
    made = pg.LinearRegionItem(ends, movable=False, brush=brush, pen=pg.mkPen(None))
    made.setZValue(-20)
    yield made
    if span.covered:
        hatch = QBrush(QColor(colour("outline")), Qt.BrushStyle.BDiagPattern)
        cover = pg.LinearRegionItem(ends, movable=False, brush=hatch, pen=pg.mkPen(None))
        cover.setZValue(-19)
        yield cover
    if span.role != "ink":
        border = pg.InfiniteLine(ends[0], angle=90, pen=chart_pen("held_out", 2))
        border.setZValue(-18)
        yield border
