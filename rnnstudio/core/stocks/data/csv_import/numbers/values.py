"""The numbers of all columns, in one dialect.

Numbers are float64, in the unit of the file.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping
from typing import NamedTuple

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.findings import Finding, finding
from rnnstudio.core.stocks.data.csv_import.numbers.decimal_evidence import NumberColumn
from rnnstudio.core.stocks.data.csv_import.numbers.number_columns import (
    MILIAR,
    Numbers,
    parse_numbers,
)
from rnnstudio.core.stocks.data.csv_import.options import CANONICAL, Decimal
from rnnstudio.core.stocks.data.price_table import FloatArray


class Values(NamedTuple):
    """Columns by their names, NaN if a cell is empty, and what was found in them."""

    columns: dict[str, FloatArray]
    findings: tuple[Finding, ...]


def read_values(
    texts: Mapping[str, NumberColumn],
    plain: Mapping[str, FloatArray],
    decimal: Decimal,
    undo: Collection[str],
) -> Generator[float, None, Values]:
    """The numbers in the columns ``texts``, together with those of ``plain``, (rows,) each.

    Both are by the columns' names in the table.
    Yields the share that is done. A column that is not canonical is left out when a cell of it is
    no number; in a canonical one that raises UserError.
    """
    columns, findings = dict(plain), []
    for number, (name, text) in enumerate(texts.items(), 1):
        try:
            numbers = parse_numbers(text, decimal, million="unit-million" in undo)
        except UserError as error:
            if name in CANONICAL:
                raise
            action = Message(
                "The column {column} was left out: {reason}",
                {"column": text.name, "reason": error.message},
            )
            findings.append(finding("column-left-out", (), action))
        else:
            columns[name] = numbers.values
            findings += _about_units(text, numbers, undo)
        yield number / len(texts)
    return Values(columns, tuple(findings))


def _about_units(column: NumberColumn, numbers: Numbers, undo: Collection[str]) -> list[Finding]:
    if "m" not in numbers.units or not numbers.units & MILIAR:
        return []
    name = {"column": column.name}
    action = (
        Message(
            "The column {column} counts in rb and jt, so that M was read as a million, as asked.",
            name,
        )
        if "unit-million" in undo
        else Message(
            "The column {column} counts in rb and jt, so that M was read as a miliar, a thousand "
            "million.",
            name,
        )
    )
    return [finding("unit-million", (), action)]
