"""The plain recurrent layer: h = tanh(W [h_prev; x; 1])."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.engine.parameters import LayerParameters, Layout, Slot
from rnnstudio.core.engine.recurrent import Incoming, RecurrentLayer
from rnnstudio.core.engine.spec import FloatArray, Recurrent
from rnnstudio.core.engine.steps import Size, Span, SumOverSteps


def rnn_layout(u: int, n: int) -> Layout:
    """One matrix (u, u + n + 1) over [h; x; 1]."""
    rows = slice(0, u)
    return Layout(
        shapes=((u, u + n + 1),),
        slots=(
            Slot("Waa", 0, rows, slice(0, u)),
            Slot("Wax", 0, rows, slice(u, u + n)),
            Slot("ba", 0, rows, slice(u + n, u + n + 1)),
        ),
        halved=(slice(0, 0),),
    )


class RnnLayer(RecurrentLayer):
    """Keras' SimpleRNN with tanh."""

    def __init__(
        self,
        layer: Recurrent,
        parameters: LayerParameters,
        n: int,
        size: Size,
        needs_dx: bool,
    ) -> None:
        u, steps, batch, dtype = layer.units, size.steps, size.batch, size.dtype
        super().__init__(layer.every_step, u, size)
        (self._w,), (self._dw,) = parameters.values, parameters.gradient
        self._u, self._needs_dx = u, needs_dx
        self._hx1 = np.zeros((steps + 1, u + n + 1, batch), dtype)
        self._hx1[:, -1] = 1
        self._h, self._x = self._hx1[:, :u], self._hx1[:-1, u : u + n]
        self._k = np.zeros((steps, u, batch), dtype)
        self._d = np.zeros((steps + 1, u + n if needs_dx else u, batch), dtype)
        self._w_back = self._w[:, : self._d.shape[1]].T
        self._sum = SumOverSteps(u, u + n + 1, size)
        self._inputs, self._states = list(self._hx1), list(self._h)

    def _run(self, steps: int) -> None:
        w, matmul, tanh = self._w, np.matmul, np.tanh
        for hx1, h in zip(self._inputs[:steps], self._states[1:], strict=False):
            matmul(w, hx1, h)
            tanh(h, h)

    def _run_back(self, incoming: Incoming, span: Span) -> FloatArray | None:
        steps, k, d, u = span.steps, self._k, self._d, self._u
        h = self._h[1 : steps + 1]
        np.multiply(h, h, out=k[:steps])
        np.subtract(1, k[:steps], out=k[:steps])
        d[steps] = 0
        for t in reversed(range(steps)):
            dh, keep, arrives = d[t + 1, :u], span.keep[t + 1], incoming[t]
            if keep is not None:
                np.multiply(dh, keep, dh)
            if arrives is not None:
                np.add(dh, arrives, dh)
            np.multiply(k[t], dh, k[t])
            np.matmul(self._w_back, k[t], d[t])
        self._sum(k[:steps], self._hx1[:steps], self._dw)
        return d[:steps, u:] if self._needs_dx else None
