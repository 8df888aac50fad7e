"""A price table: dates and named columns of numbers, oldest day first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnnstudio.core.errors import UserError

FloatArray = npt.NDArray[np.float64]
Dates = npt.NDArray[np.datetime64]


@dataclass(frozen=True, eq=False)
class PriceTable:
    """Rows of a share, one a trading day, strictly oldest first.

    ``dates`` is (rows,) datetime64[D], or in seconds or microseconds where days have times; every
    array in ``columns`` is (rows,) float64 and finite. ``source`` names the file in messages.
    """

    source: str
    dates: Dates
    columns: Mapping[str, FloatArray]

    @property
    def rows(self) -> int:
        """Number of trading days."""
        return len(self.dates)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in the file's order."""
        return tuple(self.columns)

    @property
    def price_names(self) -> tuple[str, ...]:
        """The names of the columns that hold prices."""
        return tuple(name for name in self.columns if is_price(name))

    def column(self, name: str) -> FloatArray:
        """The column ``name``, (rows,); raises UserError that lists what columns there are."""
        try:
            return self.columns[name]
        except KeyError:
            raise UserError(
                f"{self.source} has no column {name!r}; it has {', '.join(self.names)}."
            ) from None

    def matrix(self, names: Iterable[str]) -> FloatArray:
        """The columns ``names`` side by side, (rows, columns)."""
        return np.stack([self.column(name) for name in names], axis=1)

    def part(self, rows: slice | npt.NDArray[np.intp]) -> PriceTable:
        """The days in ``rows``."""
        columns = {name: values[rows] for name, values in self.columns.items()}
        return PriceTable(self.source, self.dates[rows], columns)


_QUANTITIES = ("vol", "turnover", "quantity", "trades", "shares", "dividend", "split")
_CHANGES = ("change", "chg", "return", "perubahan", "%")


def is_price(name: str) -> bool:
    """Whether a column of that name holds prices, rather than quantities or changes."""
    return not _holds(name, _QUANTITIES + _CHANGES)


def is_change(name: str) -> bool:
    """Whether a column of that name may hold negative numbers."""
    return _holds(name, _CHANGES)


def _holds(name: str, words: Iterable[str]) -> bool:
    return any(word in name.lower() for word in words)
