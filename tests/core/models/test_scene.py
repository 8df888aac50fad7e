from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.cells.scene import trace
from rnnstudio.core.cells.table import run
from rnnstudio.core.engine.spec import (
    ACTIVATIONS,
    ActivationName,
    Dense,
    Dropout,
    ModelSpec,
    Recurrent,
)
from rnnstudio.core.engine.trained_model import initial_weights, predict
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.scene import to_scene, typed_input, wave
from rnnstudio.core.models.trained_stack import trained_stack


def stacked(loss: str = "mean_squared_error") -> Model:
    spec = stack(loss)
    return Model("model", trained_stack(spec, initial_weights(spec, 1)))


def stack(loss: str = "mean_squared_error") -> ModelSpec:
    layers = (Recurrent("gru", 4, every_step=True), Dropout(0.5), Recurrent("lstm", 3), Dense(2))
    return ModelSpec(2, layers, loss)


@pytest.mark.parametrize("loss", ["mean_squared_error", "softmax_cross_entropy"])
def test_that_the_last_layer_predicts_what_the_engine_predicts(loss: str) -> None:
    model, x = stacked(loss), wave(2)
    shown = trace(to_scene(model, x, place=2)).forward[-1]["yt_pred"][:, 0]
    expected = predict(stack(loss), initial_weights(stack(loss), 1), x.T[None])[0]
    np.testing.assert_allclose(shown, expected, rtol=1e-10)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("units", [1, 3])
def test_that_the_prediction_goes_through_all_dense_layers(
    activation: ActivationName, units: int
) -> None:
    layers = (
        *(Dense(3, activation), Recurrent("rnn", 4, every_step=True), Dense(3, activation)),
        *(Recurrent("lstm", 4), Dense(5, activation), Dropout(0.5), Dense(units, activation)),
    )
    spec = ModelSpec(2, layers)
    weights = initial_weights(spec, 2)
    model = Model("model", trained_stack(spec, weights))
    x = wave(2)
    scene = to_scene(model, x)
    below = trace(scene).forward
    scene = to_scene(model, x, place=3)
    above = trace(scene).forward
    np.testing.assert_allclose(
        [step["xt"] for step in above], [step["yt_pred"] for step in below], rtol=1e-12
    )
    expected = predict(spec, weights, x.T[None])[0]
    np.testing.assert_allclose(above[-1]["yt_pred"][:, 0], expected, rtol=1e-10)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_that_the_gradient_from_outside_is_that_of_the_prediction(
    activation: ActivationName,
) -> None:
    spec = ModelSpec(2, (Recurrent("rnn", 4), Dense(5, activation), Dense(2, "tanh")))
    scene = to_scene(Model("model", trained_stack(spec, initial_weights(spec, 2))), wave(2))
    last = trace(scene).forward[-1]

    def largest(a: np.ndarray) -> float:
        values = run(scene.cell.prediction, {**last, "a_next": a})
        return float(values["yt_pred"][int(np.argmax(last["yt_pred"])), 0])

    for row, slope in enumerate(scene.da[:, 0, -1]):
        move = np.zeros((4, 1))
        move[row] = 1e-6
        measured = (largest(last["a_next"] + move) - largest(last["a_next"] - move)) / 2e-6
        assert slope == pytest.approx(measured, abs=1e-8)


def test_that_a_softmax_of_one_unit_is_one() -> None:
    spec = ModelSpec(2, (Recurrent("rnn", 4), Dense(1)), "softmax_cross_entropy")
    scene = to_scene(Model("model", trained_stack(spec, initial_weights(spec, 2))), wave(2))
    assert trace(scene).forward[-1]["yt_pred"].item() == 1.0


def test_that_a_layer_below_passes_on_its_hidden_state() -> None:
    scene = to_scene(stacked(), wave(2), place=0)
    assert str(scene.origin) == "Model: model"
    values = trace(scene).forward[5]
    np.testing.assert_array_equal(values["yt_pred"], values["a_next"])


def test_that_letters_are_one_hot_and_name_the_steps() -> None:
    x, labels = typed_input("Rex\n", 27)
    assert x.argmax(axis=0).tolist() == [18, 5, 24, 0]
    assert labels == ("r", "e", "x", "⏎")


@pytest.mark.parametrize("name", ["nan", "inf", "infinity"])
def test_that_a_name_python_takes_for_a_number_is_a_name(name: str) -> None:
    x, labels = typed_input(name, 27)
    assert labels == tuple(name)
    assert x.shape == (27, len(name))


def test_that_numbers_are_read_step_after_step() -> None:
    x, labels = typed_input("1, 2; −3 4", 2)
    np.testing.assert_array_equal(x, [[1, -3], [2, 4]])
    assert labels == ()


@pytest.mark.parametrize(
    ("text", "n_x", "sentence"),
    [
        ("1 2 3", 2, "multiple"),
        ("", 1, "0 numbers"),
        ("nan", 1, "type numbers"),
        ("1_0", 1, "type numbers"),
        ("9" * 5000, 1, "finite"),
        ("hello", 3, "type numbers"),
        ("t-rex", 27, "“-”"),
        ("1 " * 500, 1, "at most 200"),
        ("a" * 500, 26, "at most 200"),
    ],
)
def test_when_an_input_does_not_suit_one_sentence_says_so(
    text: str, n_x: int, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        typed_input(text, n_x)


def test_when_the_features_are_others_the_scene_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="reads 2 numbers"):
        to_scene(stacked(), wave(3))
