"""The numbers in the answers against closed forms and other ways to them."""

from __future__ import annotations

import re

import numpy as np
import pytest

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.flow import REMEMBERING, FlowSpec, flows
from rnnstudio.core.cells.gradient_check import check
from rnnstudio.core.cells.misconception_answers import (
    STEPS,
    cut_gradient,
    truncation_scene,
    update_lengths,
    vanishing_scene,
)
from rnnstudio.core.cells.misconceptions import QUESTIONS, question_number
from rnnstudio.core.cells.scene import trace
from rnnstudio.core.numbers import MINUS

BY_KEY = {question.key: question for question in QUESTIONS}


def numbers(key: str, k: int = 8) -> list[float]:
    text = str(BY_KEY[key].answer(k).sentence)
    text = text.replace(",", "").replace("W_aa", "").replace("1 - f", "")
    return [
        float(word) for word in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text.replace(MINUS, "-"))
    ]


def test_that_there_are_twelve_questions_and_every_answer_is_one_sentence() -> None:
    assert len(BY_KEY) == len(QUESTIONS) == 12
    for question in QUESTIONS:
        sentence = str(question.answer(8).sentence)
        assert str(question.text).endswith("?")
        assert sentence.endswith(".")
        assert ". " not in sentence


def test_that_equal_parameters_leave_the_lstm_ahead() -> None:
    rnn_count, rnn_units, lstm_count, lstm_units, kept, _, vanished = numbers("bigger")
    assert rnn_count == rnn_units**2 + 2 * rnn_units
    assert lstm_count == 4 * (lstm_units * (lstm_units + 1) + lstm_units)
    assert kept > 1e4 * vanished


def test_that_an_lstm_of_50_units_on_one_feature_is_described_with_10400_parameters() -> None:
    assert 10_400 in numbers("sizes")


def test_that_a_half_open_forget_gate_vanishes_as_fast_as_powers_of_a_half() -> None:
    f, left, steps, *_ = numbers("half_open")
    assert f == pytest.approx(0.5, abs=0.02)
    assert left < 0.6 ** (steps - 1)


def test_that_the_slope_given_is_below_a_quarter_and_the_gate_above_it() -> None:
    f, slope = numbers("slope")
    assert slope == pytest.approx(f * (1 - f), abs=0.01)
    assert slope < 0.25 < f


def test_that_the_parts_of_the_steps_add_up_to_the_gradient() -> None:
    *parts, total = numbers("sum")[1:]
    assert len(parts) == 6
    assert sum(parts) == pytest.approx(total, abs=0.02)
    scene = BY_KEY["sum"].answer(8).show
    measured = check(scene.cell, scene.x, scene.parameters, scene.initial, scene.da)
    waa = next(tensor.measured for tensor in measured if tensor.name == "Waa")
    assert total == pytest.approx(waa[0, 1], abs=0.01)


def test_that_updates_shrink_step_by_step_into_the_past_and_clipping_helps_nothing() -> None:
    lengths = update_lengths(trace(vanishing_scene()), "Waa")
    assert lengths[1] < 1e-5 * lengths[-1]
    raw, clipped, _ = numbers("clipping")
    assert raw == clipped < 1e-5


def test_that_one_step_and_fifty_have_the_same_parameters() -> None:
    _, one, _, fifty = numbers("reused")
    assert one == fifty == 5 * 3 + 5 * 5 + 5 + 2 * 5 + 2


def test_that_a_cut_after_k_steps_is_the_gradient_with_the_earlier_states_held() -> None:
    scene = truncation_scene()
    steps = unroll.forward(scene.cell, scene.x, scene.parameters, scene.initial)
    k = 3

    def loss(moved: np.ndarray) -> float:
        parameters = {**scene.parameters, "Waa": moved}
        start = {"a": steps[-k]["a_prev"]}
        late = unroll.forward(scene.cell, scene.x[..., -k:], parameters, start)
        return float((late[-1]["a_next"] * scene.da[..., -1]).sum())

    Waa = scene.parameters["Waa"]
    measured = np.zeros_like(Waa)
    for index in np.ndindex(Waa.shape):
        move = np.zeros_like(Waa)
        move[index] = 1e-6
        measured[index] = (loss(Waa + move) - loss(Waa - move)) / 2e-6
    np.testing.assert_allclose(cut_gradient(scene, k), measured, atol=1e-8)


def test_that_the_whole_length_has_no_bias_and_fewer_steps_have_more() -> None:
    missing = [numbers("truncated", k)[2] for k in (1, 5, 15, STEPS)]
    assert missing == sorted(missing, reverse=True)
    assert missing[0] > 50
    assert missing[-1] == 0


def test_that_without_a_forget_bias_the_lstm_loses_its_gradient_faster() -> None:
    spec = QUESTIONS[question_number("forget_bias") - 1].answer(8).show
    assert isinstance(spec, FlowSpec)
    assert spec.forget_bias == 0
    lost, kept = flows(spec), flows(REMEMBERING)
    assert 1000 * lost["lstm"].norms[0] < lost["rnn"].norms[0]
    assert kept["lstm"].norms[0] > 1e5 * kept["rnn"].norms[0]


def test_that_unscaled_inputs_saturate_nearly_every_gate() -> None:
    found = numbers("unscaled")
    assert found[2] < 5
    assert found[-1] > 95


def test_that_every_ready_question_has_choices_and_a_right_one() -> None:
    for question in QUESTIONS:
        assert 2 <= len(set(map(str, question.choices))) == len(question.choices)
        assert 0 <= question.right < len(question.choices)
