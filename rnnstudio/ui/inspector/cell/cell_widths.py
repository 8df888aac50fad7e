"""How the width of a cell's drawing is shared out; knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rnnstudio.core.cells.table import Cell
from rnnstudio.ui.inspector.cell.circles import Circle, summands
from rnnstudio.ui.inspector.cell.places import CellPlaces

_COLUMN, _COLUMN_LEAST, _NARROW, _WIDE = 132.0, 112.0, 892.0, 1208.0
_BOX, _BOX_LEAST = 176.0, 112.0
_GAP, _GAP_LEAST = 29.0, 9.0
_BEFORE, _BEHIND = 42.0, 66.0
"""Between the left column and the row of boxes, and between that and the right column."""
_TAIL = 30.0
_WITH_CIRCLE = 44.0
"""What a gap with a circle in it has more."""
_PILL = 76.0
_LEAST = 640.0


@dataclass(frozen=True)
class Widths:
    """The columns' width and places, and where each box of the row and of the line begins.

    ``tail`` is where what leads to a state beside the line is drawn, ``ends`` between which places
    circles may stand on the line.
    """

    width: float
    column: float
    left: float
    right: float
    box: float
    inner: Mapping[str, float]
    on_line: Mapping[str, float]
    tail: float
    ends: tuple[float, float]
    pill: float = _PILL


def widths(where: CellPlaces, cell: Cell, width: float) -> Widths:
    """Share ``width`` out, or what the boxes need where that is more."""
    extras = [_WITH_CIRCLE if _has_circle(cell, name) else 0.0 for name in where.inner]
    count = len(where.inner)
    margin = 22.0 if width >= 1100 else 18.0
    own = count * _BOX_LEAST + max(count - 1, 0) * _GAP_LEAST + sum(extras)
    outside = 2 * margin + 2 * _COLUMN_LEAST + _BEFORE + _BEHIND
    width = max(width, own + outside, _LEAST)
    share = min(max((width - _NARROW) / (_WIDE - _NARROW), 0.0), 1.0)
    column = _COLUMN_LEAST + share * (_COLUMN - _COLUMN_LEAST)
    right = width - margin - column
    start, end = margin + column + _BEFORE, right - _BEHIND
    box, inner = _row(where.inner, extras, start, end)
    if not any(row.name in where.inner for row in cell.forward):
        # What only the backward pass has belongs to where the line begins, at the right.
        inner = {name: x + end - max(inner.values()) - box for name, x in inner.items()}
    tail = right - _TAIL
    last = tail - _BEHIND if any(_has_tail(cell, where)) else tail - 76.0
    on_line = {
        name: last - column - number * (column + 40)
        for number, name in enumerate(reversed(where.on_line))
    }
    ends = (margin + column + 40, min(on_line.values(), default=tail - 20.0) - 34.0)
    return Widths(width, column, margin, right, box, inner, on_line, tail, ends)


def _row(
    names: tuple[str, ...], extras: list[float], start: float, end: float
) -> tuple[float, dict[str, float]]:
    """The boxes' width and where each begins; what is left over goes between them."""
    count, free = len(names), end - start - sum(extras)
    if not count:
        return _BOX, {}
    gaps = max(count - 1, 1)
    gap = min(max(_GAP_LEAST + 0.085 * (free - 516), _GAP_LEAST), _GAP)
    box = (free - (count - 1) * gap) / count
    if box > _BOX:
        box = _BOX
        gap = (free - count * box) / gaps
    x, places = start + (0 if count > 1 else (free - box) / 2), {}
    for name, extra in zip(names, extras, strict=True):
        x += extra
        places[name] = x
        x += box + gap
    return box, places


def _has_circle(cell: Cell, name: str) -> bool:
    """Whether values meet in a circle before the box."""
    row = next((row for row in cell.forward if row.name == name), None)
    return row is not None and any(isinstance(part, Circle) for part in summands(cell, row))


def _has_tail(cell: Cell, where: CellPlaces) -> list[bool]:
    return [state != where.line for state in cell.states]
