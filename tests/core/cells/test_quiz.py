from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.cells.misconceptions import QUESTIONS
from rnnstudio.core.cells.quiz import QuizScore, predict_value
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes, trace
from rnnstudio.core.cells.scenes import random_scene, text_scene

SCENE = random_scene(CELLS["lstm"], Sizes(T_x=4), 1)


@pytest.mark.parametrize(("bias", "right"), [(-9.0, 0), (0.0, 1), (9.0, 2)])
def test_that_a_gate_is_asked_for_by_how_far_open_it_is(bias: float, right: int) -> None:
    scene = SCENE.with_array("Wf", np.zeros_like(SCENE.parameters["Wf"]))
    traced = trace(scene.with_array("bf", np.full((5, 1), bias)))
    asked = predict_value(traced, "ft", 2, (1, 0), backward=False)
    assert asked.right == right
    assert len(asked.choices) == 3


def test_that_a_memory_is_compared_with_the_step_before_and_a_gradient_with_the_one_after() -> None:
    traced = trace(SCENE)
    for name, backward, other in (("c_next", False, 1), ("dc", True, 3)):
        values = [traced.values(t, backward=backward)[name][0, 0] for t in (2, other)]
        asked = predict_value(traced, name, 2, (0, 0), backward=backward)
        assert asked.right == (2 if values[0] > values[1] else 0)
        assert f"{values[1]:.4g}" in str(asked.prompt)
        assert str(asked.answer).endswith(f"{values[0]:.4g}")


def test_that_the_first_step_is_compared_with_nothing() -> None:
    asked = predict_value(trace(SCENE), "c_next", 0, (0, 0), backward=False)
    assert "it was 0:" in str(asked.prompt)


def test_that_the_next_letter_is_asked_for_among_the_likely_ones() -> None:
    traced = trace(text_scene(CELLS["gru"], "dinosaur", 6, 2))
    asked = predict_value(traced, "yt_pred", 3, (0, 0), backward=False)
    assert len(asked.choices) == 4
    best = "adinorsu"[int(traced.forward[3]["yt_pred"][:, 0].argmax())]
    letters = list(map(str, asked.choices))
    assert letters[asked.right] == best
    assert letters == sorted(letters)


def test_that_hands_for_the_right_choice_count_among_all() -> None:
    score = QuizScore().with_hands((3, 7, 2), 1).with_hands((1, 0), 1)
    assert (score.right, score.total) == (7, 13)


def test_that_every_ready_question_has_choices_and_a_right_one() -> None:
    for question in QUESTIONS:
        assert 2 <= len(set(map(str, question.choices))) == len(question.choices)
        assert 0 <= question.right < len(question.choices)
