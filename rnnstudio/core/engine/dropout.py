"""Inverted dropout: in training a fraction of the inputs is zero and the others are scaled up.

Arrays are of the model's dtype, float32 or float64, and have no unit.
"""

from __future__ import annotations

import numpy as np

from rnnstudio.core.engine.spec import FloatArray
from rnnstudio.core.engine.steps import BatchSize, StepSpan

CHANCES = 2**16
"""The rate is rounded to this many parts, so that one draw of 64 random bits serves four inputs."""


class DropoutLayer:
    """Draws a new mask at every forward pass whose span has ``masks``."""

    def __init__(self, rate: float, n: int, size: BatchSize) -> None:
        shape = (size.steps, n, size.batch)
        self._dropped = round(rate * CHANCES)
        self._kept = np.zeros(shape, bool)
        self._mask = np.zeros(shape, size.dtype)
        self._y = np.zeros(shape, size.dtype)

    def forward(self, x: FloatArray, span: StepSpan) -> FloatArray:
        """``x`` (steps, n, batch) with a new mask applied."""
        if span.masks is None or self._dropped == 0:
            return x
        kept, mask = self._kept[: len(x)], self._mask[: len(x)]
        bits = span.masks.bit_generator.random_raw(-(-x.size // 4))
        drawn = bits.view(np.uint16)[: x.size].reshape(x.shape)
        np.greater_equal(drawn, self._dropped, out=kept)
        np.copyto(mask, kept)
        np.multiply(mask, CHANCES / (CHANCES - self._dropped), out=mask)
        return np.multiply(x, mask, out=self._y[: len(x)])

    def backward(self, d: FloatArray, span: StepSpan) -> FloatArray:
        """Gradient of the input: that of the output, ``d`` (steps, n, batch), masked in place."""
        if span.masks is None or self._dropped == 0:
            return d
        return np.multiply(d, self._mask[: len(d)], out=d)
