"""Reads a share's CSV file as it stands, and says what it found.

The way of a file is ``reading_steps``, from top to bottom: each stage is a folder beside this file
and is entered once. What a file leaves open is asked (``UndecidedError``); nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.bytes.encoding import FileText, decode
from rnnstudio.core.stocks.data.csv_import.bytes.source import read_bytes
from rnnstudio.core.stocks.data.csv_import.checks.checked import checked
from rnnstudio.core.stocks.data.csv_import.checks.raw_table import RawTable
from rnnstudio.core.stocks.data.csv_import.columns.columns import read_columns
from rnnstudio.core.stocks.data.csv_import.days.dates import parse_dates
from rnnstudio.core.stocks.data.csv_import.days.days import to_moments
from rnnstudio.core.stocks.data.csv_import.days.stamps import form_fact
from rnnstudio.core.stocks.data.csv_import.excerpt import CellPlace, excerpt
from rnnstudio.core.stocks.data.csv_import.findings import Dialect, Reading
from rnnstudio.core.stocks.data.csv_import.lines.blanks import BLANKS, divided
from rnnstudio.core.stocks.data.csv_import.lines.delimiter import find_delimiter
from rnnstudio.core.stocks.data.csv_import.lines.lines import split_lines
from rnnstudio.core.stocks.data.csv_import.numbers.values import read_values
from rnnstudio.core.stocks.data.csv_import.options import (
    CsvOptions,
    Fact,
    UndecidedError,
    UnreadableError,
)
from rnnstudio.core.stocks.data.csv_import.table.header_choices import header_fact
from rnnstudio.core.stocks.data.csv_import.table.table_layout import find_layout
from rnnstudio.core.stocks.data.price_table import PriceTable

_NOTHING_DECIDED = CsvOptions()
_MOST_SHOWN = 20
"""Rows of one finding that can be seen in a large file."""
_T = TypeVar("_T")


def read_csv(path: Path, options: CsvOptions = _NOTHING_DECIDED) -> Reading:
    """What is in the CSV file ``path``, oldest row first, and the findings about it.

    Raises UserError when the file cannot be read beyond doubt; the sentence says where and what
    would be right. Raises UndecidedError when a person has to decide something: it carries the
    question and the answers.
    """
    steps = reading_steps(path, options)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            reading: Reading = end.value
            return reading


def reading_steps(path: Path, options: CsvOptions) -> Generator[float, None, Reading]:
    """``read_csv`` in steps: yields the share that is done, and returns the reading."""
    source = path.name

    file = decode(read_bytes(path), source, options)
    yield 0.05

    facts, delimiter = list(file.facts), options.delimiter or ","
    try:
        lines = split_lines(file.text, source)
        delimiter = mark = options.delimiter or find_delimiter(lines, source)
        if delimiter == BLANKS:
            lines, mark = divided(lines, source), "\t"
        reading = yield from _table_steps(source, lines, mark, file, options, facts)
    except UndecidedError as question:
        question.facts = tuple(facts)
        question.cells = question.cells or _columns_asked(question, options, facts)
        question.excerpt = excerpt(file.written_lines, delimiter, question.cells)
        raise
    except UserError as error:
        row = _row_in(error.message)
        shown = excerpt(file.written_lines, delimiter, [CellPlace(row)] if row else ())
        raise UnreadableError(error, row, shown, facts) from error

    places = [cell for fact in facts for cell in fact.cells]
    places += [CellPlace(row) for each in reading.findings for row in each.rows[:_MOST_SHOWN]]
    return replace(
        reading,
        dialect=replace(reading.dialect, delimiter=delimiter),
        excerpt=excerpt(file.written_lines, delimiter, places),
    )


def _columns_asked(
    question: UndecidedError, options: CsvOptions, facts: Sequence[Fact]
) -> tuple[CellPlace, ...]:
    """The names, or first cells, of the columns that the answers to a question are about."""
    lines = [cell.line for fact in facts if fact.kind == "header" for cell in fact.cells]
    answers = [set(each.options.columns) - set(options.columns) for each in question.choices]
    numbers = [int(number) for answer in answers for _, number in answer]
    return tuple(CellPlace(line, number - 1) for line in lines for number in numbers)


def _row_in(message: Message) -> int:
    """The line of the file that a sentence names, 0 where it names none."""
    for name, value in message.values.items():
        if name in {"row", "line"} and isinstance(value, int):
            return value
        if isinstance(value, Message) and (row := _row_in(value)):
            return row
    return 0


def _table_steps(
    source: str,
    lines: Sequence[str],
    delimiter: str,
    file: FileText,
    options: CsvOptions,
    facts: list[Fact],
) -> Generator[float, None, Reading]:
    """The steps from the lines of a file to what it says; ``facts`` get what is known so far."""
    layout = find_layout(lines, delimiter, source, options.header)
    facts.append(header_fact(lines, layout, options))
    yield 0.2

    columns = yield from _between(0.2, 0.6, read_columns(source, lines, layout, options))
    facts.extend(columns.facts)

    stamps = parse_dates(columns.dates, source, options)
    facts.append(stamps.fact or form_fact(stamps, columns.dates))
    moments = to_moments(stamps, columns.lines, options.undo)
    yield 0.7

    values = yield from _between(
        0.7, 0.9, read_values(columns.texts, columns.plain, columns.decimal, options.undo)
    )

    titles = {name: title for name, title in columns.titles.items() if name in values.columns}
    table = checked(
        RawTable(
            source,
            columns.lines,
            moments.dates,
            moments.ahead,
            {name: values.columns[name] for name in titles},
            titles,
            (*file.findings, *columns.findings, *moments.findings, *values.findings),
        ),
        options.undo,
    )
    return Reading(
        PriceTable(source, table.moments, table.columns),
        table.findings,
        Dialect(file.encoding, delimiter, columns.decimal, stamps.form, layout.header),
        table.moments.dtype != np.dtype("datetime64[D]"),
        table.ahead,
        table.lines,
        columns.security,
        tuple(facts),
        columns.file_columns,
    )


def _between(
    start: float, end: float, steps: Generator[float, None, _T]
) -> Generator[float, None, _T]:
    """The steps of a stage as a part of the whole, which yields from ``start`` to ``end``."""
    while True:
        try:
            share = next(steps)
        except StopIteration as stop:
            result: _T = stop.value
            return result
        yield start + (end - start) * share
