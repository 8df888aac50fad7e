"""What the inspector looks at: a cell with all its numbers, and what follows from them.

A scene is the whole question (cell, input, parameters, held values, an injected fault), a trace the
whole answer. A trained model is put in by giving its arrays as parameters.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import ClassVar

import numpy as np

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.gradient_check import TensorCheck, check
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.table import Cell, Fault, Operation, Table, Values, row
from rnnstudio.core.cells.task import InputKind, Task
from rnnstudio.core.errors import UserError
from rnnstudio.core.limits import require_whole
from rnnstudio.core.messages import Message

MOST = {"n_x": 50, "n_a": 50, "n_y": 50, "m": 50, "T_x": 200}
"""The largest sizes that can still be looked at."""
LARGEST = {"n_x": 4_000_000, "n_a": 1024, "n_y": 4_000_000, "m": 50, "T_x": 200}
"""The largest sizes of a scene that is computed whole and shown in part."""
MEANINGS = {
    "n_x": Message("number of inputs"),
    "n_a": Message("number of hidden units"),
    "n_y": Message("number of outputs"),
    "m": Message("number of examples"),
    "T_x": Message("number of steps"),
}


@dataclass(frozen=True)
class Sizes:
    """The sizes of a scene; raises UserError when one is out of bounds."""

    most: ClassVar[Mapping[str, int]] = MOST
    n_x: int = 3
    n_a: int = 5
    n_y: int = 2
    m: int = 1
    T_x: int = 4

    def __post_init__(self) -> None:
        for name, most in self.most.items():
            called = Message("{meaning} ({name})", {"meaning": MEANINGS[name], "name": name})
            require_whole(called, getattr(self, name), most=most)


class LargeSizes(Sizes):
    """The sizes of a scene that is computed whole and shown in part."""

    most = LARGEST


@dataclass(frozen=True)
class Mark:
    """Entries whose figure is printed in the source document; None: all steps or columns."""

    name: str
    row: int
    column: int | None = None
    step: int | None = None


@dataclass(frozen=True)
class Unscaled:
    """What a scaled number means: ``offset + factor * number`` of ``name``.

    Where ``last`` is given that is a log return, and what is meant is the price after it.
    """

    name: str
    offset: float
    factor: float
    last: float | None = None

    def value(self, number: float) -> float:
        """The quantity that the scaled ``number`` stands for, in its own unit."""
        value = self.offset + self.factor * number
        return value if self.last is None else self.last * float(np.exp(value))


@dataclass(frozen=True, eq=False)
class Scene:
    """A cell and all that its numbers follow from.

    ``x`` (n_x, m, T_x); ``parameters`` under the paper's names; ``initial`` each state before the
    first step (n_a, m); ``da`` (n_a, m, T_x) the gradient from outside; ``last`` the messages that
    reach the last step from beyond it, zeros where not given. ``labels`` names the steps (letters,
    dates). ``origin`` says whose numbers these are where they were brought in from a network or a
    file. ``inputs`` and ``outputs`` name the rows of x and of the prediction (letters, columns),
    empty if they have no names; ``readings`` says what the rows of x mean and ``forecast`` what the
    last prediction means, where they are scaled. ``surprise``: which fault is injected is for the
    class to find. ``task`` is what the cell was trained to do with this input, if that has words.
    ``predictions`` says what each row of the prediction means at every step, where they are scaled.
    ``given`` (rows, m, T_x) has what the cell's tables read from outside besides the input.
    float64 throughout. Raises UserError when an array has the wrong shape or holds something that
    is not a finite number.
    """

    sized: ClassVar[type[Sizes]] = Sizes
    cell: Cell
    x: Array
    parameters: Mapping[str, Array]
    initial: Mapping[str, Array]
    da: Array
    last: Mapping[str, Array] = field(default_factory=dict)
    interventions: tuple[Intervention, ...] = ()
    fault: Fault | None = None
    surprise: bool = False
    marks: tuple[Mark, ...] = ()
    labels: tuple[str, ...] = ()
    origin: Message | str = ""
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    readings: tuple[Unscaled, ...] = ()
    forecast: Unscaled | None = None
    task: Task | None = None
    given: Mapping[str, Array] = field(default_factory=dict)
    predictions: tuple[Unscaled, ...] = ()

    def __post_init__(self) -> None:
        sizes = self.sizes
        state = (sizes.n_a, sizes.m)
        shapes = self.cell.parameter_shapes(sizes.n_x, sizes.n_a, sizes.n_y)
        shapes |= {f"{name}0": state for name in self.cell.states}
        arrays = {**self.parameters, **{f"{name}0": a for name, a in self.initial.items()}}
        for name, shape in shapes.items():
            _require(name, arrays.get(name), shape)
        _require("x", self.x, (sizes.n_x, sizes.m, sizes.T_x))
        _require("da", self.da, (sizes.n_a, sizes.m, sizes.T_x))
        for name in self.cell.outside:
            array = self.given.get(name)
            _require(name, array, (0 if array is None else len(array), sizes.m, sizes.T_x))
        rows = {"inputs": sizes.n_x, "readings": sizes.n_x}
        rows |= {"outputs": sizes.n_y, "predictions": sizes.n_y}
        for name, count in rows.items():
            if len(getattr(self, name)) not in (0, count):
                raise ValueError(f"{name} must be none or {count}")

    @cached_property
    def sizes(self) -> Sizes:
        """The scene's sizes, read off its arrays."""
        n_x, m, T_x = self.x.shape
        n_y = len(self.parameters[self.cell.output[0]])
        return self.sized(n_x, len(self.da), n_y, m, T_x)

    def array(self, name: str) -> Array:
        """An array the scene was built from.

        ``x`` (n_x, m, T_x), ``da`` (n_a, m, T_x), ``a0`` and ``c0`` (n_a, m), or a parameter in the
        shape that the cell says.
        """
        if name in ("x", "da"):
            return self.x if name == "x" else self.da
        if name.endswith("0"):
            return self.initial[name[:-1]]
        return self.parameters[name]

    def with_array(self, name: str, array: Array) -> Scene:
        """A copy with another array of the same name and shape; its marks go with its figures.

        Shapes as in ``array``. Raises UserError if it has another one or a number is not finite.
        """
        if name in ("x", "da"):
            changed = replace(self, x=array) if name == "x" else replace(self, da=array)
        elif name.endswith("0"):
            changed = replace(self, initial={**self.initial, name[:-1]: array})
        else:
            changed = replace(self, parameters={**self.parameters, name: array})
        return replace(changed, marks=())

    def with_entry(self, name: str, index: tuple[int, ...], value: float) -> Scene:
        """A copy with one number of ``array(name)`` changed."""
        array = self.array(name).copy()
        array[index] = value
        return self.with_array(name, array)

    def with_intervention(self, intervention: Intervention) -> Scene:
        """A copy that holds one more value fixed."""
        return replace(self, interventions=(*self.interventions, intervention), marks=())

    def with_fault(self, fault: Fault | None, *, surprise: bool = False) -> Scene:
        """A copy with that fault injected, or with none."""
        return replace(self, fault=fault, surprise=surprise)

    @property
    def title(self) -> Message | str:
        """The scene's name: its task's, or where it comes from; else the cell and its length."""
        if self.task is not None or self.origin:
            return self.origin if self.task is None else self.task.title
        cell, n = self.cell.label, self.sizes.T_x
        return Message.counted("{cell} over {n} step", "{cell} over {n} steps", n, cell=cell)

    @property
    def description(self) -> Message:
        """One line about the scene: what its task is, or its sizes."""
        if self.task is not None:
            return self.task.describe(self.cell.label, self.labels)
        sizes = self.sizes
        return Message(
            "{cell}: n_x = {n_x}, n_a = {n_a}, n_y = {n_y}, m = {m}, T_x = {T_x}.",
            {"cell": self.cell.label, **{name: getattr(sizes, name) for name in MOST}},
        )

    def one_hot_row(self, step: int, example: int = 0) -> int | None:
        """The row of the input that is 1 where all others are 0; None if the input is not so."""
        column = self.x[:, example, step]
        alone = len(column) > 1 and np.count_nonzero(column) == 1 and column.max() == 1
        return int(column.argmax()) if alone else None

    def input_kind(self, step: int, example: int = 0) -> InputKind | None:
        """What the input of a step is to the task, by its numbers; None where nothing is said."""
        row = self.one_hot_row(step, example)
        if self.task is None or row is None:
            return None
        return self.task.kinds.get(self.inputs[row])

    def row_names(self, name: str) -> tuple[str, ...]:
        """What the rows of the value or array ``name`` are called; empty if they are numbers."""
        if name in ("x", "xt", "dx", "dxt"):
            return self.inputs
        return self.outputs if name in (self.cell.predicted.name, *self.cell.output) else ()

    def reading(self, name: str, row: int, step: int) -> Unscaled | None:
        """What a number of the value ``name`` means at that step, where it is known."""
        if name in ("x", "xt") and self.readings:
            return self.readings[row]
        if name == self.cell.predicted.name and self.predictions:
            return self.predictions[row]
        last = name == self.cell.predicted.name and step == self.x.shape[-1] - 1
        return self.forecast if last else None

    @property
    def array_names(self) -> tuple[str, ...]:
        """What ``array`` takes, in the order of reading."""
        return ("x", *(f"{state}0" for state in self.cell.states), *self.parameters, "da")

    def same_numbers(self, other: Scene) -> bool:
        """Whether all arrays that the two were built from are equal."""
        return self.array_names == other.array_names and all(
            np.array_equal(self.array(name), other.array(name)) for name in self.array_names
        )

    def with_numbers_of(self, other: Scene) -> Scene:
        """A copy with the arrays of ``other``, a scene of the same cell; holds and fault stay."""
        return replace(
            other,
            interventions=self.interventions,
            fault=self.fault,
            surprise=self.surprise,
            marks=other.marks if self.interventions == other.interventions else (),
        )


