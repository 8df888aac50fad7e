"""The functions of the source document with its exact signatures, over the cells' tables.

``parameters`` is a dictionary with the paper's names: Wax, Waa, Wya, ba, by for the RNN; Wf, bf,
Wi, bi, Wc, bc, Wo, bo, Wy, by for the LSTM (weights over [a_prev; xt]). Shapes: xt (n_x, m), a_prev
and c_prev (n_a, m), sequences (n_x, m, T_x). Biases are (n_a, 1) and (n_y, 1).

``lstm_backward`` is not in the document, which stops at one cell. Here the gradient of the memory
state flows between the steps: without it the result is wrong.

Arrays are float64 or float32, in which the results are too, and have no unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.lstm import LSTM
from rnnstudio.core.cells.rnn import RNN
from rnnstudio.core.cells.table import Cell, Values, run

Parameters = Mapping[str, Array]
RnnCache = tuple[Array, Array, Array, Parameters]
LstmCache = tuple[Array, Array, Array, Array, Array, Array, Array, Array, Array, Parameters]

_RNN_CACHE = ("a_next", "a_prev", "xt")
_LSTM_CACHE = ("a_next", "c_next", "a_prev", "c_prev", "ft", "it", "cct", "ot", "xt")
CACHES = {"rnn": _RNN_CACHE, "lstm": _LSTM_CACHE}
"""The values of a step that each cell's cache holds, in order; the parameters come last."""


def rnn_cell_forward(
    xt: Array, a_prev: Array, parameters: Parameters
) -> tuple[Array, Array, RnnCache]:
    """One step of the RNN: a_next (n_a, m), yt_pred (n_y, m), cache."""
    values = run(RNN.forward, {**parameters, "xt": xt, "a_prev": a_prev})
    return values["a_next"], values["yt_pred"], _cache(values, _RNN_CACHE, parameters)


def rnn_forward(
    x: Array, a0: Array, parameters: Parameters
) -> tuple[Array, Array, tuple[list[RnnCache], Array]]:
    """The RNN over a sequence: a (n_a, m, T_x), y_pred (n_y, m, T_x), caches."""
    steps = unroll.forward(RNN, x, parameters, {"a": a0})
    caches = [_cache(values, _RNN_CACHE, parameters) for values in steps]
    return unroll.sequence(steps, "a_next"), unroll.sequence(steps, "yt_pred"), (caches, x)


def rnn_cell_backward(da_next: Array, cache: RnnCache) -> Values:
    """Gradients of one step of the RNN: dxt, da_prev, dWax, dWaa, dba.

    ``da_next`` is (n_a, m); each gradient has the shape of what it belongs to.
    """
    values = run(RNN.backward, {**_step(RNN, _RNN_CACHE, cache), "da_next": da_next})
    return _pick(values, ("dxt", "da_prev", "dWax", "dWaa", "dba"))


def rnn_backward(da: Array, caches: tuple[list[RnnCache], Array]) -> Values:
    """Gradients of the RNN over a sequence: dx, da0, dWax, dWaa, dba.

    ``da`` (n_a, m, T_x) is the gradient that reaches each hidden state from outside.
    """
    steps = [_step(RNN, _RNN_CACHE, cache) for cache in caches[0]]
    return unroll.backward(RNN, steps, da).gradients


def lstm_cell_forward(
    xt: Array, a_prev: Array, c_prev: Array, parameters: Parameters
) -> tuple[Array, Array, Array, LstmCache]:
    """One step of the LSTM: a_next, c_next (n_a, m), yt_pred (n_y, m), cache of ten."""
    values = run(LSTM.forward, {**parameters, "xt": xt, "a_prev": a_prev, "c_prev": c_prev})
    cache = _cache(values, _LSTM_CACHE, parameters)
    return values["a_next"], values["c_next"], values["yt_pred"], cache


def lstm_forward(
    x: Array, a0: Array, parameters: Parameters
) -> tuple[Array, Array, Array, tuple[list[LstmCache], Array]]:
    """The LSTM over a sequence: a (n_a, m, T_x), y (n_y, m, T_x), c (n_a, m, T_x), caches.

    The memory state begins at zero.
    """
    steps = unroll.forward(LSTM, x, parameters, {"a": a0, "c": np.zeros_like(a0)})
    caches = [_cache(values, _LSTM_CACHE, parameters) for values in steps]
    a, y, c = (unroll.sequence(steps, name) for name in ("a_next", "yt_pred", "c_next"))
    return a, y, c, (caches, x)


def lstm_cell_backward(da_next: Array, dc_next: Array, cache: LstmCache) -> Values:
    """Gradients of one step of the LSTM: dxt, da_prev, dc_prev, and d of each W and b.

    ``da_next`` and ``dc_next`` are (n_a, m); each gradient has the shape of what it belongs to.
    """
    step = _step(LSTM, _LSTM_CACHE, cache)
    values = run(LSTM.backward, {**step, "da_next": da_next, "dc_next": dc_next})
    learned = tuple(f"d{name}" for name in LSTM.learned)
    return _pick(values, ("dxt", "da_prev", "dc_prev", *learned))


def lstm_backward(da: Array, caches: tuple[list[LstmCache], Array]) -> Values:
    """Gradients of the LSTM over a sequence: dx, da0, and d of each W and b.

    ``da`` (n_a, m, T_x) is the gradient that reaches each hidden state from outside.
    """
    steps = [_step(LSTM, _LSTM_CACHE, cache) for cache in caches[0]]
    gradients = unroll.backward(LSTM, steps, da).gradients
    return _pick(gradients, ("dx", "da0", *(f"d{name}" for name in LSTM.learned)))


def _cache(values: Values, names: tuple[str, ...], parameters: Parameters) -> Any:
    """The paper's cache: the named values in its order, then the parameters."""
    return (*(values[name] for name in names), parameters)


def _step(cell: Cell, names: tuple[str, ...], cache: tuple[Any, ...]) -> Values:
    """All values of a step's forward pass that a cache holds or that cost nothing to redo."""
    *arrays, parameters = cache
    known = {**parameters, **dict(zip(names, arrays, strict=True))}
    missing = tuple(row for row in cell.recurrence if row.name not in known)
    return run(missing, known)


def _pick(values: Values, names: tuple[str, ...]) -> Values:
    return {name: values[name] for name in names}
