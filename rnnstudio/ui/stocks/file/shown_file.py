"""What the file page shows of a state, as plain data; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from rnnstudio.core.messages import Message
from rnnstudio.core.session.kept_prices import OpenedPrices
from rnnstudio.core.stocks.data.csv_import import (
    CellPlace,
    Choice,
    CsvOptions,
    Excerpt,
    Reading,
)
from rnnstudio.core.stocks.data.csv_import.checklist import (
    Certainty,
    ChecklistLine,
    checklist,
    question_checklist,
    unreadable_checklist,
)
from rnnstudio.core.stocks.data.samples import SAMPLES
from rnnstudio.ui.stocks.state import StocksState

_MISMATCH = "other-share"
TAKE = Choice(Message("Test on it all the same"), "--other-share", CsvOptions())
LEAVE = Choice(Message("Leave it out"), "", CsvOptions())
_PRICES = ("Close", "Adj Close")


@dataclass(frozen=True, eq=False)
class ShownFile:
    """A file, the lines of its checklist, what can be seen of it, and how it was to be read.

    ``reading`` is None where it leaves something open or cannot be read; ``opened`` is the file
    where it was read.
    """

    name: str = ""
    lines: tuple[ChecklistLine, ...] = ()
    excerpt: Excerpt = field(default_factory=Excerpt)
    options: CsvOptions = field(default_factory=CsvOptions)
    opened: OpenedPrices | None = None

    @property
    def reading(self) -> Reading | None:
        """What was read."""
        return None if self.opened is None else self.opened.reading

    @property
    def is_asked(self) -> bool:
        """Whether something has to be answered before the days can be used."""
        return any(line.certainty is Certainty.ASKED for line in self.lines)

    @property
    def is_wrong(self) -> bool:
        """Whether the file cannot be read."""
        return self.count(Certainty.WRONG) > 0

    @property
    def is_mismatched(self) -> bool:
        """Whether it is a test file that seems to be of another share."""
        return bool(self.lines) and self.lines[0].kind == _MISMATCH

    @property
    def is_sample(self) -> bool:
        """Whether the file comes with the program."""
        return self.name in {path.name for path in SAMPLES.values()}

    def count(self, certainty: Certainty) -> int:
        """How many lines are so sure."""
        return sum(line.certainty is certainty for line in self.lines)


def shown_file(state: StocksState) -> ShownFile:
    """The file that a person has to look at: the one that is asked about, else the prices."""
    options = CsvOptions() if state.asked is None else state.asked.options
    name = "" if state.asked is None else state.asked.path.name
    if state.question is not None:
        lines = question_checklist(state.question, options)
        return ShownFile(name, lines, state.question.excerpt, options)
    if state.wrong is not None:
        lines = unreadable_checklist(state.wrong, options)
        return ShownFile(name, lines, state.wrong.excerpt, options)
    if state.mismatched is not None and state.mismatch is not None:
        return _mismatched(state.mismatched, state.mismatch)
    return ShownFile() if state.file is None else _opened(state.file)


def _mismatched(file: OpenedPrices, mismatch: Message) -> ShownFile:
    """A test file that seems to be of another share: that is asked first."""
    first = (CellPlace(int(file.reading.lines[0])),)
    title = Message("Is this the same share?")
    asked = ChecklistLine(_MISMATCH, Certainty.ASKED, title, mismatch, first, choices=(TAKE, LEAVE))
    shown = _opened(file)
    return replace(shown, lines=(asked, *shown.lines))


def _opened(file: OpenedPrices) -> ShownFile:
    lines = checklist(file.reading, file.options)
    return ShownFile(file.data.path.name, lines, file.reading.excerpt, file.options, file)


def is_worth_a_look(file: OpenedPrices) -> bool:
    """Whether something about a file is worth knowing before its days are used."""
    shown = _opened(file)
    return shown.is_asked or shown.count(Certainty.KNOWN) > 0


def about_cell(line: ChecklistLine, at: int, reading: Reading | None) -> Message:
    """A sentence about the cell that a line of the checklist points at."""
    cell = line.cells[at]
    row = {"row": cell.line}
    if line.certainty is Certainty.WRONG:
        return Message("Row {row} is where it ends. Nothing was read of this file.", row)
    if reading is None:
        return Message("Row {row} leaves it open.", row)
    if cell.line == reading.dialect.header:
        return Message("Row {row} names the columns.", row)
    found = np.flatnonzero(reading.lines == cell.line)
    if not len(found):
        return Message("Row {row} is not among the days.", row)
    place = int(found[0])
    if line.kind in {"split", "leap"} and place:
        return _about_leap(line, at, reading, place)
    day = reading.table.dates[place].astype("datetime64[D]").item()
    if line.kind == "gap" and place:
        before = reading.table.dates[place - 1].astype("datetime64[D]").item()
        return Message(
            "Row {row}: {day} comes after {before}.", {**row, "day": day, "before": before}
        )
    return Message("Row {row} is {day}.", {**row, "day": day})


def _about_leap(line: ChecklistLine, at: int, reading: Reading, place: int) -> Message:
    """What the price does at a leap, and what it would do if a split were taken out."""
    name = next((name for name in _PRICES if name in reading.table.names), None)
    prices = reading.table.column(name or reading.preferred)
    before, after = float(prices[place - 1]), float(prices[place])
    values = {"row": line.cells[at].line, "before": before, "after": after}
    ratio = _ratio(line, at)
    if ratio is None or line.certainty is Certainty.PROVED or _is_divided(before, after, ratio):
        return Message("Row {row}: the price goes from {before:,.6g} to {after:,.6g}.", values)
    return Message(
        "Row {row}: the price goes from {before:,.6g} to {after:,.6g}. If the days before are "
        "divided by {ratio:.6g}, it goes from {divided:,.6g} to {after:,.6g}.",
        {**values, "ratio": float(ratio), "divided": before / float(ratio)},
    )


def _is_divided(before: float, after: float, ratio: Fraction) -> bool:
    """Whether the price goes on from day to day as it is."""
    apart = abs(np.log(before / after)), abs(np.log(before / float(ratio) / after))
    return bool(apart[0] <= apart[1])


def _ratio(line: ChecklistLine, at: int) -> Fraction | None:
    """New shares for one old share, at the split that a line points at."""
    splits = line.detail.values.get("splits", [])
    if at >= len(splits):
        return None
    return Fraction(splits[at].values["split"].replace(":", "/"))


def cells_of(line: ChecklistLine, at: int) -> tuple[CellPlace, ...]:
    """The cells that are marked when a line points at its cell ``at``."""
    return (line.cells[at], *line.beside[at : at + 1])