class LargeScene(Scene):
    """A scene that is computed whole and is too large to be looked at but in part."""

    sized = LargeSizes


@dataclass(frozen=True, eq=False)
class Trace:
    """Every value of every step of a scene, both ways.

    ``cell`` is the scene's with its fault injected: the one whose rows computed the values. The
    backward pass is computed when it is first asked for.
    """

    scene: Scene
    cell: Cell
    forward: list[Values]

    @cached_property
    def _back(self) -> unroll.Backward:
        scene = self.scene
        with np.errstate(over="ignore", invalid="ignore"):
            return unroll.backward(
                self.cell, self.forward, scene.da, scene.last, scene.interventions
            )

    @property
    def backward(self) -> list[Values]:
        """Every value of the backward pass, a dictionary a step, in forward order."""
        return self._back.steps

    @property
    def gradients(self) -> Values:
        """What the gradients of the steps add up to, as in ``unroll.Backward``."""
        return self._back.gradients

    @cached_property
    def loss(self) -> float:
        """sum(a * da), the loss whose gradients these are."""
        a = unroll.sequence(self.forward, f"{self.cell.states[0]}_next")
        with np.errstate(over="ignore", invalid="ignore"):
            return float((a * self.scene.da).sum())

    def values(self, step: int, *, backward: bool) -> Values:
        """All named values of one step; those of the backward pass include the forward ones."""
        return self.backward[step] if backward else self.forward[step]

    def operands(self, operation: Operation, step: int, *, backward: bool) -> Values:
        """The values as the row ``operation`` found them: a running sum still lacks this step."""
        values, name = self.values(step, backward=backward), operation.name
        if name not in operation.inputs:
            return values
        after = step + 1
        before = (
            self.backward[after][name]
            if after < len(self.backward)
            else np.zeros_like(values[name])
        )
        return {**values, name: before}


