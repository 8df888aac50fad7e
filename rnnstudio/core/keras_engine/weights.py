"""A layer's weights in Keras' layout and in the paper's, both ways, in plain NumPy.

Keras multiplies rows (x @ kernel) and lays the gates side by side; the paper multiplies columns and
has an array for every gate. With n inputs and u units Keras' arrays are, in this order:

- SimpleRNN: kernel (n, u), recurrent_kernel (u, u), bias (u);
- LSTM: (n, 4u), (u, 4u), (4u), the gates in the order i, f, c, o;
- GRU with ``reset_after``: (n, 3u), (u, 3u), (2, 3u), in the order z, r, h; the first row of the
  bias goes with the kernel, the second with the recurrent kernel;
- Dense: kernel (n, u), bias (u);
- Dropout: none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from rnnstudio.core.engine.spec import Dense, Dropout, FloatArray, Layer, LayerWeights, Recurrent
from rnnstudio.core.errors import UserError

KerasArrays = list[FloatArray]
"""One layer's arrays as ``layer.get_weights()`` of Keras gives them."""

_KERAS_NAMES = {"rnn": "SimpleRNN", "lstm": "LSTM", "gru": "GRU"}
_GATES = {"rnn": ("a",), "lstm": ("i", "f", "c", "o"), "gru": ("z", "r", "c")}


def to_keras(layer: Layer, arrays: LayerWeights) -> KerasArrays:
    """The paper's ``arrays`` of ``layer`` as Keras has them; dtypes stay as they are."""
    if isinstance(layer, Dropout):
        return []
    if isinstance(layer, Dense):
        return [arrays["Wy"].T.copy(), arrays["by"][:, 0].copy()]
    if layer.cell == "rnn":
        return [arrays["Wax"].T.copy(), arrays["Waa"].T.copy(), arrays["ba"][:, 0].copy()]
    gates = _GATES[layer.cell]
    if layer.cell == "lstm":
        fused = np.vstack([arrays[f"W{gate}"] for gate in gates]).T
        bias = np.concatenate([arrays[f"b{gate}"][:, 0] for gate in gates])
        return [fused[layer.units :].copy(), fused[: layer.units].copy(), bias]
    kernel, recurrent = (np.vstack([arrays[f"W{gate}{s}"] for gate in gates]).T for s in "xa")
    biases = [np.concatenate([arrays[f"b{gate}{s}"][:, 0] for gate in gates]) for s in "xa"]
    return [kernel.copy(), recurrent.copy(), np.stack(biases)]


def from_keras(layer: Layer, arrays: Sequence[FloatArray]) -> LayerWeights:
    """Keras' ``arrays`` of ``layer`` under the paper's names; dtypes stay as they are.

    Raises
    ------
    UserError
        When number or shapes of the arrays are not those of such a layer in Keras.
    """
    _check_shapes(layer, arrays)
    if isinstance(layer, Dropout):
        return {}
    if isinstance(layer, Dense):
        return {"Wy": arrays[0].T.copy(), "by": _column(arrays[1])}
    kernel, recurrent, bias = arrays
    if layer.cell == "rnn":
        return {"Wax": kernel.T.copy(), "Waa": recurrent.T.copy(), "ba": _column(bias)}
    return (_lstm if layer.cell == "lstm" else _gru)(kernel, recurrent, bias)


def _lstm(kernel: FloatArray, recurrent: FloatArray, bias: FloatArray) -> LayerWeights:
    weights: LayerWeights = {}
    fused = np.vstack([recurrent, kernel]).T
    for gate, rows, b in zip(_GATES["lstm"], np.split(fused, 4), np.split(bias, 4), strict=True):
        weights[f"W{gate}"], weights[f"b{gate}"] = rows.copy(), _column(b)
    return weights


def _gru(kernel: FloatArray, recurrent: FloatArray, bias: FloatArray) -> LayerWeights:
    weights: LayerWeights = {}
    for source, matrix, b in zip("xa", (kernel, recurrent), bias, strict=True):
        for gate, w, c in zip(_GATES["gru"], np.split(matrix.T, 3), np.split(b, 3), strict=True):
            weights[f"W{gate}{source}"], weights[f"b{gate}{source}"] = w.copy(), _column(c)
    return weights


def _column(vector: FloatArray) -> FloatArray:
    return vector.reshape(-1, 1).copy()


def _check_shapes(layer: Layer, arrays: Sequence[FloatArray]) -> None:
    n = arrays[0].shape[0] if arrays and arrays[0].ndim else 0
    expected = keras_shapes(layer, n)
    found = [array.shape for array in arrays]
    if found != expected:
        kind = _KERAS_NAMES[layer.cell] if isinstance(layer, Recurrent) else type(layer).__name__
        raise UserError(
            f"The weights of a {kind} layer have the shapes {_listed(found)}; "
            f"Keras gives such a layer {_listed(expected)}."
        )


def keras_shapes(layer: Layer, n: int) -> list[tuple[int, ...]]:
    """Shapes of Keras' arrays for a layer of ``n`` inputs."""
    if isinstance(layer, Dropout):
        return []
    u = layer.units
    if isinstance(layer, Dense):
        return [(n, u), (u,)]
    fused = len(_GATES[layer.cell]) * u
    return [(n, fused), (u, fused), (2, fused) if layer.cell == "gru" else (fused,)]


def _listed(shapes: Sequence[tuple[Any, ...]]) -> str:
    return ", ".join(str(shape) for shape in shapes) or "no arrays"
