"""Years of other calendars: of the Buddhist era, of Taiwan's republic, and Persian dates.

Years are int64, in years of the calendar that is looked for; numbers of digits are int64, no unit.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.days.calendar_days import Fields, Whole, from_days
from rnnstudio.core.stocks.data.csv_import.lines.lines import short
from rnnstudio.core.stocks.data.csv_import.numbers.decimal_evidence import NumberColumn
from rnnstudio.core.stocks.data.csv_import.options import (
    Calendar,
    Choice,
    CsvOptions,
    UndecidedError,
)
from rnnstudio.core.stocks.data.price_table import Dates

_MEANINGS: dict[Calendar, Message] = {
    "buddhist": Message("The years are of the Buddhist era and were read 543 lower."),
    "roc": Message("The years are of the Republic of China and were read 1911 higher."),
    "jalali": Message("The dates are of the Persian calendar and were read as such."),
}
_BUDDHIST, _PERSIAN = (2443, 2643), (1278, 1499)
"""Years that shares have been traded in: none of ours."""


_PERSIAN_DAYS = 1_075_196
"""By the count of ``_persian_days``, 1 January 1970."""


def likely_calendar(years: Whole, digits: Whole) -> Calendar:
    """The calendar that years (rows,), written with so many ``digits`` (rows,), can be of.

    Only "jalali" is not a proof: an Islamic year has such numbers too.
    """
    if (digits == 3).all():
        return "roc"
    if (digits == 4).all() and len(years):
        low, high = years.min(), years.max()
        if _BUDDHIST[0] <= low and high < _BUDDHIST[1]:
            return "buddhist"
        if _PERSIAN[0] <= low and high < _PERSIAN[1]:
            return "jalali"
    return "gregorian"


def choose_calendar(
    column: NumberColumn, fields: Fields, source: str, options: CsvOptions
) -> Calendar:
    """The calendar of a column of dates.

    Raises UndecidedError when the years are not of ours, and of which one is not sure.
    """
    if options.calendar is not None:
        return options.calendar
    likely = likely_calendar(fields.year, fields.digits)
    if likely != "jalali":
        return likely
    cell = column.shapes.cells[0]
    meaning = Message("{cell} is of the Persian calendar", {"cell": cell})
    raise UndecidedError(
        Message(
            "{source} has dates of the years {first:d} to {last:d}, which are not of our calendar "
            "({place}: {cell}).",
            {
                "source": source,
                "first": fields.year.min(),
                "last": fields.year.max(),
                "place": column.place(0),
                "cell": short(cell),
            },
        ),
        [Choice(meaning, "--calendar jalali", replace(options, calendar="jalali"), (meaning,))],
    )


def about_calendar(calendar: Calendar) -> Message | None:
    """What the report says of a calendar that is not ours; None for ours."""
    return _MEANINGS.get(calendar)


def to_gregorian(fields: Fields, calendar: Calendar) -> Fields:
    """The fields, in a known order, in our calendar; the month is 0 where there is no such day."""
    if calendar == "buddhist":
        return replace(fields, year=fields.year - 543)
    if calendar == "roc":
        return replace(fields, year=fields.year + 1911)
    if calendar == "jalali":
        return _from_persian(fields)
    return fields


def _from_persian(fields: Fields) -> Fields:
    days = _persian_days(fields.year, fields.month, fields.day)
    first = _persian_days(fields.year, fields.month, np.ones_like(fields.day))
    following = _persian_days(
        fields.year + fields.month // 12, fields.month % 12 + 1, np.ones_like(fields.day)
    )
    possible = (fields.month >= 1) & (fields.month <= 12)
    possible &= (first <= days) & (days < following)
    gregorian = from_days(fields, days)
    return replace(gregorian, month=np.where(possible, gregorian.month, 0))


def _persian_days(year: Whole, month: Whole, day: Whole) -> Dates:
    """Days of the Persian calendar: 31 in six months, 30 in six, eight leap years in 33.

    That rule agrees with the spring equinox, which decides, from 1178 to 1633.
    """
    cycles, rest = np.divmod(year + 1595, 33)
    whole = 365 * (year + 1595) + 8 * cycles + (rest + 3) // 4
    months = np.where(month < 7, 31 * (month - 1), 30 * (month - 7) + 186)
    days: Dates = (whole + months + day - _PERSIAN_DAYS).astype("datetime64[D]")
    return days
