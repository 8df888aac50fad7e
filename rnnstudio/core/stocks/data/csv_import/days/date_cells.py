"""The numbers in the cells of a column of dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from rnnstudio.core.stocks.data.csv_import.days.calendar_days import (
    Fields,
    Whole,
    empty_fields,
    from_weeks,
    to_moments,
    whole_years,
)
from rnnstudio.core.stocks.data.csv_import.numbers.decimal_evidence import NumberColumn
from rnnstudio.core.stocks.data.csv_import.vocabulary.date_patterns import DateForm

_PLACES = {"a": "month", "b": "day", "c": "year"}
"""The three numbers of an order that is not known yet, and where they wait."""
_DIRECT = ("year", "month", "day", "hour", "minute", "second", "a", "b", "c")

Letters = npt.NDArray[np.uint8]


def read_fields(column: NumberColumn, forms: Sequence[DateForm]) -> Fields:
    """The numbers in ``column``, whose shapes have ``forms``.

    Months, quarters and weeks come out as their first day. The offsets of places, whose clocks
    change, are left to ``with_places``.
    """
    fields = empty_fields(len(column.shapes.cells))
    weeks, weekdays = np.zeros_like(fields.year), np.zeros_like(fields.year)
    for (shape, rows), form in zip(column.shapes.groups(), forms, strict=True):
        letters = _letters([column.shapes.cells[row] for row in rows], len(shape))
        _read_group(fields, rows, form, letters)
        if "week" in form.spans:
            weeks[rows] = _number(letters, *form.spans["week"])
        if "weekday" in form.spans:
            weekdays[rows] = _number(letters, *form.spans["weekday"])
    if "a" not in forms[0].spans:
        fields.year[:] = whole_years(fields.year, fields.digits)
    return from_weeks(fields, weeks, weekdays) if weeks.any() else fields


def with_places(fields: Fields, column: NumberColumn, forms: Sequence[DateForm]) -> Fields:
    """The fields, once their days are known, with the offsets of places whose clocks change."""
    if all(form.zone is None or form.zone.place is None for form in forms):
        return fields
    ahead = fields.ahead.copy()
    for (_, rows), form in zip(column.shapes.groups(), forms, strict=True):
        if form.zone is not None and form.zone.place is not None:
            zone = ZoneInfo(form.zone.place)
            moments = to_moments(fields)[rows].astype("datetime64[us]").tolist()
            offsets = [moment.replace(tzinfo=zone).utcoffset() for moment in moments]
            ahead[rows] = [int(offset.total_seconds()) // 60 for offset in offsets]
    return replace(fields, ahead=ahead)


def _letters(cells: Sequence[str], width: int) -> Letters:
    """The letters of cells of one shape, (cells, width); what is not ASCII is a question mark."""
    ascii_only = [
        cell if cell.isascii() else cell.encode("ascii", "replace").decode() for cell in cells
    ]
    letters: Letters = np.array(ascii_only, dtype=f"S{width}").view(np.uint8)
    return letters.reshape(len(cells), width)


def _read_group(
    fields: Fields, rows: npt.NDArray[np.intp], form: DateForm, letters: Letters
) -> None:
    if form.is_period:
        fields.month[rows] = fields.day[rows] = 1
    for name, (start, end) in form.spans.items():
        if name in _DIRECT:
            place: Whole = getattr(fields, _PLACES.get(name, name))
            place[rows] = _number(letters, start, end)
    year = form.spans.get("year") or form.spans["c"]
    fields.digits[rows] = year[1] - year[0]
    if form.era:
        fields.year[rows] += form.era
        fields.digits[rows] = 4
    if form.month:
        fields.month[rows] = form.month
    if "quarter" in form.spans:
        fields.month[rows] = 3 * _number(letters, *form.spans["quarter"]) - 2
    if "fraction" in form.spans:
        start, end = form.spans["fraction"]
        fraction = _number(letters, start, end) * 10 ** (9 - (end - start))
        fields.microsecond[rows] = fraction // 1000
    fields.half[rows] = form.half
    _read_zone(fields, rows, form, letters)


def _read_zone(
    fields: Fields, rows: npt.NDArray[np.intp], form: DateForm, letters: Letters
) -> None:
    if form.zone is None and not form.sign:
        return
    fields.zoned[rows] = True
    fields.ahead[rows] = form.zone.minutes if form.zone else 0
    if form.sign:
        minutes = _number(letters, *form.spans["ahead_hours"]) * 60
        if "ahead_minutes" in form.spans:
            minutes += _number(letters, *form.spans["ahead_minutes"])
        fields.ahead[rows] += form.sign * minutes


def _number(letters: Letters, start: int, end: int) -> Whole:
    number = np.zeros(len(letters), dtype=np.int64)
    for place in range(start, end):
        number = number * 10 + (letters[:, place].astype(np.int64) - ord("0"))
    return number
