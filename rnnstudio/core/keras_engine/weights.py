"""A layer's weights in Keras' layout and in the paper's, both ways, in plain NumPy.

Keras multiplies rows (x @ kernel) and lays the gates side by side; the paper multiplies columns and
has an array for every gate. With n inputs and u units Keras' arrays are, in this order:

- SimpleRNN: kernel (n, u), recurrent_kernel (u, u), bias (u);
- LSTM: (n, 4u), (u, 4u), (4u), the gates in the order i, f, c, o;
- GRU with ``reset_after``: (n, 3u), (u, 3u), (2, 3u), in the order z, r, h; the first row of the
  bias goes with the kernel, the second with the recurrent kernel;
- Dense: kernel (n, u), bias (u);
- Dropout: none.

Weights have no unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rnnstudio.core.engine.blocks import fuse, fused_shapes, separate
from rnnstudio.core.engine.kinds import twin_of
from rnnstudio.core.engine.spec import Dense, Dropout, FloatArray, Layer, LayerWeights, Recurrent
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message

KerasArrays = list[FloatArray]
"""One layer's arrays as ``layer.get_weights()`` of Keras gives them."""


def to_keras(layer: Layer, arrays: LayerWeights) -> KerasArrays:
    """The paper's ``arrays`` of ``layer`` as Keras has them; dtypes stay as they are."""
    if isinstance(layer, Dropout):
        return []
    if isinstance(layer, Dense):
        return [arrays["Wy"].T.copy(), arrays["by"][:, 0].copy()]
    return list(fuse(twin_of(layer.cell)[0], arrays))


def from_keras(layer: Layer, arrays: Sequence[FloatArray]) -> LayerWeights:
    """Keras' ``arrays`` of ``layer`` under the paper's names; dtypes stay as they are.

    Raises UserError when number or shapes of the arrays are not those of such a layer in Keras.
    """
    _check_shapes(layer, arrays)
    if isinstance(layer, Dropout):
        return {}
    if isinstance(layer, Dense):
        return {"Wy": arrays[0].T.copy(), "by": arrays[1].reshape(-1, 1).copy()}
    kernel, recurrent, bias = arrays
    return separate(twin_of(layer.cell)[0], (kernel, recurrent, bias))


def _check_shapes(layer: Layer, arrays: Sequence[FloatArray]) -> None:
    n = arrays[0].shape[0] if arrays and arrays[0].ndim else 0
    expected = keras_shapes(layer, n)
    found = [array.shape for array in arrays]
    if found != expected:
        kind = twin_of(layer.cell)[1] if isinstance(layer, Recurrent) else type(layer).__name__
        raise UserError(
            "The weights of a {kind} layer have the shapes {found}; Keras gives such a layer "
            "{expected}.",
            kind=kind,
            found=_listed(found),
            expected=_listed(expected),
        )


def keras_shapes(layer: Layer, n: int) -> list[tuple[int, ...]]:
    """Shapes of Keras' arrays for a layer of ``n`` inputs."""
    if isinstance(layer, Dropout):
        return []
    u = layer.units
    if isinstance(layer, Dense):
        return [(n, u), (u,)]
    return fused_shapes(twin_of(layer.cell)[0], n, u)


def _listed(shapes: Sequence[tuple[Any, ...]]) -> Message | str:
    return ", ".join(str(shape) for shape in shapes) or Message("no arrays")
