"""A loss curve that grows by a few hundred points a frame, to a million and more; knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from rnnstudio.core.training import LossPoint
from rnnstudio.ui.dinosaurs.append_only import Array, Columns

MOST_BLOCKS = 2_000
"""Blocks of raw losses to draw: more than a chart has pixels could not be distinguished."""
MOST_BAND = 120
"""Blocks of the band of most single losses, each of at least ``LEAST_BAND``."""
LEAST_BAND = 16
_MOST_SINGLE = (10, 90)
"""The percentiles of a block that most single losses lie between."""
MOST_SMOOTHED = 500
"""Points of the smoothed curve to draw: it bends so little that more would look the same."""


@dataclass(frozen=True, eq=False)
class Curve:
    """Raw and smoothed losses of the iterations 0 to ``size`` - 1.

    A value: growing it gives a new curve and leaves this one as it is, though both share memory.
    """

    _columns: Columns = field(default_factory=lambda: Columns(2))

    @classmethod
    def of(cls, losses: Array, smoothed: Array) -> Curve:
        """The curve of a training that was done before, (iterations,) each."""
        return cls(Columns(2).grown(np.stack([losses, smoothed])))

    @property
    def size(self) -> int:
        """How many iterations there are."""
        return self._columns.size

    @property
    def losses(self) -> Array:
        """Raw losses (size,)."""
        return np.asarray(self._columns.values[0])

    @property
    def smoothed(self) -> Array:
        """Smoothed losses (size,)."""
        return np.asarray(self._columns.values[1])

    def grown(self, points: Sequence[LossPoint]) -> Curve:
        """This curve with ``points`` after its last one."""
        if not points:
            return self
        pairs = [(point.loss, point.smoothed) for point in points]
        return Curve(self._columns.grown(np.array(pairs, np.float64).T))

    def drawn_losses(self) -> tuple[Array, Array]:
        """Iterations and raw losses to draw: the lowest and highest of each block."""
        return extremes(self.losses, MOST_BLOCKS)

    def drawn_smoothed(self) -> tuple[Array, Array]:
        """Iterations and smoothed losses to draw: the first of each block, and the newest."""
        return every_few(self.smoothed, MOST_SMOOTHED)

    def drawn_band(self) -> tuple[Array, Array, Array]:
        """The middles of blocks, and the losses that four of five in each lie between."""
        block = max(LEAST_BAND, _block(self.size, MOST_BAND))
        count = self.size // block
        if not count:
            return np.zeros(0), np.zeros(0), np.zeros(0)
        blocks = self.losses[: count * block].reshape(count, block)
        lower, upper = np.percentile(blocks, _MOST_SINGLE, axis=1)
        return (np.arange(count) + 0.5) * block, lower, upper


def extremes(values: Array, most: int) -> tuple[Array, Array]:
    """Places and values (size,) to draw: the lowest and highest of each of ``most`` blocks."""
    block = _block(len(values), most)
    count = len(values) // block
    blocks = values[: count * block].reshape(count, block)
    ends = np.column_stack([blocks.min(axis=1), blocks.max(axis=1)]) if block > 1 else blocks
    rest = values[blocks.size :]
    starts = np.repeat(np.arange(count) * float(block), ends.shape[1])
    last = np.arange(len(values) - len(rest), len(values), dtype=np.float64)
    return np.concatenate([starts, last]), np.concatenate([ends.reshape(-1), rest])


def every_few(values: Array, most: int) -> tuple[Array, Array]:
    """Places and values to draw: the first of each of ``most`` blocks, and the newest."""
    places = np.arange(0, len(values), _block(len(values), most))
    if len(values):
        places = np.append(places, len(values) - 1)
    return places.astype(np.float64), values[places]


def _block(size: int, most: int) -> int:
    """Values a block: a power of two, so that blocks keep their places as the curve grows."""
    return 1 << max(0, (size - 1) // most).bit_length()
