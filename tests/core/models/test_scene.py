from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.cells.scene import trace
from rnnstudio.core.engine.model import initial_weights, predict
from rnnstudio.core.engine.spec import Dense, Dropout, ModelSpec, Recurrent
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.model import Model
from rnnstudio.core.models.scene import to_scene, typed_input, wave


def stacked(loss: str = "mean_squared_error") -> Model:
    layers = (Recurrent("gru", 4, every_step=True), Dropout(0.5), Recurrent("lstm", 3), Dense(2))
    spec = ModelSpec(2, layers, loss)
    return Model("model", spec, initial_weights(spec, 1))


@pytest.mark.parametrize("loss", ["mean_squared_error", "softmax_cross_entropy"])
def test_that_the_last_layer_predicts_what_the_engine_predicts(loss: str) -> None:
    model, x = stacked(loss), wave(2)
    shown = trace(to_scene(model, x, place=2)).forward[-1]["yt_pred"][:, 0]
    expected = predict(model.spec, model.weights, x.T[None])[0]
    np.testing.assert_allclose(shown, expected, rtol=1e-10)


def test_that_a_layer_below_hands_on_its_hidden_state() -> None:
    scene = to_scene(stacked(), wave(2), place=0)
    assert scene.origin == "Model: model"
    values = trace(scene).forward[5]
    np.testing.assert_array_equal(values["yt_pred"], values["a_next"])


def test_that_letters_are_one_hot_and_name_the_steps() -> None:
    x, labels = typed_input("Rex\n", 27)
    assert x.argmax(axis=0).tolist() == [18, 5, 24, 0]
    assert labels == ("r", "e", "x", "⏎")


def test_that_numbers_are_read_step_after_step() -> None:
    x, labels = typed_input("1, 2; −3 4", 2)
    np.testing.assert_array_equal(x, [[1, -3], [2, 4]])
    assert labels == ()


@pytest.mark.parametrize(
    ("text", "n_x", "sentence"),
    [
        ("1 2 3", 2, "multiple"),
        ("", 1, "0 numbers"),
        ("nan", 1, "finite"),
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
