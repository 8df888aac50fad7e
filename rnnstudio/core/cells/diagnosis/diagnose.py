"""Names the first operation that goes wrong in somebody's numbers, and what explains them.

Mistakes are found by computing them: each known one is put into the cell's tables or into the
unrolling, the scene is run, and what comes out is held beside the given numbers.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from rnnstudio.core.cells.diagnosis.attribution import Attribution
from rnnstudio.core.cells.diagnosis.given import Compared, Given, compared, wrong_shape
from rnnstudio.core.cells.diagnosis.mistake import Mistake, Pass, WrongRows, compute
from rnnstudio.core.cells.diagnosis.mistakes import mistakes_of
from rnnstudio.core.cells.diagnosis.reach import Reach, ValueAt, nodes
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.errors import UserError
from rnnstudio.core.training import stop_point

ENOUGH = 0.98
"""A mistake explains numbers if at least this share of their deviation goes with it."""
ALIKE = 1e-3
"""Two mistakes whose shares differ by less cannot be told apart by these numbers."""


@dataclass(frozen=True)
class FoundMistake:
    """A known mistake, the share of the deviation that goes with it, and where it begins.

    ``first`` is the first value that it changes, ``variant`` the way in which it was made.
    """

    mistake: Mistake
    explains: float
    first: ValueAt
    variant: WrongRows


@dataclass(frozen=True)
class Deviation:
    """One of the given arrays beside what is right: whether it is wrong, and by how much at most.

    ``given`` and ``right`` are the two numbers that are furthest apart; NaN where the shapes are
    not the same.
    """

    label: str
    is_wrong: bool
    given: float
    right: float


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """What is wrong with somebody's numbers for a scene.

    ``first_wrong`` is the first operation that goes wrong; None if all numbers are right.
    ``explanations`` are the known mistakes that explain them, the best first, which these numbers
    do not tell apart; empty if none does. ``best`` is the best share that any mistake came to, 0
    to 1. ``deviations`` are of all that was compared, in the order in which it was given.
    """

    first_wrong: ValueAt | None
    explanations: tuple[FoundMistake, ...]
    best: float
    deviations: tuple[Deviation, ...]

    @property
    def explanation(self) -> FoundMistake | None:
        """The best explanation; None if there is none."""
        return self.explanations[0] if self.explanations else None

    @property
    def wrong(self) -> tuple[str, ...]:
        """The labels of the arrays that are wrong."""
        return tuple(each.label for each in self.deviations if each.is_wrong)

    @property
    def right(self) -> tuple[str, ...]:
        """The labels of the arrays that are right."""
        return tuple(each.label for each in self.deviations if not each.is_wrong)


def diagnose(scene: Scene, numbers: Sequence[Given]) -> Diagnosis:
    """Hold ``numbers`` beside the scene and beside every known mistake in it.

    Raises UserError as ``compared`` does, where nothing is left to be compared, and where a shape
    is neither right nor that of a known mistake.
    """
    right = compute(scene)
    found = [compared(scene, right, given) for given in numbers]
    some = [each for each in found if each is not None]
    if not some:
        raise UserError(
            "There is nothing to compare: these are only the scene's own inputs. Give values or "
            "gradients that were computed from them."
        )
    wrong = [each for each in some if _is_wrong(each, right).any()]
    deviations = tuple(_deviation(each, right, is_wrong=each in wrong) for each in some)
    if not wrong:
        return Diagnosis(None, (), 0.0, deviations)
    where = _WrongNumbers(scene, right, some)
    explanations, best = _explanations(where)
    if explanations:
        return Diagnosis(explanations[0].first, explanations, best, deviations)
    for each in wrong:
        if each.given.array.shape != each.value(right).shape:
            raise wrong_shape(each, right)
    return Diagnosis(where.located(), (), best, deviations)


def fits(scene: Scene, numbers: Sequence[Given]) -> bool:
    """Whether the numbers are those of that scene, all of them right."""
    try:
        return diagnose(scene, numbers).first_wrong is None
    except UserError:
        return False


def _is_wrong(each: Compared, computed: Pass) -> npt.NDArray[np.bool_]:
    """Which of the given numbers are not the computed ones; all where the shape is another."""
    value, array = each.value(computed), each.given.array
    if value.shape != array.shape:
        return np.ones(array.shape, bool)
    tolerance = max(each.given.tolerance, 1e-10 * _size(value))
    return np.asarray(np.abs(array - value) > tolerance)


def _deviation(each: Compared, right: Pass, *, is_wrong: bool) -> Deviation:
    """The array beside what is right, at the number that is furthest off."""
    value, array, label = each.value(right), each.given.array, each.given.label
    if value.shape != array.shape or not array.size:
        return Deviation(label, is_wrong, math.nan, math.nan)
    place = np.unravel_index(int(np.argmax(np.abs(array - value))), array.shape)
    return Deviation(label, is_wrong, float(array[place]), float(value[place]))


class _WrongNumbers:
    """Which of the given numbers are wrong, and what could make just them wrong."""

    def __init__(self, scene: Scene, right: Pass, some: Sequence[Compared]) -> None:
        self.scene, self.right, self.some = scene, right, some
        self._wrong: set[ValueAt] = set()
        seen: set[ValueAt] = set()
        for each in some:
            bad = _is_wrong(each, right)
            for step in np.unique(each.steps):
                node = ValueAt(each.place.way, int(step), each.place.name)
                seen.add(node)
                if bad.shape != each.steps.shape or bad[each.steps == step].any():
                    self._wrong.add(node)
        self._reach = Reach(scene.cell, scene.x.shape[-1], seen)
        self._needed = self._reach.bits(self._wrong)
        self._of_rows = self._reach.of_rows()
        self._beginnings: dict[str, int | None] = {}

    def could_come_from(self, variant: WrongRows) -> bool:
        """Whether the rows that the variant changes reach all that is wrong."""
        reached = 0
        for name in variant.rows:
            reached |= self._of_rows[name]
        return variant.cache != 0 or reached & self._needed == self._needed

    def located(self) -> ValueAt:
        """The operation whose going wrong would change just those numbers that are wrong.

        That is the one which reaches all of them and the fewest others, and whose errors alone
        could have led to them if that can be said; of several the one that was given itself, in
        the backward pass if there is a choice, one of the cell's tables, and the first one
        computed.
        """
        states = self.scene.cell.states
        handed_on = {"xt", *(f"{s}_prev" for s in states), *(f"d{s}_next" for s in states)}
        candidates = [
            (
                reached.bit_count(),
                node not in self._wrong or node.name.endswith("_sum"),
                node.name in handed_on,
                node.way == "forward",
                place,
            )
            for place, (node, reached) in enumerate(self._reach.from_step_on())
            if reached & self._needed == self._needed
        ]
        likely = [self._reach.order[each[-1]] for each in sorted(candidates)]
        return next(filter(self._could_begin, likely), likely[0])

    @cached_property
    def _attribution(self) -> Attribution | None:
        """None where the forward pass is wrong already."""
        if any(node.way == "forward" for node in self._wrong):
            return None
        return Attribution(self.scene, self.right, self.some, ENOUGH)

    def _could_begin(self, node: ValueAt) -> bool:
        """Whether errors of that row alone, from that step on, account for all that is wrong."""
        if self._attribution is None or node.way == "forward":
            return False
        if node.name not in self._beginnings:
            self._beginnings[node.name] = self._attribution.begins_at(node.name)
        begins = self._beginnings[node.name]
        return begins is not None and begins <= node.step


def _explanations(where: _WrongNumbers) -> tuple[tuple[FoundMistake, ...], float]:
    """The mistakes that explain the numbers, the best first, and the best share of all."""
    scene, right, some = where.scene, where.right, where.some
    deviation = _distance(some, right, right)
    found = []
    for mistake in mistakes_of(scene.cell):
        for variant in filter(where.could_come_from, mistake.variants):
            stop_point()
            found.append((_share(scene, right, some, variant, deviation), mistake, variant))
    most = max((share for share, _, _ in found), default=0.0)
    found.sort(key=lambda each: -each[0])
    good: dict[str, FoundMistake] = {}
    for share, mistake, variant in found:
        if share >= max(ENOUGH, most - ALIKE) and mistake.key not in good:
            first = _first_changed(scene, right, compute(scene, variant))
            good[mistake.key] = FoundMistake(mistake, share, first, variant)
    return tuple(good.values()), most


def _share(
    scene: Scene, right: Pass, some: Sequence[Compared], variant: WrongRows, deviation: float
) -> float:
    """The share of the deviation that goes with this variant of a mistake, 0 to 1."""
    try:
        distance = _distance(some, compute(scene, variant, right), right)
    except ValueError:  # arrays that do not fit: nobody got numbers out of that
        return 0.0
    return max(0.0, 1 - distance / deviation) if math.isfinite(distance) else 0.0


def _distance(some: Sequence[Compared], computed: Pass, right: Pass) -> float:
    """How far the given numbers are from the computed ones; each array counts by its own size."""
    squares = []
    for each in some:
        value, array = each.value(computed), each.given.array
        size = _size(each.value(right)) or _size(array) or 1.0
        if value.shape != array.shape:
            squares.append((1 + _size(array) / size) ** 2)
        else:
            squares.append(float(np.mean(((array - value) / size) ** 2)) if array.size else 0.0)
    return math.sqrt(sum(squares))


def _size(array: Array) -> float:
    """The root of the mean square."""
    return float(np.sqrt(np.mean(np.square(array)))) if array.size else 0.0


def _first_changed(scene: Scene, right: Pass, computed: Pass) -> ValueAt:
    """The first value, in the order of computing, that is not the right one."""
    return next(
        node
        for node, _ in nodes(scene.cell, scene.x.shape[-1])
        if not _alike(
            right.steps(node.way)[node.step][node.name],
            computed.steps(node.way)[node.step][node.name],
        )
    )


def _alike(one: Array, other: Array) -> bool:
    return one.shape == other.shape and np.allclose(one, other, rtol=1e-9, atol=1e-12)
