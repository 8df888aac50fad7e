"""A mark for the error of each seed, beside the one of yesterday's price, which knows no seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.functions import Array
from rnnstudio.ui.stocks.price_lines import DASHES, YESTERDAY, network_line, yesterday_line
from rnnstudio.ui.stocks.shares_chart import SharesChart
from rnnstudio.ui.theme.pens import chart_pen
from rnnstudio.ui.theme.tokens import colours, scaled
from rnnstudio.ui.widgets.shapes import Shape, ShapesItem

_ROOM = 0.4
"""Above and below the marks, as a fraction of their height."""
_HALF = 0.5
"""From the first and the last mark to the frame, in seeds."""
_DECIMALS = 4
_RADIUS = 7.0


class SeedsChart(SharesChart):
    """Seeds are no sequence: no line joins their marks, only that of yesterday's price crosses."""

    def __init__(self) -> None:
        super().__init__(self.tr("seed"), self.tr("RMSE"))
        self.flat = pg.InfiniteLine(angle=0, pen=chart_pen("yesterday", YESTERDAY, DASHES))
        self.marks = Marks()
        for item in (self.flat, self.marks):
            self.addItem(item, ignoreBounds=True)

    def show_seeds(self, seeds: Sequence[int], rmses: Sequence[float], flat: float) -> None:
        """Mark the error of each seed; ``flat`` is that of yesterday's price."""
        x, y = np.arange(len(seeds), dtype=float), np.array(rmses)
        self.flat.setValue(flat)
        self.marks.show_points(x, y)
        self.heading = lambda place: language.filled(self.tr("Seed {0}"), seeds[place])
        level = yesterday_line(x, np.full(len(x), flat), decimals=_DECIMALS)
        lines = [replace(network_line(x, y), end="", width=0), replace(level, width=0)]
        low, high = min(*rmses, flat), max(*rmses, flat)
        room = _ROOM * (high - low) or 0.01 * high or 1.0
        names = [(float(place), f"{seed}") for place, seed in enumerate(seeds)]
        self.show_lines(lines, (low - room, high + room), names)
        self.setXRange(-_HALF, len(seeds) - _HALF, padding=0)
        self.label_ends()

    def label_ends(self) -> None:
        """Label marks and level at the edge of the chart: neither ends at the last seed."""
        super().label_ends()
        edge = float(self.getPlotItem().vb.viewRange()[0][1])
        self.overlay.show_labels(
            [replace(label, end=(edge, label.end[1])) for label in self.overlay.labels]
        )


class Marks(ShapesItem):
    """A disc at each point, equally large however the chart is zoomed."""

    def __init__(self) -> None:
        super().__init__()
        self.x: Array = np.zeros(0)
        self.y: Array = np.zeros(0)

    def show_points(self, x: Array, y: Array) -> None:
        """Mark the points at ``x`` and ``y``, (points,) each."""
        self.prepareGeometryChange()
        self.x, self.y = x, y
        self.update()

    def boundingRect(self) -> QRectF:
        """All that is in view: the discs are as large as the view makes them."""
        rect: QRectF = self.viewRect()
        return rect

    def viewRangeChanged(self) -> None:
        """Another part is in view."""
        self.prepareGeometryChange()
        super().viewRangeChanged()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Round discs."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        super().paint(painter, option, widget)

    def shapes(self) -> Iterator[Shape]:
        """The discs, each with an edge that parts it from what it lies over."""
        wide, high = (scaled(_RADIUS) * side for side in self.getViewBox().viewPixelSize())
        path = QPainterPath()
        for x, y in zip(self.x.tolist(), self.y.tolist(), strict=True):
            path.addEllipse(QPointF(x, y), wide, high)
        yield path, chart_pen("panel", 1.5), pg.mkBrush(colours().network)
