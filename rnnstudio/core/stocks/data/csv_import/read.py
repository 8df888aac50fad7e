"""Reads a share's CSV file as it stands, and says what it found.

Every judgement has a file of its own: source (bytes), encoding (text), lines, delimiter, layout
(header, rows, notes), roles (columns), cells, dates, marks and numbers, days, clean (rows), splits
and doctor. What a file leaves open is asked (``UndecidedError``); nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from rnnstudio.core.stocks.data.csv_import.bytes.encoding import decode
from rnnstudio.core.stocks.data.csv_import.bytes.source import read_bytes
from rnnstudio.core.stocks.data.csv_import.checks.clean import (
    drop_duplicates,
    drop_impossible,
    drop_missing,
    oldest_first,
)
from rnnstudio.core.stocks.data.csv_import.checks.diagnostics import contradictions, gaps, leaps
from rnnstudio.core.stocks.data.csv_import.checks.raw_table import RawTable
from rnnstudio.core.stocks.data.csv_import.checks.splits import adjust, find_splits, report
from rnnstudio.core.stocks.data.csv_import.columns.date_column import find_date, find_time
from rnnstudio.core.stocks.data.csv_import.columns.dialects import known_decimal
from rnnstudio.core.stocks.data.csv_import.columns.outline import Column, Outline, Roles
from rnnstudio.core.stocks.data.csv_import.columns.roles import choose_roles
from rnnstudio.core.stocks.data.csv_import.columns.securities import refuse_several, wanted_rows
from rnnstudio.core.stocks.data.csv_import.columns.values import read_values
from rnnstudio.core.stocks.data.csv_import.days.dates import parse_dates
from rnnstudio.core.stocks.data.csv_import.days.days import to_moments
from rnnstudio.core.stocks.data.csv_import.days.stamps import Stamps
from rnnstudio.core.stocks.data.csv_import.findings import Dialect, Finding, Reading, finding
from rnnstudio.core.stocks.data.csv_import.lines.delimiter import find_delimiter
from rnnstudio.core.stocks.data.csv_import.lines.lines import split_lines
from rnnstudio.core.stocks.data.csv_import.numbers.decimal_evidence import NumberColumn
from rnnstudio.core.stocks.data.csv_import.numbers.decimals import (
    choose_decimal,
    is_plain,
    sample_decimal,
)
from rnnstudio.core.stocks.data.csv_import.options import CsvOptions, Decimal
from rnnstudio.core.stocks.data.csv_import.table.cell_texts import Cells, parse_cells, sample_cells
from rnnstudio.core.stocks.data.csv_import.table.missing_header import name_columns
from rnnstudio.core.stocks.data.csv_import.table.table_layout import TableLayout, find_layout
from rnnstudio.core.stocks.data.csv_import.vocabulary.cell_patterns import shapes_of
from rnnstudio.core.stocks.data.csv_import.vocabulary.header_words import is_security, without_affix
from rnnstudio.core.stocks.data.price_table import PriceTable

_NOTHING_DECIDED = CsvOptions()


def read_csv(path: Path, options: CsvOptions = _NOTHING_DECIDED) -> Reading:
    """What is in the CSV file ``path``, oldest row first, and the doctor's report on it.

    Raises
    ------
    UserError
        When the file cannot be read beyond doubt; the sentence says where and what would be right.
    UndecidedError
        When a person has to decide something: it carries the question and the answers.
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
    text, encoding, proved = decode(read_bytes(path), path.name, options)
    yield 0.05
    lines = split_lines(text, path.name)
    delimiter = options.delimiter or find_delimiter(lines, path.name)
    layout = find_layout(lines, delimiter, path.name, options.header)
    yield 0.2
    file = _file(path.name, lines, layout, options)
    columns = yield from _columns(file, lines)
    yield 0.6
    stamps = parse_dates(file.column(columns.dates, file.roles.date), path.name, options)
    yield 0.7
    draft = yield from _draft(file, columns, stamps)
    yield 0.9
    draft = drop_missing(draft, options.undo)
    draft = drop_impossible(draft, options.undo)
    draft = drop_duplicates(oldest_first(draft), options.undo)
    draft = _examined(draft, options)
    dialect = Dialect(encoding, delimiter, columns.decimal, stamps.form, layout.header)
    return _reading(draft, dialect, proved, _security(file))


