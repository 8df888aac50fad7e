"""The numbers in the cells of a column of dates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rnnstudio.core.stocks.csv_import.calendar_days import Fields, Whole, empty_fields, whole_years
from rnnstudio.core.stocks.csv_import.date_forms import MONTHS, ZONES, DateForm
from rnnstudio.core.stocks.csv_import.marks import NumberColumn

_PLACES = {"a": "month", "b": "day", "c": "year"}
"""The three numbers of an order that is not known yet, and where they wait."""

Letters = npt.NDArray[np.uint8]


def read_fields(column: NumberColumn, forms: Sequence[DateForm]) -> Fields:
    """The numbers in ``column``, whose shapes have ``forms``."""
    fields = empty_fields(len(column.shapes.cells))
    for (shape, rows), form in zip(column.shapes.groups(), forms, strict=True):
        cells = [column.shapes.cells[row] for row in rows]
        ascii_only = [cell if cell.isascii() else _ascii(cell) for cell in cells]
        letters = np.array(ascii_only, dtype=f"S{len(shape)}")
        _read_group(fields, rows, form, letters.view(np.uint8).reshape(len(rows), len(shape)))
    if "a" not in forms[0].spans:
        fields.year[:] = whole_years(fields.year, fields.digits)
    return fields


def _ascii(cell: str) -> str:
    return cell.encode("ascii", "replace").decode()


def _read_group(
    fields: Fields, rows: npt.NDArray[np.intp], form: DateForm, letters: Letters
) -> None:
    for name, (start, end) in form.spans.items():
        if name in {"year", "month", "day", "hour", "minute", "second", "a", "b", "c"}:
            place: Whole = getattr(fields, _PLACES.get(name, name))
            place[rows] = _number(letters, start, end)
    year = form.spans.get("year") or form.spans["c"]
    fields.digits[rows] = year[1] - year[0]
    if "name" in form.texts:
        fields.month[rows] = MONTHS[form.texts["name"].lower()]
    if "fraction" in form.spans:
        start, end = form.spans["fraction"]
        fraction = _number(letters, start, end) * 10 ** (9 - (end - start))
        fields.microsecond[rows] = fraction // 1000
    if "half" in form.texts:
        fields.half[rows] = 1 if form.texts["half"] in "Aa" else 2
    _read_zone(fields, rows, form, letters)


def _read_zone(
    fields: Fields, rows: npt.NDArray[np.intp], form: DateForm, letters: Letters
) -> None:
    if "zone" not in form.texts and "ahead" not in form.texts:
        return
    fields.zoned[rows] = True
    fields.ahead[rows] = ZONES[form.texts.get("zone", "utc").lower()]
    if "ahead" in form.texts:
        minutes = _number(letters, *form.spans["ahead_hours"]) * 60
        if "ahead_minutes" in form.spans:
            minutes += _number(letters, *form.spans["ahead_minutes"])
        fields.ahead[rows] += minutes if form.texts["ahead"] == "+" else -minutes


def _number(letters: Letters, start: int, end: int) -> Whole:
    number = np.zeros(len(letters), dtype=np.int64)
    for place in range(start, end):
        number = number * 10 + (letters[:, place].astype(np.int64) - ord("0"))
    return number
