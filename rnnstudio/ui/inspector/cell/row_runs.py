"""The rows of a pass as its track shows them: each value alone, weights and sums together.

Knows no Qt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.symbols import Notation, Symbol
from rnnstudio.core.cells.table import Cell, Table
from rnnstudio.core.messages import Message


@dataclass(frozen=True)
class RowRun:
    """Rows of a table that follow each other and have one pill: from ``first`` to ``last``.

    ``label`` says of several rows what they are; the symbol of a single one speaks for itself.
    """

    first: int
    last: int
    label: Message | None = None

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self.last - self.first + 1

    def place(self, row: int) -> int | None:
        """Where in the run a row of the table stands, from 1 on; None if it is not in it."""
        return row - self.first + 1 if self.first <= row <= self.last else None


def row_runs(cell: Cell, table: Table) -> tuple[RowRun, ...]:
    """The pills of a table: gradients of weights that follow each other have one, sums too."""
    return tuple(_runs(cell, table))


def _runs(cell: Cell, table: Table) -> Iterator[RowRun]:
    weights = {f"d{name}" for name in cell.learned}
    sums = {row.name for row in cell.sums}

    def kind(place: int) -> str | int:
        name = table[place].name
        return "weights" if name in weights else "sums" if name in sums else place

    for what, found in groupby(range(len(table)), kind):
        rows = list(found)
        label = None
        if what == "weights":
            label = Message.counted("{n} weight", "{n} weights", len(rows))
        elif what == "sums":
            label = Message.counted("{n} sum", "{n} sums", len(rows))
        yield RowRun(rows[0], rows[-1], label if len(rows) > 1 else None)


def pill_symbol(name: str, notation: Notation) -> Symbol:
    """The symbol of a value without its time, which is the same for all pills."""
    written = symbol(name, notation)
    times = ("t", "t−1")
    sub = "" if written.sub in times else written.sub.removesuffix(",t")
    return replace(written, sub=sub, sup="" if "⟨" in written.sup else written.sup)
