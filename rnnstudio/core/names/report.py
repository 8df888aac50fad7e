"""What became of the lines of a file of names, and what the reader was told to do with them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from rnnstudio.core.errors import UserError

LONGEST_NAME = 100
MOST_NAMED_LINES = 5
"""Line numbers that a sentence gives; more would not be read."""

Handling = Literal["keep", "fold", "refuse"]


@dataclass(frozen=True)
class ReadOptions:
    """What to do with capitals (fold: é and É are the same) and accents (fold: é becomes e)."""

    capitals: Handling = "fold"
    accents: Handling = "keep"


@dataclass
class ReadingReport:
    """What was found in a file; ``duplicates``, ``blank`` and ``too_long`` are line numbers.

    ``capitals`` and ``accents`` count the names that have any. Blank lines and too long ones were
    left out, duplicates were kept.
    """

    source: str
    encoding: str
    options: ReadOptions
    lines: int = 0
    names: int = 0
    capitals: int = 0
    accents: int = 0
    duplicates: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    too_long: list[int] = field(default_factory=list)

    def sentences(self) -> tuple[str, ...]:
        """The report in words, what was changed or left out first of all."""
        text = f"{self.source}: {self.names:,} names in {self.lines:,} lines of {self.encoding}."
        found = [
            _lines(self.too_long, f"longer than {LONGEST_NAME} letters and left out"),
            _handled(self.capitals, "capitals", self.options.capitals, "made small"),
            _handled(self.accents, "accents", self.options.accents, "taken off"),
            _lines(self.duplicates, "a name that came before, and kept"),
            _lines(self.blank, "blank and left out"),
        ]
        return (text, *filter(None, found))


def read_lines(lines: Iterable[str], report: ReadingReport) -> tuple[str, ...]:
    """The names among ``lines``, counted from 1; what becomes of each line goes to ``report``.

    Raises
    ------
    UserError
        When a name has what the options refuse.
    """
    names: dict[str, None] = {}
    found = []
    for row, line in enumerate(lines, start=1):
        report.lines = row
        name = _handle(line.strip(), row, report)
        if not name:
            report.blank.append(row)
        elif len(name) > LONGEST_NAME:
            report.too_long.append(row)
        else:
            if name in names:
                report.duplicates.append(row)
            names[name] = None
            found.append(name)
    report.names = len(found)
    return tuple(found)


def _handle(name: str, row: int, report: ReadingReport) -> str:
    options = report.options
    if name != name.lower():
        report.capitals += 1
        _refuse(options.capitals, "capitals", name, row, report.source)
        name = name.lower() if options.capitals == "fold" else name
    if name.isascii():
        return name
    # One form for each letter: an e with a mark behind it is the same as an é.
    name = unicodedata.normalize("NFC", name)
    parts = unicodedata.normalize("NFD", name)
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    if plain != parts:
        report.accents += 1
        _refuse(options.accents, "accents", name, row, report.source)
        name = unicodedata.normalize("NFC", plain) if options.accents == "fold" else name
    return name


def _refuse(handling: Handling, what: str, name: str, row: int, source: str) -> None:
    if handling == "refuse":
        raise UserError(
            f"{source}, line {row}: {name[:LONGEST_NAME]!r} has {what}; write it without, or have "
            f"{what} kept or folded."
        )


def _handled(count: int, what: str, handling: Handling, folded: str) -> str:
    if not count:
        return ""
    done = {"keep": "kept", "fold": folded}[handling]
    return f"{count:,} name{'s have' if count > 1 else ' has'} {what}: {done}."


def _lines(rows: list[int], what: str) -> str:
    if not rows:
        return ""
    where = ", ".join(map(str, rows[:MOST_NAMED_LINES]))
    more = ", ..." if len(rows) > MOST_NAMED_LINES else ""
    several = len(rows) > 1
    return f"{len(rows):,} line{'s are' if several else ' is'} {what} (line {where}{more})."
