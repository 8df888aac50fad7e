"""What was understood of a file, a line each: proved by it, worth knowing, or asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.excerpt import CellPlace
from rnnstudio.core.stocks.data.csv_import.findings import FileColumn, Finding, Reading
from rnnstudio.core.stocks.data.csv_import.options import (
    Choice,
    CsvOptions,
    Fact,
    UndecidedError,
    UnreadableError,
)

_MOST_CELLS = 1000
_ORDER = ("encoding", "header", "decimal", "date_order", "columns")
_COVERED = {"encoding", "no-header"}
"""Findings that a fact says already."""
_PROVED = {
    "calendar",
    "comment",
    "day-numbers",
    "footer",
    "mixed-units",
    "newest-first",
    "preamble",
    "repeated-header",
    "time-left-out",
}
"""Findings that the file leaves no doubt about, and that cost no row of prices."""
_BESIDE_BEFORE = {"gap", "leap", "split"}
"""Findings about a row and the one before it."""

_TITLES = {
    "calendar": Message("Another calendar"),
    "close-taken": Message("One column can be the Close"),
    "column-left-out": Message("A column is left out"),
    "comment": Message("Comments are left out"),
    "day-numbers": Message("Days are numbers"),
    "duplicate": Message("Rows stand there twice"),
    "duplicate-differs": Message("Two prices for one day"),
    "event": Message("Dividends or splits between the rows"),
    "footer": Message("Text below the table"),
    "gap": Message("Days are missing"),
    "high-low": Message("Prices outside low and high"),
    "leap": Message("The price leaps"),
    "missing-cell": Message("Empty cells"),
    "mixed-units": Message("Moments in several units"),
    "negative-price": Message("Negative prices"),
    "newest-first": Message("Newest day first"),
    "no-close": Message("No Close"),
    "other-rows": Message("Rows of other shares"),
    "preamble": Message("Text above the table"),
    "repeated-header": Message("The header comes again"),
    "split": Message("A split"),
    "time-left-out": Message("One row a day"),
    "time-zone": Message("An ambiguous time zone"),
    "unit-million": Message("M is a miliar"),
    "unsorted": Message("Days out of order"),
    "zero-price": Message("Prices of zero"),
}
_UNDO = {
    "duplicate-differs": (Message("Keep the last"), Message("Keep the first")),
    "missing-cell": (Message("Keep the rows"), Message("Leave the rows out")),
    "negative-price": (Message("Keep the rows"), Message("Leave the rows out")),
    "split": (Message("Divide the prices"), Message("Leave as traded")),
    "time-left-out": (Message("Keep the times"), Message("Leave the times out")),
    "unit-million": (Message("Read a million"), Message("Read a miliar")),
    "zero-price": (Message("Keep the rows"), Message("Leave the rows out")),
}
"""What a button does about a finding, and what takes that back."""
_READ_AS: dict[str, dict[Any, Message]] = {
    "date_order": {
        "dmy": Message("Read day first"),
        "mdy": Message("Read month first"),
        "ymd": Message("Read year first"),
    },
    "decimal": {".": Message("Read a point"), ",": Message("Read a comma")},
    "header": {0: Message("No names")},
}


class Certainty(Enum):
    """How sure a line is: the file proves it, it is worth knowing, or it is asked."""

    PROVED = auto()
    KNOWN = auto()
    ASKED = auto()
    WRONG = auto()
    """It keeps the file from being read."""


@dataclass(frozen=True)
class ChecklistLine:
    """A line of the checklist.

    ``cells`` are the places in the file that it is about, ``beside`` others that belong to them.
    ``button`` says what its button does: take the only one of ``choices``, offer several of them
    or the roles of ``columns``, or go from cell to cell; None where there is nothing to do.
    """

    kind: str
    certainty: Certainty
    title: Message
    detail: Message
    cells: tuple[CellPlace, ...] = ()
    beside: tuple[CellPlace, ...] = ()
    button: Message | None = None
    choices: tuple[Choice, ...] = ()
    columns: tuple[FileColumn, ...] = ()

    @property
    def is_proved(self) -> bool:
        """Whether the file leaves no doubt about it."""
        return self.certainty is Certainty.PROVED


def checklist(reading: Reading, options: CsvOptions) -> tuple[ChecklistLine, ...]:
    """The lines of a file that was read with ``options``: what is proved, then what to know."""
    facts = [_of_fact(fact, options, reading.file_columns) for fact in _sorted(reading.facts)]
    found = [
        _of_finding(each, reading, options)
        for each in reading.findings
        if each.kind not in _COVERED
    ]
    gone = options.undo - {each.kind for each in reading.findings}
    lines = [*facts, *found, *(_gone(kind, options) for kind in sorted(gone))]
    return tuple(sorted(lines, key=lambda line: not line.is_proved))


def question_checklist(question: UndecidedError, options: CsvOptions) -> tuple[ChecklistLine, ...]:
    """The lines of a file that leaves something open: the question, then what is known so far."""
    asked = ChecklistLine(
        "question",
        Certainty.ASKED,
        Message("Which is meant?"),
        question.question,
        question.cells,
        choices=question.choices,
    )
    return (asked, *(_of_fact(fact, options, ()) for fact in _sorted(question.facts)))


def unreadable_checklist(error: UnreadableError, options: CsvOptions) -> tuple[ChecklistLine, ...]:
    """The lines of a file that cannot be read: why, then what is known so far."""
    cells = (CellPlace(error.row),) if error.row else ()
    title = Message("Row {row} cannot be read", {"row": error.row})
    wrong = ChecklistLine(
        "wrong",
        Certainty.WRONG,
        title if error.row else Message("It cannot be read"),
        error.message,
        cells,
        button=Message("Show it") if cells else None,
    )
    return (wrong, *(_of_fact(fact, options, ()) for fact in _sorted(error.facts)))


def with_column(options: CsvOptions, column: FileColumn, role: str) -> CsvOptions:
    """The options by which a column of the file has that role; "" takes its role away."""
    others = [
        (name, wanted)
        for name, wanted in options.columns
        if name != role and wanted != str(column.place + 1)
    ]
    chosen = (role, str(column.place + 1)) if role else (column.role, "")
    return replace(options, columns=(*others, chosen))


def _sorted(facts: Sequence[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: _ORDER.index(fact.kind))


def _of_fact(fact: Fact, options: CsvOptions, columns: tuple[FileColumn, ...]) -> ChecklistLine:
    certainty = Certainty.PROVED if fact.proved else Certainty.KNOWN
    line = ChecklistLine(fact.kind, certainty, fact.statement, fact.proof, fact.cells)
    unset = getattr(CsvOptions(), fact.kind)
    if getattr(options, fact.kind) != unset:
        undone = replace(options, **{fact.kind: unset})
        said = Message("{proof}, as you said", {"proof": fact.proof})
        back = Choice(Message("As the file says"), "", undone)
        line = replace(line, detail=said, button=back.meaning, choices=(back,))
        return replace(line, columns=columns) if fact.kind == "columns" else line
    if fact.kind == "columns":
        return replace(line, button=Message("Change …"), columns=columns) if columns else line
    if len(fact.others) == 1 and fact.kind in _READ_AS:
        wanted = getattr(fact.others[0].options, fact.kind)
        row = Message("Row {row} names them", {"row": wanted})
        return replace(line, button=_READ_AS[fact.kind].get(wanted, row), choices=fact.others)
    button = Message("Change …") if fact.others else None
    return replace(line, button=button, choices=fact.others)


def _of_finding(finding: Finding, reading: Reading, options: CsvOptions) -> ChecklistLine:
    certainty = Certainty.PROVED if finding.kind in _PROVED else Certainty.KNOWN
    place = _place(finding.kind, reading)
    cells = tuple(CellPlace(row, place) for row in finding.rows[:_MOST_CELLS])
    cells = cells or _cells_of_columns(finding.kind, reading)
    line = ChecklistLine(finding.kind, certainty, _title(finding), finding.action, cells)
    if finding.kind in _BESIDE_BEFORE:
        before = tuple(
            CellPlace(row, place) for cell in cells if (row := _row_before(reading, cell.line))
        )
        line = replace(line, beside=before)
    if finding.undoable:
        return _with_undo(line, options)
    if line.is_proved or not cells:
        return line
    show = Message("Show it") if len(cells) == 1 else Message("Show them")
    return replace(line, button=show)


def _with_undo(line: ChecklistLine, options: CsvOptions) -> ChecklistLine:
    undone = line.kind in options.undo
    label = _UNDO[line.kind][undone]
    other = replace(options, undo=options.undo ^ {line.kind})
    return replace(line, button=label, choices=(Choice(label, "", other),))


def _gone(kind: str, options: CsvOptions) -> ChecklistLine:
    """The line about a finding that is gone because it was read the other way."""
    said = Message("Left as it is, as asked.")
    return _with_undo(ChecklistLine(kind, Certainty.KNOWN, _TITLES[kind], said), options)


def _title(finding: Finding) -> Message:
    splits = finding.action.values.get("splits", ())
    if len(splits) == 1:
        return Message("A {split} split on {day}", splits[0].values)
    return _TITLES[finding.kind]


def _place(kind: str, reading: Reading) -> int | None:
    """The place in a line of the cell that a finding is about."""
    if kind not in _BESIDE_BEFORE:
        return None
    role = "Date" if kind == "gap" else "Close"
    return next((each.place for each in reading.file_columns if each.role == role), None)


def _cells_of_columns(kind: str, reading: Reading) -> tuple[CellPlace, ...]:
    """The cells that show what was found about whole columns."""
    shown, columns = reading.excerpt, reading.file_columns
    if kind == "unit-million":
        volume = [each.place for each in columns if each.role == "Volume"]
        cells = (CellPlace(number, place) for number in shown.numbers() for place in volume)
        return tuple(cell for cell in cells if shown.text(cell).strip(' "').endswith("M"))
    if kind == "column-left-out" and reading.dialect.header:
        names = reading.table.names
        unused = (each for each in columns if not each.role and each.title not in names)
        return tuple(CellPlace(reading.dialect.header, each.place) for each in unused)
    return ()


def _row_before(reading: Reading, line: int) -> int:
    """The line of the day before that of ``line``, 0 where there is none."""
    rows = (reading.lines == line).nonzero()[0]
    return int(reading.lines[rows[0] - 1]) if len(rows) and rows[0] > 0 else 0
