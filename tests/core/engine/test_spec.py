"""A description that no model can have is refused in one sentence."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from rnnstudio.core.engine.initial import initial_weights
from rnnstudio.core.engine.optimizers import Adam
from rnnstudio.core.engine.spec import (
    LARGEST_MODEL,
    CellName,
    Dense,
    Dropout,
    FitSpec,
    ModelSpec,
    Recurrent,
)
from rnnstudio.core.errors import UserError


@pytest.mark.parametrize("units", [0, -3, 2.5, math.nan, math.inf, "many", None])
def test_that_units_that_are_no_whole_number_are_refused(units: Any) -> None:
    with pytest.raises(UserError, match=r"units is .*; it must be a whole number of at least 1"):
        Recurrent("lstm", units)


def test_that_a_size_of_the_wrong_kind_in_a_file_is_refused() -> None:
    layer = {"layer": "recurrent", "cell": "lstm", "units": "many", "every_step": False}
    with pytest.raises(UserError, match="units is many"):
        ModelSpec.from_json({"n_x": 2, "layers": [layer], "loss": "mean_squared_error"})


def test_that_an_activation_goes_to_a_file_and_back() -> None:
    spec = ModelSpec(2, (Dense(3, "relu"), Recurrent("rnn", 2), Dense(1, "sigmoid")))
    assert ModelSpec.from_json(spec.to_json()) == spec
    before = {"layer": "dense", "units": 1}  # as it was written when all were linear
    old = {**spec.to_json(), "layers": [spec.to_json()["layers"][1], before]}
    assert ModelSpec.from_json(old).layers[-1] == Dense(1, "linear")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Dense(1, "swish"), "no activation 'swish'"),  # type: ignore[arg-type]
        (lambda: ModelSpec(2, (Dense(1),)), "needs a recurrent layer"),
        (
            lambda: ModelSpec(2, (Recurrent("rnn", 2), Dense(2, "relu")), "softmax_cross_entropy"),
            "must be linear",
        ),
    ],
)
def test_that_layers_that_do_not_fit_are_refused(make: Callable[[], object], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        make()


@pytest.mark.parametrize(
    "make",
    [
        lambda: ModelSpec(2, (Recurrent("lstm", 1_000_000_000), Dense(1))),
        lambda: ModelSpec(2, (*[Recurrent("lstm", 50, every_step=True)] * 100_000, Dense(1))),
        lambda: ModelSpec(2, (Recurrent("rnn", 5), Dense(LARGEST_MODEL))),
    ],
)
def test_that_a_model_too_large_to_train_is_refused(make: Callable[[], ModelSpec]) -> None:
    with pytest.raises(UserError, match="weights; at most 50,000,000 are allowed"):
        make()


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_that_the_count_in_the_refusal_is_that_of_the_weights(
    cell: CellName, monkeypatch: pytest.MonkeyPatch
) -> None:
    layers = (Recurrent(cell, 7, every_step=True), Dropout(0.5), Recurrent(cell, 5), Dense(3))
    weights = initial_weights(ModelSpec(2, layers), seed=1)
    count = sum(array.size for layer in weights for array in layer.values())
    monkeypatch.setattr("rnnstudio.core.engine.spec.LARGEST_MODEL", count)
    ModelSpec(2, layers)
    monkeypatch.setattr("rnnstudio.core.engine.spec.LARGEST_MODEL", count - 1)
    with pytest.raises(UserError, match=f"would have {count} weights"):
        ModelSpec(2, layers)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: Adam(beta_1=1.0), "first beta is 1.0"),
        (lambda: Adam(beta_2=math.nan), "second beta is nan"),
        (lambda: Adam(epsilon=0.0), "epsilon is 0.0"),
        (lambda: FitSpec(seed=-1), "seed is -1"),
        (lambda: FitSpec(dtype="float16"), "choose one of 'float32', 'float64'"),  # type: ignore[arg-type]
        (lambda: FitSpec(batch_size=math.nan), "batch size is nan"),  # type: ignore[arg-type]
    ],
)
def test_that_impossible_settings_of_a_training_are_refused(
    make: Callable[[], object], expected: str
) -> None:
    with pytest.raises(UserError, match=expected):
        make()
