"""What the layers share: the span of steps of a batch, and sums of products over its steps.

Inside the engine everything is features first: an array over a sequence is (steps, features,
batch), so that a step, and within a step a gate, is one contiguous block.

Arrays are of the model's dtype, float32 or float64, and have no unit. Lengths are of any int dtype,
in steps; what counts is bool.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnstudio.core.engine.spec import FloatArray

IntArray = npt.NDArray[np.integer[Any]]
BoolArray = npt.NDArray[np.bool_]
Keep = Sequence[FloatArray | None]


@dataclass(frozen=True)
class BatchSize:
    """What the buffers are made for: at most ``steps`` steps of exactly ``batch`` examples."""

    steps: int
    batch: int
    dtype: str


@dataclass(frozen=True, eq=False)
class StepSpan:
    """The steps of one batch.

    ``steps`` are run; ``lengths`` (batch,) of them count for each example (None: all). ``keep`` is
    what ``cuts`` gives. ``masks`` draws the dropout masks; None leaves dropout off.
    """

    steps: int
    lengths: IntArray | None
    keep: Keep
    masks: np.random.Generator | None


def cuts(size: BatchSize, lengths: IntArray | None, truncate: int | None) -> Keep:
    """Where the gradient does not go back: chunks of ``truncate`` steps from each sequence's end.

    Entry t (batch,) is 0 where it is cut between step t and step t - 1 and 1 where it flows; None
    where it flows for every example.
    """
    if truncate is None:
        return [None] * (size.steps + 1)
    ends = np.full(size.batch, size.steps) if lengths is None else lengths
    flows = [(ends - t) % truncate != 0 for t in range(size.steps + 1)]
    return [None if flow.all() else flow.astype(size.dtype) for flow in flows]


def counted_steps(lengths: IntArray, steps: int) -> BoolArray:
    """Which of the ``steps`` count for each example: (steps, batch)."""
    counted: BoolArray = np.arange(steps)[:, np.newaxis] < lengths
    return counted


class SumOverSteps:
    """Sum over steps and batch of a @ b.T: the weight gradient of many steps in one product.

    Both factors are first laid side by side as (rows, steps * batch), in buffers kept for that.
    """

    def __init__(self, rows: int, columns: int, size: BatchSize) -> None:
        self._a = np.zeros(rows * size.steps * size.batch, size.dtype)
        self._b = np.zeros(columns * size.steps * size.batch, size.dtype)
        self._product = np.zeros((rows, columns), size.dtype)

    def add(self, a: FloatArray, b: FloatArray, out: FloatArray) -> None:
        """Add to ``out`` (rows, columns).

        ``a`` is (steps, rows, batch) and ``b`` (steps, columns, batch).
        """
        a_flat, b_flat = _side_by_side(a, self._a), _side_by_side(b, self._b)
        np.matmul(a_flat, b_flat.T, out=self._product)
        np.add(out, self._product, out=out)


def _side_by_side(array: FloatArray, buffer: FloatArray) -> FloatArray:
    steps, rows, batch = array.shape
    laid = buffer[: array.size]
    np.copyto(laid.reshape(rows, steps, batch), array.transpose(1, 0, 2))
    return laid.reshape(rows, steps * batch)
