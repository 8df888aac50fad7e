"""Weights to begin with, drawn as Keras draws them by default.

Glorot uniform for what multiplies the input, over Keras' fused kernel (n, gates * u); orthogonal
for what multiplies the state, over the fused recurrent kernel (u, gates * u); biases zero, those of
the LSTM's forget gate one.
"""

from __future__ import annotations

import numpy as np

from rnnstudio.core.engine.spec import (
    Dense,
    Dropout,
    FloatArray,
    LayerWeights,
    ModelSpec,
    Recurrent,
    Weights,
)


def initial_weights(spec: ModelSpec, seed: int) -> Weights:
    """Float64 weights in the paper's layout; the same ones for the same ``seed``."""
    rng = np.random.default_rng(seed)
    return [
        _layer_weights(layer, n, rng)
        for layer, n in zip(spec.layers, spec.input_sizes(), strict=True)
    ]


def _layer_weights(
    layer: Recurrent | Dense | Dropout, n: int, rng: np.random.Generator
) -> LayerWeights:
    if isinstance(layer, Dropout):
        return {}
    if isinstance(layer, Dense):
        return {"Wy": _glorot_uniform(n, layer.units, rng).T, "by": np.zeros((layer.units, 1))}
    u = layer.units
    gates = {"rnn": "a", "lstm": "ifco", "gru": "zrc"}[layer.cell]
    kernel = np.split(_glorot_uniform(n, len(gates) * u, rng).T, len(gates))
    recurrent = np.split(_orthogonal(u, len(gates) * u, rng).T, len(gates))
    return {"rnn": _rnn, "lstm": _lstm, "gru": _gru}[layer.cell](kernel, recurrent, u)


def _rnn(kernel: list[FloatArray], recurrent: list[FloatArray], u: int) -> LayerWeights:
    return {"Wax": kernel[0], "Waa": recurrent[0], "ba": np.zeros((u, 1))}


def _lstm(kernel: list[FloatArray], recurrent: list[FloatArray], u: int) -> LayerWeights:
    weights: LayerWeights = {}
    for gate, w_x, w_a in zip("ifco", kernel, recurrent, strict=True):
        weights[f"W{gate}"] = np.hstack([w_a, w_x])
        weights[f"b{gate}"] = np.full((u, 1), 1.0 if gate == "f" else 0.0)
    return weights


def _gru(kernel: list[FloatArray], recurrent: list[FloatArray], u: int) -> LayerWeights:
    weights: LayerWeights = {}
    for gate, w_x, w_a in zip("zrc", kernel, recurrent, strict=True):
        weights[f"W{gate}x"], weights[f"W{gate}a"] = w_x, w_a
        weights[f"b{gate}x"], weights[f"b{gate}a"] = np.zeros((u, 1)), np.zeros((u, 1))
    return weights


def _glorot_uniform(rows: int, columns: int, rng: np.random.Generator) -> FloatArray:
    limit = np.sqrt(6 / (rows + columns))
    return rng.uniform(-limit, limit, (rows, columns))


def _orthogonal(rows: int, columns: int, rng: np.random.Generator) -> FloatArray:
    """Orthonormal rows: the Q of a normal matrix, with the signs that make it unique."""
    q, r = np.linalg.qr(rng.standard_normal((columns, rows)))
    return (q * np.sign(np.diag(r))).T
