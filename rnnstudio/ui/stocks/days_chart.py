"""Prices and forecasts day by day: some of the days in sight, the others beside them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Slot

from rnnstudio.core import language
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.numbers import DayText
from rnnstudio.core.stocks.data.price_table import Dates
from rnnstudio.ui.stocks.day_names import day_names
from rnnstudio.ui.stocks.price_lines import end_text, heights
from rnnstudio.ui.stocks.shares_chart import SharesChart
from rnnstudio.ui.widgets.labelled_chart import LabelledLine

USUAL_DAYS = 60
"""About three months of trading: so few that a day is wide enough to see that a forecast is one day
late."""


class DaysChart(SharesChart):
    """Lines over rows of a table of days; the wheel and the mouse move the days in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setToolTip(self.tr("The wheel zooms, dragging moves"))
        self._dates: Dates = np.array([], dtype="datetime64[D]")
        self.heading = self._name_day
        self.getPlotItem().vb.sigRangeChanged.connect(self._name_in_sight)

    def show_days(self, lines: Sequence[LabelledLine], dates: Dates, seen: range) -> None:
        """Draw ``lines``, whose x are rows of ``dates``, and look at the rows that are ``seen``."""
        self._dates = dates
        self.show_lines(lines, (0.0, 1.0))
        self.look_at(seen)

    def look_at(self, rows: range) -> None:
        """Show these days as large as they can be: by truth and network, as the scale always is."""
        parts = [
            line.y[(line.x >= rows.start) & (line.x < rows.stop)]
            for line in self.lines
            if line.role in ("ink", "network")
        ]
        self.setXRange(rows.start, max(rows.stop - 1, rows.start + 1), padding=0)
        self.setYRange(*heights(*parts, np.array([])), padding=0)

    @property
    def in_sight(self) -> range:
        """The rows of the days in sight."""
        low, high = self.getPlotItem().vb.viewRange()[0]
        first = min(max(int(np.ceil(low - 1e-6)), 0), len(self._dates))
        return range(first, max(first, min(int(np.floor(high + 1e-6)) + 1, len(self._dates))))

    def move(self, by: int) -> None:
        """The same, from the first day in sight on, and along with the day."""
        rows = self._rows()
        if self.place is None and len(rows):
            self.show_place(int(np.searchsorted(rows, self.in_sight.start)))
        super().move(by)
        if self.place is not None:
            self._follow(int(rows[self.place]))

    def end_of(self, line: LabelledLine, at: int) -> str:
        """The last number in sight, where numbers stand at the ends."""
        return end_text(line.y[: at + 1]) if line.end else ""

    def _follow(self, row: int) -> None:
        """Move the days in sight until the row is one of them."""
        seen = self.in_sight
        if row not in seen:
            first = row if row < seen.start else row - len(seen) + 1
            self.look_at(range(first, first + len(seen)))

    @Slot()
    def _name_in_sight(self) -> None:
        """Write days below, and names at the ends of the parts of lines that are in sight."""
        bottom = self.getPlotItem().getAxis("bottom")
        bottom.names, bottom.picture = day_names(self._dates, self.in_sight), None
        self.label_ends()

    def _rows(self) -> Array:
        """The row of each place, of the line that has most of them."""
        return max((line.x for line in self.lines), key=len, default=np.array([]))

    def _name_day(self, place: int) -> str:
        return language.shown(DayText(self._dates[int(self._rows()[place])]))