def trace(scene: Scene) -> Trace:
    """Run the scene forward, and backward when that is asked for."""
    cell = _with_fault(scene)
    steps = unroll.forward(
        cell, scene.x, scene.parameters, scene.initial, scene.interventions, scene.given
    )
    return Trace(scene, cell, steps)


def check_scene(scene: Scene) -> tuple[TensorCheck, ...]:
    """The gradient check of the scene, with its held values and its injected fault.

    Messages from beyond the last step are left out: they belong to a loss that is not here.
    """
    cell = _with_fault(scene)
    return check(
        cell,
        scene.x,
        scene.parameters,
        scene.initial,
        scene.da,
        scene.interventions,
        scene.given,
    )


def _require(name: str, array: Array | None, shape: tuple[int, ...]) -> None:
    if array is None:
        raise UserError(
            "{name} is missing; it must be an array of shape {shape}.", name=name, shape=shape
        )
    if array.shape != shape:
        raise UserError(
            "{name} has the shape {found}; here it must be {shape}.",
            name=name,
            found=array.shape,
            shape=shape,
        )
    if not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise UserError(
            "{name} holds {value} at {place}; it must be a finite number.",
            name=name,
            value=array[where],
            place=where,
        )


def _with_fault(scene: Scene) -> Cell:
    """The scene's cell with its fault, if it has one, in the backward pass."""
    cell, fault = scene.cell, scene.fault
    if fault is None:
        return cell

    def injected(table: Table) -> Table:
        return tuple(
            row(fault.name, fault.formula, operation.meaning, operation.box)
            if operation.name == fault.name
            else operation
            for operation in table
        )

    return replace(cell, backward=injected(cell.backward), sums=injected(cell.sums))
