"""A cell over a whole sequence, forward and backward, keeping every named value of every step.

Arrays are float64 or float32, in which the results are too, and have no unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.intervention import Intervention, backward_overrides, forward_overrides
from rnnstudio.core.cells.table import Cell, Values, run


def forward(
    cell: Cell,
    x: Array,
    parameters: Mapping[str, Array],
    initial: Mapping[str, Array],
    interventions: Sequence[Intervention] = (),
    further: Mapping[str, Array] | None = None,
) -> list[Values]:
    """Every value of every step.

    Parameters
    ----------
    cell
        The cell whose forward table is run.
    x
        (n_x, m, T_x), the input.
    parameters
        The cell's parameters under the paper's names.
    initial
        Each state before the first step, (n_a, m), by the state's name.
    interventions
        Values that are held fixed.
    further
        What each step reads besides the input, (rows, m, T_x) each, by its name.

    Returns
    -------
    list
        One dictionary a step, of T_x.
    """
    states = dict(initial)
    steps = []
    for t in range(x.shape[-1]):
        given = {f"{state}_prev": states[state] for state in cell.states}
        given["xt"] = x[..., t]
        given |= {name: array[..., t] for name, array in (further or {}).items()}
        values = run(cell.forward, {**parameters, **given}, forward_overrides(interventions, t))
        states = {state: values[f"{state}_next"] for state in cell.states}
        steps.append(values)
    return steps


@dataclass(frozen=True, eq=False)
class Backward:
    """The backward pass: every value of every step (in forward order), and what they add up to.

    ``gradients`` has dx (n_x, m, T_x), d and the name of each state and 0 (da0, dc0), and d and the
    name of each learned parameter: its sum over the steps.
    """

    steps: list[Values]
    gradients: Values


def backward(
    cell: Cell,
    steps: Sequence[Values],
    da: Array,
    last: Mapping[str, Array] | None = None,
    interventions: Sequence[Intervention] = (),
) -> Backward:
    """Backpropagation through time.

    Parameters
    ----------
    cell
        The cell whose backward table is run.
    steps
        What ``forward`` gave.
    da
        (n_a, m, T_x), the gradient that reaches the hidden state of each step from outside.
    last
        The message that reaches each state of the last step from beyond it; zeros if not given.
    interventions
        The values that were held fixed in the forward pass: no gradient goes through them.
    """
    messages = {state: np.zeros_like(da[..., 0]) for state in cell.states} | dict(last or {})
    sums = {f"d{name}_sum": np.zeros_like(steps[0][name]) for name in cell.learned}
    results: list[Values] = []
    for t in reversed(range(len(steps))):
        overrides = backward_overrides(cell, interventions, t)
        arriving = {f"d{state}_next": message for state, message in messages.items()}
        arriving["da_next"] = da[..., t] + messages["a"]
        for name in arriving.keys() & overrides.keys():
            arriving[name] = overrides[name](arriving[name])
        values = run(cell.backward, {**steps[t], **arriving, **sums}, overrides)
        values = run(cell.sums, values)
        messages = {state: values[f"d{state}_prev"] for state in cell.states}
        sums = {name: values[name] for name in sums}
        results.append(values)
    results.reverse()
    return Backward(results, _gradients(cell, results))


def _gradients(cell: Cell, steps: Sequence[Values]) -> Values:
    gradients = {"dx": sequence(steps, "dxt")}
    for state in cell.states:
        gradients[f"d{state}0"] = steps[0][f"d{state}_prev"]
    for name in cell.learned:
        gradients[f"d{name}"] = steps[0][f"d{name}_sum"]
    return gradients


def sequence(steps: Sequence[Values], name: str) -> Array:
    """The value ``name`` of all steps: (rows, m, T_x)."""
    return np.stack([values[name] for values in steps], axis=-1)
