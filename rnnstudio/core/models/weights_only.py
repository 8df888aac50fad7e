"""The stack that a file of weights alone most likely belongs to.

Such a file says neither how its layers follow each other nor what their activations are. The kinds
and sizes follow from the arrays' shapes; the order is taken to be the usual one, first the
recurrent layers and then the dense ones, each in the order of their numbers. Where the sizes do not
fit together so, or a dense layer fits below the recurrent ones as well as above, the file is
refused.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from rnnstudio.core.engine.kinds import KINDS
from rnnstudio.core.engine.spec import Dense, ModelSpec, Recurrent
from rnnstudio.core.errors import UserError
from rnnstudio.core.keras_engine.weights import from_keras, keras_shapes
from rnnstudio.core.messages import Message
from rnnstudio.core.models import keras_arrays
from rnnstudio.core.models.opened_model import (
    MOST_LAYERS,
    OpenedStack,
    require_few,
    require_filled,
    require_small,
)
from rnnstudio.core.models.trained_stack import trained_stack

ASSUMED = Message("weights only; order and activations as Keras has them by default")
_RANDOM = "seed_generator"
"""In the place of the state of a dropout's random numbers."""
_NOT_LAYERS = ("top_level_model_weights", "optimizer_weights")

Arrays = Mapping[str, Any]


@dataclass(frozen=True)
class _Stored:
    """One layer of the file: what it is called, what its arrays' shapes say it is, and they."""

    called: str
    layer: Recurrent | Dense
    n: int
    arrays: Arrays

    @property
    def place(self) -> tuple[bool, int]:
        """Recurrent layers first, then by the number in the name."""
        number = _numbered(self.called)[1]
        return isinstance(self.layer, Dense), number


def guessed_stack(name: str, file: Any) -> OpenedStack:
    """The layers with their weights.

    Raises UserError if the arrays are not those of such a stack, or too large to look at.
    """
    stored = [_stored(name, called, arrays) for called, arrays in _layers(name, file) if arrays]
    stored.sort(key=lambda each: each.place)
    recurrent = [each for each in stored if isinstance(each.layer, Recurrent)]
    if not recurrent:
        raise UserError("{file} has no recurrent layer to look into.", file=name)
    for each in stored:
        small = require_small if isinstance(each.layer, Recurrent) else require_filled
        small(name, each.called[:60], each.layer.units, each.n)
    shapes = [shape for each in stored for shape in keras_shapes(each.layer, each.n)]
    require_few(name, sum(map(math.prod, shapes)))
    fits = all(before.layer.units == after.n for before, after in pairwise(stored))
    dense = stored[len(recurrent) :]
    movable = any(each.n == each.layer.units == stored[0].n for each in dense)
    if not fits or movable or not _of_one_name(recurrent) or not _of_one_name(dense):
        raise UserError(
            "{file} holds weights only and does not say in which order its layers stand; load them "
            "into the model with Keras and save the whole model as NAME.keras.",
            file=name,
        )
    layers = [
        replace(each.layer, every_step=each is not recurrent[-1])
        if isinstance(each.layer, Recurrent)
        else each.layer
        for each in stored
    ]
    weights = [
        from_keras(
            each.layer,
            keras_arrays.read(each.arrays, name, each.called, keras_shapes(each.layer, each.n)),
        )
        for each in stored
    ]
    spec = ModelSpec(stored[0].n, tuple(layers))
    return trained_stack(spec, weights, [each.called for each in stored])


def _of_one_name(layers: Sequence[_Stored]) -> bool:
    """Whether their numbers count the same thing."""
    return len({_numbered(each.called)[0] for each in layers}) <= 1


def _numbered(called: str) -> tuple[str, int]:
    """``lstm_12`` as its two parts; without a number it is the first."""
    word, _, number = called.rpartition("_")
    return (word, int(number)) if number.isdecimal() and len(number) < 7 else (called, 0)


def _layers(name: str, file: Any) -> list[tuple[str, Arrays]]:
    """All layers of the file, Keras 3's or a legacy one, with their arrays."""
    root = keras_arrays.node(file, name, "layers")
    legacy = root is None
    root = file if legacy else root
    if len(root) > 2 * MOST_LAYERS:
        raise ValueError("no file of weights")
    found: list[tuple[str, Arrays]] = []
    for key in [str(key) for key in root if key not in _NOT_LAYERS]:
        read = keras_arrays.of_layer if legacy else keras_arrays.of_group
        arrays = read(file, name, key)
        _refuse_others(name, key, arrays, keras_arrays.below(root, name, key))
        found.append((key, arrays))
    return found


def _refuse_others(name: str, called: str, arrays: Arrays, all_of_it: Arrays) -> None:
    """A layer made of layers, as Bidirectional is, must not be passed over or read in part."""
    weights = [array for place, array in all_of_it.items() if _RANDOM not in place]
    if len(weights) > len(arrays):
        raise _foreign(name, called, weights)


def _stored(name: str, called: str, arrays: Arrays) -> _Stored:
    """The layer whose arrays have these shapes."""
    shapes = [tuple(getattr(array, "shape", None) or ()) for array in arrays.values()]
    if len(shapes) > 1 and len(shapes[0]) == 2 and min(shapes[0]) > 0:
        n, columns = shapes[0]
        layers: list[Recurrent | Dense] = [Dense(columns)]
        if len(shapes[1]) == 2 and shapes[1][0] > 0:
            layers = [Recurrent(cell, shapes[1][0]) for cell in KINDS if KINDS[cell].keras]
        for layer in layers:
            if keras_shapes(layer, n) == shapes:
                return _Stored(called, layer, n, arrays)
    raise _foreign(name, called, list(arrays.values()))


def _foreign(name: str, called: str, arrays: Sequence[Any]) -> UserError:
    shapes = [tuple(getattr(array, "shape", None) or ()) for array in arrays]
    return UserError(
        "{file} has a layer {layer} whose weights are of the shapes {shapes}; read are SimpleRNN, "
        "LSTM, GRU and Dense of Keras, with biases.",
        file=name,
        layer=called[:60],
        shapes=", ".join(map(str, shapes))[:80],
    )
