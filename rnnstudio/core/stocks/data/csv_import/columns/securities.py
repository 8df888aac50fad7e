"""Rows of several securities in one file: which column distinguishes them, and which are wanted."""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.columns.outline import Outline
from rnnstudio.core.stocks.data.csv_import.findings import Finding, finding
from rnnstudio.core.stocks.data.csv_import.lines.lines import cells_of, short
from rnnstudio.core.stocks.data.csv_import.options import Choice, UndecidedError
from rnnstudio.core.stocks.data.csv_import.table.table_layout import TableLayout
from rnnstudio.core.stocks.data.csv_import.vocabulary.date_patterns import looks_like_a_date
from rnnstudio.core.stocks.data.csv_import.vocabulary.fold import fold
from rnnstudio.core.stocks.data.csv_import.vocabulary.grammar import is_missing
from rnnstudio.core.stocks.data.csv_import.vocabulary.header_words import is_security
from rnnstudio.core.stocks.data.csv_import.vocabulary.month_words import MONTHS, WEEKDAYS

_MOST_CHOICES = 8
_MOST_SHOWN = 5
_MOST_SHOWN = 5
ALL = "*"
"""What an option says where all rows are of one security."""


def wanted_rows(lines: Sequence[str], layout: TableLayout, outline: Outline) -> TableLayout:
    """The layout with the rows only that the options want.

    Raises UserError when there is no such column or no such row.
    """
    for name, value in outline.options.rows:
        place = outline.place_of(name)
        if value == ALL:
            continue
        rows = [
            row for row in layout.rows if cells_of(lines[row], layout.delimiter)[place] == value
        ]
        if not rows:
            raise UserError(
                "{source} has no row with {value} in the column {column}.",
                source=outline.source,
                value=short(value),
                column=short(outline.title(place)),
            )
        others = sorted(set(layout.rows) - set(rows))
        if others:
            found = _left_out(outline.title(place), value, others)
            layout = replace(layout, rows=rows, findings=(*layout.findings, found))
    return layout


def _left_out(column: str, value: str, others: Sequence[int]) -> Finding:
    action = Message.counted(
        "Only the rows with {value} in {column} were read; {n} is not.",
        "Only the rows with {value} in {column} were read; {n} are not.",
        len(others),
        value=value,
        column=column,
    )
    return finding("other-rows", [row + 1 for row in others], action)


def refuse_several(
    outline: Outline, labels: Mapping[int, Sequence[str]], dates: Sequence[str]
) -> None:
    """Ask which rows are wanted if a column of ``labels`` distinguishes several securities.

    A column that is named after securities does so by holding two different cells. Any other column
    of text does if two rows of one date differ in it, or if its cells stand in blocks. Raises
    UndecidedError where there is such a column.
    """
    settled = {outline.place_of(name) for name, _ in outline.options.rows}
    for place, cells in labels.items():
        if place in settled:
            continue
        counts = Counter(cell for cell in cells if not is_missing(cell))
        if len(counts) < 2 or _are_of_the_calendar(counts):
            continue
        named = is_security(outline.names[place]) and outline.numbers(place) < 0.2
        if named or _share_dates(cells, dates) or _are_blocks(cells, counts):
            raise _question(outline, place, counts)


def _are_of_the_calendar(counts: Mapping[str, int]) -> bool:
    """Whether cells are days of the week, months or dates, which differ for one share too."""
    words = [fold(cell).strip(".") for cell in counts]
    return all(word in WEEKDAYS or word in MONTHS for word in words) or all(
        map(looks_like_a_date, counts)
    )


def _share_dates(cells: Sequence[str], dates: Sequence[str]) -> bool:
    """Whether rows of two dates or more differ by their label."""
    labels: dict[str, set[str]] = defaultdict(set)
    for cell, date in zip(cells, dates, strict=True):
        labels[date].add(cell)
    shared = sum(len(each) > 1 for each in labels.values())
    return shared > 1 or (shared == 1 and len(labels) == 1)


def _are_blocks(cells: Sequence[str], counts: Mapping[str, int]) -> bool:
    """Whether each label has three rows or more, and all of them stand together."""
    filled = [cell for cell in cells if not is_missing(cell)]
    changes = sum(one != other for one, other in pairwise(filled))
    return changes == len(counts) - 1 and min(counts.values()) >= 3 and len(filled) == len(cells)


def _question(outline: Outline, place: int, counts: Counter[str]) -> UndecidedError:
    shown = [
        Message.counted("{cell} ({n} row)", "{cell} ({n} rows)", rows, cell=short(cell))
        for cell, rows in counts.most_common(_MOST_SHOWN)
    ]
    values = {
        "source": outline.source,
        "column": short(outline.title(place)),
        "count": len(counts),
        "cells": shown,
    }
    question = (
        Message(
            "{source} seems to hold several shares or series: its column {column} has {count:n} "
            "different cells, {cells}.",
            values,
        )
        if len(counts) <= _MOST_SHOWN
        else Message(
            "{source} seems to hold several shares or series: its column {column} has {count:n} "
            "different cells, {cells} and others.",
            values,
        )
    )
    return UndecidedError(
        question,
        [
            *(_only(outline, place, cell) for cell, _ in counts.most_common(_MOST_CHOICES)),
            _choice(outline, place, ALL, Message("all rows, which are of one share")),
        ],
    )


def _only(outline: Outline, place: int, cell: str) -> Choice:
    meaning = Message("only the rows with {cell}", {"cell": short(cell)})
    return _choice(outline, place, cell, meaning)


def _choice(outline: Outline, place: int, value: str, meaning: Message) -> Choice:
    options = outline.options
    flag = f"--rows {shlex.quote(f'{outline.reference(place)}={value}')}"
    rows = (*options.rows, (str(place + 1), value))
    return Choice(meaning, flag, replace(options, rows=rows), (meaning,))
