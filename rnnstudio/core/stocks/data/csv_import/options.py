"""What a person decides about a file, and what has to be asked."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rnnstudio.core.errors import UserError
from rnnstudio.core.limits import require_known
from rnnstudio.core.messages import Message, either
from rnnstudio.core.stocks.data.csv_import.excerpt import CellPlace, Excerpt

Decimal = Literal[".", ","]
DateOrder = Literal["dmy", "mdy", "ymd"]
Calendar = Literal["gregorian", "buddhist", "roc", "jalali"]
DayNumbers = Literal["1900", "1904", "1970"]

DELIMITERS = (",", ";", "\t", "|")
CALENDARS: tuple[Calendar, ...] = ("gregorian", "buddhist", "roc", "jalali")
DAY_NUMBERS: tuple[DayNumbers, ...] = ("1900", "1904", "1970")
CANONICAL = ("Open", "High", "Low", "Close", "Adj Close", "Volume")
"""The columns with a meaning of their own, in the order in which they are written."""

UNDOABLE = (
    "duplicate-differs",
    "missing-cell",
    "negative-price",
    "split",
    "time-left-out",
    "unit-million",
    "zero-price",
)
"""The kinds of finding that have another outcome, which ``CsvOptions.undo`` asks for."""


@dataclass(frozen=True)
class CsvOptions:
    """Decisions about a file; None (or nothing) leaves a decision to the file itself.

    ``header`` is the line that names the columns, counted from 1, and 0 where there is none.
    ``columns`` pairs a column of ``CANONICAL`` (or "Date") with its name in the file, or its number
    counted from 1, or with "" where the file has no such column. ``undo`` holds kinds of
    ``UNDOABLE`` whose other outcome is wanted. ``calendar`` is that of the years, and
    ``day_numbers`` the year that days written as numbers are counted from: 1900 and 1904 as
    spreadsheets do, or 1970. ``rows`` pairs columns that distinguish securities with the cell of
    the rows that are wanted, or with "*" where all rows are of one
    security. Raises UserError if an option has an invalid value.
    """

    encoding: str | None = None
    delimiter: str | None = None
    decimal: Decimal | None = None
    date_order: DateOrder | None = None
    header: int | None = None
    columns: tuple[tuple[str, str], ...] = ()
    undo: frozenset[str] = frozenset()
    calendar: Calendar | None = None
    day_numbers: DayNumbers | None = None
    rows: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for what, value, known in (
            (Message("delimiter"), self.delimiter, DELIMITERS),
            (Message("decimal mark"), self.decimal, (".", ",")),
            (Message("date order"), self.date_order, ("dmy", "mdy", "ymd")),
            (Message("calendar"), self.calendar, CALENDARS),
            (Message("first year of day numbers"), self.day_numbers, DAY_NUMBERS),
        ):
            if value is not None:
                require_known(what, value, known)
        for name, _ in self.columns:
            require_known(Message("column"), name, ("Date", *CANONICAL))
        for kind in sorted(self.undo):
            require_known(Message("finding to undo"), kind, UNDOABLE)
        if self.header is not None and self.header < 0:
            raise UserError(
                "The header is in line {header}; lines are counted from 1.", header=self.header
            )
        self._check_encoding()

    def _check_encoding(self) -> None:
        if self.encoding is None:
            return
        try:
            text = codecs.lookup(self.encoding)._is_text_encoding  # noqa: SLF001 - as bytes.decode
        except (LookupError, ValueError):
            text = False
        if not text:
            raise UserError(
                "There is no encoding {encoding!r}; utf-8 and cp1252 are two.",
                encoding=self.encoding,
            )


@dataclass(frozen=True)
class Choice:
    """One answer to a question: what it means, how the command line says it, and its options.

    ``preview`` shows a few cells as this answer reads them: bare, or in a few words.
    """

    meaning: Message
    flag: str
    options: CsvOptions
    preview: tuple[str | Message, ...] = ()

    @property
    def answer(self) -> Message:
        """How the command line says it, and what it means."""
        return Message("{flag} ({meaning})", {"flag": self.flag, "meaning": self.meaning})


@dataclass(frozen=True)
class Fact:
    """A part of how a file was understood, and what shows that it is so.

    ``kind`` is the field of ``CsvOptions`` that would decide it. ``proved`` says that the file
    itself, or a person, leaves no doubt; ``cells`` are what shows it. ``others`` are the other
    ways to read the file that it does not contradict.
    """

    kind: str
    statement: Message
    proof: Message
    cells: tuple[CellPlace, ...] = ()
    proved: bool = True
    others: tuple[Choice, ...] = ()


class UndecidedError(UserError):
    """The file can be read in more than one way, and a person has to say which is meant.

    ``cells`` are what the question is about, ``excerpt`` the lines around them, and ``facts`` what
    is understood of the file already.
    """

    def __init__(
        self, question: Message, choices: Sequence[Choice], cells: Sequence[CellPlace] = ()
    ) -> None:
        self.question = question
        self.cells = tuple(cells)
        self.excerpt = Excerpt()
        self.facts: tuple[Fact, ...] = ()
        self.choices = tuple(choices)
        answers = either(choice.answer for choice in choices)
        whole = Message("{question} Say {answers}.", {"question": question, "answers": answers})
        super().__init__(whole.template, **whole.values)


class UnreadableError(UserError):
    """A file of prices that cannot be read, for the ``reason`` that it says.

    ``row`` is the line of the file that is wrong, counted from 1, and 0 where it is none in
    particular; ``excerpt`` has the lines around it, ``facts`` what was understood before.
    """

    def __init__(
        self, reason: UserError, row: int, excerpt: Excerpt, facts: Sequence[Fact]
    ) -> None:
        super().__init__(reason.message.template, **reason.message.values)
        self.row, self.excerpt, self.facts = row, excerpt, tuple(facts)