@dataclass(frozen=True, eq=False)
class _File:
    source: str
    layout: TableLayout
    roles: Roles
    outline: Outline
    options: CsvOptions

    @property
    def lines(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """The lines of the rows, counted from 1."""
        return np.array(self.layout.rows, dtype=np.int64) + 1

    def column(self, cells: Sequence[str], place: int) -> NumberColumn:
        """Cells of all rows with their places in messages."""
        title = self.outline.title(place)
        rows = self.layout.rows
        return NumberColumn(
            title,
            shapes_of(cells),
            lambda row: f"{self.source}, row {rows[row] + 1}, column {title}",
        )


@dataclass(frozen=True, eq=False)
class _Columns:
    dates: Sequence[str]
    cells: Cells
    decimal: Decimal
    texts: dict[Column, NumberColumn]


def _file(source: str, lines: Sequence[str], layout: TableLayout, options: CsvOptions) -> _File:
    outline = _outline(source, lines, layout, options)
    layout = wanted_rows(lines, layout, outline)
    if options.rows:
        outline = _outline(source, lines, layout, options)
    roles = choose_roles(outline)
    if not outline.named:
        roles = replace(roles, findings=(*roles.findings, _about_order(outline, layout)))
    return _File(source, layout, roles, outline, options)


def _outline(
    source: str, lines: Sequence[str], layout: TableLayout, options: CsvOptions
) -> Outline:
    sample = sample_cells(lines, layout)
    named = bool(layout.names)
    names = without_affix(layout.names) if named else ("",) * layout.width
    outline = Outline(source, names, sample, options, named)
    if named:
        return outline
    given = dict(options.columns)
    date = outline.place_of(given["Date"]) if "Date" in given else find_date(outline)
    return replace(outline, names=name_columns(sample, date, find_time(outline, date)))


def _about_order(outline: Outline, layout: TableLayout) -> Finding:
    names = ", ".join(outline.title(place) for place in range(layout.width))
    action = f"No line names the columns; by their order they are {names}."
    return finding("no-header", [layout.rows[0] + 1], action)


def _columns(file: _File, lines: Sequence[str]) -> Generator[float, None, _Columns]:
    """The cells of all columns: plain numbers where a sample shows them, else text."""
    roles, sample = file.roles, file.outline.sample
    shown = sample_decimal(
        *(
            {column.name: file.column(sample[column.place], column.place) for column in group}
            for group in _groups(roles)
        )
    )
    known = known_decimal(lines, file.layout, roles, sample)
    decimal = file.options.decimal or shown or known
    dated = set(roles.dated)
    places = {column.place for column in roles.columns}
    plain = {p for p in places if decimal and is_plain(sample[p], decimal)} - dated
    parse = (lines, file.layout, file.source)
    labels = set(roles.labels)
    split = ((places - plain) | dated | labels, plain - labels)
    cells = yield from _scaled(parse_cells(*parse, *split, decimal or "."))
    if cells is None:
        cells = yield from _scaled(parse_cells(*parse, places | dated | labels, (), "."))
        decimal = file.options.decimal or (None if shown else known)
    if cells is None:
        raise AssertionError("text is always read")
    texts = {
        column: file.column(cells.texts[column.place], column.place)
        for column in roles.columns
        if column.place in cells.texts
    }
    if decimal is None:
        main, others = (
            {column.name: texts[column] for column in group} for group in _groups(roles)
        )
        decimal = choose_decimal(main, others, file.source, file.options)
    dates = _dates(cells, roles)
    refuse_several(file.outline, {place: cells.texts[place] for place in roles.labels}, dates)
    return _Columns(dates, cells, decimal, texts)


def _scaled(parsing: Generator[float, None, Cells | None]) -> Generator[float, None, Cells | None]:
    """The steps of parsing as a part of the whole."""
    while True:
        try:
            share = next(parsing)
        except StopIteration as end:
            cells: Cells | None = end.value
            return cells
        yield 0.2 + 0.4 * share


def _groups(roles: Roles) -> tuple[list[Column], list[Column]]:
    """The canonical columns and the others."""
    return (
        [column for column in roles.columns if column.canonical],
        [column for column in roles.columns if not column.canonical],
    )


def _dates(cells: Cells, roles: Roles) -> Sequence[str]:
    days: Sequence[str] = cells.texts[roles.date]
    if roles.parts:
        columns = [days, *(cells.texts[place] for place in roles.parts)]
        days = ["-".join(part.zfill(2) for part in row) for row in zip(*columns, strict=True)]
    if roles.time is None:
        return days
    pairs = zip(days, cells.texts[roles.time], strict=True)
    return [f"{day} {time}".strip() for day, time in pairs]


def _draft(file: _File, columns: _Columns, stamps: Stamps) -> Generator[float, None, RawTable]:
    plain = {
        column: columns.cells.numbers[column.place]
        for column in file.roles.columns
        if column.place in columns.cells.numbers
    }
    undo = file.options.undo
    values = yield from read_values(columns.texts, plain, columns.decimal, undo)
    moments = to_moments(stamps, file.lines, undo)
    order = [column for column in file.roles.columns if column.name in values.columns]
    return RawTable(
        file.source,
        file.lines,
        moments.dates,
        moments.ahead,
        {column.name: values.columns[column.name] for column in order},
        {column.name: file.outline.title(column.place) for column in order},
        (*file.layout.findings, *file.roles.findings, *moments.findings, *values.findings),
    )


def _examined(draft: RawTable, options: CsvOptions) -> RawTable:
    splits = find_splits(draft)
    adjusted = "split" in options.undo
    found = report(draft, splits, adjusted)
    draft = draft.found(*gaps(draft), *contradictions(draft), *leaps(draft, splits), *found)
    return adjust(draft, splits) if adjusted else draft


def _security(file: _File) -> str:
    """What a column named after securities calls the one of this file."""
    for place in file.roles.labels:
        cells = {cell for cell in file.outline.sample[place] if cell}
        if len(cells) == 1 and is_security(file.outline.names[place]):
            return cells.pop()
    return ""


def _reading(draft: RawTable, dialect: Dialect, proved: bool, security: str) -> Reading:
    table = PriceTable(draft.source, draft.moments, draft.columns)
    timed = draft.moments.dtype != np.dtype("datetime64[D]")
    about = _about_encoding(dialect, proved)
    return Reading(
        table, (*about, *draft.findings), dialect, timed, draft.ahead, draft.lines, security
    )


def _about_encoding(dialect: Dialect, proved: bool) -> list[Finding]:
    if dialect.encoding.startswith("utf") or dialect.encoding == "ascii":
        return []
    action = f"The file is no UTF-8 and was read as {dialect.encoding}."
    if not proved:
        action = (
            f"The file is no UTF-8 and does not show what it is; it was read as "
            f"{dialect.encoding}, and texts in it (no number or date) may be other letters."
        )
    return [finding("encoding", (), action)]
