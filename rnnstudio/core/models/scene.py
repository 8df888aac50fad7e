"""A layer of a trained model as a scene of the inspector.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.output import with_outputs
from rnnstudio.core.cells.scene import MOST, LargeScene, Scene
from rnnstudio.core.cells.table import run
from rnnstudio.core.cells.variants import MASK
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.models.opened_layers import (
    LayerValues,
    OpenedBidirectional,
    OpenedCell,
    OpenedIdentity,
    OpenedLayer,
)
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.prediction_head import PredictionHead, gradient_of_prediction
from rnnstudio.core.numbers import read_number

Direction = Literal["forward", "backward"]
_SEPARATORS = re.compile(r"[,;\s]+")
ALPHABET = "\nabcdefghijklmnopqrstuvwxyz"
"""The 27 symbols of a model of names, each at its index."""
_ALPHABETS = {27: ALPHABET, 26: ALPHABET[1:]}


def to_scene(
    model: Model,
    x: Array,
    labels: Sequence[str] = (),
    place: int | None = None,
    direction: Direction = "forward",
) -> Scene:
    """The layer at ``place`` (the first recurrent one if None) reading ``x`` (n_x, T_x).

    The layers before it give its input, as at inference; all states begin at zero. A layer that
    reads from the end, as the backward ``direction`` of a bidirectional one does, has its steps in
    the order in which it reads them. The prediction is what the layers behind it make of its hidden
    state, up to the next recurrent layer or one that cannot be followed from step to step; where
    none follows, it is what the layer hands on. ``da`` is the gradient of the last prediction: of
    its largest entry, before a softmax. The scene is whole, however large
    (``cells.partial.part_of`` shows a part). Raises UserError when the input does not suit the
    model.
    """
    place = model.recurrent[0] if place is None else place
    opened = _cell_of(model.spec.layers[place], direction)
    given = model.values(x, place)
    ordered, head = opened.in_order(given), _head(model, place, direction, given, opened)
    cell = with_outputs(opened.table(masked=ordered.mask is not None), head.layers)
    parameters = {**_doubled(opened.weights), **head.named(cell)}
    further = dict(head.given)
    if ordered.mask is not None:
        further[MASK] = 1.0 * ordered.mask[None, None, :]
    inner: Array = np.asarray(ordered.values.T, dtype=np.float64)[:, None, :]
    initial = {state: np.zeros((opened.units, 1)) for state in cell.states}
    da = np.zeros((opened.units, 1, inner.shape[-1]))
    last = {**parameters, **{name: array[..., -1] for name, array in further.items()}}
    last["a_next"] = head.last_state
    da[..., -1] = gradient_of_prediction(cell, run(cell.prediction, last))
    rows = [len(inner), opened.units, *(each.units for each in head.layers)]
    kind = LargeScene if max(rows) > MOST["n_a"] else Scene
    origin = _origin(model, head.unread)
    scene = kind(cell, inner, parameters, initial, da, given=further, origin=origin)
    scene = _with_letters(scene, model, labels, place, turned=opened.backwards)
    from_input = all(isinstance(each, OpenedIdentity) for each in model.spec.layers[:place])
    to_output = place == model.recurrent[-1] and head.unread is None
    return _in_units(scene, model, first=from_input, last=to_output)


def _cell_of(layer: OpenedLayer, direction: Direction) -> OpenedCell:
    """The recurrent layer itself, or one direction of it."""
    if isinstance(layer, OpenedBidirectional):
        return layer.forward if direction == "forward" else layer.backward
    if not isinstance(layer, OpenedCell):
        raise ValueError(f"{layer.name} has no cell")
    return layer


def _with_letters(
    scene: Scene, model: Model, labels: Sequence[str], place: int, *, turned: bool
) -> Scene:
    """The scene with its steps labelled, and its rows where they are letters."""
    named = tuple(labels[::-1] if turned else labels)
    if len(named) != scene.x.shape[-1]:
        named = ()
    embedding = model.embedding
    known = model.spec.n_x if embedding is None else len(embedding.table)
    letters = letters_of(known) if set(labels) & set(letters_of(known)) else ()
    return replace(
        scene,
        labels=named,
        inputs=letters if place == 0 else (),
        outputs=letters if scene.sizes.n_y == len(letters) else (),
    )


def _in_units(scene: Scene, model: Model, *, first: bool, last: bool) -> Scene:
    """The scene with what the inputs of the first and the outputs of the last layer mean."""
    inputs, outputs = model.scalers.inputs, model.scalers.outputs
    if inputs and first:
        names = tuple(each.name for each in inputs)
        scene = replace(scene, readings=inputs, inputs=names)
    if outputs and last:
        if len(outputs) != scene.sizes.n_y:
            raise UserError(
                "{model} has a scaler of {n} outputs beside it; the model gives {n_y}.",
                model=model.name,
                n=len(outputs),
                n_y=scene.sizes.n_y,
            )
        names = tuple(each.name for each in outputs)
        scene = replace(scene, predictions=outputs, outputs=names)
    return scene


def _head(
    model: Model, place: int, direction: Direction, given: LayerValues, opened: OpenedCell
) -> PredictionHead:
    """The rows that make the prediction of the layer at ``place``."""
    layer, own = model.spec.layers[place], opened.hidden(given)
    # What a layer hands on that reads from the end stays in that order, but of two directions.
    turned = isinstance(layer, OpenedBidirectional) and opened.backwards
    order = list(range(len(own)))[:: -1 if turned else 1]
    head = PredictionHead(own, opened.in_order(given).mask, order, opened.every_step)
    head.zero_masked(opened)
    if isinstance(layer, OpenedBidirectional):
        _join(head, layer, direction, given)
    behind = model.spec.layers[place + 1 :]
    following = [at for at in model.recurrent if at > place]
    until = following[0] - place - 1 if following else len(behind)
    head.follow(behind[:until])
    if following:
        head.unread = None
    return head


def _join(
    head: PredictionHead,
    layer: OpenedBidirectional,
    direction: Direction,
    given: LayerValues,
) -> None:
    """Join each step's hidden state with what the other direction knows of that step."""
    first, second = layer.both(given)
    own, other = head.values, second if direction == "forward" else first
    other = other[list(head.order)] if layer.every_step else np.tile(other, (len(own), 1))
    pair = (own, other) if direction == "forward" else (other, own)
    below = layer.merge == "concat" and direction == "backward"
    head.join("concat below" if below else layer.merge, other, layer.joined(*pair))


