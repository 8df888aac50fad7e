"""What the three recurrent layers share: taking input in, giving states out, taking gradient in.

Arrays are of the model's dtype, float32 or float64, and have no unit.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from rnnstudio.core.engine.parameters import LayerParameters
from rnnstudio.core.engine.spec import FloatArray, Recurrent
from rnnstudio.core.engine.steps import BatchSize, Keep, StepSpan

Incoming = list[FloatArray | None]

CHUNK = 2**15
"""Numbers of one row in the steps that go back together: few enough to stay in the cache."""


class RecurrentLayer(ABC):
    """A layer over a sequence, with all its buffers for one batch size.

    ``layer`` has u units over n inputs; ``needs_dx``: the gradient of the input is wanted. A
    subclass makes its buffers, among them ``_h`` (steps + 1, u, batch), the states with the zero
    state in front, and ``_x`` (steps, n, batch), where its input is copied to.

    Steps beyond an example's length are computed like the others. Nothing that counts depends on
    them, and no gradient reaches them: a state depends on the past only.
    """

    _h: FloatArray
    _x: FloatArray

    def __init__(
        self,
        layer: Recurrent,
        parameters: LayerParameters,
        n: int,
        size: BatchSize,
        needs_dx: bool,
    ) -> None:
        u, steps, batch, dtype = layer.units, size.steps, size.batch, size.dtype
        self._u, self._batch, self._needs_dx = u, batch, needs_dx
        self._every_step = layer.every_step
        self._last = np.zeros((1, u, batch), dtype)
        self._scattered = np.zeros((steps, u, batch), dtype)
        self._chunk = min(steps, max(1, CHUNK // (u * batch)))
        self._examples = np.arange(batch)
        self._make_buffers(parameters, n, size)

    def forward(self, x: FloatArray, span: StepSpan) -> FloatArray:
        """States for ``x`` (steps, n, batch): (steps, u, batch), or (1, u, batch) for the last."""
        np.copyto(self._x[: span.steps], x, casting="same_kind")
        self._run(span.steps)
        h = self._h[1 : span.steps + 1]
        if self._every_step:
            return h
        if span.lengths is None:
            return h[-1:]
        self._last[0] = h[span.lengths - 1, :, self._examples].T
        return self._last

    def backward(self, d: FloatArray, span: StepSpan) -> FloatArray | None:
        """Gradient of the input (steps, n, batch), None for the first layer.

        ``d`` is that of the output, in the output's shape.
        """
        incoming, steps = self._incoming(d, span), span.steps
        self._begin_back(steps)
        for start in reversed(range(0, steps, self._chunk)):
            stop = min(start + self._chunk, steps)
            self._factors(start, stop)
            self._run_back(start, stop, incoming, span.keep)
            self._add_gradient(start, stop)
        return self._input_gradient(steps)

    def _incoming(self, d: FloatArray, span: StepSpan) -> Incoming:
        if self._every_step:
            return list(d)
        if span.lengths is None:
            return [None] * (span.steps - 1) + [d[0]]
        scattered = self._scattered[: span.steps]
        scattered[...] = 0
        scattered[span.lengths - 1, :, self._examples] = d[0].T
        return list(scattered)

    @abstractmethod
    def _make_buffers(self, parameters: LayerParameters, n: int, size: BatchSize) -> None:
        """Make every buffer of the loops, and the views of it that a step takes."""

    @abstractmethod
    def _run(self, steps: int) -> None:
        """Fill ``_h[1:steps + 1]`` from ``_x[:steps]``."""

    @abstractmethod
    def _begin_back(self, steps: int) -> None:
        """Set the messages from beyond the last step and the weight gradient to zero."""

    @abstractmethod
    def _factors(self, start: int, stop: int) -> None:
        """Replace what these steps left behind by the factors of their gradients."""

    @abstractmethod
    def _run_back(self, start: int, stop: int, incoming: Incoming, keep: Keep) -> None:
        """Go back over these steps; ``incoming[t]`` is added to dh, ``keep`` as in ``StepSpan``."""

    @abstractmethod
    def _add_gradient(self, start: int, stop: int) -> None:
        """Add these steps' part to the weight gradient."""

    @abstractmethod
    def _input_gradient(self, steps: int) -> FloatArray | None:
        """Gradient (steps, n, batch) of the input; None for the first layer."""
