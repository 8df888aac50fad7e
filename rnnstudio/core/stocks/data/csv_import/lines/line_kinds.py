"""What a line is that is not a row of prices: a comment, a note or sum, a dividend or split."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rnnstudio.core.stocks.data.csv_import.lines.lines import cells_of, in_blocks, is_rule
from rnnstudio.core.stocks.data.csv_import.options import DELIMITERS
from rnnstudio.core.stocks.data.csv_import.vocabulary.cell_patterns import shape_of
from rnnstudio.core.stocks.data.csv_import.vocabulary.date_patterns import (
    looks_like_a_date,
    may_be_a_date,
)
from rnnstudio.core.stocks.data.csv_import.vocabulary.fold import fold
from rnnstudio.core.stocks.data.csv_import.vocabulary.grammar import is_missing, number_form
from rnnstudio.core.stocks.data.csv_import.vocabulary.month_words import MONTHS, WEEKDAYS
from rnnstudio.core.stocks.data.csv_import.vocabulary.note_words import EVENTS, SUMMARY

_SENTENCE = 3
"""Words in the first cell that make a sentence of it, which no ticker is."""


def may_be_table(start: bytes) -> bool:
    """Whether a line at the start of a file holds a date, and another cell that is a number."""
    text = start.replace(b"\0", b"").decode("latin-1")
    return any(
        holds_price([cell.strip(' "') for cell in line.split(delimiter)])
        for line in text.splitlines()
        for delimiter in DELIMITERS
    )


def holds_price(cells: Sequence[str]) -> bool:
    """Whether a cell is a date and another one a number."""
    dates = [place for place, cell in enumerate(cells) if may_be_a_date(cell)]
    return bool(dates) and any(
        is_number(cell) for place, cell in enumerate(cells) if place != dates[0]
    )


def is_number(cell: str) -> bool:
    """Whether a cell is a number with either decimal mark."""
    return number_form(shape_of(cell)) is not None


def date_places(cells: Sequence[str]) -> tuple[int, ...]:
    """Where in a row of prices the dates stand, as far as one row shows it."""
    certain = tuple(place for place, cell in enumerate(cells) if looks_like_a_date(cell))
    likely = (place for place, cell in enumerate(cells) if may_be_a_date(cell))
    return certain or tuple(likely)[:1]


def is_comment(line: str, delimiter: str) -> bool:
    """Whether a line begins with # or // and is not one whose first cell a spreadsheet hid so."""
    start = line.lstrip()
    if not start.startswith(("#", "//")):
        return False
    first, *others = cells_of(line, delimiter) or [""]
    return not (first and not first.strip("#") and any(map(is_number, others)))


def is_no_row(line: str, delimiter: str) -> bool:
    """Whether a line with as many cells as a row is drawn, or a comment."""
    return is_rule(line) or (line[0] == "#" and is_comment(line, delimiter))


def is_note(cells: Sequence[str], whole: bool, dates: Sequence[int], above: str) -> bool:
    """Whether a line below a table is a remark or a sum, and no row, not even a damaged one.

    ``whole`` says that it has as many cells as a row, ``dates`` where those have their dates;
    ``above`` is the first cell of the row above.
    """
    if whole and any(may_be_a_date(cells[place]) for place in dates):
        return False
    filled = [cell for cell in cells if cell]
    if not filled:
        return False
    if len(filled) == 1 and filled[0].isdecimal():
        return not _may_be_cut(filled[0], above)
    if len(filled) == 1 and (number := re.fullmatch(r"[0-9.,]+ (\w+)", filled[0])):
        return fold(number[1]) in SUMMARY
    if re.match(r"[0-9+.,-]", filled[0]) or may_be_a_date(filled[0]) or not filled[0].strip("#"):
        return False
    word = re.match(r"\W*([\w-]*)", filled[0])
    name = fold(word[1]) if word else ""
    if name in MONTHS or (name in WEEKDAYS and any(map(may_be_a_date, filled))):
        return False
    if name.strip("-") in SUMMARY or len(filled[0].split()) >= _SENTENCE:
        return True
    return not whole or not any(map(is_number, filled))


def _may_be_cut(cell: str, above: str) -> bool:
    """Whether a lone number may be what is left of a row: it begins as the row above does."""
    return shape_of(above).startswith(shape_of(cell)) and above[:1] == cell[:1]


def may_hold_events(lines: Sequence[str]) -> bool:
    """Whether some of the lines may be about dividends or splits."""
    for block in in_blocks(lines):
        text = "\n".join(block).lower()
        words = [word for word in EVENTS if word.isascii()] if text.isascii() else EVENTS
        if any(word in text for word in words):
            return True
    return False


def is_event(cells: Sequence[str]) -> bool:
    """Whether a row is about a dividend or a split, and holds no prices."""
    words = [fold(cell) for cell in cells]
    if not any(event in word for event in EVENTS for word in words):
        return False
    if not any(map(may_be_a_date, cells)):
        return False
    numbers = sum(is_number(cell) and not looks_like_a_date(cell) for cell in cells)
    missing = sum(map(is_missing, cells))
    return numbers == 0 or (numbers == 1 and missing >= 2)
