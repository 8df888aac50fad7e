"""A mistake in a cell's code: changed rows of its table or of the unrolling, and what they give.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.cells.table import Cell, Override, Table, Values, row, run
from rnnstudio.core.messages import Message

Way = Literal["forward", "backward"]


@dataclass(frozen=True)
class WrongRows:
    """One way of making a mistake: formulas of rows by their names.

    A row is one of the cell's tables or of ``arrivals``. A formula that reads its own row's name
    works on what the right row gave, except where the row is a running sum. ``cache`` is added to
    the step whose forward values the backward pass reads; the first step is after the last one, as
    Python counts.
    """

    rows: Mapping[str, str]
    cache: int = 0


@dataclass(frozen=True)
class Mistake:
    """A known mistake: ``key`` names it in results, ``meaning`` says what is wrong.

    Any of ``variants`` is this mistake.
    """

    key: str
    meaning: Message
    variants: tuple[WrongRows, ...]


@dataclass(frozen=True, eq=False)
class Pass:
    """Every value of every step, forward and backward; the backward ones include the forward ones.

    ``forward`` and ``backward`` hold one dictionary a step, of values (rows, m), in forward order.
    """

    forward: list[Values]
    backward: list[Values]

    def steps(self, way: Way) -> list[Values]:
        """The values of that pass."""
        return self.forward if way == "forward" else self.backward


RIGHT = WrongRows({})


def arrivals(cell: Cell) -> dict[Way, Table]:
    """What each step gets from its neighbours, as rows: the unrolling as a table.

    ``_here`` is what reaches this step from outside, ``_arrived`` the message of the step before it
    in the order of computing.
    """
    forward, backward = {"xt": "x_here"}, {}
    for state in cell.states:
        forward[f"{state}_prev"] = f"{state}_prev_arrived"
        backward[f"d{state}_next"] = f"d{state}_next_arrived"
    backward["da_next"] = "da_here + da_next_arrived"
    return {
        "forward": tuple(row(*each, "from outside or before") for each in forward.items()),
        "backward": tuple(row(*each, "from outside or after") for each in backward.items()),
    }


def compute(scene: Scene, variant: WrongRows = RIGHT, right: Pass | None = None) -> Pass:
    """Every value of the scene as that variant computes it; of ``RIGHT`` as ``scene.trace`` does.

    What ``right`` has, the pass without a mistake, is not computed again where the variant leaves
    it as it is.

    Formulas may read, besides what the right ones read: ``x_before``, ``da_before`` (one step
    earlier), ``a_prev_first`` and so on (the initial state), ``per_example`` (1 / m). Raises
    ValueError where arrays do not fit any more.
    """
    own = {row.name for row in (*arrivals(scene.cell)["forward"], *scene.cell.forward)}
    with np.errstate(all="ignore"):  # a wrong formula may run away
        if right is not None and own.isdisjoint(variant.rows):
            forward = right.forward
        else:
            forward = _forward(scene, variant)
        return Pass(forward, _backward(scene, variant, forward))


def disturbed(scene: Scene, right: Pass, name: str, step: int, errors: Array) -> Pass:
    """The pass where the right result of the backward row ``name`` at ``step`` is off by errors.

    ``errors`` (copies, rows, columns): a pass for each copy at once, in front of the rows. All else
    is computed as it should be.
    """
    overrides: dict[int, Mapping[str, Override]] = {step: {name: lambda value: value + errors}}
    return Pass(right.forward, _backward(scene, RIGHT, right.forward, overrides))


def _forward(scene: Scene, variant: WrongRows) -> list[Values]:
    cell = scene.cell
    table = _changed(arrivals(cell)["forward"] + cell.forward, variant)
    first = {f"{state}_prev_first": scene.initial[state] for state in cell.states}
    arriving = {f"{state}_prev_arrived": scene.initial[state] for state in cell.states}
    constant = {**scene.parameters, **first, "per_example": _per_example(scene)}
    steps = []
    for t in range(scene.x.shape[-1]):
        outside = {"x_here": scene.x[..., t], "x_before": scene.x[..., t - 1]}
        values = run(table, {**constant, **outside, **arriving})
        arriving = {f"{state}_prev_arrived": values[f"{state}_next"] for state in cell.states}
        steps.append(values)
    return steps


def _backward(
    scene: Scene,
    variant: WrongRows,
    forward: list[Values],
    overrides: Mapping[int, Mapping[str, Override]] = MappingProxyType({}),
) -> list[Values]:
    cell = scene.cell
    table = _changed(arrivals(cell)["backward"] + cell.backward, variant)
    sums = _changed(cell.sums, variant)
    nothing = np.zeros_like(scene.da[..., 0])
    arriving = {f"d{state}_next_arrived": scene.last.get(state, nothing) for state in cell.states}
    summed = {f"d{name}_sum": np.zeros_like(scene.parameters[name]) for name in cell.learned}
    results: list[Values] = []
    for t in reversed(range(len(forward))):
        outside = {"da_here": scene.da[..., t], "da_before": scene.da[..., t - 1]}
        read = forward[(t + variant.cache) % len(forward)]
        values = run(table + sums, {**read, **outside, **arriving, **summed}, overrides.get(t))
        arriving = {f"d{state}_next_arrived": values[f"d{state}_prev"] for state in cell.states}
        summed = {name: values[name] for name in summed}
        results.append(values)
    results.reverse()
    return results


def _changed(table: Table, variant: WrongRows) -> Table:
    rows = []
    for right in table:
        formula = variant.rows.get(right.name)
        changed = None if formula is None else row(right.name, formula, right.meaning)
        runs_on = right.name in right.inputs
        if changed is None or (right.name in changed.inputs and not runs_on):
            rows.append(right)
        if changed is not None:
            rows.append(changed)
    return tuple(rows)


def _per_example(scene: Scene) -> Array:
    return np.asarray(1 / scene.x.shape[1])
