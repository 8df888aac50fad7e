"""The chart of the verdict: truth, network and yesterday's price over some days."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.ui.stocks.candles import Candles
from rnnstudio.ui.stocks.home.chart_days import ChartDays, day_names
from rnnstudio.ui.theme.tokens import colours
from rnnstudio.ui.widgets.chart_overlay import PlaceCard
from rnnstudio.ui.widgets.chart_summary import described_chart
from rnnstudio.ui.widgets.labelled_chart import LabelledChart, LabelledLine

TRUTH, NETWORK, YESTERDAY = 2.2, 5.5, 2.4
"""Widths of the lines; the network's lies under the others."""
DASHES = (7.0, 5.0)
_ROOM = 0.06
"""Above and below the lines, as a fraction of their height."""


class PriceChart(LabelledChart):
    """Lines with their names and last prices at their ends, and one card for the day in sight.

    ``with_network`` and ``with_yesterday``: whether those lines are to be seen yet. ``with_band``:
    whether intervals are drawn around test days too; around days ahead they always are.
    """

    def __init__(self) -> None:
        super().__init__("", "")
        self.setBackground(colours().panel)
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
        self.setAccessibleDescription(described_chart(self.lines))

    def show_place(self, place: int | None) -> None:
        """Look at the day of that place in the chart, in one card, with a dot on each line."""
        super().show_place(place)
        if self.seen is not None and self.place is not None and len(self.seen.days):
            self.overlay.show_cards(self._cards(self.seen, self.seen.days[self.place]))

    def _cards(self, seen: ChartDays, day: int) -> list[PlaceCard]:
        dots = [(seen.truth[day], "ink")]
        if self.with_network:
            dots.append((seen.network[day], "network"))
        known = [(float(price), role) for price, role in dots if np.isfinite(price)]
        words = seen.words(day) if self.with_network else seen.words(day).split("\n")[0]
        return [
            PlaceCard("" if place else words, (float(day), price), role)
            for place, (price, role) in enumerate(known)
        ]

    def _lines(self, seen: ChartDays) -> list[LabelledLine]:
        lines = []
        if self.with_network:
            lines.append(self._line(seen, seen.network, self.tr("network"), "network", NETWORK))
        if self.with_yesterday and self.with_network:  # a light edge parts the two
            lines.append(self._line(seen, seen.yesterday, "", "panel", YESTERDAY))
        if self.with_yesterday:
            name = self.tr("yesterday's price")
            lines.append(self._line(seen, seen.yesterday, name, "yesterday", YESTERDAY, DASHES))
        if self.with_network and seen.dropout is not None:
            for name, end in zip((self.tr("dropout"), ""), seen.dropout, strict=True):
                lines.append(self._line(seen, end, name, "network", 1.2, (2.0, 3.0)))
        lines.append(self._line(seen, seen.truth, self.tr("truth"), "ink", TRUTH))
        return [line for line in lines if np.isfinite(line.y).any()]

    def _line(
        self,
        seen: ChartDays,
        values: FloatArray,
        name: str,
        role: str,
        width: float,
        dashes: tuple[float, ...] = (),
    ) -> LabelledLine:
        y = seen.part(values)
        finite = y[np.isfinite(y)]
        end = language.text(Message("{price:,.2f}", {"price": finite[-1]})) if len(finite) else ""
        return LabelledLine(name, seen.rows, y, end, None, role, width, dashes)

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
        values = np.concatenate(shown)
        values = values[np.isfinite(values)]
        if not len(values):
            return 0.0, 1.0
        low, high = float(values.min()), float(values.max())
        room = _ROOM * (high - low) or abs(high) * _ROOM or 1.0
        return low - room, high + room
