"""Which one operation of the backward pass, wrong in whatever way, accounts for all that is wrong.

The backward pass is linear in its gradients. So what any error of an operation at a step does to
the given numbers is a matrix times that error, and least squares say whether errors of that
operation alone, whatever they are, could have led to the numbers.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rnnstudio.core.cells.diagnosis.given import Compared
from rnnstudio.core.cells.diagnosis.mistake import Pass, disturbed
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.scene import Scene

MOST_UNKNOWNS = 2_000
MOST_NUMBERS = 20_000
"""Larger systems are not solved."""


class Attribution:
    """Asks of one operation after the other whether it could be the only one that is wrong.

    ``share`` is the share of the deviation that its errors have to account for, 0 to 1.
    """

    def __init__(self, scene: Scene, right: Pass, some: Sequence[Compared], share: float) -> None:
        self._scene, self._right, self._share = scene, right, share
        self._some = [each for each in some if each.place.way == "backward"]
        self._sizes = [_size(each.value(right)) for each in self._some]
        parts = [
            (each.given.array - each.value(right)).ravel() / size
            for each, size in zip(self._some, self._sizes, strict=True)
        ]
        self._deviation = np.concatenate(parts) if parts else np.zeros(0)

    def begins_at(self, name: str) -> int | None:
        """The latest step, as the pass computes, from which on the row alone could be wrong.

        None if it could not be, or there are too many numbers to say.
        """
        steps = range(len(self._right.backward))
        unknowns = self._right.backward[0][name].size * len(steps)
        if unknowns > MOST_UNKNOWNS or self._deviation.size > MOST_NUMBERS:
            return None
        effects = [self._effect(name, step) for step in steps]
        found = None
        for last in reversed(steps):
            # From step ``last`` on means: at it and at those that are computed after it.
            if self._accounts(np.concatenate(effects[: last + 1])) < self._share:
                break
            found = last
        return found

    def _effect(self, name: str, step: int) -> Array:
        """What each error of one at that step does to the given numbers, (errors, numbers)."""
        shape = self._right.backward[step][name].shape
        errors = np.eye(int(np.prod(shape))).reshape(-1, *shape)
        computed = disturbed(self._scene, self._right, name, step, errors)
        parts = [
            (each.stacked(computed, len(errors)) - each.value(self._right)).reshape(len(errors), -1)
            / size
            for each, size in zip(self._some, self._sizes, strict=True)
        ]
        return np.concatenate(parts, axis=1)

    def _accounts(self, effects: Array) -> float:
        """The share of the deviation that the best errors account for."""
        best, *_ = np.linalg.lstsq(effects.T, self._deviation, rcond=None)
        rest = np.linalg.norm(effects.T @ best - self._deviation)
        return 1 - float(rest / np.linalg.norm(self._deviation))


def _size(array: Array) -> float:
    return float(np.sqrt(np.mean(np.square(array)))) or 1.0
