"""A loss curve that grows by a few hundred points a frame, to a million and more; knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnstudio.core.training import LossPoint

Array = npt.NDArray[np.floating[Any]]
MOST_BLOCKS = 2_000
"""Blocks of raw losses to draw: more than a chart has pixels could not be told apart."""
MOST_SMOOTHED = 500
"""Points of the smoothed curve to draw: it bends so little that more would look the same."""


class _Store:
    """Room for points, of which ``used`` are taken; shared by a curve and those grown from it."""

    def __init__(self, capacity: int) -> None:
        self.values = np.empty((2, capacity))
        self.used = 0


@dataclass(frozen=True, eq=False)
class Curve:
    """Raw and smoothed losses of the iterations 0 to ``size`` - 1.

    A value: growing it gives a new curve and leaves this one as it is, though both share the room.
    """

    size: int = 0
    _store: _Store = field(default_factory=lambda: _Store(1024))

    @property
    def losses(self) -> Array:
        """Raw losses (size,)."""
        return self._store.values[0, : self.size]

    @property
    def smoothed(self) -> Array:
        """Smoothed losses (size,)."""
        return self._store.values[1, : self.size]

    def grown(self, points: Sequence[LossPoint]) -> Curve:
        """This curve with ``points`` after its last one."""
        size = self.size + len(points)
        store = self._store
        if store.used != self.size or store.values.shape[1] < size:
            # Another curve took the room behind this one, or there is none left.
            store = _Store(2 * size)
            store.values[:, : self.size] = self._store.values[:, : self.size]
        for row, column in enumerate(("loss", "smoothed")):
            store.values[row, self.size : size] = [getattr(point, column) for point in points]
        store.used = size
        return Curve(size, store)

    def drawn_losses(self) -> tuple[Array, Array]:
        """Iterations and raw losses to draw: the lowest and highest of each block."""
        block = self._block(MOST_BLOCKS)
        blocks = _whole_blocks(self.losses, block)
        ends = np.column_stack([blocks.min(axis=1), blocks.max(axis=1)]) if block > 1 else blocks
        rest = self.losses[blocks.size :]
        return self._iterations(ends, block, len(rest)), np.concatenate([ends.reshape(-1), rest])

    def drawn_smoothed(self) -> tuple[Array, Array]:
        """Iterations and smoothed losses to draw: the first of each block, and the newest."""
        steps = np.arange(0, self.size, self._block(MOST_SMOOTHED))
        if self.size:
            steps = np.append(steps, self.size - 1)
        return steps.astype(np.float64), self.smoothed[steps]

    def _iterations(self, ends: Array, block: int, rest: int) -> Array:
        starts = np.repeat(np.arange(len(ends)) * float(block), ends.shape[1])
        return np.concatenate([starts, np.arange(self.size - rest, self.size, dtype=np.float64)])

    def _block(self, most: int) -> int:
        """Points a block: a power of two, so that blocks keep their places as the curve grows."""
        return 1 << max(0, (self.size - 1) // most).bit_length()


def _whole_blocks(values: Array, block: int) -> Array:
    count = len(values) // block
    return values[: count * block].reshape(count, block)
