"""Candlesticks: open, high, low and close of the days in view."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF

from rnnstudio.core.stocks.data.price_table import FloatArray, PriceTable
from rnnstudio.ui.theme.tokens import LIVE_PEN, colours
from rnnstudio.ui.widgets.shapes import Shape, ShapesItem

COLUMNS = ("Open", "High", "Low", "Close")
ADJUSTED = "Adj Close"
MOST_DAYS = 600
"""With more days in view a candle is narrower than two pixels, and none is drawn."""
HALF = 0.35
"""Half the width of a body, in days."""


class Candles(ShapesItem):
    """Bodies filled on days the price fell, empty on days it rose, besides the colours."""

    def __init__(self) -> None:
        super().__init__()
        self.opts = {"pen": pg.mkPen(colours().ink, width=LIVE_PEN), "antialias": False}
        self.prices: FloatArray = np.empty((0, 4))

    def show_rows(self, table: PriceTable, rows: int, target: str) -> None:
        """Take the first ``rows`` days of the table; none where it lacks a column.

        Beside an adjusted close the candles are adjusted too, by the same factor a day.
        """
        self.prepareGeometryChange()
        known = all(name in table.names for name in COLUMNS)
        self.prices = table.matrix(COLUMNS)[:rows] if known else np.empty((0, 4))
        if known and target == ADJUSTED:
            self.prices = self.prices * (table.column(target)[:rows] / self.prices[:, 3])[:, None]
        self.informViewBoundsChanged()
        self.update()

    def boundingRect(self) -> QRectF:
        """Around all candles."""
        if not len(self.prices):
            return QRectF()
        low, high = float(self.prices[:, 2].min()), float(self.prices[:, 1].max())
        return QRectF(-1, low, len(self.prices) + 1, high - low)

    def shapes(self) -> Iterator[Shape]:
        """The candles in view."""
        view = self.viewRect()
        first, stop = max(0, int(view.left())), min(len(self.prices), int(view.right()) + 2)
        if not 0 < stop - first <= MOST_DAYS:
            return
        rows, prices = np.arange(first, stop, dtype=float), self.prices[first:stop]
        pen = self.opts["pen"]
        yield _wicks(rows, prices), pen, pg.mkBrush(None)
        rose = prices[:, 3] >= prices[:, 0]
        for chosen, colour in ((rose, colours().panel), (~rose, colours().ink)):
            yield _bodies(rows[chosen], prices[chosen]), pen, pg.mkBrush(colour)


def _wicks(rows: FloatArray, prices: FloatArray) -> pg.QtGui.QPainterPath:
    return pg.arrayToQPath(np.repeat(rows, 2), prices[:, 1:3].ravel(), connect="pairs")


def _bodies(rows: FloatArray, prices: FloatArray) -> pg.QtGui.QPainterPath:
    """Closed rectangles from open to close."""
    x = rows[:, np.newaxis] + np.array([-HALF, HALF, HALF, -HALF, -HALF])
    y = prices[:, [0, 0, 3, 3, 0]]
    joined = np.tile(np.array([1, 1, 1, 1, 0], dtype=np.int32), len(rows))
    return pg.arrayToQPath(x.ravel(), y.ravel(), connect=joined)
