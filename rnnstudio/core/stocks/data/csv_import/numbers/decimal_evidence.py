"""Which mark is the decimal one: judged over all numbers of a file.

Evidence is a number that is one with the point alone, or with the comma alone: with both marks
(the last one is decimal), with a mark twice (thousands), with a single mark that has other than
three digits after it, more than three before it, or a leading zero (decimal). "1,234" shows
neither: it may be a thousand and something or a bit more than one.

Numbers are float64, in the unit of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.excerpt import CellPlace
from rnnstudio.core.stocks.data.csv_import.lines.lines import short
from rnnstudio.core.stocks.data.csv_import.options import Decimal
from rnnstudio.core.stocks.data.csv_import.vocabulary.cell_patterns import Rows, Shapes
from rnnstudio.core.stocks.data.csv_import.vocabulary.grammar import (
    NumberForm,
    is_missing,
    number_form,
)
from rnnstudio.core.stocks.data.price_table import FloatArray

Place = Callable[[int], Message]
"""Names the cell of a row in messages."""

_OTHER: dict[str, Decimal] = {".": ",", ",": "."}
_UNCLEAR = re.compile(r"9{1,3}[.,]999")
_FAR, _NEAR = np.log(50), np.log(3)


def _nowhere(_: int) -> CellPlace:
    return CellPlace(0)


@dataclass(frozen=True, eq=False)
class NumberColumn:
    """A column of numbers as text, how to name its cells, and where they stand in the file."""

    name: str
    shapes: Shapes
    place: Place
    cell: Callable[[int], CellPlace] = _nowhere


@dataclass(frozen=True)
class Evidence:
    """A cell that shows what the decimal mark is, or (``decided`` False) may be read both ways.

    ``mark`` is the decimal mark; of a cell that decides nothing, the mark that it holds.
    """

    mark: Decimal
    decided: bool
    column: NumberColumn
    row: int

    @property
    def cell(self) -> str:
        """The cell's text."""
        return self.column.shapes.cells[self.row]

    @property
    def place(self) -> Message:
        """Where the cell stands."""
        return self.column.place(self.row)


def decisive(columns: Iterable[NumberColumn], mark: Decimal) -> Evidence | None:
    """The first cell by which the decimal mark is ``mark``, else the first unclear one, or None."""
    found = [evidence for column in columns for evidence in _evidence(column)]
    return min(found, key=lambda each: (not each.decided, each.mark != mark), default=None)


def decimal_mark(columns: Sequence[NumberColumn]) -> Decimal | Evidence | None:
    """The decimal mark of ``columns``; the first unclear cell where nothing decides; or None.

    None means that no number holds a mark. Raises UserError when one cell decides for the point and
    another for the comma.
    """
    found = [evidence for column in columns for evidence in _evidence(column)]
    decided = {evidence.mark: evidence for evidence in reversed(found) if evidence.decided}
    if len(decided) == 2:
        first, second = decided["."], decided[","]
        raise UserError(
            "{place}: {cell} has a decimal point, but {other_place}: {other} has a decimal comma; "
            "a file must write all numbers in one way.",
            place=first.place,
            cell=short(first.cell),
            other_place=second.place,
            other=short(second.cell),
        )
    if decided:
        return next(iter(decided))
    return next((evidence for evidence in found if not evidence.decided), None)


def _evidence(column: NumberColumn) -> Iterator[Evidence]:
    for shape, rows in column.shapes.groups():
        form = number_form(shape)
        if form is None or not any(sign in _OTHER for sign in form.core):
            continue
        marks = _marks(form, column.shapes.cells, rows)
        if marks:
            yield Evidence(marks[0], len(marks) == 1, column, int(rows[0]))


def _marks(form: NumberForm, cells: Sequence[str], rows: Rows) -> list[Decimal]:
    """The decimal marks with which a form is a number; first the one that it holds, if both."""
    marks = [mark for mark in _OTHER.values() if form.fits(mark)]
    if len(marks) < 2:
        return marks
    held = _OTHER[_OTHER[form.core.strip("9")]]
    any_leading_zero = any(cells[row][form.start] == "0" for row in rows)
    return [held] if form.power or any_leading_zero else [held, _OTHER[held]]


def both_readings(column: NumberColumn, mark: str) -> tuple[FloatArray, FloatArray] | None:
    """The numbers, (rows,) each, with ``mark`` between thousands and as decimal mark, or None.

    None means that the column holds other numbers than whole ones and such as ``mark`` alone
    leaves unclear.
    """
    cells = column.shapes.cells
    thousands = np.full(len(cells), np.nan)
    decimals = np.full(len(cells), np.nan)
    for shape, rows in column.shapes.groups():
        form = number_form(shape)
        if form is None and is_missing(shape):
            continue
        if form is None or form.negative or form.power or form.unit:
            return None
        unclear = _UNCLEAR.fullmatch(form.core) is not None and mark in form.core
        if not unclear and not re.fullmatch("9+", form.core):
            return None
        cores = [cells[row][form.start : form.start + len(form.core)] for row in rows]
        thousands[rows] = [float(core.replace(mark, "")) for core in cores]
        decimals[rows] = thousands[rows] / 1000 if unclear else thousands[rows]
    return thousands, decimals


def by_continuity(readings: Sequence[tuple[FloatArray, FloatArray]], mark: str) -> Decimal | None:
    """The decimal mark by which no column leaps by a thousand, where the other way one does.

    995, 1.005: ten more, not a thousandth. It needs whole numbers beside unclear ones. Each pair
    of readings is ``both_readings`` of a column: (rows,) and (rows,).
    """
    found = {decimal for pair in readings if (decimal := _continuous(*pair, mark)) is not None}
    return found.pop() if len(found) == 1 else None


def _continuous(thousands: FloatArray, decimals: FloatArray, mark: str) -> Decimal | None:
    as_thousands, as_decimals = _largest_step(thousands), _largest_step(decimals)
    if as_thousands < _NEAR and as_decimals > _FAR:
        return _OTHER[mark]
    if as_decimals < _NEAR and as_thousands > _FAR:
        return _OTHER[_OTHER[mark]]
    return None


def _largest_step(values: FloatArray) -> float:
    values = values[np.isfinite(values)]
    if len(values) < 2 or (values <= 0).any():
        return float("nan")
    return float(np.abs(np.diff(np.log(values))).max())
