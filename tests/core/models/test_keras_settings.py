"""A configuration that a stranger changed ends in a sentence, or in a model that computes."""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rnnstudio.core.cells.scene import trace
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.keras_building import LayerShape
from rnnstudio.core.models.keras_config import DescribedLayer, described
from rnnstudio.core.models.keras_layers import KNOWN_KINDS, built
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.shown_scene import cells_of, shown_scene
from tests.core.models.test_keras_file import entry, lstm

CELL = {"units": 3, "return_sequences": True, "activation": "relu", "use_bias": True}
NORM = {"axis": [2], "epsilon": 1e-3, "scale": True, "center": True}
WINDOW = {"pool_size": [2], "strides": [2], "padding": "same"}
STACK = [
    entry("InputLayer", batch_shape=[None, 8, 2], name="input"),
    entry("Masking", mask_value=0.0),
    entry("Conv1D", filters=2, kernel_size=[2], strides=[1], padding="causal", activation="elu",
          use_bias=True, dilation_rate=[1]),
    entry("MaxPooling1D", **WINDOW),
    entry("Bidirectional", merge_mode="concat", layer=lstm(return_sequences=True)),
    entry("LayerNormalization", **NORM),
    entry("BatchNormalization", **NORM),
    entry("TimeDistributed", layer=entry("Dense", units=2, activation="gelu", use_bias=False)),
    entry("GRU", **CELL, recurrent_activation="hard_sigmoid", reset_after=False),
    entry("Dropout", rate=0.3),
    entry("Flatten"),
    entry("Reshape", target_shape=[-1, 3]),
    entry("SimpleRNN", **{**CELL, "return_sequences": False}),
    entry("RepeatVector", n=4),
    entry("RNN", cell=entry("LSTMCell", **CELL), return_sequences=True),
    entry("GlobalAveragePooling1D"),
    entry("LeakyReLU", negative_slope=0.3),
    entry("Dense", units=2, activation="softmax", use_bias=True),
]  # fmt: skip
VALUES = (None, True, 0, -1, 3, 2**40, 0.5, 1e300, "", "relu", "same", [], [0], [2, 2], {}, "LSTM")


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in the configuration something stands that can be changed."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


PLACES = sorted(places(STACK), key=str)


def zeros(_: DescribedLayer, names: Sequence[str], shapes: Sequence[LayerShape]) -> list[Any]:
    """Arrays of whatever shapes the layer wants."""
    return [np.full(shape, 0.1) for _, shape in zip(names, shapes, strict=True)]


def changed(changes: list[tuple[tuple[Any, ...], Any]]) -> Any:
    config = copy.deepcopy(STACK)
    for (*path, last), value in changes:
        holder: Any = config
        for key in path:
            holder = holder[key]
        holder[last] = copy.deepcopy(value)  # the next change may go into it
    return json.loads(json.dumps({"class_name": "Sequential", "config": {"layers": config}}))


def opened(config: Any) -> Model:
    stack = described("a.keras", config, KNOWN_KINDS)
    return Model("a.keras", built("a.keras", stack, zeros, keras_2=False))


def look_into(model: Model) -> int:
    """How many cells there were to look into."""
    cells = cells_of(model)
    for cell in cells:
        assert trace(shown_scene(model, cell, "")).gradients
    return len(cells)


def test_that_the_whole_stack_opens() -> None:
    assert look_into(opened(changed([]))) == 5


@settings(max_examples=250)
@example([((5, "config", "epsilon"), -1)])
@example([((6, "config", "epsilon"), 0)])
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(VALUES)), max_size=2))
def test_when_a_setting_is_another_one_it_opens_or_a_sentence_says_why(
    changes: list[tuple[tuple[Any, ...], Any]],
) -> None:
    try:
        config = changed(changes)
    except (TypeError, LookupError):
        return  # the second place is gone
    try:
        model = opened(config)
    except (UserError, LookupError, TypeError, ValueError, AttributeError):
        return  # a sentence, or the file is called damaged
    with contextlib.suppress(UserError):  # a size that cannot be looked at
        look_into(model)
