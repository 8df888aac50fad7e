"""Numbers from a column of text, once the decimal mark is known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import.lines.lines import short
from rnnstudio.core.stocks.data.csv_import.numbers.decimal_evidence import NumberColumn
from rnnstudio.core.stocks.data.csv_import.options import Decimal
from rnnstudio.core.stocks.data.csv_import.vocabulary.cell_patterns import Rows
from rnnstudio.core.stocks.data.csv_import.vocabulary.grammar import (
    NumberForm,
    is_missing,
    number_form,
)
from rnnstudio.core.stocks.data.csv_import.vocabulary.number_words import UNITS
from rnnstudio.core.stocks.data.price_table import FloatArray

MILIAR = {"rb", "ribu", "jt", "juta"}
"""Units that say a column counts in Indonesian, where M is a miliar, a thousand million."""


class Numbers(NamedTuple):
    """The numbers of a column (rows,), NaN if there is none, and the units it uses."""

    values: FloatArray
    units: frozenset[str]


def parse_numbers(column: NumberColumn, decimal: Decimal, million: bool = False) -> Numbers:
    """The numbers in ``column``, each the float nearest to what is written.

    ``million`` keeps M a million beside jt. Raises UserError when a cell is not a number with that
    decimal mark, or too large for one; it names the cell.
    """
    forms = _forms(column, decimal)
    _refuse_mixed_currencies(column, forms)
    units = frozenset(form.unit for form, _ in forms if form.unit)
    m = UNITS["miliar"] if units & MILIAR and not million else UNITS["m"]
    values = np.full(len(column.shapes.cells), np.nan)
    for form, rows in forms:
        power = m if form.unit == "m" else UNITS.get(form.unit, 0)
        values[rows] = _convert(column, form, rows, decimal, power)
    _refuse_infinite(column, values)
    return Numbers(values, units)


def _forms(column: NumberColumn, decimal: Decimal) -> list[tuple[NumberForm, Rows]]:
    forms = []
    for shape, rows in column.shapes.groups():
        form = number_form(shape)
        if form is not None and form.fits(decimal):
            forms.append((form, rows))
        elif not is_missing(shape):
            raise _not_a_number(column, int(rows[0]), decimal)
    return forms


def _refuse_mixed_currencies(column: NumberColumn, forms: list[tuple[NumberForm, Rows]]) -> None:
    first: dict[str, int] = {}
    for form, rows in forms:
        for currency in form.currencies:
            first.setdefault(currency.rstrip(".").upper(), int(rows[0]))
    if len(first) > 1:
        (one, other), (_, row) = list(first)[:2], sorted(first.values())[:2]
        raise UserError(
            "{place}: {cell} is in another currency than the rows before ({one}, {other}); a "
            "column must have one.",
            place=column.place(row),
            cell=short(column.shapes.cells[row]),
            one=one,
            other=other,
        )


def _convert(
    column: NumberColumn, form: NumberForm, rows: Rows, decimal: Decimal, power: int
) -> FloatArray:
    cells, start, end = column.shapes.cells, form.start, form.start + len(form.core)
    text = "\n".join([cells[row][start:end] for row in rows])
    if form.grouped(decimal):
        if f"\n{text}".find("\n0") >= 0:  # 0,123 is not a number with thousands
            row = next(row for row in rows if cells[row][start] == "0")
            raise _not_a_number(column, int(row), decimal)
        for mark in ",. '":
            if mark != decimal:
                text = text.replace(mark, "")
    text = text.replace(",", ".")
    if form.power:
        powers = [cells[row][end : end + len(form.power)] for row in rows]
        numbers = [core + power for core, power in zip(text.split("\n"), powers, strict=True)]
    elif power:
        numbers = [f"{core}e{power}" for core in text.split("\n")]
    else:
        numbers = text.split("\n")
    values = np.array(list(map(float, numbers)))
    return -values if form.negative else values


def _refuse_infinite(column: NumberColumn, values: FloatArray) -> None:
    too_large = np.isinf(values)
    if too_large.any():
        row = int(np.argmax(too_large))
        raise UserError(
            "{place}: {cell} is too large for a number.",
            place=column.place(row),
            cell=short(column.shapes.cells[row]),
        )


def _not_a_number(column: NumberColumn, row: int, decimal: Decimal) -> UserError:
    return UserError(
        "{place}: {cell} is not a number of this file; write numbers like {example}.",
        place=column.place(row),
        cell=short(column.shapes.cells[row]),
        example="1234.56" if decimal == "." else "1234,56",
    )
