"""Dates that are written as nothing but numbers: 20190614, 190614, 201906, 1560470400, 43630."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.days.calendar_days import (
    YEARS,
    in_order,
    is_possible,
    possible_time,
)
from rnnstudio.core.stocks.data.csv_import.days.date_cells import read_fields
from rnnstudio.core.stocks.data.csv_import.days.day_numbers import (
    are_day_numbers,
    first_year,
    to_moments,
)
from rnnstudio.core.stocks.data.csv_import.days.stamps import Stamps, day_read
from rnnstudio.core.stocks.data.csv_import.days.unix_time import (
    Counts,
    counts_of,
    not_a_moment,
    parse_epochs,
)
from rnnstudio.core.stocks.data.csv_import.lines.lines import short
from rnnstudio.core.stocks.data.csv_import.numbers.decimal_evidence import NumberColumn
from rnnstudio.core.stocks.data.csv_import.options import CsvOptions, DateOrder
from rnnstudio.core.stocks.data.csv_import.vocabulary.cell_patterns import shapes_of
from rnnstudio.core.stocks.data.csv_import.vocabulary.date_patterns import (
    DateForm,
    date_form,
    is_count,
)

_DAY_ORDER = {
    6: DateForm("day, month, year", {"a": (0, 2), "b": (2, 4), "c": (4, 6)}),
    8: DateForm("day, month, year", {"a": (0, 2), "b": (2, 4), "c": (4, 8)}),
}
_MONTH = DateForm("yearmonth", {"year": (0, 4), "month": (4, 6)})
_YEAR = DateForm("year", {"year": (0, 4)})
_YEAR_LAST: tuple[DateOrder, ...] = ("dmy", "mdy")
_SMALLEST, _EXACT = 10**7, 10**15
_PERIODS = {1, 3, 6, 12}
"""Months from row to row."""


def are_counts(column: NumberColumn) -> bool:
    """Whether the cells of a column are numbers, most of them at least.

    Raises UserError when the others are not.
    """
    good = [is_count(shape) for shape in column.shapes.shapes]
    rows = sum(len(column.shapes.rows(code)) for code, is_good in enumerate(good) if is_good)
    if 2 * rows <= len(column.shapes.cells):
        return False
    if not all(good):
        raise not_a_moment(column, int(column.shapes.rows(good.index(False))[0]))
    return True


def without_zeros(column: NumberColumn) -> NumberColumn:
    """The column with whole numbers written as such: 44928.0 and 2.0190614E7 are whole."""
    if all(shape.isdecimal() for shape in column.shapes.shapes):
        return column
    numbers = counts_of(column)
    if numbers.dtype.kind != "f" or not (np.abs(numbers) < _EXACT).all():
        return column
    if (numbers != np.rint(numbers)).any():
        return column
    return replace(column, shapes=shapes_of([str(int(number)) for number in numbers.tolist()]))


def number_forms(column: NumberColumn, options: CsvOptions) -> list[DateForm] | None:
    """The forms of a column's shapes where digits are days, months or years.

    None if the numbers are counts: of seconds and the like, or of days.
    """
    shapes = column.shapes.shapes
    forms = [form for shape in shapes if (form := date_form(shape)) is not None]
    whole = len(forms) == len(shapes) and all(shape.isdecimal() for shape in shapes)
    if whole and options.day_numbers is None and _are_possible(column, forms):
        return forms
    if len(shapes) == 1 and shapes[0].isdecimal() and options.day_numbers is None:
        form = _form_of(column, len(shapes[0]))
        if form is not None:
            return [form]
    if whole and len(shapes[0]) != 12:
        return forms  # one of them is not a day and will be reported
    return None


def may_be_six_digits(cells: Sequence[str]) -> bool:
    """Whether cells are days of six digits that follow each other, as 020102 and 020103 do."""
    if len(set(cells)) < max(2, len(cells)):
        return False
    if not all(len(cell) == 6 and cell.isascii() and cell.isdecimal() for cell in cells):
        return False
    column = NumberColumn("", shapes_of(cells), lambda row: Message("row {row}", {"row": row + 1}))
    return _fits(column, _DAY_ORDER[6])


def parse_counts(column: NumberColumn, source: str, options: CsvOptions) -> Stamps:
    """The moments of a column of counts.

    Raises UserError when a cell is no such count, or lies outside the years that can be. Raises
    UndecidedError when the file does not say from which year days are counted.
    """
    counts = counts_of(column)
    if options.day_numbers is not None or are_day_numbers(counts.astype(np.float64)):
        numbers = counts.astype(np.float64)
        first = first_year(column, numbers, source, options)
        wall = to_moments(numbers, first)
        action = Message(
            "The dates are numbers of days as spreadsheets write them, counted from {year}: "
            "{example}.",
            {"year": first, "example": day_read(column, wall, 0)},
        )
        form = Message("days since {year}", {"year": first})
        return Stamps(wall, None, form, (("day-numbers", action),))
    _refuse_small(column, counts)
    wall, units = parse_epochs(column, counts)
    notes = []
    if len(units) > 1:
        action = Message(
            "The moments are counted from 1970 in several units, as the sizes of the numbers "
            "show: {units}.",
            {"units": list(units)},
        )
        notes.append(("mixed-units", action))
    ahead = np.zeros(len(wall), dtype=np.int64)
    return Stamps(wall, ahead, Message("epoch"), tuple(notes), counted=True)


def _refuse_small(column: NumberColumn, counts: Counts) -> None:
    """No prices are counted in seconds of the first months of 1970: such numbers are not dates."""
    if np.abs(counts).max() < _SMALLEST:
        raise UserError(
            "{place}: {cell} is no date; write dates like 2019-06-14, or say which column has them "
            "(--column Date=NAME).",
            place=column.place(0),
            cell=short(column.shapes.cells[0]),
        )


def _are_possible(column: NumberColumn, forms: Sequence[DateForm]) -> bool:
    fields = read_fields(column, forms)
    return bool((is_possible(fields) & possible_time(fields)).all())


def _form_of(column: NumberColumn, digits: int) -> DateForm | None:
    """The form of numbers of so many digits that are not yearmonthday, where all are days of it."""
    cells = column.shapes.cells
    if digits == 4:
        years = np.array(list(map(int, cells)))
        steps = np.abs(np.diff(years))
        return _YEAR if _all_years(years) and len(steps) and (steps == 1).all() else None
    if digits == 6 and _are_months(np.array(list(map(int, cells)))):
        return _MONTH
    if digits == 6:
        return _DAY_ORDER[6] if _fits(column, _DAY_ORDER[6]) else None
    form = _DAY_ORDER.get(digits)
    return form if form and _fits(column, form) else None


def _fits(column: NumberColumn, form: DateForm) -> bool:
    """Whether all cells are days in one order of day, month and year."""
    fields = read_fields(column, [form])
    orders: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd") if form.spans["c"][1] == 6 else _YEAR_LAST
    return any(bool(is_possible(in_order(fields, order)).all()) for order in orders)


def _are_months(numbers: npt.NDArray[np.int64]) -> bool:
    """Whether 201901 and the like go on by a month, a quarter or a year, as 190101 would not."""
    years, months = np.divmod(numbers, 100)
    if not (_all_years(years) and (months >= 1).all() and (months <= 12).all()):
        return False
    steps = np.abs(np.diff(12 * years + months))
    return bool(len(steps)) and float(np.median(steps)) in _PERIODS


def _all_years(years: npt.NDArray[np.int64]) -> bool:
    return bool((YEARS[0] <= years).all() and (years < YEARS[1]).all())
