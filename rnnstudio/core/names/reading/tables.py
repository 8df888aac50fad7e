"""Tables among the texts: which columns there are, and which one holds the names."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message

WHOLE_LINES = "0"
"""The column number that means the whole line as it is."""
DELIMITERS = {
    "\t": Message("tabs"),
    ";": Message("semicolons"),
    "|": Message("bars"),
    ",": Message("commas"),
}
"""Commas last: they also stand inside names."""
SPACES = Message("spaces")
_TITLES = (
    "name,names,firstname,first name,first_name,lastname,last name,last_name,surname,forename,"
    "given name,given_name,family name,family_name,full name,full_name,"
    "nom,noms,prénom,prenom,vorname,nachname,nome,nomi,cognome,nombre,apellido,sobrenome,imię,"
    "nazwisko,jméno,имя,имена,фамилия,姓名,名字,名前,氏名,姓,名,이름,성명"
)
HEADERS = frozenset(_TITLES.split(","))
"""What stands above a column of names."""
_SEXES = "m f w h u x m/f male female boy girl man woman masculin féminin"
_CODES = frozenset(_SEXES.split())
_MOST = 0.9
_ASKED = 0.5
"""The fraction of lines that must be rows; where a column was asked for, the smaller one."""
_SHOWN = 6
_LONGEST_LINE = 2_000
"""A longer line is one cell: no row of a table of names is so long."""
_MOST_CELLS = 50
_SAMPLE = 2_000
"""Rows by which it is decided what a file is."""
PARTS = 3
"""Parts that a name may have with commas and spaces between them: King, Martin Luther, Jr."""
_DIGITS = "0123456789.,%"
_BETWEEN = " :=()[]-–"
"""What stands between a name and its number."""
_RULE = re.compile(r":?-+:?")

Lines = Sequence[tuple[int, str]]
"""Lines with their numbers in the file."""
Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The first rows of a table, what divides the cells, and ``every`` row with its line's number.

    ``titles`` are the names of the columns where they stand in no row.
    """

    rows: Sequence[Row]
    mark: Message
    every: Iterable[tuple[int, Row]]
    titles: Row = ()

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max(map(len, self.rows))

    @property
    def filled(self) -> list[int]:
        """The columns that are not empty, counted from 0."""
        return [place for place in range(self.width) if any(_column(self.rows, place))]

    @property
    def header(self) -> Row:
        """The names of the columns; nothing if they have none."""
        if self.titles:
            return self.titles
        first, below = self.rows[0], self.rows[1:]
        if any(cell.casefold() in HEADERS for cell in first):
            return first
        numbers = (
            not _is_number(cell) and _mostly(_is_number, _column(below, place))
            for place, cell in enumerate(first)
        )
        return first if any(numbers) else ()

    def column(self, wanted: str, source: str) -> tuple[int, bool]:
        """The column of that name or number, from 0, and whether the first row is not data.

        Raises UserError when there is no such column.
        """
        wanted = wanted.strip()
        numbered = wanted.isdecimal() and 1 <= int(wanted[:9]) <= self.width
        titles = self.header if numbered else self.titles or self.rows[0]
        folded = [title.casefold() for title in titles]
        if wanted.casefold() in folded:
            return folded.index(wanted.casefold()), not self.titles
        if numbered:
            return int(wanted) - 1, bool(self.header) and not self.titles
        raise UserError(
            "{source} has no column {wanted!r}; its columns are {columns}.",
            source=source,
            wanted=wanted[:30],
            columns=self.described(),
        )

    def described(self) -> str:
        """The columns by number and name, or first cell."""
        titles = self.header or self.rows[0]
        cells = [(place, titles[place] if place < len(titles) else "") for place in self.filled]
        text = ", ".join(f"{place + 1} ({_short(cell)})" for place, cell in cells[:_SHOWN])
        return text + (", …" if len(cells) > _SHOWN else "")


def find_table(lines: Lines, *, asked: bool) -> Table | None:
    """The table that ``lines`` are, if they are one; ``asked``: the user says that they are."""
    if len(lines) < 2:
        return None
    table = _found(lines, _MOST, asked=False)
    return _found(lines, _ASKED, asked=True) if table is None and asked else table


