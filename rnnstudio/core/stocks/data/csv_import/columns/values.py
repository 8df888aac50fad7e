"""The numbers of all columns, in one dialect."""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping
from typing import NamedTuple

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import.columns.outline import Column
from rnnstudio.core.stocks.data.csv_import.findings import Finding, finding
from rnnstudio.core.stocks.data.csv_import.numbers.decimal_evidence import NumberColumn
from rnnstudio.core.stocks.data.csv_import.numbers.number_columns import (
    MILIAR,
    Numbers,
    parse_numbers,
)
from rnnstudio.core.stocks.data.csv_import.options import Decimal
from rnnstudio.core.stocks.data.price_table import FloatArray


class Values(NamedTuple):
    """Columns by their names, NaN where a cell is empty, and what was found in them."""

    columns: dict[str, FloatArray]
    findings: tuple[Finding, ...]


def read_values(
    texts: Mapping[Column, NumberColumn],
    plain: Mapping[Column, FloatArray],
    decimal: Decimal,
    undo: Collection[str],
) -> Generator[float, None, Values]:
    """The numbers in the columns ``texts``, together with those of ``plain``, (rows,) each.

    Yields the share that is done. A column that is not canonical is left out when a cell of it is
    no number; in a canonical one that raises UserError.
    """
    columns, findings = {column.name: values for column, values in plain.items()}, []
    for number, (column, text) in enumerate(texts.items(), 1):
        try:
            numbers = parse_numbers(text, decimal, million="unit-million" in undo)
        except UserError as error:
            if column.canonical:
                raise
            action = f"The column {text.name} was left out: {error}"
            findings.append(finding("column-left-out", (), action))
        else:
            columns[column.name] = numbers.values
            findings += _about_units(text, numbers, undo)
        yield number / len(texts)
    return Values(columns, tuple(findings))


def _about_units(column: NumberColumn, numbers: Numbers, undo: Collection[str]) -> list[Finding]:
    if "m" not in numbers.units or not numbers.units & MILIAR:
        return []
    worth = "a million, as asked" if "unit-million" in undo else "a miliar, a thousand million"
    action = f"The column {column.name} counts in rb and jt, so that M was read as {worth}."
    return [finding("unit-million", (), action)]
