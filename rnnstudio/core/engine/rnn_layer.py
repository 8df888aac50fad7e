"""The plain recurrent layer: h = tanh(W [h_prev; x; 1])."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnnstudio.core.engine.parameters import LayerParameters, ParameterLayout, Slot
from rnnstudio.core.engine.recurrent import Incoming, RecurrentLayer
from rnnstudio.core.engine.spec import FloatArray
from rnnstudio.core.engine.steps import BatchSize, Keep, SumOverSteps


def rnn_layout(u: int, n: int) -> ParameterLayout:
    """One matrix (u, u + n + 1) over [h; x; 1]."""
    rows = slice(0, u)
    return ParameterLayout(
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

    def _make_buffers(self, parameters: LayerParameters, n: int, size: BatchSize) -> None:
        u, steps, batch, dtype = self._u, size.steps, size.batch, size.dtype
        (self._w,), (self._dw,) = parameters.values, parameters.gradient
        self._hx1 = np.zeros((steps + 1, u + n + 1, batch), dtype)
        self._hx1[:, -1] = 1
        self._h, self._x = self._hx1[:, :u], self._hx1[:-1, u : u + n]
        self._k = np.zeros((steps, u, batch), dtype)
        self._d = np.zeros((steps + 1, u + n if self._needs_dx else u, batch), dtype)
        self._w_back = self._w[:, : self._d.shape[1]].T
        self._sum = SumOverSteps(u, u + n + 1, replace(size, steps=self._chunk))
        self._forward_views = list(zip(self._hx1[:-1], self._h[1:], strict=True))
        self._backward_views = list(zip(self._d[1:, :u], self._k, self._d[:-1], strict=True))

    def _run(self, steps: int) -> None:
        w, matmul, tanh = self._w, np.matmul, np.tanh
        for hx1, h in self._forward_views[:steps]:
            matmul(w, hx1, h)
            tanh(h, h)

    def _begin_back(self, steps: int) -> None:
        self._d[steps] = 0
        self._dw[...] = 0

    def _factors(self, start: int, stop: int) -> None:
        h, k = self._h[start + 1 : stop + 1], self._k[start:stop]
        np.multiply(h, h, out=k)
        np.subtract(1, k, out=k)

    def _run_back(self, start: int, stop: int, incoming: Incoming, keep: Keep) -> None:
        w, matmul, multiply, add = self._w_back, np.matmul, np.multiply, np.add
        for t in reversed(range(start, stop)):
            (dh, k, d), flows, arrives = self._backward_views[t], keep[t + 1], incoming[t]
            if flows is not None:
                multiply(dh, flows, dh)
            if arrives is not None:
                add(dh, arrives, dh)
            multiply(k, dh, k)
            matmul(w, k, d)

    def _add_gradient(self, start: int, stop: int) -> None:
        self._sum.add(self._k[start:stop], self._hx1[start:stop], self._dw)

    def _input_gradient(self, steps: int) -> FloatArray | None:
        return self._d[:steps, self._u :] if self._needs_dx else None
