"""Every gradient of a cell against central differences.

The loss that is differentiated is sum(a * da): its gradient with respect to each hidden state is
the given da, so the backward pass needs nothing else. All entries of one tensor are moved at once:
copies of the tensor, one per entry and direction, are stacked in front of the rows, and the
formulas compute them together.

Values have no unit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.intervention import Intervention, forward_overrides
from rnnstudio.core.cells.table import Cell, run

Loss = Callable[[Mapping[str, Array]], Array]

STEP = 1e-5
"""How far an entry is moved: the error of a central difference is smallest near eps ** (1/3)."""
TOLERANCE = 1e-7
"""A gradient agrees with the differences below this relative error."""
_BATCH_ENTRIES = 2_000_000
"""Moved copies hold at most this many numbers at once, which bounds memory."""


@dataclass(frozen=True, eq=False)
class TensorCheck:
    """One gradient: computed backward, measured by differences, and how far they are apart."""

    name: str
    computed: Array
    measured: Array

    @property
    def relative_error(self) -> float:
        """|computed - measured| over |computed| + |measured|, Euclidean norms; 0 if both are 0."""
        scale = float(np.linalg.norm(self.computed) + np.linalg.norm(self.measured))
        if scale == 0:
            return 0.0
        return float(np.linalg.norm(self.computed - self.measured)) / scale

    @property
    def worst(self) -> float:
        """The largest deviation of an entry, |computed - measured|, in the gradient's own unit."""
        return float(np.abs(self.computed - self.measured).max())

    @property
    def agrees(self) -> bool:
        """Whether the gradient agrees with the central differences."""
        return self.relative_error <= TOLERANCE


def check(
    cell: Cell,
    x: Array,
    parameters: Mapping[str, Array],
    initial: Mapping[str, Array],
    da: Array,
    interventions: Sequence[Intervention] = (),
    further: Mapping[str, Array] | None = None,
) -> tuple[TensorCheck, ...]:
    """Compare dx, the gradient of each initial state and of each learned parameter.

    Parameters
    ----------
    cell
        The cell whose backward table is checked against its forward table.
    x, parameters, initial
        As for ``unroll.forward``; float64.
    da
        (n_a, m, T_x), the gradient that reaches the hidden states.
    interventions
        Values that are held fixed.
    further
        What each step reads besides the input, as for ``unroll.forward``.
    """
    steps = unroll.forward(cell, x, parameters, initial, interventions, further)
    gradients = unroll.backward(cell, steps, da, interventions=interventions).gradients
    point = {"x": x, **{f"{s}0": initial[s] for s in cell.states}}
    point |= {name: parameters[name] for name in cell.parameters}
    names = ["x", *(f"{s}0" for s in cell.states), *cell.learned]
    loss = partial(_loss, cell, da, interventions, further or {})
    return tuple(
        TensorCheck(name, gradients[f"d{name}"], _measure(loss, point, name)) for name in names
    )


def _measure(loss: Loss, point: Mapping[str, Array], name: str) -> Array:
    """The gradient of the loss with respect to ``point[name]`` by central differences."""
    tensor = point[name]
    chunk = max(1, _BATCH_ENTRIES // tensor.size)
    slopes = [
        _slopes(loss, point, name, np.arange(start, min(start + chunk, tensor.size)))
        for start in range(0, tensor.size, chunk)
    ]
    return np.concatenate(slopes).reshape(tensor.shape)


def _slopes(
    loss: Loss, point: Mapping[str, Array], name: str, entries: npt.NDArray[np.intp]
) -> Array:
    """Slope of the loss along each of ``entries`` (flat indices) of the tensor ``name``."""
    tensor = point[name]
    moves = np.zeros((entries.size, tensor.size))
    moves[np.arange(entries.size), entries] = STEP
    moves = moves.reshape(entries.size, *tensor.shape)
    above = loss({**point, name: tensor + moves})
    below = loss({**point, name: tensor - moves})
    return np.broadcast_to((above - below) / (2 * STEP), entries.shape)


def _loss(
    cell: Cell,
    da: Array,
    interventions: Sequence[Intervention],
    further: Mapping[str, Array],
    point: Mapping[str, Array],
) -> Array:
    """sum(a * da) over rows, examples and steps, for each copy in front of the rows."""
    table = cell.recurrence  # the prediction takes no part in this loss
    states = {state: point[f"{state}0"] for state in cell.states}
    loss = np.zeros(())
    for t in range(da.shape[-1]):
        given = {f"{state}_prev": states[state] for state in cell.states}
        given["xt"] = point["x"][..., t]
        given |= {name: array[..., t] for name, array in further.items()}
        values = run(table, {**point, **given}, forward_overrides(interventions, t))
        states = {state: values[f"{state}_next"] for state in cell.states}
        loss = loss + (values["a_next"] * da[..., t]).sum(axis=(-2, -1))
    return loss
