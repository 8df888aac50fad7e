"""The functions a formula may call.

All work on the last two axes (rows, examples), so that a stack of perturbed copies in front of them
is computed in one go: the gradient check lives from that.

Arrays are float64 or float32, in which the result is too, and have no unit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnstudio.core.cells.activation_functions import ACTIVATIONS

Array = npt.NDArray[np.floating[Any]]


def sigmoid(z: Array) -> Array:
    """1 / (1 + exp(-z)), by way of tanh(z / 2): the same function, and it never overflows.

    ``z`` may have any shape; the result has it too.
    """
    return np.asarray(0.5 * np.tanh(0.5 * z) + 0.5)


def relu(z: Array) -> Array:
    """What is above zero of ``z``, in its shape."""
    return np.maximum(z, 0)


def softmax(z: Array) -> Array:
    """Probabilities over the rows (classes) of ``z`` (..., n_y, m), stabilised by their maximum."""
    exponentials = np.exp(z - z.max(axis=-2, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=-2, keepdims=True))


def stack(upper: Array, lower: Array) -> Array:
    """``upper`` over ``lower``: (n_a, m) and (n_x, m) give (n_a + n_x, m)."""
    leading = np.broadcast_shapes(upper.shape[:-2], lower.shape[:-2])
    parts = [np.broadcast_to(part, leading + part.shape[-2:]) for part in (upper, lower)]
    return np.concatenate(parts, axis=-2)


def upper(stacked: Array, like: Array) -> Array:
    """The first rows of ``stacked`` (..., rows, m), as many as ``like`` (..., n, m) has."""
    return stacked[..., : like.shape[-2], :]


def lower(stacked: Array, like: Array) -> Array:
    """The last rows of ``stacked`` (..., rows, m), as many as ``like`` (..., n, m) has."""
    return stacked[..., stacked.shape[-2] - like.shape[-2] :, :]


def total(z: Array) -> Array:
    """The sum over the examples: (n, m) gives (n, 1)."""
    return np.asarray(z.sum(axis=-1, keepdims=True))


def mean(z: Array) -> Array:
    """The mean over the rows: (..., n, m) gives (..., 1, m)."""
    return np.asarray(z.mean(axis=-2, keepdims=True))


FUNCTIONS: Mapping[str, Callable[..., Array]] = {
    **{name: each.function for name, each in ACTIVATIONS.items()},
    **{f"{name}_slope": each.slope for name, each in ACTIVATIONS.items()},
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "relu": relu,
    "softmax": softmax,
    "stack": stack,
    "upper": upper,
    "lower": lower,
    "total": total,
    "mean": mean,
}
