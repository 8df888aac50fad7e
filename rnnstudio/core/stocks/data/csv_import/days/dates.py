"""A column of dates, deciding what its numbers mean over the whole column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.days.calendar_days import (
    Fields,
    in_order,
    is_possible,
    possible_time,
    to_moments,
)
from rnnstudio.core.stocks.data.csv_import.days.calendars import (
    about_calendar,
    choose_calendar,
    to_gregorian,
)
from rnnstudio.core.stocks.data.csv_import.days.date_cells import read_fields, with_places
from rnnstudio.core.stocks.data.csv_import.days.date_order import (
    choose_order,
    order_fact,
    order_name,
)
from rnnstudio.core.stocks.data.csv_import.days.number_dates import (
    are_counts,
    number_forms,
    parse_counts,
    without_zeros,
)
from rnnstudio.core.stocks.data.csv_import.days.stamps import Stamps
from rnnstudio.core.stocks.data.csv_import.lines.lines import short
from rnnstudio.core.stocks.data.csv_import.numbers.decimal_evidence import NumberColumn
from rnnstudio.core.stocks.data.csv_import.options import Calendar, CsvOptions
from rnnstudio.core.stocks.data.csv_import.vocabulary.date_patterns import (
    DateForm,
    date_form,
    is_count,
)
from rnnstudio.core.stocks.data.csv_import.vocabulary.grammar import is_missing

_MONTHLY = 27
"""Days from one month to the next, at least."""


def parse_dates(column: NumberColumn, source: str, options: CsvOptions) -> Stamps:
    """The dates in ``column``.

    Raises UserError when a cell is not a date or not a day of the calendar, or the forms are mixed.
    Raises UndecidedError when the column fits more than one order of day, month and year, more than
    one calendar, or counts days from nobody knows when.
    """
    forms: Sequence[DateForm | None] | None = [date_form(s) for s in column.shapes.shapes]
    if are_counts(column):
        column = without_zeros(column)
        forms = number_forms(column, options)
    if forms is None:
        return parse_counts(column, source, options)
    _one_family(column, forms)
    return _stamps(column, [form for form in forms if form is not None], source, options)


def _stamps(
    column: NumberColumn, forms: Sequence[DateForm], source: str, options: CsvOptions
) -> Stamps:
    fields = read_fields(column, forms)
    calendar = choose_calendar(column, fields, source, options)
    name, order, written = None, None, fields
    if "a" in forms[0].spans:
        order = choose_order(column, fields, calendar, source, options)
        fields, name = in_order(fields, order), order_name(order)
    fields = to_gregorian(fields, calendar)
    _require_possible(column, fields)
    _refuse_other_century(column, fields)
    fact = order_fact(order, column, written, calendar, options) if order else None
    fields = with_places(fields, column, forms)
    wall, ahead = to_moments(fields), _ahead(column, fields)
    periods = forms[0].is_period
    if periods:
        _refuse_days_without_years(column, forms, wall)
    notes = tuple(_notes(forms, calendar, wall))
    return Stamps(wall, ahead, name or forms[0].name, notes, periods, fact=fact)


def _notes(
    forms: Sequence[DateForm], calendar: Calendar, wall: npt.NDArray[np.datetime64]
) -> list[tuple[str, Message]]:
    notes = []
    if about := about_calendar(calendar):
        notes.append(("calendar", about))
    names = {form.zone.name.upper() for form in forms if form.zone and form.zone.is_ambiguous}
    if names and (wall != wall.astype("datetime64[D]")).any():
        zone = next(form.zone for form in forms if form.zone and form.zone.is_ambiguous)
        action = Message(
            "Several zones are called {zone}; it was read as UTC{hours:+g} hours.",
            {"zone": zone.name.upper(), "hours": zone.minutes / 60},
        )
        notes.append(("time-zone", action))
    return notes


def _one_family(column: NumberColumn, forms: Sequence[DateForm | None]) -> None:
    """Refuse the first cell that is not of the family that most rows are of."""
    rows: Counter[tuple[str, str]] = Counter()
    for code, form in enumerate(forms):
        if form is not None:
            rows[form.family] += len(column.shapes.rows(code))
    family = rows.most_common(1)[0][0] if rows else None
    odd = [
        (int(column.shapes.rows(code)[0]), code)
        for code, form in enumerate(forms)
        if form is None or form.family != family
    ]
    if odd:
        row, code = min(odd)
        is_date = forms[code] is not None or is_count(column.shapes.shapes[code])
        raise _about_cell(column, row, is_date and family is not None)


def _about_cell(column: NumberColumn, row: int, is_other_date: bool) -> UserError:
    cell = column.shapes.cells[row]
    values = {"place": column.place(row), "cell": short(cell)}
    if not cell.strip("#") and cell:
        return UserError(
            "{place}: {cell} stands where the date was, as spreadsheets save a column that is too "
            "narrow; widen the column and save the file again.",
            **values,
        )
    if is_missing(cell):
        return UserError("{place}: there is no date; every row needs one.", **values)
    if not is_other_date:
        return UserError("{place}: {cell} is not a date; write dates like 2019-06-14.", **values)
    if row == 0:
        return UserError(
            "{place}: {cell} is not a date in the form of the other rows; write dates like "
            "2019-06-14.",
            **values,
        )
    return UserError(
        "{place}: {cell} is not a date in the form of the rows before; write dates like "
        "2019-06-14.",
        **values,
    )


def _require_possible(column: NumberColumn, fields: Fields) -> None:
    possible = is_possible(fields) & possible_time(fields)
    if not possible.all():
        row = int(np.argmin(possible))
        values = {"place": column.place(row), "cell": short(column.shapes.cells[row])}
        if not is_possible(fields)[row]:
            raise UserError(
                "{place}: there is no day {cell}; write dates like 2019-06-14.", **values
            )
        raise UserError("{place}: there is no time {cell}; write dates like 2019-06-14.", **values)


def _refuse_other_century(column: NumberColumn, fields: Fields) -> None:
    """Prices of 66 are not of 2066: they may be of 1966, or of 2566 in Thailand."""
    ahead = (fields.digits == 2) & (fields.year > date.today().year + 1)
    if ahead.any():
        row = int(np.argmax(ahead))
        raise UserError(
            "{place}: {cell} would be of the year {year:d}, which is still to come; write all "
            "years with four digits.",
            place=column.place(row),
            cell=short(column.shapes.cells[row]),
            year=int(fields.year[row]),
        )


def _refuse_days_without_years(
    column: NumberColumn, forms: Sequence[DateForm], wall: npt.NDArray[np.datetime64]
) -> None:
    """Jan-02, Jan-03, ... are days whose year is missing, and no months of 2002 and 2003."""
    year = forms[0].spans["year"]
    if year[1] - year[0] > 2:
        return
    steps = np.abs(np.diff(wall.astype("datetime64[D]")).astype(np.int64))
    if len(steps) and steps.min() >= _MONTHLY and np.median(steps) <= 100:
        return
    raise UserError(
        "{place}: {cell} does not say in which year it is; write dates like 2019-06-14.",
        place=column.place(0),
        cell=short(column.shapes.cells[0]),
    )


def _ahead(column: NumberColumn, fields: Fields) -> npt.NDArray[np.int64] | None:
    if not fields.zoned.any():
        return None
    if not fields.zoned.all():
        few = fields.zoned.mean() < 0.5
        row = int(np.argmax(fields.zoned) if few else np.argmin(fields.zoned))
        values = {"place": column.place(row), "cell": short(column.shapes.cells[row])}
        if few:
            raise UserError(
                "{place}: {cell} names a time zone and other rows do not; every row must name one, "
                "or none.",
                **values,
            )
        raise UserError(
            "{place}: {cell} names no time zone as other rows do; every row must name one, or "
            "none.",
            **values,
        )
    return fields.ahead
