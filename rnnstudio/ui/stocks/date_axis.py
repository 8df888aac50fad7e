"""A chart axis that counts trading days and writes their dates: no gaps at weekends."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rnnstudio.core import language
from rnnstudio.core.numbers import DayText
from rnnstudio.core.stocks.data.price_table import Dates
from rnnstudio.ui.widgets.plot import ReadableAxis


class DateAxis(ReadableAxis):
    """x is the row of a day; the tick says which day that is."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self._dates: Dates = np.array([], dtype="datetime64[D]")

    def show_dates(self, dates: Dates) -> None:
        """Take the day of every row, (rows,) datetime64[D]."""
        self._dates = dates
        self.picture = None
        self.update()

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:
        """The dates at ``values``; nothing between two rows or beyond the last."""
        return [
            language.shown(DayText(self._dates[int(value)]))
            if value == int(value) and 0 <= value < len(self._dates)
            else ""
            for value in values
        ]
