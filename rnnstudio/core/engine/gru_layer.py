"""The GRU layer as Keras has it (``reset_after``): two biases, r applied after the product.

    z, r = sigmoid(Wx [x; 1] + Wh [h_prev; 1]),  c = tanh(Wcx [x; 1] + r * Wca [h_prev; 1])
    h = z * h_prev + (1 - z) * c

All a step leaves behind stands in one buffer (steps, 5, u, batch), in rows

    c   z   r   Wca [h_prev; 1]   h_prev - c

of which the product over the state writes the middle three. Before the backward loop they are
replaced, many steps at once, by the factors of dh (k is the first of them):

    k = (1 - z)(1 - c^2)   (h_prev - c) z (1 - z)   k Wca [h_prev; 1] r (1 - r)   k r   z

so that one multiplication a step gives every gradient: the first three rows belong to the product
over x (in the order c, z, r), the middle three to that over h (z, r, c), the last to h_prev.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnnstudio.core.engine.parameters import LayerParameters, ParameterLayout, Slot
from rnnstudio.core.engine.recurrent import Incoming, RecurrentLayer
from rnnstudio.core.engine.spec import FloatArray
from rnnstudio.core.engine.steps import BatchSize, Keep, SumOverSteps


def gru_layout(u: int, n: int) -> ParameterLayout:
    """Two matrices: (3u, n + 1) over [x; 1] in the order c, z, r and (3u, u + 1) in z, r, c."""
    slots = []
    for matrix, source, width, order in ((0, "x", n, "czr"), (1, "a", u, "zrc")):
        for place, gate in enumerate(order):
            rows = slice(place * u, (place + 1) * u)
            slots.append(Slot(f"W{gate}{source}", matrix, rows, slice(0, width)))
            slots.append(Slot(f"b{gate}{source}", matrix, rows, slice(width, width + 1)))
    shapes = ((3 * u, n + 1), (3 * u, u + 1))
    return ParameterLayout(shapes, tuple(slots), (slice(u, 3 * u), slice(0, 2 * u)))


class GruLayer(RecurrentLayer):
    """Keras' GRU with its default activations."""

    def _make_buffers(self, parameters: LayerParameters, n: int, size: BatchSize) -> None:
        u, steps, batch, dtype = self._u, size.steps, size.batch, size.dtype
        self._wx_folded, self._wh_folded = parameters.folded
        self._dwx, self._dwh = parameters.gradient
        self._wx_back = parameters.values[0][:, :n].T
        self._wh_back = parameters.values[1][:, :u].T
        self._h1 = np.zeros((steps + 1, u + 1, batch), dtype)
        self._x1 = np.zeros((steps, n + 1, batch), dtype)
        self._h1[:, -1] = self._x1[:, -1] = 1
        self._h, self._x = self._h1[:, :u], self._x1[:, :n]
        self._from_x = np.zeros((steps, 3 * u, batch), dtype)
        self._rows = np.zeros((steps, 5, u, batch), dtype)
        self._by_step = self._rows.reshape(steps, 5 * u, batch)
        self._scratches = np.zeros((self._chunk, u, batch), dtype)
        self._half = np.array(0.5, dtype)
        self._dh = np.zeros((steps + 1, u, batch), dtype)
        self._dx = np.zeros((steps, n, batch), dtype) if self._needs_dx else None
        chunk = replace(size, steps=self._chunk)
        self._sum_x = SumOverSteps(3 * u, n + 1, chunk)
        self._sum_h = SumOverSteps(3 * u, u + 1, chunk)
        self._forward_views = [self._forward_views_of(t) for t in range(steps)]
        self._backward_views = [self._backward_views_of(t) for t in range(steps)]

    def _forward_views_of(self, t: int) -> tuple[FloatArray, ...]:
        c, z, r, from_h, difference = self._rows[t]
        flat, u = self._rows[t].reshape(-1, self._batch), self._u
        gates, x = flat[u : 3 * u], self._from_x[t]
        product = flat[u : 4 * u]
        h1, h_prev, h = self._h1[t], self._h[t], self._h[t + 1]
        return (h1, product, gates, x[u:], r, from_h, x[:u], c, h_prev, difference, z, h)

    def _backward_views_of(self, t: int) -> tuple[FloatArray, ...]:
        rows, u = self._rows[t], self._u
        flat = rows.reshape(-1, self._batch)
        return (self._dh[t + 1], rows, flat[u : 4 * u], flat[4 * u :], self._dh[t])

    def _run(self, steps: int) -> None:
        w, half, scratch = self._wh_folded, self._half, self._scratches[0]
        matmul, tanh, multiply, add, subtract = np.matmul, np.tanh, np.multiply, np.add, np.subtract
        matmul(self._wx_folded, self._x1[:steps], self._from_x[:steps])
        for views in self._forward_views[:steps]:
            h1, product, gates, gates_x, r, from_h, c_x, c, h_prev, difference, z, h = views
            matmul(w, h1, product)
            add(gates, gates_x, gates)
            tanh(gates, gates)
            multiply(gates, half, gates)
            add(gates, half, gates)
            multiply(r, from_h, c)
            add(c, c_x, c)
            tanh(c, c)
            subtract(h_prev, c, difference)
            multiply(z, difference, scratch)
            add(scratch, c, h)

    def _factors(self, start: int, stop: int) -> None:
        rows, scratch = self._rows[start:stop], self._scratches[: stop - start]
        c, z, r, from_h, difference = (rows[:, row] for row in range(5))
        np.multiply(c, c, out=c)
        np.subtract(1, c, out=c)
        np.subtract(1, z, out=scratch)
        np.multiply(c, scratch, out=c)
        np.multiply(scratch, difference, out=scratch)
        np.copyto(difference, z)
        np.multiply(z, scratch, out=z)
        np.subtract(1, r, out=scratch)
        np.multiply(scratch, from_h, out=scratch)
        np.multiply(c, r, out=from_h)
        np.multiply(scratch, from_h, out=r)

    def _begin_back(self, steps: int) -> None:
        self._dh[steps] = 0
        self._dwx[...] = 0
        self._dwh[...] = 0

    def _run_back(self, start: int, stop: int, incoming: Incoming, keep: Keep) -> None:
        w, matmul, multiply, add = self._wh_back, np.matmul, np.multiply, np.add
        for t in reversed(range(start, stop)):
            dh, rows, of_product, of_h_prev, dh_prev = self._backward_views[t]
            flows, arrives = keep[t + 1], incoming[t]
            if flows is not None:
                multiply(dh, flows, dh)
            if arrives is not None:
                add(dh, arrives, dh)
            multiply(rows, dh, rows)
            matmul(w, of_product, dh_prev)
            add(dh_prev, of_h_prev, dh_prev)

    def _add_gradient(self, start: int, stop: int) -> None:
        u, rows = self._u, self._by_step[start:stop]
        self._sum_x.add(rows[:, : 3 * u], self._x1[start:stop], self._dwx)
        self._sum_h.add(rows[:, u : 4 * u], self._h1[start:stop], self._dwh)

    def _input_gradient(self, steps: int) -> FloatArray | None:
        if self._dx is None:
            return None
        return np.matmul(self._wx_back, self._by_step[:steps, : 3 * self._u], out=self._dx[:steps])
