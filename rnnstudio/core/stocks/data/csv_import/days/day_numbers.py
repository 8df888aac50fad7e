"""Days that a spreadsheet has written as numbers: 44928 is 2 January 2023.

Counts are float64, in days; moments are datetime64[us].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.days.stamps import day_read
from rnnstudio.core.stocks.data.csv_import.numbers.decimal_evidence import NumberColumn
from rnnstudio.core.stocks.data.csv_import.options import (
    Choice,
    CsvOptions,
    DayNumbers,
    UndecidedError,
)
from rnnstudio.core.stocks.data.price_table import Dates, FloatArray

_FIRST: dict[DayNumbers, np.datetime64] = {
    "1900": np.datetime64("1899-12-30", "D"),  # for days after February 1900, a leap year to Excel
    "1904": np.datetime64("1904-01-01", "D"),
    "1970": np.datetime64("1970-01-01", "D"),
}
_ERA = np.datetime64("1901-01-01", "D"), np.datetime64("2100-01-01", "D")
LARGEST = 110_000
"""Larger numbers are not days of the years until 2200."""
_STEPS = 40
"""Between the rows of a table of prices there are no more days than this, as a rule."""


def are_day_numbers(counts: FloatArray) -> bool:
    """Whether numbers, (rows,), may be days that are counted."""
    return bool(len(counts) and (counts >= 1).all() and (counts < LARGEST).all())


def may_be_day_numbers(cells: Sequence[str]) -> bool:
    """Whether cells go from row to row like days of the last and this century, up or down."""
    try:
        counts = np.array([float(cell) for cell in cells if cell])
    except ValueError:
        return False
    if len(counts) < 2 or not ((counts > 10_000) & (counts < 80_000)).all():
        return False
    steps = np.diff(counts)
    steady = bool((steps > 0).all() or (steps < 0).all())
    return steady and bool(np.median(np.abs(steps)) <= _STEPS)


def first_year(
    column: NumberColumn, counts: FloatArray, source: str, options: CsvOptions
) -> DayNumbers:
    """The year that ``counts`` (rows,) are counted from.

    Five days of every week with rows, and a weekend without, show it: by the other counts rows
    would fall on weekends. Raises UndecidedError when the rows do not show it.
    """
    if options.day_numbers is not None:
        return options.day_numbers
    readings = {first: to_moments(counts, first) for first in _FIRST}
    possible = [
        first
        for first, moments in readings.items()
        if ((_ERA[0] <= moments) & (moments < _ERA[1])).all()
    ]
    working = [first for first in possible if _is_working_week(readings[first])]
    if len(working) == 1:
        return working[0]
    raise UndecidedError(
        Message(
            "{source} has numbers instead of dates, such as {cell!r} ({place}): days as a "
            "spreadsheet counts them, but it does not say from which year.",
            {"source": source, "cell": column.shapes.cells[0], "place": column.place(0)},
        ),
        [_choice(first, column, readings[first], options) for first in possible or _FIRST],
    )


def to_moments(counts: FloatArray, first: DayNumbers) -> Dates:
    """The moments (rows,) of days (rows,) counted from the year ``first``, to the millisecond."""
    milliseconds = np.rint(counts * 86_400_000).astype(np.int64).astype("timedelta64[ms]")
    moments: Dates = (_FIRST[first].astype("datetime64[ms]") + milliseconds).astype(
        "datetime64[us]"
    )
    return moments


def _is_working_week(moments: Dates) -> bool:
    weekdays = (moments.astype("datetime64[D]").astype(np.int64) + 3) % 7
    return set(weekdays.tolist()) == {0, 1, 2, 3, 4}


def _choice(first: DayNumbers, column: NumberColumn, days: Dates, options: CsvOptions) -> Choice:
    example = day_read(column, days, 0)
    return Choice(
        Message("from {year}: {example}", {"year": first, "example": example}),
        f"--day-numbers {first}",
        replace(options, day_numbers=first),
        tuple(day_read(column, days, row) for row in range(min(5, len(days)))),
    )
