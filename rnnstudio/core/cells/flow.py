"""How much of a gradient reaches each earlier step, and by which factors.

The loss is one direction of the last hidden state, so the gradient at the last step has length 1.
From step t to step t - 1 it is multiplied by the transposed Jacobian of the step: for the RNN
Waa.T diag(1 - a_next ** 2) (section 2.1.3 of the paper); for the LSTM the memory alone is
multiplied by f_t, for the GRU the hidden state alone by z_t, and the gates' own paths are added.
Everything is read off the backward tables: no formula is written here a second time.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.chaos import NUDGE, same
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.lstm import LSTM
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.table import Cell, Values, needed_for, run

_CANDIDATES = range(1, 201)


@dataclass(frozen=True)
class FlowSpec:
    """What is compared.

    ``weight_scale`` multiplies the recurrent matrices, which are orthogonal: 1 turns a state and
    changes no length. ``forget_bias`` is that of the gate which keeps (f of the LSTM, z of the
    GRU). ``input_scale`` is the standard deviation of the input. ``matched``: every cell gets as
    many units as make its parameters nearly as many as the LSTM's of ``units`` units. Raises
    UserError when units or steps are out of a scene's bounds.
    """

    units: int = 8
    steps: int = 50
    weight_scale: float = 1.0
    forget_bias: float = 1.0
    input_scale: float = 1.0
    matched: bool = False
    seed: int = 1

    def __post_init__(self) -> None:
        Sizes(n_a=self.units, T_x=self.steps)


REMEMBERING = FlowSpec(forget_bias=3.0, matched=True)
"""An LSTM that is made to remember, beside other cells with nearly as many parameters."""


@dataclass(frozen=True, eq=False)
class Flow:
    """One cell's gradient over the steps.

    ``norms`` (T_x,), the length of the gradient that reaches the states of each step; ``direct``
    (T_x, n_a), what multiplies a state's gradient entry by entry (1 - a ** 2, f or z); ``steps``
    the values of the forward pass, from which the Jacobians follow; ``count`` the cell's learned
    parameters. ``sure``: the lengths follow from the settings; in a chaotic network, such as an RNN
    with large weights, the last digits decide, which processors round differently.
    """

    cell: Cell
    units: int
    count: int
    norms: Array
    direct: Array
    steps: Sequence[Values]
    sure: bool = True

    def jacobian(self, t: int) -> Array:
        """(s, s), transposed, of step ``t`` from 0, where s counts all states' entries."""
        return _jacobian(self.cell, self.steps[t])

    @cached_property
    def factors(self) -> Array:
        """(T_x - 1,), the ratio of the gradient's length at a step to that at the step after."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.norms[:-1] / self.norms[1:])

    @cached_property
    def direct_product(self) -> Array:
        """(T_x, n_a), the product of ``direct`` over all later steps: 1 at the last one."""
        later = np.cumprod(self.direct[:0:-1], axis=0)[::-1]
        return np.vstack([later, np.ones_like(self.direct[:1])])

    def most(self, t: int) -> float:
        """By how much step ``t`` can stretch a gradient at most: its Jacobian's spectral norm."""
        return float(np.linalg.norm(self.jacobian(t), ord=2))


def flows(spec: FlowSpec) -> dict[str, Flow]:
    """The flow of every cell by its name."""
    sizes = matched_units(spec.units) if spec.matched else dict.fromkeys(CELLS, spec.units)
    return {name: flow_of(cell, spec, sizes[name]) for name, cell in CELLS.items()}


def flow_of(cell: Cell, spec: FlowSpec, units: int) -> Flow:
    """The flow of one cell with so many units and random weights; float64."""
    draw = np.random.default_rng(spec.seed)
    parameters = _parameters(cell, spec, units, draw)
    x = spec.input_scale * draw.standard_normal((1, 1, spec.steps))
    initial = {state: np.zeros((units, 1)) for state in cell.states}
    direction = draw.standard_normal((units, 1))
    direction /= np.linalg.norm(direction)
    flow = measure(cell, x, parameters, initial, direction)
    nudged = {name: (1 + NUDGE) * array for name, array in parameters.items()}
    other = measure(cell, x, nudged, initial, direction)
    return replace(flow, sure=bool(same(flow.norms, other.norms).all()))


def measure(
    cell: Cell,
    x: Array,
    parameters: Mapping[str, Array],
    initial: Mapping[str, Array],
    direction: Array,
) -> Flow:
    """The flow of ``direction`` (n_a, 1), the gradient of the last hidden state of one example."""
    steps = unroll.forward(cell, x, parameters, initial)
    da = np.zeros((*direction.shape, len(steps)))
    da[..., -1] = direction
    back = unroll.backward(cell, steps, da).steps
    norms = [float(np.linalg.norm(direction))]
    norms += [_length(cell, values) for values in reversed(back[1:])]
    return Flow(
        cell,
        len(direction),
        sum(parameters[name].size for name in cell.learned),
        np.array(norms[::-1]),
        np.stack([values[cell.path.factor][:, 0] for values in back]),
        steps,
    )


def matched_units(units: int, n_x: int = 1) -> dict[str, int]:
    """The units with which each cell has nearly as many parameters as the LSTM of ``units``."""
    wanted = LSTM.parameter_count(n_x, units)
    return {
        name: min(_CANDIDATES, key=lambda n: abs(cell.parameter_count(n_x, n) - wanted))
        for name, cell in CELLS.items()
    }


def _parameters(
    cell: Cell, spec: FlowSpec, units: int, draw: np.random.Generator
) -> dict[str, Array]:
    """Orthogonal recurrent matrices times the scale, normal input weights, the keeping bias."""
    parameters = {}
    for name, (rows, columns) in cell.parameter_shapes(1, units, 1).items():
        if name in cell.vectors:
            keeping = name == cell.path.bias
            parameters[name] = np.full((rows, columns), spec.forget_bias if keeping else 0.0)
        elif name in cell.recurrent:
            recurrent = np.linalg.qr(draw.standard_normal((units, units)))[0]
            beside = draw.standard_normal((units, columns - units))
            parameters[name] = np.hstack([spec.weight_scale * recurrent, beside])
        else:
            parameters[name] = draw.standard_normal((rows, columns))
    return parameters


def _length(cell: Cell, values: Values) -> float:
    """The length of the message of a step, over all states."""
    return float(np.linalg.norm([values[f"d{state}_prev"] for state in cell.states]))


def _jacobian(cell: Cell, values: Values) -> Array:
    """The transposed Jacobian of one step (s, s): the backward table run on every unit gradient."""
    units = len(values["a_prev"])
    identity = np.eye(len(cell.states) * units)
    arriving = {
        f"d{state}_next": part
        for state, part in zip(cell.states, np.split(identity, len(cell.states)), strict=True)
    }
    messages = needed_for(cell.backward, (f"d{state}_prev" for state in cell.states))
    result = run(messages, {**values, **arriving})
    return np.vstack([result[f"d{state}_prev"] for state in cell.states])