def _found(lines: Lines, share: float, *, asked: bool) -> Table | None:
    for delimiter, mark in DELIMITERS.items():
        if sum(delimiter in line for _, line in lines) >= share * len(lines):
            table = _table(lines, partial(_cells, delimiter), mark)
            if asked or delimiter != "," or _is_comma_table(table.rows, lines):
                return table
    sample = [line for _, line in lines[:_SAMPLE]]
    split = next((each for each in _SPLITS if _is_spaced(sample, each, share)), None)
    return split and _table(lines, split, SPACES)


def _table(lines: Lines, split: Callable[[str], Row], mark: Message) -> Table:
    rows = [row for _, line in lines[:_SAMPLE] if not _is_rule(row := split(line))]
    every = ((place, row) for place, line in lines if not _is_rule(row := split(line)))
    return Table(rows, mark, every)


def _cells(delimiter: str, line: str) -> Row:
    if len(line) > _LONGEST_LINE:
        return (line,)
    if delimiter == "|":
        line = line.strip().removeprefix("|").removesuffix("|")
    if '"' in line:
        cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))
    else:
        cells = line.split(delimiter)
    return tuple(map(str.strip, cells[:_MOST_CELLS]))


def _is_rule(row: Row) -> bool:
    """Whether a row only divides, as the one below a header of Markdown."""
    return len(row) > 1 and all(map(_RULE.fullmatch, row))


def _is_comma_table(rows: Sequence[Row], lines: Lines) -> bool:
    """Whether commas divide cells, and are not part of names such as "Smith, John"."""
    columns = [_column(rows, place) for place in range(max(map(len, rows)))]
    if not any(map(any, columns[1:])) or any(cell.casefold() in HEADERS for cell in rows[0]):
        return True
    if any(_mostly(_is_number, column[1:]) or _mostly(_is_code, column) for column in columns):
        return True
    width, count = Counter(map(len, rows)).most_common(1)[0]
    close = sum(", " not in line for _, line in lines)
    apart = close < _MOST * len(lines)
    return width > (PARTS if apart else 1) and count >= _MOST * len(rows)


def _by_wide_spaces(line: str) -> Row:
    return tuple(re.split(r"\s{2,}", line.strip()[:_LONGEST_LINE])[:_MOST_CELLS])


def _by_spaces(line: str) -> Row:
    return tuple(line[:_LONGEST_LINE].split()[:_MOST_CELLS])


def _number_behind(line: str) -> Row:
    """A name and the number behind it, where there is one."""
    core = line.rstrip(_DIGITS + ")]")
    name, number = core.rstrip(_BETWEEN), line[len(core) :].rstrip(")]")
    return (name, number) if name and len(name) < len(core) and _is_number(number) else (line,)


def _number_before(line: str) -> Row:
    """A number and the name behind it, where there is one."""
    core = line.lstrip(_DIGITS + "(")
    name, number = core.lstrip(_BETWEEN), line[: len(line) - len(core)].lstrip("(")
    return (number, name) if name and len(name) < len(core) and _is_number(number) else (line,)


_SPLITS = (_by_wide_spaces, _by_spaces, _number_behind, _number_before)


def _is_spaced(lines: Sequence[str], split: Callable[[str], Row], share: float) -> bool:
    """Whether lines have equally many cells, far apart or with numbers or sexes among them."""
    rows = list(map(split, lines))
    width, count = Counter(map(len, rows)).most_common(1)[0]
    if width < 2 or count < share * len(rows):
        return False
    if split is _by_spaces and any(cell[-1] in _BETWEEN for row in rows for cell in row):
        return False
    columns = [_column(rows, place) for place in range(width)]
    marked = any(_mostly(_is_number, each[1:]) or _mostly(_is_code, each) for each in columns)
    return split is _by_wide_spaces or marked


def _column(rows: Sequence[Row], place: int) -> list[str]:
    return [row[place] if place < len(row) else "" for row in rows]


def _mostly(test: Callable[[str], bool], cells: Sequence[str]) -> bool:
    return bool(cells) and sum(map(test, cells)) >= _MOST * len(cells)


def _is_number(cell: str) -> bool:
    return any(map(str.isdigit, cell)) and not any(map(str.isalpha, cell))


def _is_code(cell: str) -> bool:
    return cell.casefold().strip("()[]") in _CODES


def _short(cell: str) -> str:
    return cell if len(cell) <= 16 else f"{cell[:15]}…"
