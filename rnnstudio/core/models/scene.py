"""A layer of a trained model as a scene of the inspector."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.linear import linear
from rnnstudio.core.cells.scene import MOST, Scene
from rnnstudio.core.cells.scenes import CELLS
from rnnstudio.core.engine.spec import Dense, Dropout, LayerWeights, Recurrent
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.model import Model

_SEPARATORS = re.compile(r"[,;\s]+")
ALPHABET = "\nabcdefghijklmnopqrstuvwxyz"
"""The 27 symbols of a model of names, each at its index."""


def to_scene(model: Model, x: Array, labels: Sequence[str] = (), place: int | None = None) -> Scene:
    """The layer at ``place`` (the first recurrent one if None) reading ``x`` (n_x, T_x).

    The layers before it give its input, dropout off; all states begin at zero. The prediction is
    that of the output layer where it follows this one, else what the layer hands on. ``da`` is the
    gradient of the last prediction: of its largest entry, before a softmax.

    Raises
    ------
    UserError
        When the input does not suit the model, or it is too large to be looked at.
    """
    if x.ndim != 2 or x.shape[0] != model.spec.n_x:
        raise UserError(
            f"{model.name} reads {model.spec.n_x} numbers a step; the input has {x.shape[0]}."
        )
    place = model.recurrent[0] if place is None else place
    given: Array = np.asarray(x, dtype=np.float64)[:, None, :]
    for layer, weights in zip(model.spec.layers[:place], model.weights, strict=False):
        given = _through(layer, weights, given)
    layer = model.spec.layers[place]
    if not isinstance(layer, Recurrent):
        raise ValueError(f"layer {place} has no cell")
    W, b = _output(model, place)
    softmax = model.spec.loss == "softmax_cross_entropy" and len(W) > 1
    cell = CELLS[layer.cell] if softmax else linear(CELLS[layer.cell])
    parameters = {**_doubled(model.weights[place]), cell.output[0]: W, cell.output[1]: b}
    initial = {state: np.zeros((layer.units, 1)) for state in cell.states}
    last = unroll.forward(cell, given, parameters, initial)[-1]["yt_pred"]
    da = np.zeros((layer.units, 1, given.shape[-1]))
    da[:, 0, -1] = W[int(np.argmax(last[:, 0]))]
    origin = f"Model: {model.name}"
    return Scene(cell, given, parameters, initial, da, labels=tuple(labels), origin=origin)


def typed_input(text: str, n_x: int) -> tuple[Array, tuple[str, ...]]:
    """The input (n_x, T_x) and the labels of its steps that ``text`` means to a model.

    Numbers, step after step, for any model; letters for one of 27 (a line's end and a to z) or 26
    (a to z) inputs, one-hot, in small letters.

    Raises
    ------
    UserError
        When the text is neither, or too long; it says what would be right.
    """
    words = [word for word in _SEPARATORS.split(text.strip()) if word]
    try:
        numbers = [float(word.replace("−", "-")) for word in words]
    except ValueError:
        return _letters(text.lower(), n_x)
    if not numbers or len(numbers) % n_x or not np.isfinite(numbers).all():
        raise UserError(
            f"There are {len(numbers)} numbers; the model reads {n_x} a step, so it needs a "
            "multiple of that, each finite."
        )
    _require_length(len(numbers) // n_x)
    return np.array(numbers).reshape(-1, n_x).T, ()


def wave(n_x: int) -> Array:
    """A sine (n_x, 32) of 16 steps a wave, for a model that was given no input yet."""
    t = np.arange(32)[None, :] + np.arange(n_x)[:, None]
    return np.asarray(np.sin(2 * np.pi * t / 16))


def _letters(text: str, n_x: int) -> tuple[Array, tuple[str, ...]]:
    symbols = {27: ALPHABET, 26: ALPHABET[1:]}.get(n_x)
    if symbols is None:
        raise UserError(f"The model reads {n_x} numbers a step: type numbers such as 0.5 0.25.")
    unknown = [letter for letter in text if letter not in symbols]
    if unknown:
        raise UserError(f"The model has no input for “{unknown[0]}”; it reads the letters a to z.")
    _require_length(len(text))
    x = np.zeros((n_x, len(text)))
    x[[symbols.index(letter) for letter in text], np.arange(len(text))] = 1
    return x, tuple("⏎" if letter == "\n" else letter for letter in text)


def _require_length(steps: int) -> None:
    if steps > MOST["T_x"]:
        raise UserError(f"The input has {steps} steps; it may have at most {MOST['T_x']}.")


def _through(layer: Recurrent | Dropout | Dense, weights: LayerWeights, x: Array) -> Array:
    """What a layer hands on, (rows, 1, T_x)."""
    if isinstance(layer, Dropout):
        return x
    if isinstance(layer, Dense):
        return np.asarray(np.einsum("yx,xmt->ymt", weights["Wy"], x) + weights["by"][..., None])
    cell = CELLS[layer.cell]
    table = tuple(operation for operation in cell.forward if operation.name != "yt_pred")
    initial = {state: np.zeros((layer.units, 1)) for state in cell.states}
    steps = unroll.forward(replace(cell, forward=table), x, _doubled(weights), initial)
    return unroll.sequence(steps, "a_next")


def _doubled(weights: LayerWeights) -> Mapping[str, Array]:
    return {name: np.asarray(array, dtype=np.float64) for name, array in weights.items()}


def _output(model: Model, place: int) -> tuple[Array, Array]:
    """The output layer's Wy and by where it follows, else those that change nothing."""
    for layer, weights in zip(
        model.spec.layers[place + 1 :], model.weights[place + 1 :], strict=True
    ):
        if isinstance(layer, Dense):
            doubled = _doubled(weights)
            return doubled["Wy"], doubled["by"]
        if isinstance(layer, Recurrent):
            break
    layer = model.spec.layers[place]
    units = layer.units if isinstance(layer, Recurrent) else 0
    return np.eye(units), np.zeros((units, 1))
