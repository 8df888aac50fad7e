"""Holding a value fixed: what if this gate were closed?

Arrays are float64 and have no unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.table import Cell, Override


@dataclass(frozen=True)
class Intervention:
    """The value ``name`` is held at ``value``.

    At one step or at all (None), and in one row, one example or in all of them (None).
    """

    name: str
    value: float
    step: int | None = None
    row: int | None = None
    example: int | None = None

    def apply(self, array: Array) -> Array:
        """A copy of ``array`` (..., rows, examples) with the held entries."""
        rows = slice(None) if self.row is None else self.row
        examples = slice(None) if self.example is None else self.example
        held = array.copy()
        held[..., rows, examples] = self.value
        return held


def forward_overrides(interventions: Iterable[Intervention], step: int) -> dict[str, Override]:
    """What to change in the forward table of ``step``."""
    overrides: dict[str, Override] = {}
    for held in interventions:
        if held.step in (None, step):
            overrides[held.name] = _after(overrides.get(held.name), held.apply)
    return overrides


def backward_overrides(
    cell: Cell, interventions: Iterable[Intervention], step: int
) -> Mapping[str, Override]:
    """What to change in the backward pass of ``step``: a held value lets no gradient through."""
    stops = [
        replace(held, name=cell.gradients[held.name], value=0.0)
        for held in interventions
        if held.name in cell.gradients
    ]
    return forward_overrides(stops, step)


def _after(first: Override | None, second: Override) -> Override:
    if first is None:
        return second
    return lambda array: second(first(array))
