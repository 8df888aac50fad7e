"""The dense layers that make a cell's prediction of its hidden state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rnnstudio.core.cells.table import Cell, row
from rnnstudio.core.messages import Message

MOST_DENSE = 20
"""Dense layers that a cell's prediction may go through."""


def with_dense(cell: Cell, activations: Sequence[str], hidden: Sequence[int] = ()) -> Cell:
    """The cell whose prediction goes through one dense layer for each activation.

    ``hidden`` has the units of all layers but the last, whose size is the scene's n_y. Layer k is
    the value ``yk`` with the parameters ``Wyk`` and ``byk``; the last one keeps the cell's names.
    """
    W, b = cell.output
    parameters, rows = dict(cell.parameters), list(cell.recurrence)
    before, width = "a_next", "n_a"
    for k, (activation, units) in enumerate(zip(activations, hidden, strict=False), start=1):
        parameters |= {f"Wy{k}": (f"{units}", width), f"by{k}": (f"{units}", "1")}
        formula = _formula(activation, f"Wy{k} @ {before} + by{k}")
        meaning = Message("dense layer {number} above the hidden state", {"number": k})
        before, width = f"y{k}", f"{units}"
        rows.append(row(before, formula, meaning))
    parameters[W] = ("n_y", width)
    formula = _formula(activations[-1], f"{W} @ {before} + {b}")
    rows.append(row(cell.predicted.name, formula, cell.predicted.meaning, cell.predicted.box))
    return replace(cell, parameters=parameters, forward=tuple(rows))


def linear(cell: Cell) -> Cell:
    """The cell whose prediction is a number and not a probability, as in forecasts."""
    return with_dense(cell, ("linear",))


def activations_of(cell: Cell) -> tuple[str, ...]:
    """The activations of the dense layers that make the prediction, in order."""
    return tuple(row.function or "linear" for row in cell.prediction)


def _formula(activation: str, weighted: str) -> str:
    return weighted if activation == "linear" else f"{activation}({weighted})"
