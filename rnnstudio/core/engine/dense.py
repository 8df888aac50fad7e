"""The dense layer: y = activation(W [x; 1]), at every step there is.

Arrays are of the model's dtype, float32 or float64, and have no unit.
"""

from __future__ import annotations

import numpy as np

from rnnstudio.core.engine.activations import activate, before_activation
from rnnstudio.core.engine.parameters import LayerParameters, ParameterLayout, Slot
from rnnstudio.core.engine.spec import Dense, FloatArray
from rnnstudio.core.engine.steps import BatchSize, StepSpan, SumOverSteps


def dense_layout(k: int, n: int) -> ParameterLayout:
    """One matrix (k, n + 1) over [x; 1]."""
    rows = slice(0, k)
    slots = (Slot("Wy", 0, rows, slice(0, n)), Slot("by", 0, rows, slice(n, n + 1)))
    return ParameterLayout(((k, n + 1),), slots, (slice(0, 0),))


class DenseLayer:
    """The outputs of ``layer`` from ``n`` inputs."""

    def __init__(self, layer: Dense, parameters: LayerParameters, n: int, size: BatchSize) -> None:
        steps, batch, dtype, k = size.steps, size.batch, size.dtype, layer.units
        self._activation = layer.activation
        (self._w,), (self._dw,) = parameters.values, parameters.gradient
        self._w_back = self._w[:, :n].T
        self._x1 = np.ones((steps, n + 1, batch), dtype)
        self._y = np.zeros((steps, k, batch), dtype)
        # The loss writes its gradient over the outputs, so an activation keeps its own.
        self._active = self._y if self._activation == "linear" else self._y.copy()
        self._dx = np.zeros((steps, n, batch), dtype)
        self._sum = SumOverSteps(k, n + 1, size)

    def forward(self, x: FloatArray, span: StepSpan) -> FloatArray:  # noqa: ARG002 - a layer's signature
        """Outputs (steps, k, batch) for ``x`` (steps, n, batch)."""
        steps = len(x)
        np.copyto(self._x1[:steps, :-1], x)
        y = np.matmul(self._w, self._x1[:steps], out=self._y[:steps])
        if self._activation != "linear":
            activate(self._activation, y)
            np.copyto(self._active[:steps], y)
        return y

    def backward(self, d: FloatArray, span: StepSpan) -> FloatArray:  # noqa: ARG002
        """Gradient (steps, n, batch) of the input from that of the output."""
        steps = len(d)
        d = before_activation(self._activation, self._active[:steps], d)
        self._dw[...] = 0
        self._sum.add(d, self._x1[:steps], self._dw)
        return np.matmul(self._w_back, d, out=self._dx[:steps])
