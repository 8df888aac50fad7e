"""The lines of a file and the cells of a line."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from rnnstudio.core.errors import UserError
from rnnstudio.core.training import stop_point

MAX_LINE = 20_000
_FORMULA = re.compile(r'(^|[,;|\t]\s?)(?:"=""([^"]*)"""|="([^"]*)")(?=\s*(?:$|[,;|\t]))')
"""A text that a spreadsheet is kept from changing: ="2024-01-02"."""
_MARKED_TEXT = re.compile(r"""(^"?|[,;|\t]\s?"?)'(?=[0-9+-])""")
"""The sign in front of a number that a spreadsheet is to take for text."""
_ONE_CELL = re.compile(r'"(?:[^"]|"")*"')
_T = TypeVar("_T")
_BLOCK = 50_000


def in_blocks(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Parts of ``items``, with a point to stop at before each."""
    for start in range(0, len(items), _BLOCK):
        stop_point()
        yield items[start : start + _BLOCK]


def split_lines(text: str, source: str) -> list[str]:
    """The lines of ``text``; line n of the file is element n - 1.

    A quoted cell of the first lines, which may be a header, can go on over several lines: the first
    of them then holds all of it and the others are empty. Raises UserError when a line is longer
    than any row of prices, or a quote is not closed on its line.
    """
    lines = text.rstrip("\n\x1a").split("\n")
    if max(map(len, lines)) > MAX_LINE:
        row = next(row for row, line in enumerate(lines, 1) if len(line) > MAX_LINE)
        raise UserError(
            "{source}, row {row} has more than {max_line:n} characters: no prices.",
            source=source,
            row=row,
            max_line=MAX_LINE,
        )
    if '="' in text or '=""' in text:
        lines = [_FORMULA.sub(_unwrapped, line) if "=" in line else line for line in lines]
    if "'" in text:
        lines = [_MARKED_TEXT.sub(r"\1", line) if "'" in line else line for line in lines]
    if lines[0].startswith('"'):
        lines = _unwrapped_rows(lines)
    if '"' in text:
        _close_quotes(lines, source)
    return lines


def _unwrapped_rows(lines: list[str]) -> list[str]:
    """The rows in lines that are each one cell in quotes: "2024-01-02,185.64"."""
    if all(not line.strip() or _ONE_CELL.fullmatch(line.strip()) for line in lines):
        return [line.strip()[1:-1].replace('""', '"') for line in lines]
    return lines


def _unwrapped(match: re.Match[str]) -> str:
    return f'{match[1]}"{match[2] or match[3] or ""}"'


def _close_quotes(lines: list[str], source: str) -> None:
    for row in range(min(20, len(lines))):
        if lines[row].count('"') % 2 and not _join_header(lines, row):
            raise _open_quote(source, row)
    row = 0
    for block in in_blocks(lines):
        odd = [place for place, line in enumerate(block) if line.count('"') % 2]
        if odd:
            raise _open_quote(source, row + odd[0])
        row += len(block)


def _open_quote(source: str, row: int) -> UserError:
    return UserError(
        "{source}, line {line} is not CSV: a quote is not closed on that line.",
        source=source,
        line=row + 1,
    )


def _join_header(lines: list[str], row: int) -> bool:
    """Join a header that goes on over lines: no line of it may hold a row of prices."""
    for end in range(row + 1, min(row + 5, len(lines))):
        if re.match(r"\W*[0-9]", lines[end]):
            return False
        if lines[end].count('"') % 2:
            lines[row : end + 1] = [" ".join(lines[row : end + 1]), *[""] * (end - row)]
            return len(lines[row]) <= MAX_LINE
    return False


def count_cells(line: str, delimiter: str) -> int:
    """How many cells ``line`` has; delimiters between quotes do not count."""
    quotes = line.count('"')
    if quotes:
        cells = line.count(f'"{delimiter}"') + 1
        if quotes == 2 * cells and line[0] == line[-1] == '"':
            return cells  # every cell in quotes and no quote in a cell: the usual case, fast
        line = "".join(line.split('"')[::2])  # what stands outside of quotes
    return line.count(delimiter) + 1


def usual_width(counts: Sequence[int]) -> int:
    """The number of cells that rows of a table have, given how many each line has; 0 if none.

    It is the one by which most cells of the file are in rows: a few short lines above a small
    table do not outvote it.
    """
    lines = Counter(count for count in counts if count > 1)
    return max(lines, key=lambda width: width * lines[width], default=0)


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of one line, without quotes and outer spaces."""
    reader = csv.reader([line], delimiter=delimiter, skipinitialspace=True)
    return [cell.strip() for cell in next(reader, [])]


def is_blank(line: str, delimiter: str = "") -> bool:
    """Whether there is nothing in ``line`` but spaces, quotes and delimiters."""
    return not line.strip(f'{delimiter} "\t')


def is_rule(line: str) -> bool:
    """Whether ``line`` is drawn, as -----, |---|---| or ---,---."""
    return not line.strip(" \t,;|+:*=_-") and any(3 * sign in line for sign in "-=*_")


def short(text: str) -> str:
    """``text`` in quotes for a message, cut where it is long."""
    return repr(text if len(text) <= 40 else text[:37] + "...")


def listed(names: Sequence[str]) -> str:
    """Names in quotes for a message, the first twenty."""
    return ", ".join(map(short, names[:20])) + (", ..." if len(names) > 20 else "")
