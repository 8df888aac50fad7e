"""A recurrent layer's arrays under the paper's names and fused as Keras has them, both ways.

With n inputs, u units and g blocks Keras has a kernel (n, g u), a recurrent kernel (u, g u), and a
bias (g u,), or (2, g u) where kernel and recurrent kernel have one each.
"""

from __future__ import annotations

import numpy as np

from rnnstudio.core.engine.kinds import Kind
from rnnstudio.core.engine.spec import FloatArray, LayerWeights

Fused = tuple[FloatArray, FloatArray, FloatArray]
"""Kernel, recurrent kernel and bias."""


def fused_shapes(kind: Kind, n: int, u: int) -> list[tuple[int, ...]]:
    """Shapes of kernel, recurrent kernel and bias."""
    width, biases = len(kind.blocks) * u, len(kind.blocks[0].biases)
    return [(n, width), (u, width), (width,) if biases == 1 else (biases, width)]


def fuse(kind: Kind, arrays: LayerWeights) -> Fused:
    """Kernel, recurrent kernel and bias from the paper's arrays; dtypes stay as they are."""
    u = len(arrays[kind.blocks[0].recurrent])
    kernel, recurrent = [], []
    for block in kind.blocks:
        W_x, W_a = arrays[block.kernel], arrays[block.recurrent]
        kernel.append(W_x[:, u:] if block.kernel == block.recurrent else W_x)
        recurrent.append(W_a[:, :u])
    rows = [
        np.concatenate([arrays[name][:, 0] for name in names])
        for names in zip(*(block.biases for block in kind.blocks), strict=True)
    ]
    bias = rows[0] if len(rows) == 1 else np.stack(rows)
    return np.vstack(kernel).T.copy(), np.vstack(recurrent).T.copy(), bias


def separate(kind: Kind, fused: Fused) -> LayerWeights:
    """The paper's arrays from kernel, recurrent kernel and bias; dtypes stay as they are."""
    kernel, recurrent, bias = fused
    parts = len(kind.blocks)
    rows = zip(*(np.split(row, parts) for row in np.atleast_2d(bias)), strict=True)
    weights: LayerWeights = {}
    for block, W_x, W_a, biases in zip(
        kind.blocks, np.split(kernel.T, parts), np.split(recurrent.T, parts), rows, strict=True
    ):
        if block.kernel == block.recurrent:
            weights[block.kernel] = np.hstack([W_a, W_x])
        else:
            weights[block.kernel], weights[block.recurrent] = W_x.copy(), W_a.copy()
        for name, b in zip(block.biases, biases, strict=True):
            weights[name] = b.reshape(-1, 1).copy()
    return weights