def _origin(model: Model, unread: OpenedLayer | None) -> Message:
    values: dict[str, object] = {"model": model.name, "assumed": model.assumed}
    if unread is not None:
        values |= {"layer": unread.name[:40], "kind": unread.kind}
        return Message("Model: {model}, up to the layer {layer} ({kind})", values)
    if model.assumed:
        return Message("Model: {model} ({assumed})", values)
    return Message("Model: {model}", values)


def typed_input(
    text: str, n_x: int, vocabulary: int | None = None
) -> tuple[Array, tuple[str, ...]]:
    """The input (n_x, T_x) and the labels of its steps that ``text`` means to a model.

    Numbers, step after step, for any model; letters for one of 27 (a line's end and a to z) or 26
    (a to z) inputs, one-hot, in small letters. A model with an embedding reads tokens of its
    ``vocabulary``: whole numbers from 0, which name the steps, or such letters. Raises UserError
    when the text is neither, or too long; it says what would be right.
    """
    words = [word for word in _SEPARATORS.split(text.strip()) if word]
    try:
        numbers = [read_number(word) for word in words]
    except ValueError:
        return _letters(text.lower(), n_x, vocabulary)
    if not numbers or len(numbers) % n_x or not np.isfinite(numbers).all():
        raise UserError(
            "There are {count} numbers; the model reads {n_x} a step, so it needs a "
            "multiple of that, each finite.",
            count=len(numbers),
            n_x=n_x,
        )
    _require_length(len(numbers) // n_x)
    if vocabulary is None:
        return np.array(numbers).reshape(-1, n_x).T, ()
    known = [number for number in numbers if number in range(vocabulary)]
    if len(known) < len(numbers):
        raise UserError(
            "The model reads tokens: whole numbers from 0 to {last}.", last=vocabulary - 1
        )
    return np.array([numbers]), tuple(str(int(number)) for number in numbers)


def letters_of(n_x: int) -> tuple[str, ...]:
    """What the inputs of a model are that reads names, as they are shown; empty for others."""
    letters = _ALPHABETS.get(n_x, "")
    return tuple("⏎" if letter == "\n" else letter for letter in letters)


def wave(n_x: int, steps: int = 32) -> Array:
    """A sine (n_x, steps) of 16 steps a wave, for a model that was given no input yet."""
    t = np.arange(steps)[None, :] + np.arange(n_x)[:, None]
    return np.asarray(np.sin(2 * np.pi * t / 16))


def first_input(model: Model) -> tuple[Array, tuple[str, ...]]:
    """An input (n_x, T_x), float64 without a unit, for a model that was given none, and its labels.

    A sine of as many steps as the model reads; of tokens the first ones.
    """
    spec, embedding = model.spec, model.embedding
    steps = 1 if spec.one_vector else min(spec.steps or 32, MOST["T_x"])
    if embedding is None:
        return wave(spec.n_x, steps), ()
    tokens = np.arange(1, min(steps, 12) + 1 if spec.steps is None else steps + 1)
    tokens %= len(embedding.table)
    return np.asarray([tokens], dtype=np.float64), tuple(map(str, tokens.tolist()))


def _letters(text: str, n_x: int, vocabulary: int | None) -> tuple[Array, tuple[str, ...]]:
    symbols = _ALPHABETS.get(vocabulary or n_x)
    if symbols is None and vocabulary is not None:
        raise UserError(
            "The model reads tokens: whole numbers from 0 to {last}.", last=vocabulary - 1
        )
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
    tokens = [symbols.index(letter) for letter in text]
    x = np.zeros((n_x, len(text)))
    if vocabulary is None:
        x[tokens, np.arange(len(text))] = 1
    else:
        x[0] = tokens
    return x, tuple("⏎" if letter == "\n" else letter for letter in text)


def _require_length(steps: int) -> None:
    if steps > MOST["T_x"]:
        raise UserError(
            "The input has {steps} steps; it may have at most {most}.",
            steps=steps,
            most=MOST["T_x"],
        )


def _doubled(weights: Mapping[str, Array]) -> Mapping[str, Array]:
    return {name: np.asarray(array, dtype=np.float64) for name, array in weights.items()}
