"""Which value of a pass stands where in the drawing of a cell; knows no Qt.

A place has the name of the value that stands there in the forward pass; in the backward pass the
gradient of that value stands at the same place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rnnstudio.core.cells.table import Cell, Operation


@dataclass(frozen=True)
class CellPlaces:
    """The places of one pass, in the order in which they are drawn.

    ``line`` is the state along the top. ``left`` and ``right`` are columns of boxes from top to
    bottom, ``stacks`` pills below the row of boxes ``inner``, ``on_line`` boxes on the line from
    left to right; ``dense`` those places of ``right`` that are layers before the prediction.
    ``shown`` gives the value at each place, ``tags`` for each place the weights whose tags stand
    below it, and ``tag_of`` the tag that a row of the backward pass lights.
    """

    line: str
    left: tuple[str, ...]
    stacks: tuple[str, ...]
    inner: tuple[str, ...]
    on_line: tuple[str, ...]
    right: tuple[str, ...]
    dense: tuple[str, ...]
    shown: Mapping[str, str]
    tags: Mapping[str, tuple[str, ...]]
    tag_of: Mapping[str, str]

    @property
    def boxes(self) -> tuple[str, ...]:
        """Every place with a box or a pill."""
        return (*self.left, *self.stacks, *self.inner, *self.on_line, *self.right)


def forward_places(cell: Cell) -> CellPlaces:
    """Where the values of the forward pass stand."""
    states = tuple(reversed(cell.states))
    left = (*(f"{state}_prev" for state in states), "xt")
    nexts = tuple(f"{state}_next" for state in states)
    stacks = _stacks(cell, left)
    rows = [row.name for row in cell.recurrence]
    inner = tuple(name for name in rows if name not in (*stacks, *nexts))
    predicted = tuple(row.name for row in cell.prediction)
    right = (*nexts, *predicted)
    shown = {name: name for name in (*left, *stacks, *inner, *right)}
    return CellPlaces(
        states[0], left, stacks, inner, (), right, predicted[:-1], shown, {}, {}
    )  # fmt: skip


def backward_places(cell: Cell) -> CellPlaces:
    """Where the gradients stand: each at its value's place, what has none in the row of boxes."""
    forward = forward_places(cell)
    states = tuple(reversed(cell.states))
    shown = {f"{state}_prev": f"d{state}_prev" for state in states} | {"xt": "dxt"}
    shown |= {f"{state}_next": f"d{state}_next" for state in states}
    shown |= {
        place: cell.gradients[place]
        for place in (*forward.stacks, *forward.inner)
        if place in cell.gradients
    }
    tags = _tags(cell)
    tag_of = _tag_of(cell, tags)
    placed = {*shown.values(), *tag_of}
    others = tuple(row.name for row in cell.backward if row.name not in placed)
    on_line = tuple(name for name in others if _carries(cell, name, states[0]))
    beside = tuple(name for name in others if name not in on_line)
    inner = (*(place for place in forward.inner if place in shown), *reversed(beside))
    return CellPlaces(
        states[0],
        forward.left,
        tuple(place for place in forward.stacks if place in shown),
        inner,
        tuple(reversed(on_line)),
        tuple(f"{state}_next" for state in states),
        (),
        shown | {name: name for name in others},
        tags,
        tag_of,
    )


def places(cell: Cell, *, backward: bool) -> CellPlaces:
    """Where the values of one pass stand."""
    return backward_places(cell) if backward else forward_places(cell)


def _stacks(cell: Cell, left: tuple[str, ...]) -> tuple[str, ...]:
    """The rows that only put what arrives on top of each other."""
    return tuple(
        row.name
        for row in cell.recurrence
        if row.function == "stack" and set(row.inputs) <= set(left)
    )


def _carries(cell: Cell, name: str, state: str) -> bool:
    """Whether the row is a step of the state's gradient on its way to the step before."""
    rows = {row.name: row for row in cell.backward}
    reads = f"d{state}_next" in _origins(rows, name)
    return reads and name in rows[f"d{state}_prev"].inputs


def _origins(rows: Mapping[str, Operation], name: str) -> set[str]:
    inputs = set(rows[name].inputs) if name in rows else set()
    return inputs.union(*(_origins(rows, each) for each in inputs if each in rows))


def _tags(cell: Cell) -> dict[str, tuple[str, ...]]:
    """The learned matrices of each row; where a row has vectors alone, those."""
    vectors = set(cell.vectors)
    found: dict[str, tuple[str, ...]] = {}
    for row in cell.recurrence:
        own = tuple(name for name in row.inputs if name in cell.learned)
        if own:
            found[row.name] = tuple(name for name in own if name not in vectors) or own
    return found


def _tag_of(cell: Cell, tags: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """For each row of a parameter's gradient or its sum, the tag that stands for it."""
    found: dict[str, str] = {}
    for row in cell.recurrence:
        for name in row.inputs:
            if name in cell.learned:
                tag = _nearest(name, tags[row.name])
                found |= {f"d{name}": tag, f"d{name}_sum": tag}
    return found


def _nearest(name: str, tags: Iterable[str]) -> str:
    """Its own tag, or that of the weights beside a bias: Wzx for bzx."""
    names = tuple(tags)
    if name in names:
        return name
    return next((tag for tag in names if tag[1:] == name[1:]), names[0])
