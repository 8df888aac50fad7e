"""A price table: dates and named columns of numbers, oldest day first.

Columns are float64, in the unit of the file; days are datetime64, places of rows intp.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

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

    @cached_property
    def digest(self) -> str:
        """What two tables have in common that hold the same days, names and numbers."""
        digest = hashlib.sha256(repr((str(self.dates.dtype), self.names)).encode())
        digest.update(self.dates.astype(np.int64).tobytes())
        for values in self.columns.values():
            digest.update(np.ascontiguousarray(values).tobytes())
        return digest.hexdigest()

    def column(self, name: str) -> FloatArray:
        """The column ``name``, (rows,); raises UserError that lists what columns there are."""
        try:
            return self.columns[name]
        except KeyError:
            raise UserError(
                "{source} has no column {name!r}; it has {names}.",
                source=self.source,
                name=name,
                names=", ".join(self.names),
            ) from None

    def matrix(self, names: Iterable[str]) -> FloatArray:
        """The columns ``names`` side by side, (rows, columns)."""
        return np.stack([self.column(name) for name in names], axis=1)

    def part(self, rows: slice | npt.NDArray[np.intp]) -> PriceTable:
        """The days in ``rows``: a slice, or their places (chosen,)."""
        columns = {name: values[rows] for name, values in self.columns.items()}
        return PriceTable(self.source, self.dates[rows], columns)


_QUANTITIES = frozenset(
    (
        *("vol", "volume", "volumes", "turnover", "quantity", "qty", "trades", "shares"),
        *("dividend", "dividends", "split", "splits", "amount", "frequency", "frekuensi"),
        *("umsatz", "volumen"),
    )
)
_GLUED_QUANTITIES = (
    "volume",
    "tickvol",
    "tottrdqty",
    "tottrdval",
    "turnover",
    "quantity",
    "trades",
    "dividend",
    "成交",
    "出来高",
    "売買",
    "거래",
)
_CHANGES = frozenset(
    ("change", "changes", "chg", "pct", "ret", "return", "returns", "perubahan", "%")
)
_GLUED_CHANGES = (
    "pchange",
    "pctchange",
    "changepercent",
    "pricechange",
    "netchange",
    "涨跌",
    "前日比",
)


def is_price(name: str) -> bool:
    """Whether a column of that name holds prices, rather than quantities or changes.

    "Exchange Rate", "Total Return Index" and "iShares" are prices.
    """
    return not _holds(name, _QUANTITIES, _GLUED_QUANTITIES) and not is_change(name)


def is_change(name: str) -> bool:
    """Whether a column of that name may hold negative numbers."""
    if re.search(r"return\w*[\W_]+(?:net[\W_]+)?index|\btri\b", name.lower()):
        return False
    return _holds(name, _CHANGES, _GLUED_CHANGES)


def _holds(name: str, words: frozenset[str], glued: tuple[str, ...]) -> bool:
    """Whether a name has one of ``words`` in it, or is ``glued`` together of others."""
    apart = re.sub(r"(?<=[a-z]{2})(?=[A-Z])", " ", name).lower()
    parts = re.findall(r"[^\W\d_]+|%", apart)
    joined = "".join(parts)
    return not words.isdisjoint(parts) or any(word in joined for word in glued)
