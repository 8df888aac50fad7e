"""A column of dates, deciding what its numbers mean over the whole column."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.csv_import.calendar_days import (
    Fields,
    in_order,
    is_possible,
    possible_time,
    to_moments,
)
from rnnstudio.core.stocks.csv_import.date_cells import read_fields
from rnnstudio.core.stocks.csv_import.date_forms import DateForm, date_form, is_count
from rnnstudio.core.stocks.csv_import.epochs import is_epoch_column, parse_epochs
from rnnstudio.core.stocks.csv_import.lines import short
from rnnstudio.core.stocks.csv_import.marks import NumberColumn
from rnnstudio.core.stocks.csv_import.options import Choice, DateOrder, ReadOptions, UndecidedError
from rnnstudio.core.stocks.series import Dates

WANTED = "write dates like 2019-06-14."
_MEANINGS: dict[DateOrder, tuple[str, str]] = {
    "dmy": ("--day-first", "day/month/year"),
    "mdy": ("--month-first", "month/day/year"),
    "ymd": ("--year-first", "year/month/day"),
}


@dataclass(frozen=True, eq=False)
class Stamps:
    """The dates and times of a column, (rows,) each.

    ``wall`` is datetime64[us] as the file's own clock shows it, ``ahead`` the minutes by which
    that clock is ahead of UTC, or None where the file does not say. ``form`` is for the report.
    """

    wall: Dates
    ahead: npt.NDArray[np.int64] | None
    form: str

    @property
    def moments(self) -> Dates:
        """The moments in UTC where the file names zones, else as it shows them."""
        return self.wall if self.ahead is None else self.wall - self.ahead.astype("timedelta64[m]")


def parse_dates(column: NumberColumn, source: str, options: ReadOptions) -> Stamps:
    """The dates in ``column``.

    Raises
    ------
    UserError
        When a cell is no date or no day of the calendar, or the forms are mixed.
    UndecidedError
        When the column fits more than one order of day, month and year.
    """
    forms = [date_form(shape) for shape in column.shapes.shapes]
    if is_epoch_column(column):
        wall = parse_epochs(column)
        return Stamps(wall, np.zeros(len(wall), dtype=np.int64), "epoch")
    family = _one_family(column, forms)
    fields = read_fields(column, [form for form in forms if form is not None])
    order: DateOrder = "ymd"
    if family.startswith("day, month, year"):
        order = _order(column, fields, source, options)
        fields = in_order(fields, order)
    possible = is_possible(fields) & possible_time(fields)
    if not possible.all():
        row = int(np.argmin(possible))
        what = "day" if not is_possible(fields)[row] else "time"
        raise UserError(
            f"{column.place(row)}: there is no {what} {short(column.shapes.cells[row])}; {WANTED}"
        )
    form = _MEANINGS[order][1] if family.startswith("day, month") else family
    return Stamps(to_moments(fields), _ahead(column, fields), form)


def _one_family(column: NumberColumn, forms: list[DateForm | None]) -> str:
    """The family that all forms belong to."""
    first = forms[0]
    for code, form in enumerate(forms):
        if form is not None and first is not None and form.family == first.family:
            continue
        row = int(column.shapes.rows(code)[0])
        cell = column.shapes.cells[row]
        if not cell:
            raise UserError(f"{column.place(row)}: there is no date; every row needs one.")
        other = form is not None or is_count(column.shapes.shapes[code])
        other_form = " in the form of the rows before" if other and row else ""
        raise UserError(f"{column.place(row)}: {short(cell)} is not a date{other_form}; {WANTED}")
    if first is None:
        raise AssertionError("a column without rows has no dates")
    return first.family


def _order(column: NumberColumn, fields: Fields, source: str, options: ReadOptions) -> DateOrder:
    if options.date_order is not None:
        return options.date_order
    orders: list[DateOrder] = ["dmy", "mdy"]
    if (fields.digits == 2).all():
        orders.append("ymd")
    fitting = [order for order in orders if is_possible(in_order(fields, order)).all()]
    if not fitting:
        return _refuse_mixture(column, fields, orders)
    readings = {order: to_moments(in_order(fields, order)) for order in fitting}
    if "ymd" in fitting:
        fitting = _by_steps(readings)
    if all((readings[order] == readings[fitting[0]]).all() for order in fitting):
        return fitting[0]
    raise UndecidedError(
        f"{source} does not say whether its dates are "
        f"{' or '.join(_MEANINGS[order][1] for order in fitting)}, since all of them can be read "
        "either way.",
        [_choice(order, column, readings[order], options) for order in fitting],
    )


def _by_steps(readings: dict[DateOrder, Dates]) -> list[DateOrder]:
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


def _refuse_mixture(column: NumberColumn, fields: Fields, orders: list[DateOrder]) -> DateOrder:
    """Raise when two rows contradict each other, else give the order that fits most rows."""
    day_first, month_first = fields.month > 12, fields.day > 12
    day_first &= fields.month <= 31
    month_first &= fields.day <= 31
    if day_first.any() and month_first.any() and "ymd" not in orders:
        row = max(int(np.argmax(day_first)), int(np.argmax(month_first)))
        raise UserError(
            f"{column.place(row)}: day and month stand the other way round than in the rows "
            f"before; {WANTED}"
        )
    return max(orders, key=lambda order: int(is_possible(in_order(fields, order)).sum()))


def _choice(order: DateOrder, column: NumberColumn, moments: Dates, options: ReadOptions) -> Choice:
    flag, meaning = _MEANINGS[order]
    days = moments.astype("datetime64[D]")
    preview = [f"{column.shapes.cells[row]} is {days[row]}" for row in range(min(5, len(days)))]
    return Choice(
        f"{meaning}: {preview[0]}", flag, replace(options, date_order=order), tuple(preview)
    )


def _ahead(column: NumberColumn, fields: Fields) -> npt.NDArray[np.int64] | None:
    if not fields.zoned.any():
        return None
    if not fields.zoned.all():
        row = int(np.argmin(fields.zoned))
        raise UserError(
            f"{column.place(row)}: {short(column.shapes.cells[row])} names no time zone as other "
            "rows do; every row must name one, or none."
        )
    return fields.ahead
