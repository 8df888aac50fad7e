"""A model of the engine as an opened one."""

from __future__ import annotations

from collections.abc import Sequence

from rnnstudio.core.engine.kinds import KINDS
from rnnstudio.core.engine.spec import Dense, Layer, LayerWeights, ModelSpec, Recurrent, Weights
from rnnstudio.core.models.opened_layers import (
    OpenedCell,
    OpenedDense,
    OpenedIdentity,
    OpenedLayer,
)
from rnnstudio.core.models.opened_model import OpenedStack


def trained_stack(spec: ModelSpec, weights: Weights, names: Sequence[str] = ()) -> OpenedStack:
    """The layers of ``spec`` with their ``weights``, called ``names`` if there are any.

    The softmax that belongs to the loss becomes the last layer's.
    """
    called = names or [type(layer).__name__ for layer in spec.layers]
    layers = list(map(_opened, spec.layers, weights, called))
    last = layers[-1]
    if spec.loss == "softmax_cross_entropy" and isinstance(last, OpenedDense):
        layers[-1] = OpenedDense(last.name, last.kind, last.W, last.b, "softmax")
    return OpenedStack(spec.n_x, tuple(layers))


def _opened(layer: Layer, arrays: LayerWeights, name: str) -> OpenedLayer:
    match layer:
        case Recurrent(cell=cell, units=units, every_step=every_step):
            kind = KINDS[cell].keras if cell in KINDS else None
            return OpenedCell(name, kind or cell, cell, units, every_step, arrays)
        case Dense(activation=activation):
            return OpenedDense(name, "Dense", arrays["Wy"], arrays["by"][:, 0], activation)
    return OpenedIdentity(name, "Dropout")
