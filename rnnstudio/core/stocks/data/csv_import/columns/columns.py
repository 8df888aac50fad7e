"""The columns of a table: what each of them is, and its cells."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.columns.column_choices import (
    columns_fact,
    file_columns,
)
from rnnstudio.core.stocks.data.csv_import.columns.date_column import find_date, find_time
from rnnstudio.core.stocks.data.csv_import.columns.dialects import known_decimal
from rnnstudio.core.stocks.data.csv_import.columns.outline import Column, Outline, Roles
from rnnstudio.core.stocks.data.csv_import.columns.roles import choose_roles
from rnnstudio.core.stocks.data.csv_import.columns.securities import refuse_several, wanted_rows
from rnnstudio.core.stocks.data.csv_import.excerpt import CellPlace
from rnnstudio.core.stocks.data.csv_import.findings import (
    FileColumn,
    Finding,
    finding,
    place,
)
from rnnstudio.core.stocks.data.csv_import.numbers.decimal_evidence import NumberColumn
from rnnstudio.core.stocks.data.csv_import.numbers.decimals import (
    choose_decimal,
    decimal_fact,
    is_plain,
    sample_decimal,
)
from rnnstudio.core.stocks.data.csv_import.options import CsvOptions, Decimal, Fact
from rnnstudio.core.stocks.data.csv_import.table.cell_texts import Cells, parse_cells, sample_cells
from rnnstudio.core.stocks.data.csv_import.table.missing_header import name_columns
from rnnstudio.core.stocks.data.csv_import.table.table_layout import TableLayout
from rnnstudio.core.stocks.data.csv_import.vocabulary.cell_patterns import shapes_of
from rnnstudio.core.stocks.data.csv_import.vocabulary.header_words import is_security, without_affix
from rnnstudio.core.stocks.data.price_table import FloatArray


@dataclass(frozen=True, eq=False)
class TableColumns:
    """The columns of a table by their names in it, and the dates of its rows.

    ``lines`` (rows,) are the lines of the file, counted from 1. ``titles`` are what the file calls
    the columns of numbers, in its order. Those in ``texts`` are still to be read with the mark
    ``decimal``, those in ``plain``, (rows,) each, are numbers already. ``security`` is what the
    file calls the share, empty if it does not. ``facts`` say what shows the mark and the columns,
    ``file_columns`` what each column of the file is.
    """

    lines: npt.NDArray[np.int64]
    dates: NumberColumn
    titles: Mapping[str, str]
    texts: Mapping[str, NumberColumn]
    plain: Mapping[str, FloatArray]
    decimal: Decimal
    security: str
    findings: tuple[Finding, ...]
    facts: tuple[Fact, ...]
    file_columns: tuple[FileColumn, ...]


def read_columns(
    source: str, lines: Sequence[str], layout: TableLayout, options: CsvOptions
) -> Generator[float, None, TableColumns]:
    """What the columns of a table are, and their cells; yields the share that is done.

    Raises UserError when there is no column of dates or of prices, or lines cannot be taken apart.
    Raises UndecidedError when a person has to say what a column is, which rows are wanted or which
    mark is decimal.
    """
    outline = _outline(source, lines, layout, options)
    layout = wanted_rows(lines, layout, outline)
    if options.rows:
        outline = _outline(source, lines, layout, options)
    roles = choose_roles(outline)
    cells, decimal = yield from _cells(lines, layout, roles, outline)
    texts = {
        column: _column(outline, layout, cells.texts[column.place], column.place)
        for column in roles.columns
        if column.place in cells.texts
    }
    if decimal is None:
        main, others = ({each.name: texts[each] for each in group} for group in _groups(roles))
        decimal = choose_decimal(main, others, source, options)
    dates = _dates(cells, roles)
    refuse_several(outline, {label: cells.texts[label] for label in roles.labels}, dates)
    order = () if outline.named else (_about_order(outline, layout),)
    return TableColumns(
        np.array(layout.rows, dtype=np.int64) + 1,
        _column(outline, layout, dates, roles.date),
        {column.name: outline.title(column.place) for column in roles.columns},
        {column.name: text for column, text in texts.items()},
        {
            column.name: cells.numbers[column.place]
            for column in roles.columns
            if column.place in cells.numbers
        },
        decimal,
        _security(outline, roles),
        (*layout.findings, *roles.findings, *order),
        _facts(outline, layout, roles, texts, decimal),
        file_columns(outline, roles),
    )


def _facts(
    outline: Outline,
    layout: TableLayout,
    roles: Roles,
    texts: Mapping[Column, NumberColumn],
    decimal: Decimal,
) -> tuple[Fact, ...]:
    """What shows the decimal mark and what the columns are."""
    numbers = [
        texts.get(each) or _column(outline, layout, outline.sample[each.place], each.place)
        for each in roles.columns
    ]
    mark = decimal_fact(numbers, decimal, outline.options)
    titled = {each.name: outline.title(each.place) for each in roles.columns if each.canonical}
    line = layout.header or layout.rows[0] + 1
    columns = columns_fact(titled, [CellPlace(line, each.place) for each in roles.columns])
    return (columns,) if mark is None else (mark, columns)


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
    action = Message(
        "No line names the columns; by their order they are {columns}.",
        {"columns": ", ".join(outline.title(column) for column in range(layout.width))},
    )
    return finding("no-header", [layout.rows[0] + 1], action)


def _cells(
    lines: Sequence[str], layout: TableLayout, roles: Roles, outline: Outline
) -> Generator[float, None, tuple[Cells, Decimal | None]]:
    """The cells of all columns: plain numbers where a sample shows them, else text.

    With the decimal mark, as far as it is known.
    """
    sample, given = outline.sample, outline.options.decimal
    main, others = (
        {each.name: _column(outline, layout, sample[each.place], each.place) for each in group}
        for group in _groups(roles)
    )
    shown = sample_decimal(main, others)
    known = known_decimal(lines, layout, roles, sample)
    decimal = given or shown or known
    numeric = {column.place for column in roles.columns}
    bare = {*roles.dated, *roles.labels}
    plain = {each for each in numeric - bare if decimal and is_plain(sample[each], decimal)}
    cells = yield from parse_cells(
        lines, layout, outline.source, (numeric | bare) - plain, plain, decimal or "."
    )
    if cells is not None:
        return cells, decimal
    cells = yield from parse_cells(lines, layout, outline.source, numeric | bare, (), ".")
    if cells is None:
        raise AssertionError("text is always read")
    return cells, given or (None if shown else known)


def _column(outline: Outline, layout: TableLayout, cells: Sequence[str], at: int) -> NumberColumn:
    """Cells of all rows with their places in messages."""
    title, rows = outline.title(at), layout.rows
    return NumberColumn(
        title,
        shapes_of(cells),
        lambda row: place(outline.source, rows[row] + 1, title),
        lambda row: CellPlace(rows[row] + 1, at),
    )


def _groups(roles: Roles) -> tuple[list[Column], list[Column]]:
    """The canonical columns and the others."""
    return (
        [column for column in roles.columns if column.canonical],
        [column for column in roles.columns if not column.canonical],
    )


def _dates(cells: Cells, roles: Roles) -> Sequence[str]:
    days: Sequence[str] = cells.texts[roles.date]
    if roles.parts:
        columns = [days, *(cells.texts[part] for part in roles.parts)]
        days = ["-".join(part.zfill(2) for part in row) for row in zip(*columns, strict=True)]
    if roles.time is None:
        return days
    pairs = zip(days, cells.texts[roles.time], strict=True)
    return [f"{day} {time}".strip() for day, time in pairs]


def _security(outline: Outline, roles: Roles) -> str:
    """What a column named after securities calls the one of this file."""
    for label in roles.labels:
        cells = {cell for cell in outline.sample[label] if cell}
        if len(cells) == 1 and is_security(outline.names[label]):
            return cells.pop()
    return ""
