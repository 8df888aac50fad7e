"""Which of the theme's gate colours a value of a cell has; knows no Qt."""

from __future__ import annotations

from rnnstudio.core.cells.gate_roles import gate_role
from rnnstudio.core.cells.table import Cell

_HUES = {"keep": "forget", "store": "input", "show": "output", "pass": "output"}
NO_GATE = "ink"
"""The colour of what is neither a gate nor a candidate."""


def gate_hue(cell: Cell, name: str) -> str:
    """The role of the colour of the value ``name``, or of what it is the gradient of."""
    values = {gradient: value for value, gradient in cell.gradients.items()}
    value = values.get(name, name)
    if value in cell.gates:
        role = gate_role(cell, value)
        return NO_GATE if role is None else _HUES[role.kind]
    states = {f"{state}_next" for state in cell.states}
    candidates = {row.name for row in cell.recurrence if row.function == "tanh"} - states
    return "candidate" if value in candidates else NO_GATE
