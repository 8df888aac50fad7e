"""Lines of a file as they stand in it, to be shown beside what was read."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

MOST_WHOLE = 5000
"""A file of no more lines is kept whole."""
_START, _END, _AROUND = 300, 50, 25
_MOST_PLACES = 200
_BLANKS = re.compile(r"\S+(?: \S+)*")
_WORDS = re.compile(r"\S+")


@dataclass(frozen=True)
class CellPlace:
    """A cell of a file: its line, counted from 1, and its place in that line, counted from 0.

    ``place`` is None where the whole line is meant.
    """

    line: int
    place: int | None = None


@dataclass(frozen=True)
class Excerpt:
    """Lines of a file by their numbers, counted from 1, of ``total``, as the file has them.

    They are all lines, or the first and last ones and those around places that matter.
    ``delimiter`` stands between their cells.
    """

    lines: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    total: int = 0
    delimiter: str = ","

    def numbers(self) -> list[int]:
        """The numbers of the lines, ascending."""
        return sorted(self.lines)

    def span(self, cell: CellPlace) -> tuple[int, int] | None:
        """Where in its line the cell begins and ends; None where it is not to be seen.

        Quotes around a cell belong to it, blanks do not.
        """
        text = self.lines.get(cell.line)
        if text is None or cell.place is None:
            return None
        spans = _spans(text, self.delimiter)
        return spans[cell.place] if cell.place < len(spans) else None

    def text(self, cell: CellPlace) -> str:
        """What stands in a cell; empty where it is not to be seen."""
        span = self.span(cell)
        return "" if span is None else self.lines[cell.line][slice(*span)]


def excerpt(lines: Sequence[str], delimiter: str, places: Iterable[CellPlace] = ()) -> Excerpt:
    """The excerpt of a file with ``lines`` in which all of ``places`` can be seen.

    Of very many places the first ones count.
    """
    total = len(lines)
    if total <= MOST_WHOLE:
        return Excerpt(dict(enumerate(lines, 1)), total, delimiter)
    wanted = {*range(1, _START + 1), *range(total - _END + 1, total + 1)}
    for cell in list(places)[:_MOST_PLACES]:
        wanted.update(range(max(1, cell.line - _AROUND), min(total, cell.line + _AROUND) + 1))
    return Excerpt({number: lines[number - 1] for number in sorted(wanted)}, total, delimiter)


def nearest(numbers: Sequence[int], line: int) -> int:
    """The index of the number in ``numbers``, ascending, that is the line or the next one."""
    return min(bisect_left(numbers, line), len(numbers) - 1)


def _spans(text: str, delimiter: str) -> list[tuple[int, int]]:
    """Where each cell of a line begins and ends."""
    if delimiter == " ":
        wide = [match.span() for match in _BLANKS.finditer(text)]
        return wide if len(wide) > 1 else [match.span() for match in _WORDS.finditer(text)]
    spans, start, quoted = [], 0, False
    for place, sign in enumerate(text):
        if sign == '"':
            quoted = not quoted
        elif sign == delimiter and not quoted:
            spans.append(_bare(text, start, place))
            start = place + 1
    return [*spans, _bare(text, start, len(text))]


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks at its ends."""
    cell = text[start:end]
    return start + len(cell) - len(cell.lstrip()), start + len(cell.rstrip())
