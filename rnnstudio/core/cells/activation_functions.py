"""The activations that a cell or a dense layer may have, and the slope of each.

All take numbers ``z`` of any shape, entry by entry, and give that shape; float64 or float32, in
which the result is too, without a unit.

Definitions are those of ``keras.activations`` (Keras 3) and ``torch.nn.functional``.
``hard_sigmoid_2`` is what Keras 1 and 2 called hard_sigmoid, of another slope.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]

_SELU_SCALE, _SELU_ALPHA = 1.0507009873554804934193349852946, 1.6732632423543772848170429916717
_LEAK = 0.2
_erf = np.frompyfunc(math.erf, 1, 1)


@dataclass(frozen=True)
class Activation:
    """A function of one number, its slope there, and both as NumPy writes them."""

    function: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    numpy: str
    numpy_slope: str


def _sigmoid(z: Array) -> Array:
    return np.asarray(0.5 * np.tanh(0.5 * z) + 0.5)


def _normal(z: Array) -> Array:
    """The share of a standard normal distribution that lies below ``z``."""
    return 0.5 * (1 + np.asarray(_erf(z / math.sqrt(2)), dtype=np.float64))


def _silu_slope(z: Array) -> Array:
    s = _sigmoid(z)
    return np.asarray(s + z * s * (1 - s))


def _softplus(z: Array) -> Array:
    return np.asarray(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))))


def _mish_slope(z: Array) -> Array:
    t = np.tanh(_softplus(z))
    return np.asarray(t + z * (1 - t**2) * _sigmoid(z))


def _elu(z: Array) -> Array:
    return np.asarray(np.where(z > 0, z, np.expm1(np.minimum(z, 0))))


def _elu_slope(z: Array) -> Array:
    return np.asarray(np.where(z > 0, 1.0, np.exp(np.minimum(z, 0))))


def _inside(low: float, high: float, slope: float) -> Callable[[Array], Array]:
    """The slope of a straight line that is level outside ``low`` to ``high``."""
    return lambda z: slope * ((z > low) & (z < high))


_NORMAL = "0.5 * (1 + np.vectorize(math.erf)(z / 2 ** 0.5))"
_DENSITY = "np.exp(-z ** 2 / 2) / (2 * np.pi) ** 0.5"
_SIGMOID = "1 / (1 + np.exp(-z))"
_SOFTPLUS = "np.log(1 + np.exp(z))"

ACTIVATIONS: Mapping[str, Activation] = {
    "linear": Activation(lambda z: z, np.ones_like, "z", "np.ones_like(z)"),
    "sigmoid": Activation(
        _sigmoid, lambda z: _sigmoid(z) * (1 - _sigmoid(z)), _SIGMOID,
        "np.exp(-z) / (1 + np.exp(-z)) ** 2",
    ),
    "tanh": Activation(np.tanh, lambda z: 1 - np.tanh(z) ** 2, "np.tanh(z)", "1 - np.tanh(z) ** 2"),
    "relu": Activation(
        lambda z: np.maximum(z, 0), lambda z: 1.0 * (z > 0), "np.maximum(z, 0)", "1.0 * (z > 0)"
    ),
    "relu6": Activation(
        lambda z: np.clip(z, 0, 6), _inside(0, 6, 1.0), "np.clip(z, 0, 6)",
        "1.0 * ((z > 0) & (z < 6))",
    ),
    "leaky_relu": Activation(
        lambda z: np.where(z > 0, z, _LEAK * z), lambda z: np.where(z > 0, 1.0, _LEAK),
        "np.where(z > 0, z, 0.2 * z)", "np.where(z > 0, 1, 0.2)",
    ),
    "elu": Activation(
        _elu, _elu_slope, "np.where(z > 0, z, np.exp(z) - 1)", "np.where(z > 0, 1, np.exp(z))"
    ),
    "selu": Activation(
        lambda z: _SELU_SCALE * np.where(z > 0, z, _SELU_ALPHA * np.expm1(np.minimum(z, 0))),
        lambda z: _SELU_SCALE * np.where(z > 0, 1.0, _SELU_ALPHA * np.exp(np.minimum(z, 0))),
        f"{_SELU_SCALE} * np.where(z > 0, z, {_SELU_ALPHA} * (np.exp(z) - 1))",
        f"{_SELU_SCALE} * np.where(z > 0, 1, {_SELU_ALPHA} * np.exp(z))",
    ),
    "exponential": Activation(np.exp, np.exp, "np.exp(z)", "np.exp(z)"),
    "softplus": Activation(_softplus, _sigmoid, _SOFTPLUS, _SIGMOID),
    "softsign": Activation(
        lambda z: z / (1 + np.abs(z)), lambda z: (1 + np.abs(z)) ** -2.0,
        "z / (1 + np.abs(z))", "1 / (1 + np.abs(z)) ** 2",
    ),
    "silu": Activation(
        lambda z: z * _sigmoid(z), _silu_slope, "z / (1 + np.exp(-z))",
        "(1 + z * np.exp(-z) / (1 + np.exp(-z))) / (1 + np.exp(-z))",
    ),
    "gelu": Activation(
        lambda z: z * _normal(z),
        lambda z: _normal(z) + z * np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi),
        f"z * {_NORMAL}", f"{_NORMAL} + z * {_DENSITY}",
    ),
    "mish": Activation(
        lambda z: z * np.tanh(_softplus(z)), _mish_slope, f"z * np.tanh({_SOFTPLUS})",
        f"np.tanh({_SOFTPLUS}) + z * (1 - np.tanh({_SOFTPLUS}) ** 2) / (1 + np.exp(-z))",
    ),
    "hard_sigmoid": Activation(
        lambda z: np.clip(z / 6 + 0.5, 0, 1), _inside(-3, 3, 1 / 6), "np.clip(z / 6 + 0.5, 0, 1)",
        "((z > -3) & (z < 3)) / 6",
    ),
    "hard_sigmoid_2": Activation(
        lambda z: np.clip(0.2 * z + 0.5, 0, 1), _inside(-2.5, 2.5, 0.2),
        "np.clip(0.2 * z + 0.5, 0, 1)", "0.2 * ((z > -2.5) & (z < 2.5))",
    ),
    "hard_tanh": Activation(
        lambda z: np.clip(z, -1, 1), _inside(-1, 1, 1.0), "np.clip(z, -1, 1)",
        "1.0 * ((z > -1) & (z < 1))",
    ),
    "hard_silu": Activation(
        lambda z: z * np.clip(z / 6 + 0.5, 0, 1),
        lambda z: np.where(z >= 3, 1.0, np.where(z <= -3, 0.0, z / 3 + 0.5)),
        "z * np.clip(z / 6 + 0.5, 0, 1)",
        "np.where(z >= 3, 1, np.where(z <= -3, 0, z / 3 + 0.5))",
    ),
}  # fmt: skip
"""Every activation by its name; its slope is called ``NAME_slope`` in formulas."""

GATING = ("sigmoid", "hard_sigmoid", "hard_sigmoid_2")
"""Those that give a share from 0 to 1: a row of the recurrence that has one is a gate."""


def activated(name: str, z: str) -> str:
    """The formula of the activation ``name`` around the formula ``z``."""
    return z if name == "linear" else f"{name}({z})"


def slope_of(name: str, z: str) -> str:
    """The formula of the slope of the activation ``name`` where its argument is ``z``."""
    return f"{name}_slope({z})"


NUMPY_HELPERS: Mapping[str, str] = {
    **{name: f"{name} = lambda z: {each.numpy}" for name, each in ACTIVATIONS.items()},
    **{
        f"{name}_slope": f"{name}_slope = lambda z: {each.numpy_slope}"
        for name, each in ACTIVATIONS.items()
    },
}
"""A line of NumPy that defines each activation and each slope."""
