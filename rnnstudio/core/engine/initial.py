"""Weights to begin with, drawn as Keras draws them by default.

Glorot uniform for what multiplies the input, over Keras' fused kernel (n, gates * u); orthogonal
for what multiplies the state, over the fused recurrent kernel (u, gates * u); biases zero, those of
the LSTM's forget gate one.
"""

from __future__ import annotations

import numpy as np

from rnnstudio.core.engine.blocks import separate
from rnnstudio.core.engine.kinds import Kind, kind_of
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
    return _recurrent_weights(kind_of(layer.cell), layer.units, n, rng)


def _recurrent_weights(kind: Kind, u: int, n: int, rng: np.random.Generator) -> LayerWeights:
    width = len(kind.blocks) * u
    kernel, recurrent = _glorot_uniform(n, width, rng), _orthogonal(u, width, rng)
    first = np.repeat([block.bias for block in kind.blocks], u)
    others = [np.zeros(width) for _ in kind.blocks[0].biases[1:]]
    weights = separate(kind, (kernel, recurrent, np.array([first, *others])))
    shapes = kind.cell.parameter_shapes(n, u, 1)
    for name in kind.cell.learned:
        weights.setdefault(name, np.zeros(shapes[name]))
    return weights


def _glorot_uniform(rows: int, columns: int, rng: np.random.Generator) -> FloatArray:
    limit = np.sqrt(6 / (rows + columns))
    return rng.uniform(-limit, limit, (rows, columns))


def _orthogonal(rows: int, columns: int, rng: np.random.Generator) -> FloatArray:
    """Orthonormal rows: the Q of a normal matrix, with the signs that make it unique."""
    q, r = np.linalg.qr(rng.standard_normal((columns, rows)))
    return (q * np.sign(np.diag(r))).T
