"""A table on its way from a file to prices: rows may still go.

A mask is bool, places are intp; they have no unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.findings import Finding, place
from rnnstudio.core.stocks.data.csv_import.options import CANONICAL
from rnnstudio.core.stocks.data.price_table import Dates, FloatArray, is_price


@dataclass(frozen=True, eq=False)
class RawTable:
    """Rows with their moments, lines of the file counted from 1, and columns, (rows,) each.

    ``columns`` are NaN if a cell is empty. ``ahead`` are minutes ahead of UTC where the file
    names zones. ``titles`` are the columns' names in the file.
    """

    source: str
    lines: npt.NDArray[np.int64]
    moments: Dates
    ahead: npt.NDArray[np.int64] | None
    columns: Mapping[str, FloatArray]
    titles: Mapping[str, str]
    findings: tuple[Finding, ...]

    @property
    def prices(self) -> tuple[str, ...]:
        """The canonical columns that hold prices."""
        return tuple(name for name in self.columns if name in CANONICAL and is_price(name))

    def take(self, rows: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> RawTable:
        """The rows of a mask (rows,), or at places (chosen,)."""
        return replace(
            self,
            lines=self.lines[rows],
            moments=self.moments[rows],
            ahead=None if self.ahead is None else self.ahead[rows],
            columns={name: values[rows] for name, values in self.columns.items()},
        )

    def without(self, names: set[str]) -> RawTable:
        """The table without the columns ``names``."""
        kept = {name: values for name, values in self.columns.items() if name not in names}
        return replace(self, columns=kept)

    def found(self, *findings: Finding) -> RawTable:
        """The table with more findings."""
        return replace(self, findings=(*self.findings, *findings))

    def place(self, row: int, name: str) -> Message:
        """Where a cell stands."""
        return place(self.source, int(self.lines[row]), self.titles[name])
