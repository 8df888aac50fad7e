"""Day, month, year: in which order three numbers stand, judged over a whole column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message, either
from rnnstudio.core.stocks.data.csv_import.days.calendar_days import (
    Fields,
    in_order,
    is_possible,
    to_moments,
)
from rnnstudio.core.stocks.data.csv_import.days.calendars import to_gregorian
from rnnstudio.core.stocks.data.csv_import.days.stamps import day_read
from rnnstudio.core.stocks.data.csv_import.numbers.decimal_evidence import NumberColumn
from rnnstudio.core.stocks.data.csv_import.options import (
    Calendar,
    Choice,
    CsvOptions,
    DateOrder,
    Fact,
    UndecidedError,
)
from rnnstudio.core.stocks.data.price_table import Dates

_SHOWN = 5
"""Cells that are shown of a question."""
_MEANINGS: dict[DateOrder, tuple[str, Message]] = {
    "dmy": ("--day-first", Message("day/month/year")),
    "mdy": ("--month-first", Message("month/day/year")),
    "ymd": ("--year-first", Message("year/month/day")),
}


def order_name(order: DateOrder) -> Message:
    """The order in words, for the report."""
    return _MEANINGS[order][1]


def choose_order(
    column: NumberColumn, fields: Fields, calendar: Calendar, source: str, options: CsvOptions
) -> DateOrder:
    """The order in which all rows are days of the calendar.

    Raises UserError when rows contradict each other. Raises UndecidedError when more than one order
    fits.
    """
    if options.date_order is not None:
        return options.date_order
    ordered = _ordered(fields, calendar)
    fitting = [order for order in ordered if is_possible(ordered[order]).all()]
    if not fitting:
        return _refuse_mixture(column, fields, ordered)
    readings = {order: to_moments(ordered[order]) for order in fitting}
    if "ymd" in fitting:
        fitting = _by_steps(readings)
    if all((readings[order] == readings[fitting[0]]).all() for order in fitting):
        return fitting[0]
    raise UndecidedError(
        Message(
            "{source} does not say whether its dates are {orders}, since all of them can be read "
            "either way.",
            {"source": source, "orders": either(map(order_name, fitting))},
        ),
        [_choice(order, column, readings, options) for order in fitting],
        [column.cell(row) for row in range(min(_SHOWN, len(column.shapes.cells)))],
    )


def order_fact(
    order: DateOrder, column: NumberColumn, fields: Fields, calendar: Calendar, options: CsvOptions
) -> Fact:
    """What shows that ``order`` is the order of ``fields``, as they stand in the file."""
    own = to_moments(to_gregorian(in_order(fields, order), calendar))
    possible, against = {order: own}, []
    for other, read in _ordered(fields, calendar).items():
        rows, moments = is_possible(read), to_moments(read)
        if not rows.all():
            against.append(int(np.argmin(rows)))
        elif (moments != own).any():
            possible[other] = moments
    row = max(against, default=0)
    values = {"reading": day_read(column, own.astype("datetime64[D]"), row)}
    proof = (
        Message("{reading}: there is no such day in another order", values)
        if len(possible) == 1
        else Message("{reading}: so the days go on from row to row", values)
    )
    others = tuple(_choice(each, column, possible, options) for each in possible if each != order)
    statement = Message("Dates are {order}", {"order": order_name(order)})
    return Fact("date_order", statement, proof, (column.cell(row),), others=others)


def _ordered(fields: Fields, calendar: Calendar) -> dict[DateOrder, Fields]:
    """The days in each order that they can be written in."""
    orders: list[DateOrder] = ["dmy", "mdy"]
    if (fields.digits == 2).all():
        orders.append("ymd")
    return {order: to_gregorian(in_order(fields, order), calendar) for order in orders}


def _by_steps(readings: Mapping[DateOrder, Dates]) -> list[DateOrder]:
    """Year first or year last: not the one by which every row is years after the other.

    15/01/19, 16/01/19 are two days, not 2015 and 2016.
    """
    steps = {order: _usual_step(moments) for order, moments in readings.items()}
    year_last: list[DateOrder] = [order for order in readings if order != "ymd"]
    if year_last and steps["ymd"] > 10 * min(steps[order] for order in year_last) > 0:
        return year_last
    if all(steps[order] > 10 * steps["ymd"] > 0 for order in year_last):
        return ["ymd"]
    return list(readings)


def _usual_step(moments: Dates) -> float:
    steps = np.abs(np.diff(moments.astype("datetime64[D]")).astype(np.int64))
    steps = steps[steps > 0]
    return float(np.median(steps)) if len(steps) else 0.0


def _refuse_mixture(
    column: NumberColumn, fields: Fields, ordered: Mapping[DateOrder, Fields]
) -> DateOrder:
    """Raise when two rows contradict each other, else give the order that fits most rows."""
    day_first, month_first = fields.month > 12, fields.day > 12
    day_first &= fields.month <= 31
    month_first &= fields.day <= 31
    if day_first.any() and month_first.any() and "ymd" not in ordered:
        fewer = day_first if day_first.sum() < month_first.sum() else month_first
        row = max(int(np.argmax(day_first)), int(np.argmax(month_first)))
        if fewer.sum() * 3 < (day_first.sum() + month_first.sum()):
            row = int(np.argmax(fewer))
        raise UserError(
            "{place}: day and month of {cell} stand the other way round than in the other rows; "
            "write all dates in one order, such as 2019-06-14.",
            place=column.place(row),
            cell=repr(column.shapes.cells[row]),
        )
    return max(ordered, key=lambda order: int(is_possible(ordered[order]).sum()))


def _choice(
    order: DateOrder, column: NumberColumn, readings: Mapping[DateOrder, Dates], options: CsvOptions
) -> Choice:
    """The answer that the dates are in that order; its example is a date that the orders differ in.

    ``readings`` are the dates in each order that fits.
    """
    flag, meaning = _MEANINGS[order]
    days = {each: moments.astype("datetime64[D]") for each, moments in readings.items()}
    differ = np.any([each != days[order] for each in days.values()], axis=0)
    example = day_read(column, days[order], int(np.argmax(differ)))
    return Choice(
        Message("{order}: {example}", {"order": meaning, "example": example}),
        flag,
        replace(options, date_order=order),
        tuple(day_read(column, days[order], row) for row in range(min(_SHOWN, len(differ)))),
    )
