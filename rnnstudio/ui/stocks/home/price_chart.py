"""The chart of the verdict: truth, network and yesterday's price over some days."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from rnnstudio.ui.stocks.candles import Candles
from rnnstudio.ui.stocks.day_names import day_names
from rnnstudio.ui.stocks.home.chart_days import ChartDays
from rnnstudio.ui.stocks.price_lines import end_text, heights, price_lines
from rnnstudio.ui.stocks.shares_chart import CardRow, SharesChart
from rnnstudio.ui.theme.tokens import colours
from rnnstudio.ui.widgets.labelled_chart import LabelledLine

_DROPOUT = (2.0, 3.0)


class PriceChart(SharesChart):
    """Lines with their names and last prices at their ends, and one card for the day in sight.

    ``with_network`` and ``with_yesterday``: whether those lines are to be seen yet. ``with_band``:
    whether intervals are drawn around test days too; around days ahead they always are.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Prices and forecasts by day"))
        self.seen: ChartDays | None = None
        self.with_network = self.with_yesterday = True
        self.with_band = self.with_candles = False
        self.getPlotItem().vb.setMouseEnabled(x=False, y=False)  # the frame below chooses the days
        self.candles = Candles()
        self.candles.setVisible(False)
        self.candles.setZValue(-5)
        self.low, self.high = pg.PlotCurveItem(pen=None), pg.PlotCurveItem(pen=None)
        self.band = pg.FillBetweenItem(self.low, self.high, brush=QColor(colours().network_soft))
        self.band.setZValue(-10)
        for item in (self.low, self.high, self.band, self.candles):
            self.addItem(item, ignoreBounds=True)
        self.band.setVisible(False)

    def show_days(self, seen: ChartDays | None, title: str) -> None:
        """Draw the days of ``seen`` that are in sight; nothing where there are none."""
        self.seen = seen
        self.show_title(title)
        if seen is None or not len(seen.days):
            self.show_lines((), (0.0, 1.0))
            return
        self._draw_band(seen)
        self.show_lines(self._lines(seen), self._heights(seen), day_names(seen.dates, seen.days))

    def card_rows(self, place: int) -> list[CardRow]:
        """What is to be said of the day, as far as its lines may be seen."""
        if self.seen is None:
            return []
        names = {line.role: line.name for line in self.lines if line.name}
        said = self.seen.words(self.seen.days[place])
        rows = said if self.with_network else said[:1]
        return [(names.get(role, ""), row) for role, row in rows]

    def _lines(self, seen: ChartDays) -> list[LabelledLine]:
        x, part = seen.rows, seen.part
        network, edge, yesterday, truth = price_lines(
            x, part(seen.truth), part(seen.network), part(seen.yesterday)
        )
        lines = [network] if self.with_network else []
        if self.with_yesterday:
            lines += [edge, yesterday] if self.with_network else [yesterday]
        if self.with_network and seen.dropout is not None:
            low, high = map(part, seen.dropout)
            name = self.tr("dropout")
            lines += [
                LabelledLine(name, x, low, end_text(low), None, "network", 1.2, _DROPOUT),
                LabelledLine("", x, high, "", None, "network", 1.2, _DROPOUT),
            ]
        return [line for line in (*lines, truth) if np.isfinite(line.y).any()]

    def _draw_band(self, seen: ChartDays) -> None:
        rows, low, high = seen.rows, seen.part(seen.low), seen.part(seen.high)
        known = np.isfinite(low) & np.isfinite(high)
        self.low.setData(rows[known], low[known])
        self.high.setData(rows[known], high[known])
        wanted = self.with_network and (self.with_band or seen.days.stop > seen.known)
        self.band.setVisible(bool(wanted and known.any()))

    def _heights(self, seen: ChartDays) -> tuple[float, float]:
        """The scale follows truth and network, and intervals where they are seen."""
        shown = [seen.part(seen.truth)]
        if self.with_network:
            shown.append(seen.part(seen.network))
        if self.band.isVisible():
            shown += [seen.part(seen.low), seen.part(seen.high)]
        return heights(*shown)
