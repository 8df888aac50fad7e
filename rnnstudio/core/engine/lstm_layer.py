"""The LSTM layer, fused: one product and two tanh calls a step forward, one product back.

All that a step needs and leaves behind stands in one buffer (steps + 1, 6, u, batch), in rows

    c_prev  g  f  i  o  tanh(c_next)        g: candidate; f, i, o: forget, input, output gate

ordered so that every call of the loops works on contiguous rows: the product writes g f i o, one
tanh serves all four, and the terms (c_prev, g) * (f, i) of c_next are one multiplication. Before
the backward loop the rows are replaced, many steps at once, by the factors that do not depend on
the gradient, with the terms and h = o tanh(c_next) in place of products already made:

    f   i - g (g i)   (c_prev f)(1 - f)   (g i)(1 - i)   h (1 - o)   o - h tanh(c_next)

and the backward loop multiplies them in place: the last two by dh, the first four by dc. What is
left in rows 1 to 4 is the gradient of the four pre-activations, in row 0 that of c_prev.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnnstudio.core.engine.parameters import LayerParameters, ParameterLayout, Slot
from rnnstudio.core.engine.recurrent import Incoming, RecurrentLayer
from rnnstudio.core.engine.spec import FloatArray
from rnnstudio.core.engine.steps import BatchSize, Keep, SumOverSteps


def lstm_layout(u: int, n: int) -> ParameterLayout:
    """One matrix (4u, u + n + 1) over [h; x; 1], rows in the order g, f, i, o."""
    slots = []
    for place, gate in enumerate("cfio"):
        rows = slice(place * u, (place + 1) * u)
        slots.append(Slot(f"W{gate}", 0, rows, slice(0, u + n)))
        slots.append(Slot(f"b{gate}", 0, rows, slice(u + n, u + n + 1)))
    return ParameterLayout(((4 * u, u + n + 1),), tuple(slots), (slice(u, 4 * u),))


class LstmLayer(RecurrentLayer):
    """Keras' LSTM with its default activations."""

    def _make_buffers(self, parameters: LayerParameters, n: int, size: BatchSize) -> None:
        u, steps, batch, dtype = self._u, size.steps, size.batch, size.dtype
        (w,), (self._w_folded,) = parameters.values, parameters.folded
        (self._dw,) = parameters.gradient
        self._hx1 = np.zeros((steps + 1, u + n + 1, batch), dtype)
        self._hx1[:, -1] = 1
        self._h, self._x = self._hx1[:, :u], self._hx1[:-1, u : u + n]
        self._rows = np.zeros((steps + 1, 6, u, batch), dtype)
        self._d = np.zeros((steps + 1, u + n if self._needs_dx else u, batch), dtype)
        self._w_back = w[:, : self._d.shape[1]].T
        self._terms = np.zeros((steps, 2, u, batch), dtype)
        self._half = np.array(0.5, dtype)
        self._sum = SumOverSteps(4 * u, u + n + 1, replace(size, steps=self._chunk))
        self._forward_views = [self._forward_views_of(t) for t in range(steps)]
        self._backward_views = [self._backward_views_of(t) for t in range(steps)]

    def _forward_views_of(self, t: int) -> tuple[FloatArray, ...]:
        rows, terms = self._rows[t], self._terms[t]
        c_next, h = self._rows[t + 1, 0], self._h[t + 1]
        z, gates, tanh_c, o = self._flat(rows[1:5]), rows[2:5], rows[5], rows[4]
        c_prev_g, f_i = rows[0:2], rows[2:4]
        return (self._hx1[t], z, gates, c_prev_g, f_i, terms, *terms, c_next, tanh_c, o, h)

    def _backward_views_of(self, t: int) -> tuple[FloatArray, ...]:
        rows = self._rows[t]
        dh, dc_next = self._d[t + 1, : self._u], self._rows[t + 1, 0]
        by_dh, dc, by_dc, dz = rows[4:6], rows[5], rows[0:4], self._flat(rows[1:5])
        return (dh, dc_next, by_dh, dc, by_dc, dz, self._d[t])

    def _flat(self, rows: FloatArray) -> FloatArray:
        """Rows (r, u, batch) as one matrix (r u, batch)."""
        return rows.reshape(-1, self._batch)

    def _run(self, steps: int) -> None:
        w, half = self._w_folded, self._half
        matmul, tanh, multiply, add = np.matmul, np.tanh, np.multiply, np.add
        self._rows[0, 0] = 0
        views = self._forward_views[:steps]
        for hx1, z, gates, c_prev_g, f_i, terms, kept, added, c_next, tanh_c, o, h in views:
            matmul(w, hx1, z)
            tanh(z, z)
            multiply(gates, half, gates)
            add(gates, half, gates)
            multiply(c_prev_g, f_i, terms)
            add(kept, added, c_next)
            tanh(c_next, tanh_c)
            multiply(o, tanh_c, h)

    def _factors(self, start: int, stop: int) -> None:
        rows, terms, h = (a[start:stop] for a in (self._rows, self._terms, self._h[1:]))
        c_prev, g, f, _, o, tanh_c = (rows[:, row] for row in range(6))
        i_o, g_tanh_c = rows[:, 3:5], rows[:, 1::4]
        np.copyto(c_prev, f)
        np.multiply(g, terms[:, 1], out=g)
        np.multiply(tanh_c, h, out=tanh_c)
        np.subtract(i_o, g_tanh_c, out=g_tanh_c)
        np.subtract(1, rows[:, 2:5], out=rows[:, 2:5])
        np.multiply(rows[:, 2:4], terms, out=rows[:, 2:4])
        np.multiply(o, h, out=o)

    def _begin_back(self, steps: int) -> None:
        self._rows[steps, 0] = 0
        self._d[steps] = 0
        self._dw[...] = 0

    def _run_back(self, start: int, stop: int, incoming: Incoming, keep: Keep) -> None:
        w, matmul, multiply, add = self._w_back, np.matmul, np.multiply, np.add
        for t in reversed(range(start, stop)):
            dh, dc_next, by_dh, dc, by_dc, dz, d = self._backward_views[t]
            flows, arrives = keep[t + 1], incoming[t]
            if flows is not None:
                multiply(dh, flows, dh)
                multiply(dc_next, flows, dc_next)
            if arrives is not None:
                add(dh, arrives, dh)
            multiply(by_dh, dh, by_dh)
            add(dc, dc_next, dc)
            multiply(by_dc, dc, by_dc)
            matmul(w, dz, d)

    def _add_gradient(self, start: int, stop: int) -> None:
        dz = self._rows[start:stop, 1:5].reshape(stop - start, -1, self._batch)
        self._sum.add(dz, self._hx1[start:stop], self._dw)

    def _input_gradient(self, steps: int) -> FloatArray | None:
        return self._d[:steps, self._u :] if self._needs_dx else None
