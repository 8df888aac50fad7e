"""What the gates of a scene do over time, and what each unit reacts to.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.scene import Scene, Trace
from rnnstudio.core.cells.table import Cell
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import rounded

CLOSED, OPEN = 0.05, 0.95
"""Below and above these a gate is saturated: its slope is less than 0.05."""


@dataclass(frozen=True)
class GateState:
    """How far a gate is open, in words, and between which values that is said."""

    words: Message
    bounds: Message


_LITTLE, _MUCH = rounded(0.25, 2), rounded(0.75, 2)
NEARLY_CLOSED, HALF_OPEN, WIDE_OPEN = GATE_STATES = (
    GateState(Message("nearly shut"), Message("below {most}", {"most": _LITTLE})),
    GateState(
        Message("half open"), Message("{least} to {most}", {"least": _LITTLE, "most": _MUCH})
    ),
    GateState(Message("wide open"), Message("above {least}", {"least": _MUCH})),
)


def gate_state(value: float) -> GateState:
    """How far a gate of that value, 0 to 1, is open."""
    if value < float(_LITTLE):
        return NEARLY_CLOSED
    return WIDE_OPEN if value > float(_MUCH) else HALF_OPEN


def watched(cell: Cell) -> tuple[str, ...]:
    """The values with a row a unit: gates first, then candidate and states."""
    values = [row.name for row in cell.recurrence if row.name in cell.computed]
    return (*cell.gates, *(name for name in values if name not in cell.gates))


def over_time(trace: Trace, name: str, example: int) -> Array:
    """The value ``name`` of one example: (n_a, T_x)."""
    return np.asarray(unroll.sequence(trace.forward, name)[:, example])


@dataclass(frozen=True)
class Saturation:
    """Shares of all units and steps below ``CLOSED`` and above ``OPEN``, 0 to 1."""

    closed: float
    open: float


def saturation(values: Array) -> Saturation:
    """How much of a gate's ``values`` (n_a, T_x) is saturated."""
    return Saturation(float(np.mean(values < CLOSED)), float(np.mean(values > OPEN)))


@dataclass(frozen=True, eq=False)
class Reactions:
    """What each unit reacts to most.

    ``strength`` (n_a,) is the correlation over the steps with that input, -1 to 1; ``to`` (n_a,)
    the input's row; ``order`` the units, those that react to one input together, strongest first.
    """

    strength: Array
    to: tuple[int, ...]
    order: tuple[int, ...]


def reactions(values: Array, x: Array) -> Reactions:
    """Which row of ``x`` (n_x, T_x) each unit of ``values`` (n_a, T_x) follows most closely.

    The measure is Pearson's correlation; that of something that does not vary counts as 0.
    """
    correlation = _unit(values) @ _unit(x).T
    to = np.abs(correlation).argmax(axis=1)
    strength = correlation[np.arange(len(values)), to]
    order = sorted(range(len(values)), key=lambda unit: (to[unit], -abs(strength[unit])))
    return Reactions(strength, tuple(to.tolist()), tuple(order))


def input_names(scene: Scene) -> tuple[str, ...]:
    """What each row of the input is called: its name, or x[1] and so on."""
    return scene.inputs or tuple(f"x[{row + 1}]" for row in range(len(scene.x)))


def _unit(rows: Array) -> Array:
    """Each row without its mean and of length 1, or all zeros."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    # A row that varies by rounding alone does not vary.
    still = lengths <= 1e-12 * (1 + np.abs(rows).max(axis=1, keepdims=True))
    return np.asarray(np.where(still, 0.0, centred / np.where(still, 1.0, lengths)))
