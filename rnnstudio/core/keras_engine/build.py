"""A ``ModelSpec`` as a Keras model, and its loss.

Keras' own definitions are used as they are: SimpleRNN, LSTM, GRU with ``reset_after``, Dense, and
inverted Dropout. Layer number k of the spec is ``model.layers[k]``. Sequences of different lengths
need no Masking layer: ``run_model`` takes a mask, which the layers and the loss pass on.

Weights are of the fit's dtype, float32 or float64, and have no unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import numpy as np

from rnnstudio.core.engine.kinds import twin_of
from rnnstudio.core.engine.spec import (
    Dense,
    Dropout,
    FitSpec,
    FloatArray,
    Layer,
    LossName,
    ModelSpec,
    Weights,
)
from rnnstudio.core.keras_engine.weights import from_keras, keras_shapes, to_keras


def build_model(spec: ModelSpec, steps: int, fit: FitSpec, *, unroll: bool = False) -> Any:
    """A ``keras.Sequential`` over (batch, ``steps``, n_x) that computes in ``fit.dtype``.

    Its weights are still to be set. Every seed comes from ``fit.seed`` and is given to its layer:
    Keras' global one belongs to a thread. ``unroll`` writes the loop over steps out.
    """
    import keras

    seeds = np.random.default_rng([fit.seed, 2]).integers(2**31, size=len(spec.layers))
    layers = [
        _layer(layer, int(seed), fit.dtype, unroll)
        for layer, seed in zip(spec.layers, seeds, strict=True)
    ]
    return keras.Sequential([keras.Input((steps, spec.n_x), dtype=fit.dtype), *layers])


def _layer(layer: Layer, seed: int, dtype: str, unroll: bool) -> Any:
    from keras import layers

    if isinstance(layer, Dropout):
        return layers.Dropout(layer.rate, seed=seed, dtype=dtype)
    if isinstance(layer, Dense):
        return layers.Dense(layer.units, layer.activation, dtype=dtype)
    _, twin = twin_of(layer.cell)
    return getattr(layers, twin)(
        layer.units, return_sequences=layer.every_step, unroll=unroll, dtype=dtype
    )


def run_model(model: Any, x: Any, mask: Any, *, training: bool) -> Any:
    """Outputs of ``model`` for ``x`` (batch, steps, n_x); ``mask`` (batch, steps) or None.

    ``call`` and not the model itself: that warns that a Sequential does not pass its mask on, which
    is true of the mask on its output's outside only.
    """
    return model.call(x, training=training, mask=mask)


def set_weights(model: Any, spec: ModelSpec, weights: Weights) -> None:
    """Give ``model`` the paper's ``weights``."""
    for keras_layer, layer, arrays in zip(model.layers, spec.layers, weights, strict=True):
        if arrays:
            keras_layer.set_weights(to_keras(layer, arrays))


def get_weights(model: Any, spec: ModelSpec) -> Weights:
    """A copy of the model's weights in the paper's layout."""
    return layers_of(spec, [np.array(each.numpy()) for each in model.trainable_variables])


def layers_of(spec: ModelSpec, arrays: Iterable[FloatArray]) -> Weights:
    """``arrays`` for all trainable variables of a model, in Keras' order, in the paper's shapes."""
    rest = iter(arrays)
    return [
        from_keras(layer, list(islice(rest, len(keras_shapes(layer, 1))))) for layer in spec.layers
    ]


def arrays_of(spec: ModelSpec, weights: Weights) -> list[FloatArray]:
    """The paper's ``weights`` in Keras' shapes, for all trainable variables in Keras' order."""
    layers = zip(spec.layers, weights, strict=True)
    return [array for layer, arrays in layers for array in to_keras(layer, arrays)]


def build_loss(name: LossName, dtype: str) -> Any:
    """The Keras loss ``name``; under a mask it is the mean over the steps that count."""
    from keras import losses

    if name == "mean_squared_error":
        return losses.MeanSquaredError(dtype=dtype)
    return losses.SparseCategoricalCrossentropy(from_logits=True, dtype=dtype)
