"""The scene of the last capital: what the shipped cells can do, and the figures of its pictures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.answer import answer_at, answer_if_asked, assumed_answer
from rnnstudio.core.cells.gru import GRU
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.last_capital import last_capital_scene, trained_parameters
from rnnstudio.core.cells.last_capital_training import (
    RECIPES,
    random_words,
    train_last_capital,
)
from rnnstudio.core.cells.lstm import LSTM
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.rnn import RNN
from rnnstudio.core.cells.scene import Sizes, check_scene, trace
from rnnstudio.core.cells.scene_spec import SceneSpec, Source, scenes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.table import Cell
from rnnstudio.core.errors import UserError

WORD = "AbCa?"


def accuracy(cell: Cell, parameters: dict[str, np.ndarray], steps: int) -> float:
    """The fraction of 1000 random words whose last capital the cell says."""
    x, last = random_words(np.random.default_rng(0), steps, 1000)
    initial = {state: np.zeros((2, 1000)) for state in cell.states}
    said = unroll.forward(cell, x, parameters, initial)[-1][cell.predicted.name].argmax(axis=0)
    return float(np.mean(said == last))


@pytest.mark.parametrize("name", RECIPES)
@pytest.mark.parametrize("steps", [3, 11, 40])
def test_that_every_shipped_cell_says_the_last_capital_of_words_of_any_length(
    name: str, steps: int
) -> None:
    assert accuracy(CELLS[name], dict(trained_parameters()[name]), steps) > 0.98


def test_that_capitals_close_the_lstm_s_forget_gate_and_small_letters_open_it() -> None:
    x, _ = random_words(np.random.default_rng(1), 11, 500)
    initial = {state: np.zeros((2, 500)) for state in LSTM.states}
    steps = unroll.forward(LSTM, x, trained_parameters()["lstm"], initial)
    letters = x.argmax(axis=0)
    f, o = (unroll.sequence(steps, name) for name in ("ft", "ot"))
    assert f[:, letters < 3].max() < 0.25
    assert f[:, (letters > 2) & (letters < 6)].min() > 0.9
    assert o[:, letters == 6].min() > 0.75
    assert o[:, letters < 6].max() < 0.1


def test_that_capitals_close_the_gru_s_update_gate_and_small_letters_open_it() -> None:
    x, _ = random_words(np.random.default_rng(1), 11, 500)
    steps = unroll.forward(GRU, x, trained_parameters()["gru"], {"a": np.zeros((2, 500))})
    letters, z = x.argmax(axis=0), unroll.sequence(steps, "zt")
    assert z[:, letters < 3].mean() < 0.25
    assert z[:, (letters > 2) & (letters < 6)].mean() > 0.75


def test_that_the_scene_has_the_figures_of_its_pictures() -> None:
    traced = trace(last_capital_scene(LSTM, WORD))
    third, fourth = traced.forward[2], traced.backward[3]
    shown = {
        "c_prev": (third, [-0.77, 0.86]),
        "a_prev": (third, [-0.01, 0.01]),
        "ft": (third, [0.19, 0.22]),
        "it": (third, [0.91, 0.12]),
        "cct": (third, [0.98, -0.90]),
        "dc_next": (fourth, [3.97, -3.97]),
        "dc": (fourth, [3.98, -3.97]),
        "da_next": (fourth, [0.99, 0.01]),
        "dft": (fourth, [0.13, -0.01]),
        "dcct": (fourth, [0.60, -0.15]),
        "dc_prev": (fourth, [3.79, -3.81]),
        "da_prev": (fourth, [0.83, -0.12]),
    }
    for name, (values, figures) in shown.items():
        np.testing.assert_allclose(values[name][:, 0], figures, atol=0.0051, err_msg=name)


def test_that_the_cell_says_c_and_with_the_forget_gate_held_open_a() -> None:
    scene = last_capital_scene(LSTM, WORD)
    said = answer_at(trace(scene), 4)
    held = answer_at(trace(scene.with_intervention(Intervention("ft", 1.0, step=2))), 4)
    assert said is not None
    assert held is not None
    assert (said.name, round(said.probability, 2)) == ("C", 0.99)
    assert (held.name, round(held.probability, 2)) == ("A", 0.52)


@pytest.mark.parametrize("name", RECIPES)
def test_that_what_is_remembered_is_what_the_cell_would_say_if_asked(name: str) -> None:
    traced = trace(last_capital_scene(CELLS[name], WORD))
    found = [answer_if_asked(traced, step) for step in range(4)]
    assert "".join(answer.name for answer in found if answer is not None) == "AACC"
    assert answer_if_asked(trace(random_scene(LSTM, Sizes(), 1)), 0) is None


@pytest.mark.parametrize("name", RECIPES)
def test_that_da_is_the_gradient_of_another_answer_as_differences_find_it(name: str) -> None:
    cell = CELLS[name]
    scene = last_capital_scene(cell, WORD)
    traced = trace(scene)
    assert assumed_answer(traced) == 0
    assert max(tensor.relative_error for tensor in check_scene(scene)) < 1e-6

    def loss(bias: np.ndarray) -> float:
        changed = trace(scene.with_array(cell.output[1], bias)).forward[-1]
        return float(-np.log(changed[cell.predicted.name][0, 0]))

    # Moving a hidden unit moves the logits by a column of W: as moving the bias so would.
    W, b = (scene.parameters[key] for key in cell.output)
    for unit in range(2):
        step = 1e-6 * W[:, unit : unit + 1]
        measured = (loss(b + step) - loss(b - step)) / 2e-6
        assert measured == pytest.approx(scene.da[unit, 0, -1], rel=1e-6)


def test_when_its_numbers_are_changed_da_stands_for_no_answer() -> None:
    scene = last_capital_scene(LSTM, WORD)
    assert assumed_answer(trace(scene.with_entry("bf", (0, 0), -3.0))) is None
    assert assumed_answer(trace(scene.with_entry("da", (0, 0, 1), 0.5))) is None


@pytest.mark.parametrize("name", RECIPES)
def test_that_a_short_training_learns_already(name: str) -> None:
    recipe = RECIPES[name]
    short = replace(recipe, batches=120)
    assert accuracy(CELLS[name], train_last_capital(CELLS[name], short), 3) > 0.5


def test_that_the_inspector_opens_with_it_and_says_what_it_is() -> None:
    (scene,) = scenes(SceneSpec())
    assert str(scene.title) == "Remember the last capital"
    sentence = "The LSTM reads A b C a and says at the “?” which capital came last."
    assert str(scene.description) == sentence
    assert scene.labels == tuple(WORD)


def test_that_a_long_word_is_counted_and_not_spelt_out() -> None:
    scene = last_capital_scene(RNN, "A" + 40 * "b" + "?")
    assert "reads 41 letters and" in str(scene.description)


def test_that_a_cell_that_was_not_trained_reads_the_word_and_claims_nothing() -> None:
    scene = last_capital_scene(replace(LSTM, name="other"), WORD)
    assert scene.task is None
    assert (scene.labels, scene.outputs) == (tuple(WORD), tuple("ABC"))
    assert str(scene.title) == "LSTM over 5 steps"


@pytest.mark.parametrize(("word", "why"), [("", "1 to 200"), ("A" * 201, "201"), ("AxB?", "“x”")])
def test_that_a_word_that_cannot_be_read_is_refused(word: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        scenes(SceneSpec(source=Source.LAST_CAPITAL, word=word))
