"""Checkpoints of a training on names, from which any of its iterations is soon done again.

Weights have no unit.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rnnstudio.core.cells.functions import Array

SPACING_SECONDS = 0.4
"""Between two checkpoints; to do again what lies between takes about as long."""
CHECKPOINT_SHARE = 0.02
"""Of a training's time, that may go into its checkpoints."""
CHECKPOINT_BYTES = 20_000_000
"""All checkpoints of a training together; there are fewer of them where they would take more."""
_NEWEST = "now."

Arrays = Mapping[str, Array]
LearnerState = tuple[Arrays, Arrays]
"""``parameters`` and ``memory`` as in ``TrainedNames``."""


@dataclass(frozen=True, eq=False)
class NamesCheckpoint:
    """What a training needs to be continued to the last bit after ``step`` iterations.

    ``memory`` is that of ``TrainedNames``, with the newest weights as "now.Wax" and so on in either
    recipe. The weights of the lowest held-out loss are not among it: they change no iteration.
    """

    step: int
    memory: Arrays

    @classmethod
    def of(cls, step: int, snapshot: LearnerState) -> NamesCheckpoint:
        """The checkpoint of what ``Learner.snapshot`` gave after ``step`` iterations."""
        parameters, memory = snapshot
        newest = {f"{_NEWEST}{name}": part for name, part in parameters.items()}
        return cls(step, {**newest, **memory})

    @property
    def weights(self) -> dict[str, Array]:
        """The newest weights by the names and in the shapes of the cell's table, float64."""
        return {
            name.removeprefix(_NEWEST): part.astype(np.float64)
            for name, part in self.memory.items()
            if name.startswith(_NEWEST)
        }

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(part.nbytes for part in self.memory.values())

    @property
    def finite(self) -> bool:
        """Whether all numbers are."""
        return all(np.isfinite(part).all() for part in self.memory.values())


class CheckpointHistory:
    """The checkpoints of a training under way; when the next one is due follows from the clock.

    What is kept has no influence on the training's numbers.
    """

    def __init__(self, checkpoints: Sequence[NamesCheckpoint] = ()) -> None:
        self.checkpoints = tuple(checkpoints)
        self._due = time.perf_counter() + SPACING_SECONDS

    def take(self, step: int, snapshot: Callable[[], LearnerState]) -> None:
        """Keep a checkpoint after ``step`` iterations if one is due; others make space for it."""
        start = time.perf_counter()
        newest = self.checkpoints[-1].step if self.checkpoints else 0
        if start < self._due or step <= newest:
            return
        checkpoint = NamesCheckpoint.of(step, snapshot())
        most = CHECKPOINT_BYTES // checkpoint.size
        if most and checkpoint.finite:
            self.checkpoints = thinned((*self.checkpoints, checkpoint), most)
        now = time.perf_counter()
        wait = max(SPACING_SECONDS, (now - start) / CHECKPOINT_SHARE)
        self._due = now + wait if most else math.inf


def thinned(checkpoints: Sequence[NamesCheckpoint], most: int) -> tuple[NamesCheckpoint, ...]:
    """At most ``most`` of the checkpoints of a training that has come to the newest of them.

    The gaps stay about equal as the training grows: none becomes longer than 2 / (``most`` + 1) of
    it. The training's end is kept besides, so the newest goes unless the gap before it is as long
    as any other; then the one goes that leaves the shortest gap.
    """
    kept = list(checkpoints)
    while len(kept) > most:
        steps = [0, *(each.step for each in kept)]
        *gaps, newest = [after - before for before, after in pairwise(steps)]
        if newest < max(gaps):
            kept.pop()
        else:
            left = [after - before for before, after in zip(steps, steps[2:], strict=False)]
            del kept[left.index(min(left))]
    return tuple(kept)


def nearest(checkpoints: Sequence[NamesCheckpoint], step: int) -> NamesCheckpoint | None:
    """The newest checkpoint of at most ``step`` iterations; None where there is none."""
    return next((each for each in reversed(checkpoints) if each.step <= step), None)
