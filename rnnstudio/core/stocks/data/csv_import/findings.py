"""The report on a reading: what was found in a file and what was done about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.excerpt import Excerpt
from rnnstudio.core.stocks.data.csv_import.options import UNDOABLE, Fact
from rnnstudio.core.stocks.data.price_table import Dates, PriceTable

_DELIMITERS = {
    ",": Message("commas"),
    ";": Message("semicolons"),
    "\t": Message("tabs"),
    "|": Message("bars"),
    " ": Message("blanks"),
}


@dataclass(frozen=True)
class Finding:
    """Something about a file that a person should know.

    ``kind`` is a stable name, ``rows`` are lines of the file counted from 1, ``action`` says in
    one sentence what was found and what was done.
    """

    kind: str
    rows: tuple[int, ...]
    action: Message

    @property
    def undoable(self) -> bool:
        """Whether ``CsvOptions.undo`` with this kind gives another outcome."""
        return self.kind in UNDOABLE


@dataclass(frozen=True)
class FileColumn:
    """A column of a file: its place from 0, what the file calls it, and what it was read as.

    ``role`` is one of ``CANONICAL``, "Date", or "" where it is none of them; ``roles`` are those
    that its cells could have.
    """

    place: int
    title: str
    role: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Dialect:
    """How a file is written. ``header`` is the line of the column names, 0 where there is none."""

    encoding: str
    delimiter: str
    decimal: str
    date_form: Message
    header: int


@dataclass(frozen=True, eq=False)
class Reading:
    """A file as it was understood.

    ``table.dates`` are days where ``offsets`` is None and ``timed`` is False. Otherwise they are
    moments: as the file writes them, or, where the file names zones, in UTC with ``offsets``
    (rows,) the minutes by which the file's own clock is ahead. ``lines`` (rows,) are the lines of
    the file, counted from 1, that the rows of the table stand in. ``security`` is what the file
    calls the share, empty if it does not. ``facts`` and ``file_columns`` say how the file was
    understood, and ``excerpt`` holds the lines that show it.
    """

    table: PriceTable
    findings: tuple[Finding, ...]
    dialect: Dialect
    timed: bool
    offsets: npt.NDArray[np.int64] | None
    lines: npt.NDArray[np.int64]
    security: str = ""
    facts: tuple[Fact, ...] = ()
    file_columns: tuple[FileColumn, ...] = ()
    excerpt: Excerpt = field(default_factory=Excerpt)

    @property
    def preferred(self) -> str:
        """The column to forecast where nobody says otherwise: the adjusted close if there is."""
        names = self.table.price_names
        return next((name for name in ("Adj Close", "Close") if name in names), names[0])

    @property
    def timestamps(self) -> list[str]:
        """The dates in ISO form: days, or full timestamps where there are times."""
        dates: Dates = self.table.dates
        if not self.timed:
            return [str(day) for day in dates.astype("datetime64[D]")]
        if self.offsets is None:
            return [str(moment) for moment in dates]
        local = dates + self.offsets.astype("timedelta64[m]")
        zones = map(_zone, self.offsets.tolist())
        return [f"{moment}{zone}" for moment, zone in zip(local, zones, strict=True)]

    @property
    def description(self) -> Message:
        """How the file is written, what is in it, and how many findings there are."""
        found, prices = self.dialect, self.table
        values = {
            "file": prices.source,
            "days": prices.rows,
            "columns": ", ".join(prices.names),
            "encoding": found.encoding,
            "delimiter": _DELIMITERS[found.delimiter],
            "decimal": found.decimal,
            "dates": found.date_form,
            "line": found.header,
            "findings": len(self.findings) or Message("none"),
        }
        if not found.header:
            return Message(
                "{file}: {days:n} days, columns {columns}; {encoding}, split by {delimiter}, "
                "decimal mark “{decimal}”, dates {dates}, no line of names. Findings: {findings}.",
                values,
            )
        return Message(
            "{file}: {days:n} days, columns {columns}; {encoding}, split by {delimiter}, decimal "
            "mark “{decimal}”, dates {dates}, columns named in line {line}. Findings: {findings}.",
            values,
        )


def _zone(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def finding(kind: str, rows: Iterable[int], action: Message) -> Finding:
    """A finding of ``kind`` about the lines ``rows``, which come out in ascending order."""
    return Finding(kind, tuple(sorted(int(row) for row in rows)), action)


def place(source: str, row: int, column: str) -> Message:
    """Where a cell stands; ``row`` is its line in the file ``source``, counted from 1."""
    return Message(
        "{source}, row {row}, column {column}", {"source": source, "row": row, "column": column}
    )
