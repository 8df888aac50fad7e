"""What is known of a table's columns before their cells are read: names, and a sample."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.findings import Finding
from rnnstudio.core.stocks.data.csv_import.lines.lines import listed, short
from rnnstudio.core.stocks.data.csv_import.options import Choice, CsvOptions, UndecidedError
from rnnstudio.core.stocks.data.csv_import.vocabulary.cell_patterns import shape_of
from rnnstudio.core.stocks.data.csv_import.vocabulary.date_patterns import (
    looks_like_a_date,
    may_be_a_date,
)
from rnnstudio.core.stocks.data.csv_import.vocabulary.grammar import is_missing, number_form
from rnnstudio.core.stocks.data.csv_import.vocabulary.header_words import (
    date_rank,
    meaning,
    plain,
)

_MOST_CHOICES = 12


@dataclass(frozen=True)
class Column:
    """A column of numbers: its place from 0, its name in the table, whether that is canonical."""

    place: int
    name: str
    canonical: bool


@dataclass(frozen=True)
class Roles:
    """The places of the columns from 0; ``time`` holds times of day that belong to ``date``.

    Where year, month and day have columns of their own, ``date`` is that of the year and ``parts``
    are those of the month and the day.
    ``labels`` are columns that may distinguish rows of several securities.
    """

    date: int
    time: int | None
    columns: tuple[Column, ...]
    labels: tuple[int, ...]
    findings: tuple[Finding, ...]
    parts: tuple[int, ...] = ()

    @property
    def dated(self) -> tuple[int, ...]:
        """All columns that say when a row was."""
        return (self.date, *self.parts, *(() if self.time is None else (self.time,)))


@dataclass(frozen=True, eq=False)
class Outline:
    """What is known of a table's columns: names ("" where there is none) and a sample of cells.

    ``named`` says that a line of the file names them.
    """

    source: str
    names: tuple[str, ...]
    sample: Sequence[Sequence[str]]
    options: CsvOptions
    named: bool = True

    def title(self, place: int) -> str:
        """How a column is called in messages and where a name would clash."""
        return self.names[place] or f"column {place + 1}"

    def titles(self, places: Sequence[int]) -> str:
        """Several columns for a message."""
        return listed([self.title(place) for place in places])

    def described(self) -> Message:
        """A sentence about the columns: their names, or the cells of the first row."""
        if self.named:
            return Message("Its columns are {names}.", {"names": listed(self.names)})
        cells = listed([cells[0] for cells in self.sample if cells])
        return Message("Its first row is {cells}.", {"cells": cells})

    def flag(self, canonical: str, place: int) -> str:
        """How the command line says that a column is ``canonical``."""
        return f"--column {shlex.quote(f'{canonical}={self.reference(place)}')}"

    def reference(self, place: int) -> str:
        """What an option calls a column: its name where that is the only one, else its number."""
        unique = self.named and self.names[place] and self.names.count(self.names[place]) == 1
        return self.names[place] if unique else str(place + 1)

    def place_of(self, wanted: str) -> int:
        """The place of the column that an option calls ``wanted``; raises UserError."""
        exact = [place for place, name in enumerate(self.names) if name == wanted]
        close = [place for place, name in enumerate(self.names) if plain(name) == plain(wanted)]
        found = exact or (close if plain(wanted) else [])
        if len(found) == 1:
            return found[0]
        if wanted.isdecimal() and 1 <= int(wanted) <= len(self.names):
            return int(wanted) - 1
        raise UserError(
            "{source} has no column {wanted!r}, or more than one. {columns} Their numbers from 1 "
            "to {count} will do too.",
            source=self.source,
            wanted=wanted,
            columns=self.described(),
            count=len(self.names),
        )

    def share(self, place: int, test: Callable[[str], bool]) -> float:
        """The fraction of a column's cells that are not empty for which ``test`` holds."""
        filled = [cell for cell in self.sample[place] if not is_missing(cell)]
        return sum(map(test, filled)) / len(filled) if filled else 0.0

    def meaning(self, place: int) -> str | None:
        """The canonical column that a name stands for; one letter does in a whole candle only.

        Alone it may be a ticker: C is Citigroup, V is Visa.
        """
        letter = plain(self.names[place]) in set("ohlcv")
        if letter and not set(map(plain, self.names)).issuperset("ohlc"):
            return None
        return meaning(self.names[place])

    def numbers(self, place: int) -> float:
        """The fraction of a column's cells that are numbers, of those that are not empty."""
        return self.share(place, lambda cell: number_form(shape_of(cell)) is not None)

    def is_date_like(self, place: int) -> bool:
        """Whether a column holds moments, if not those of the rows: the end of each interval."""
        name = self.names[place]
        dating = "time" in plain(name) or date_rank(name) is not None
        return self.share(place, looks_like_a_date) > 0.5 or (
            dating and self.share(place, may_be_a_date) > 0.5
        )

    def ask(self, canonical: str, places: Sequence[int], problem: Message) -> UndecidedError:
        """The question which of the columns ``places`` is the ``canonical`` one."""
        choices = [self._choice(canonical, place) for place in places[:_MOST_CHOICES]]
        return UndecidedError(problem, choices)

    def _choice(self, canonical: str, place: int) -> Choice:
        columns = dict(self.options.columns) | {canonical: str(place + 1)}
        cells = tuple(cell for cell in self.sample[place] if cell)[:5]
        meaning = Message(
            "column {number}, {title}: {cells}",
            {
                "number": place + 1,
                "title": self.title(place),
                "cells": ", ".join(map(short, cells[:2])),
            },
        )
        options = replace(self.options, columns=tuple(columns.items()))
        return Choice(meaning, self.flag(canonical, place), options, cells)
