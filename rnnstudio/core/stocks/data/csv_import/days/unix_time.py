"""Moments counted from 1970: seconds, milliseconds, microseconds, nanoseconds.

Counts are int64, or float64 where one is not whole; places of units are intp and have no unit.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.days.calendar_days import YEARS
from rnnstudio.core.stocks.data.csv_import.lines.lines import short
from rnnstudio.core.stocks.data.csv_import.numbers.decimal_evidence import NumberColumn
from rnnstudio.core.stocks.data.price_table import Dates

Counts = npt.NDArray[np.int64] | npt.NDArray[np.float64]
_YEAR_2200 = 7_258_118_400
_LIMITS = np.array([_YEAR_2200, _YEAR_2200 * 10**3, _YEAR_2200 * 10**6])
"""Counts below the first are seconds, then milliseconds, microseconds and nanoseconds."""
_UNITS = (
    Message("seconds"),
    Message("milliseconds"),
    Message("microseconds"),
    Message("nanoseconds"),
)
_SURE = 10**8
"""Seconds of 1973: the units of smaller counts overlap."""


def counts_of(column: NumberColumn) -> Counts:
    """The numbers (rows,) in a column of counts, exactly where they are whole."""
    cells = column.shapes.cells
    if all(len(shape) < 20 and set(shape) <= set("9+-") for shape in column.shapes.shapes):
        try:
            return np.array(list(map(int, cells)), dtype=np.int64)
        except OverflowError:
            pass  # far outside the years that are allowed, as the float below shows
    return np.array([float(cell.replace(",", ".")) for cell in cells])


def units_of(counts: Counts) -> npt.NDArray[np.intp]:
    """The place (rows,) of each count's unit in seconds, milliseconds, microseconds, nanoseconds.

    Where one count says beyond doubt what the column's unit is, small counts (of the years around
    1970) are in it too.
    """
    units = np.searchsorted(_LIMITS, np.abs(counts), side="right")
    sure = np.abs(counts) >= _SURE
    if sure.any() and not sure.all() and (units[sure] == units[sure][0]).all():
        units = np.where(sure, units, units[sure][0])
    return units


def parse_epochs(column: NumberColumn, counts: Counts) -> tuple[Dates, tuple[Message, ...]]:
    """The moments in UTC, (rows,) datetime64[us], and the names of the units.

    Raises UserError when a count lies outside the years 1700 to 2199.
    """
    units = units_of(counts)
    moments = np.zeros(len(counts), dtype="datetime64[us]")
    for unit in np.unique(units):
        rows = units == unit
        moments[rows] = _moments(counts[rows], int(unit))
    years = moments.astype("datetime64[Y]").astype(np.int64) + 1970
    possible = (YEARS[0] <= years) & (years < YEARS[1])
    if not possible.all():
        raise not_a_moment(column, int(np.argmin(possible)))
    return moments, tuple(_UNITS[unit] for unit in np.unique(units))


def _moments(counts: Counts, unit: int) -> Dates:
    whole = counts // 1000 if unit == 3 else counts * 1000 ** (2 - unit)
    micro = np.clip(np.rint(whole), -(10.0**18), 10.0**18) if whole.dtype.kind == "f" else whole
    moments: Dates = micro.astype(np.int64).astype("datetime64[us]")
    return moments


def not_a_moment(column: NumberColumn, row: int) -> UserError:
    """The refusal of a cell that counts nothing."""
    return UserError(
        "{place}: {cell} is not a date in the form of the rows before, a count of seconds or the "
        "like from 1970.",
        place=column.place(row),
        cell=short(column.shapes.cells[row]),
    )
