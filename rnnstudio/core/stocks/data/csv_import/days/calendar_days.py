"""Day, month and year as numbers, and the moments that they make.

Fields are int64: years, months, days, hours and so on, each in its own unit of time. Days and
moments are datetime64; what is possible is bool.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rnnstudio.core.stocks.data.csv_import.options import DateOrder
from rnnstudio.core.stocks.data.price_table import Dates

Whole = npt.NDArray[np.int64]
YEARS = (1700, 2200)
PIVOT = 70
"""Two-digit years from here on are of the twentieth century, those below of the twenty-first."""


@dataclass(frozen=True, eq=False)
class Fields:
    """The numbers in a column of dates, (rows,) int64 each.

    ``digits`` is how many the year is written with (2 to 4); ``half`` is 0, or 1 for a.m. and 2
    for p.m.; ``microsecond`` is of the second; ``ahead`` is in minutes and holds where ``zoned``
    is True.
    Where the order is not known, ``month``, ``day`` and ``year`` are the first, second and third
    number.
    """

    year: Whole
    month: Whole
    day: Whole
    digits: Whole
    hour: Whole
    minute: Whole
    second: Whole
    microsecond: Whole
    half: Whole
    ahead: Whole
    zoned: npt.NDArray[np.bool_]


def empty_fields(rows: int) -> Fields:
    """Fields of zeros."""
    names = [name for name in Fields.__dataclass_fields__ if name != "zoned"]
    zeros = {name: np.zeros(rows, dtype=np.int64) for name in names}
    return Fields(**zeros, zoned=np.zeros(rows, dtype=bool))


def in_order(fields: Fields, order: DateOrder) -> Fields:
    """The fields whose three numbers stand in that order, with whole years."""
    first, second, third = fields.month, fields.day, fields.year
    if order == "dmy":
        fields = replace(fields, day=first, month=second, year=third)
    elif order == "ymd":
        fields = replace(fields, year=first, month=second, day=third)
    return replace(fields, year=whole_years(fields.year, fields.digits))


def whole_years(years: Whole, digits: Whole) -> Whole:
    """Years (rows,) of which ``digits`` (rows,) are written, those of two as four."""
    century = np.where(years >= PIVOT, 1900, 2000)
    result: Whole = np.where(digits == 2, years % 100 + century, years)
    return result


def from_weeks(fields: Fields, weeks: Whole, weekdays: Whole) -> Fields:
    """The days of ISO ``weeks`` (their Mondays where ``weekdays`` are 0); no month where none.

    All are (rows,).
    """
    fourth = replace(fields, month=np.ones_like(weeks), day=np.full_like(weeks, 4))
    january = to_moments(fourth).astype("datetime64[D]")  # the fourth is always in week 1
    mondays = january - ((january.astype(np.int64) + 3) % 7).astype("timedelta64[D]")
    days = mondays + (7 * (weeks - 1) + np.maximum(weekdays, 1) - 1).astype("timedelta64[D]")
    thursdays = mondays + (7 * (weeks - 1) + 3).astype("timedelta64[D]")
    of_year = thursdays.astype("datetime64[Y]").astype(np.int64) + 1970 == fields.year
    return replace(from_days(fields, days), month=np.where(of_year, month_of(days), 0))


def from_days(fields: Fields, days: Dates) -> Fields:
    """``fields`` on the days ``days`` (rows,)."""
    starts = days.astype("datetime64[M]")
    year = days.astype("datetime64[Y]").astype(np.int64) + 1970
    day = (days - starts.astype("datetime64[D]")).astype(np.int64) + 1
    return replace(fields, year=year, month=month_of(days), day=day)


def month_of(days: Dates) -> Whole:
    """The months, from 1, that ``days`` (rows,) lie in: (rows,)."""
    months: Whole = days.astype("datetime64[M]").astype(np.int64) % 12 + 1
    return months


def is_possible(fields: Fields) -> npt.NDArray[np.bool_]:
    """Whether each row is a day of the calendar, (rows,)."""
    possible = (YEARS[0] <= fields.year) & (fields.year < YEARS[1])
    possible &= (fields.month >= 1) & (fields.month <= 12) & (fields.day >= 1)
    starts = _month_starts(fields)
    days = starts.astype("datetime64[D]") + (fields.day - 1).astype("timedelta64[D]")
    result: npt.NDArray[np.bool_] = possible & (days.astype("datetime64[M]") == starts)
    return result


def possible_time(fields: Fields) -> npt.NDArray[np.bool_]:
    """Whether each row is a time of day and of a zone, (rows,)."""
    possible: npt.NDArray[np.bool_] = (
        (fields.hour < 24) & (fields.minute < 60) & (fields.second < 60)
    )
    possible |= (fields.hour == 24) & (fields.minute == 0) & (fields.second == 0)
    twelve = (fields.hour >= 1) & (fields.hour <= 12)
    possible &= ((fields.half == 0) | twelve) & (np.abs(fields.ahead) <= 15 * 60)
    return possible


def to_moments(fields: Fields) -> Dates:
    """The moments as the file's clock shows them, (rows,) datetime64[us]."""
    hours = np.where(fields.half == 0, fields.hour, fields.hour % 12 + 12 * (fields.half == 2))
    seconds = hours * 3600 + fields.minute * 60 + fields.second
    days = _month_starts(fields).astype("datetime64[D]")
    days = days + (fields.day - 1).astype("timedelta64[D]")
    micro = (seconds * 1_000_000 + fields.microsecond).astype("timedelta64[us]")
    moments: Dates = days.astype("datetime64[us]") + micro
    return moments


def _month_starts(fields: Fields) -> Dates:
    starts = (fields.year - 1970).astype("datetime64[Y]").astype("datetime64[M]")
    months: Dates = starts + (fields.month - 1).astype("timedelta64[M]")
    return months
