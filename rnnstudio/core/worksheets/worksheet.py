"""A cell of one unit with small numbers, to be worked through by hand: what is given and asked.

Every sheet is another scene; its numbers have one decimal, and a pupil needs a calculator with
e^x. What is asked are values of the cell's own tables, so the key is what they compute.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.scene import Scene, Trace, trace
from rnnstudio.core.cells.symbols import Symbol
from rnnstudio.core.cells.table import Cell, Operation
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import NumberText, rounded

MOST_STEPS = 3
"""More do not fit on one page."""
MOST_SHEETS = 200
DECIMALS = 3
"""Of an answer; what is given has one."""
ARRIVES = "da_next"
"""What a step's backward pass begins with: da of the loss, and what the step after has sent."""
_LARGER = 3
"""A loss's gradient is so many times as large, else few digits of what follows would be left."""


@dataclass(frozen=True)
class AskedNumber:
    """A number to be worked out: the value ``name`` of ``step``, from 0, in a pass."""

    name: str
    step: int
    value: float
    direction: PassDirection


@dataclass(frozen=True, eq=False)
class Worksheet:
    """The sheet of ``seed``; its scene has one unit, one input and one example."""

    scene: Scene
    seed: int

    @cached_property
    def traced(self) -> Trace:
        """All values of the scene, both ways."""
        return trace(self.scene)

    @property
    def steps(self) -> int:
        """How many time steps there are."""
        return self.scene.sizes.T_x

    def table(self, direction: PassDirection) -> tuple[Operation, ...]:
        """The rows that are worked through; weights' gradients and the prediction are not."""
        cell = self.scene.cell
        if direction is PassDirection.FORWARD:
            return cell.recurrence
        weights = {f"d{name}" for name in cell.learned}
        return tuple(each for each in cell.backward if each.name not in {*weights, "dxt"})

    def meaning(self, name: str) -> Message | str:
        """What a value is, in words."""
        if name == ARRIVES:
            return Message("the loss's gradient and what the step after has sent, added up")
        cell = self.scene.cell
        rows = (*cell.forward, *cell.backward)
        return next(each.meaning for each in rows if each.name == name)

    def given_lines(self) -> Iterator[tuple[Symbol, NumberText]]:
        """What is given, a line each: how it is written, and its numbers with one decimal.

        Weights and biases, the states before the first step, the inputs, and da of the loss.
        """
        scene = self.scene
        for name in scene.cell.learned:
            yield symbol(name), _numbers(scene.parameters[name])
        for name in scene.cell.states:
            yield Symbol(name, sup="⟨0⟩"), _numbers(scene.initial[name])
        for name, array in (("xt", scene.x), (ARRIVES, scene.da)):
            for step in range(self.steps):
                yield replace(symbol(name), sup=f"⟨{step + 1}⟩"), _numbers(array[..., step])

    @property
    def asked(self) -> tuple[AskedNumber, ...]:
        """Every number to be worked out, in the order of working.

        What has two numbers at a step, as the LSTM's concat and its gradient, is on the way to
        others and is not asked for.
        """
        return (*self._passed(PassDirection.FORWARD), *self._passed(PassDirection.BACKWARD))

    def _passed(self, direction: PassDirection) -> Iterator[AskedNumber]:
        backward = direction is PassDirection.BACKWARD
        steps = range(self.steps)
        for step in reversed(steps) if backward else steps:
            values = self.traced.values(step, backward=backward)
            names = [*([ARRIVES] if backward else []), *(row.name for row in self.table(direction))]
            for name in names:
                if values[name].size == 1:
                    yield AskedNumber(name, step, float(values[name].item()), direction)


def worksheet(cell: Cell, steps: int, seed: int) -> Worksheet:
    """The sheet of ``seed`` for ``cell``.

    Raises UserError where so many steps do not fit on a page.
    """
    if not 1 <= steps <= MOST_STEPS:
        raise UserError(
            "A worksheet has 1 to {most} steps, so that it fits on one page; this one would have "
            "{steps}.",
            most=MOST_STEPS,
            steps=steps,
        )
    draw = np.random.default_rng([seed, steps])
    shapes = cell.parameter_shapes(1, 1, 1)
    parameters = {name: _small(draw, shape) for name, shape in shapes.items()}
    initial = {name: _small(draw, (1, 1)) for name in cell.states}
    x, da = _small(draw, (1, 1, steps)), _LARGER * _small(draw, (1, 1, steps))
    return Worksheet(Scene(cell, x, parameters, initial, np.round(da, 1)), seed)


def _numbers(array: Array) -> NumberText:
    texts = [rounded(float(number), 1) for number in array.ravel()]
    return texts[0] if len(texts) == 1 else NumberText(f"({'; '.join(texts)})")


def _small(draw: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Numbers of one decimal, at most 1 in size and never 0, in ``shape``."""
    tenths = draw.integers(1, 11, size=shape) * draw.choice([-1, 1], size=shape)
    return np.asarray(tenths / 10.0)
