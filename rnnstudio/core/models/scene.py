"""A layer of a trained model as a scene of the inspector.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

import numpy as np

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.output import activations_of, with_dense
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import MOST, Scene
from rnnstudio.core.cells.table import Cell, Values
from rnnstudio.core.engine.activations import activate, before_activation
from rnnstudio.core.engine.spec import ActivationName, Dense, Dropout, LayerWeights, Recurrent
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.numbers import read_number

_SEPARATORS = re.compile(r"[,;\s]+")
ALPHABET = "\nabcdefghijklmnopqrstuvwxyz"
"""The 27 symbols of a model of names, each at its index."""
_ALPHABETS = {27: ALPHABET, 26: ALPHABET[1:]}


def to_scene(model: Model, x: Array, labels: Sequence[str] = (), place: int | None = None) -> Scene:
    """The layer at ``place`` (the first recurrent one if None) reading ``x`` (n_x, T_x).

    The layers before it give its input, dropout off; all states begin at zero. The prediction is
    what the dense layers behind it make of its hidden state, up to the next recurrent layer; where
    none follows, it is what the layer hands on. ``da`` is the gradient of the last prediction: of
    its largest entry, before a softmax. Raises UserError when the input does not suit the model, or
    it is too large to be looked at.
    """
    if x.ndim != 2 or x.shape[0] != model.spec.n_x:
        raise UserError(
            "{model} reads {n_x} numbers a step; the input has {found}.",
            model=model.name,
            n_x=model.spec.n_x,
            found=x.shape[0],
        )
    place = model.recurrent[0] if place is None else place
    given: Array = np.asarray(x, dtype=np.float64)[:, None, :]
    for layer, weights in zip(model.spec.layers[:place], model.weights, strict=False):
        given = _through(layer, weights, given)
    layer = model.spec.layers[place]
    if not isinstance(layer, Recurrent):
        raise ValueError(f"layer {place} has no cell")
    cell, output = _with_prediction(model, place, CELLS[layer.cell], layer.units)
    parameters = {**_doubled(model.weights[place]), **output}
    initial = {state: np.zeros((layer.units, 1)) for state in cell.states}
    da = np.zeros((layer.units, 1, given.shape[-1]))
    da[..., -1] = _gradient(cell, unroll.forward(cell, given, parameters, initial)[-1])
    scene = Scene(cell, given, parameters, initial, da, labels=tuple(labels), origin=_origin(model))
    letters = letters_of(model.spec.n_x) if labels else ()
    return replace(
        scene,
        inputs=letters if place == 0 else (),
        outputs=letters if scene.sizes.n_y == len(letters) else (),
    )


def _origin(model: Model) -> Message:
    values = {"model": model.name, "assumed": model.assumed}
    if model.assumed:
        return Message("Model: {model} ({assumed})", values)
    return Message("Model: {model}", values)


def typed_input(text: str, n_x: int) -> tuple[Array, tuple[str, ...]]:
    """The input (n_x, T_x) and the labels of its steps that ``text`` means to a model.

    Numbers, step after step, for any model; letters for one of 27 (a line's end and a to z) or 26
    (a to z) inputs, one-hot, in small letters. Raises UserError when the text is neither, or too
    long; it says what would be right.
    """
    words = [word for word in _SEPARATORS.split(text.strip()) if word]
    try:
        numbers = [read_number(word) for word in words]
    except ValueError:
        return _letters(text.lower(), n_x)
    if not numbers or len(numbers) % n_x or not np.isfinite(numbers).all():
        raise UserError(
            "There are {count} numbers; the model reads {n_x} a step, so it needs a "
            "multiple of that, each finite.",
            count=len(numbers),
            n_x=n_x,
        )
    _require_length(len(numbers) // n_x)
    return np.array(numbers).reshape(-1, n_x).T, ()


def letters_of(n_x: int) -> tuple[str, ...]:
    """What the inputs of a model are that reads names, as they are shown; empty for others."""
    letters = _ALPHABETS.get(n_x, "")
    return tuple("⏎" if letter == "\n" else letter for letter in letters)


def wave(n_x: int) -> Array:
    """A sine (n_x, 32) of 16 steps a wave, for a model that was given no input yet."""
    t = np.arange(32)[None, :] + np.arange(n_x)[:, None]
    return np.asarray(np.sin(2 * np.pi * t / 16))


def _letters(text: str, n_x: int) -> tuple[Array, tuple[str, ...]]:
    symbols = _ALPHABETS.get(n_x)
    if symbols is None:
        raise UserError(
            "The model reads {n_x} numbers a step: type numbers such as 0.5 0.25.", n_x=n_x
        )
    unknown = [letter for letter in text if letter not in symbols]
    if unknown:
        raise UserError(
            "The model has no input for “{unknown}”; it reads the letters a to z.",
            unknown=unknown[0],
        )
    _require_length(len(text))
    x = np.zeros((n_x, len(text)))
    x[[symbols.index(letter) for letter in text], np.arange(len(text))] = 1
    return x, tuple("⏎" if letter == "\n" else letter for letter in text)


def _require_length(steps: int) -> None:
    if steps > MOST["T_x"]:
        raise UserError(
            "The input has {steps} steps; it may have at most {most}.",
            steps=steps,
            most=MOST["T_x"],
        )


def _through(layer: Recurrent | Dropout | Dense, weights: LayerWeights, x: Array) -> Array:
    """The output of a layer, (rows, 1, T_x)."""
    if isinstance(layer, Dropout):
        return x
    if isinstance(layer, Dense):
        z = np.einsum("yx,xmt->tym", weights["Wy"], x) + weights["by"]
        activate(layer.activation, z)
        return np.asarray(z.transpose(1, 2, 0))
    cell = CELLS[layer.cell]
    cell = replace(cell, forward=cell.recurrence)
    initial = {state: np.zeros((layer.units, 1)) for state in cell.states}
    steps = unroll.forward(cell, x, _doubled(weights), initial)
    return unroll.sequence(steps, "a_next")


def _doubled(weights: LayerWeights) -> Mapping[str, Array]:
    return {name: np.asarray(array, dtype=np.float64) for name, array in weights.items()}


def _with_prediction(
    model: Model, place: int, cell: Cell, units: int
) -> tuple[Cell, dict[str, Array]]:
    """The cell with the dense layers behind ``place``, and their parameters by its names."""
    behind = list(zip(model.spec.layers, model.weights, strict=True))[place + 1 :]
    until = next((at for at, (each, _) in enumerate(behind) if isinstance(each, Recurrent)), None)
    dense = [(each, arrays) for each, arrays in behind[:until] if isinstance(each, Dense)]
    activations: list[ActivationName] = [each.activation for each, _ in dense] or ["linear"]
    if until is None and model.spec.loss == "softmax_cross_entropy":
        activations[-1] = "softmax"
    cell = with_dense(cell, activations, [each.units for each, _ in dense[:-1]])
    W, b = cell.output
    if not dense:
        return cell, {W: np.eye(units), b: np.zeros((units, 1))}
    parameters: dict[str, Array] = {}
    for k, (_, arrays) in enumerate(dense, start=1):
        names = (W, b) if k == len(dense) else (f"Wy{k}", f"by{k}")
        doubled = _doubled(arrays)
        parameters |= zip(names, (doubled["Wy"], doubled["by"]), strict=True)
    return cell, parameters


def _gradient(cell: Cell, last: Values) -> Array:
    """Gradient of the largest entry of the prediction by the hidden state, (n_a, 1)."""
    predicted = last[cell.predicted.name]
    d: Array = np.zeros_like(predicted)
    d[int(np.argmax(predicted))] = 1
    for operation, activation in zip(
        reversed(cell.prediction), reversed(activations_of(cell)), strict=True
    ):
        if operation != cell.predicted or activation != "softmax":
            d = before_activation(cast(ActivationName, activation), last[operation.name], d)
        W = last[operation.inputs[0]]
        d = W.T @ d
    return d
