"""The activations of a dense layer and the way of a gradient back through them.

Arrays have the layer's outputs on the axis before the last, (..., k, batch).

Arrays are of the model's dtype, float32 or float64, and have no unit.
"""

from __future__ import annotations

import numpy as np

from rnnstudio.core.engine.spec import ActivationName, FloatArray


def activate(name: ActivationName, z: FloatArray) -> None:
    """Put the activation of ``z`` (..., k, batch) in its place."""
    match name:
        case "sigmoid":  # by way of tanh(z / 2): the same function, and it never overflows
            np.multiply(z, 0.5, out=z)
            np.tanh(z, out=z)
            np.multiply(z, 0.5, out=z)
            np.add(z, 0.5, out=z)
        case "tanh":
            np.tanh(z, out=z)
        case "relu":
            np.maximum(z, 0, out=z)
        case "softmax":  # stabilised by the maximum
            np.subtract(z, z.max(axis=-2, keepdims=True), out=z)
            np.exp(z, out=z)
            np.divide(z, z.sum(axis=-2, keepdims=True), out=z)
        case "linear":
            pass


def before_activation(name: ActivationName, y: FloatArray, d: FloatArray) -> FloatArray:
    """Gradient of the activation's input from ``d``, that of its output ``y``; (..., k, batch)."""
    match name:
        case "sigmoid":
            return np.asarray(d * y * (1 - y))
        case "tanh":
            return np.asarray(d * (1 - y * y))
        case "relu":
            return np.asarray(d * (y > 0))
        case "softmax":
            return np.asarray(y * (d - (d * y).sum(axis=-2, keepdims=True)))
        case "linear":
            return d
