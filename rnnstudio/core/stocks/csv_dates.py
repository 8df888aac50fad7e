"""Reads a column of dates, deciding what its numbers mean over the whole column."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.series import Dates

_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?:[T ]00:00(?::00)?)?")
_YEARS = (1700, 2200)
_Whole = npt.NDArray[np.int64]
_WANTED = "write dates like 2019-06-14."


def looks_like_a_date(cell: str) -> bool:
    """Whether ``cell`` is written in one of the forms that are understood."""
    return bool(_YEAR_FIRST.fullmatch(cell) or _YEAR_LAST.fullmatch(cell))


def parse_dates(cells: Sequence[str], place: Callable[[int], str], source: str) -> Dates:
    """The dates in ``cells``, (rows,) datetime64[D].

    Understood are year-month-day, and day/month/year or month/day/year where a number above 12
    somewhere in the column says which of the two it is. ``place(row)`` names a cell in messages.

    Raises
    ------
    UserError
        When a cell is no such date or no day of the calendar, the forms are mixed, or the column
        fits day first and month first alike.
    """
    form = _YEAR_FIRST if _YEAR_FIRST.fullmatch(cells[0]) else _YEAR_LAST
    parts = np.array([_parts(form, cell, row, place) for row, cell in enumerate(cells)])
    if form is _YEAR_FIRST:
        years, months, days = parts.T
    else:
        years, months, days = _day_and_month(parts, place, source)
    return _on_the_calendar(years, months, days, cells, place)


def _parts(
    form: re.Pattern[str], cell: str, row: int, place: Callable[[int], str]
) -> tuple[int, int, int]:
    match = form.fullmatch(cell)
    if match is None:
        short = cell if len(cell) <= 40 else cell[:37] + "..."
        other = " in the form of the rows before" if looks_like_a_date(cell) else ""
        raise UserError(f"{place(row)}: {short!r} is not a date{other}; {_WANTED}")
    first, second, third = match.groups()
    return int(first), int(second), int(third)


def _day_and_month(
    parts: _Whole, place: Callable[[int], str], source: str
) -> tuple[_Whole, _Whole, _Whole]:
    first, second, years = parts.T
    day_first, month_first = first > 12, second > 12
    if day_first.any() and month_first.any():
        rows = sorted((int(np.argmax(day_first)), int(np.argmax(month_first))))
        raise UserError(
            f"{place(rows[1])}: day and month stand the other way round than in the rows before; "
            f"{_WANTED}"
        )
    if day_first.any():
        return years, second, first
    if month_first.any():
        return years, first, second
    raise UserError(
        f"{source} does not say whether its dates are day/month/year or month/day/year, since no "
        f"number in them is above 12; {_WANTED}"
    )


def _on_the_calendar(
    years: _Whole,
    months: _Whole,
    days: _Whole,
    cells: Sequence[str],
    place: Callable[[int], str],
) -> Dates:
    month_starts = (years - 1970).astype("datetime64[Y]").astype("datetime64[M]")
    month_starts = month_starts + (months - 1).astype("timedelta64[M]")
    dates: Dates = month_starts.astype("datetime64[D]") + (days - 1).astype("timedelta64[D]")
    possible = (_YEARS[0] <= years) & (years < _YEARS[1]) & (days > 0)
    possible &= (months >= 1) & (months <= 12) & (dates.astype("datetime64[M]") == month_starts)
    if not possible.all():
        row = int(np.argmin(possible))
        raise UserError(f"{place(row)}: there is no day {cells[row]!r}; {_WANTED}")
    return dates
