"""Inverted dropout: while training a share of the inputs is zero and the others are scaled up."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.engine.spec import FloatArray
from rnnstudio.core.engine.steps import Size, Span


class DropoutLayer:
    """Draws its masks from ``generator``; without one nothing is dropped."""

    def __init__(
        self, rate: float, n: int, size: Size, generator: np.random.Generator | None
    ) -> None:
        shape = (size.steps, n, size.batch)
        self._rate, self._generator = rate, generator
        self._drawn = np.zeros(shape, size.dtype)
        self._kept = np.zeros(shape, bool)
        self._mask = np.zeros(shape, size.dtype)
        self._y = np.zeros(shape, size.dtype)
        self._active = False

    def forward(self, x: FloatArray, span: Span) -> FloatArray:  # noqa: ARG002 - a layer's signature
        """``x`` (steps, n, batch) with a new mask applied."""
        self._active = self._generator is not None and self._rate > 0
        if self._generator is None or not self._active:
            return x
        drawn, kept, mask = (a[: len(x)] for a in (self._drawn, self._kept, self._mask))
        self._generator.random(out=drawn, dtype=drawn.dtype)
        np.greater_equal(drawn, self._rate, out=kept)
        np.copyto(mask, kept)
        np.multiply(mask, 1 / (1 - self._rate), out=mask)
        return np.multiply(x, mask, out=self._y[: len(x)])

    def backward(self, d: FloatArray, span: Span) -> FloatArray:  # noqa: ARG002
        """Gradient of the input: that of the output, masked alike, in place."""
        return np.multiply(d, self._mask[: len(d)], out=d) if self._active else d
