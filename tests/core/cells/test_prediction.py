"""Predict, then reveal: what is asked for a value, what is right, and how hands are counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.cells.last_capital import last_capital_scene
from rnnstudio.core.cells.prediction import AskWhen, is_asked, predict_value
from rnnstudio.core.cells.quiz import MOST_HANDS, QuizScore, Votes
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes, trace
from rnnstudio.core.cells.scenes import random_scene, text_scene

SCENE = random_scene(CELLS["lstm"], Sizes(T_x=4), 1)
CAPITAL = trace(last_capital_scene(CELLS["lstm"], "AbCa?"))


def test_that_the_question_of_the_picture_is_asked_and_answered() -> None:
    asked = predict_value(CAPITAL, "ft", 2, (0, 0), backward=False)
    assert str(asked.prompt) == "A capital comes. How far open is the forget gate of unit 1?"
    assert [(str(choice.words), str(choice.bounds)) for choice in asked.choices] == [
        ("nearly shut", "below 0.25"),
        ("half open", "0.25 to 0.75"),
        ("wide open", "above 0.75"),
    ]
    assert asked.right == 0
    assert (
        str(asked.seen) == "A capital has come and the forget gate of unit 1 is nearly shut: 0.19."
    )


@pytest.mark.parametrize(("bias", "right"), [(-9.0, 0), (0.0, 1), (9.0, 2)])
def test_that_a_gate_is_asked_for_by_how_far_open_it_is(bias: float, right: int) -> None:
    scene = SCENE.with_array("Wf", np.zeros_like(SCENE.parameters["Wf"]))
    traced = trace(scene.with_array("bf", np.full((5, 1), bias)))
    asked = predict_value(traced, "ft", 2, (1, 0), backward=False)
    assert asked.right == right
    assert str(asked.prompt) == "How far open is the forget gate of unit 2?"


def test_that_a_memory_is_compared_with_the_step_before_and_a_gradient_with_the_one_after() -> None:
    memory = predict_value(CAPITAL, "c_next", 2, (0, 0), backward=False)
    assert str(memory.prompt) == "The memory of unit 1 was −0.77. Where does it go?"
    assert str(memory.seen) == "The memory of unit 1 goes up, from −0.77 to +0.75."
    assert memory.right == 2
    gradient = predict_value(CAPITAL, "dc", 3, (0, 0), backward=True)
    assert str(gradient.prompt).startswith("The gradient of the memory of unit 1 was +4.16.")
    assert gradient.right == 1


def test_that_what_comes_from_nothing_is_asked_for_by_its_sign() -> None:
    asked = predict_value(CAPITAL, "c_next", 0, (0, 0), backward=False)
    assert str(asked.prompt) == "Is the memory of unit 1 negative or positive?"
    assert str(asked.choices[asked.right].words) == "negative"
    assert str(asked.seen) == "The memory of unit 1 is −0.83."


def test_that_the_next_letter_is_asked_for_among_the_likely_ones() -> None:
    traced = trace(text_scene(CELLS["gru"], "dinosaur", 6, 2))
    asked = predict_value(traced, "yt_pred", 3, (0, 0), backward=False)
    assert len(asked.choices) == 4
    best = "adinorsu"[int(traced.forward[3]["yt_pred"][:, 0].argmax())]
    letters = [str(choice.words) for choice in asked.choices]
    assert letters[asked.right] == best
    assert letters == sorted(letters)


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("backward", [False, True])
def test_that_every_value_has_a_question_whose_right_choice_holds_by_its_bounds(
    name: str, backward: bool
) -> None:
    traced = trace(random_scene(CELLS[name], Sizes(T_x=3), 4))
    cell = traced.cell
    for operation in cell.backward if backward else cell.forward:
        if not is_asked(traced, operation, AskWhen.EVERY_VALUE):
            continue
        for step in range(3):
            asked = predict_value(traced, operation.name, step, (0, 0), backward=backward)
            assert 2 <= len(asked.choices) <= 4
            value = traced.values(step, backward=backward)[operation.name][0, 0]
            words = str(asked.choices[asked.right].bounds).replace("−", "-").split()
            match words:
                case ["below", most]:
                    assert value < float(most)
                case ["above", least]:
                    assert value > float(least)
                case [least, "to", most]:
                    assert float(least) <= value <= float(most)


def test_that_only_gates_or_nothing_is_asked_for_when_so_set() -> None:
    def asked(when: AskWhen) -> list[str]:
        return [row.name for row in CAPITAL.cell.forward if is_asked(CAPITAL, row, when)]

    every = ["ft", "it", "cct", "c_next", "ot", "a_next", "yt_pred"]
    assert asked(AskWhen.EVERY_VALUE) == every
    assert asked(AskWhen.GATES) == ["ft", "it", "ot"]
    assert asked(AskWhen.NEVER) == []


def test_that_hands_are_counted_and_scored_once() -> None:
    votes = Votes(score=QuizScore(27, 38)).asked(3)
    for choice, hands in enumerate((9, 14, 5)):
        votes = votes.with_hands(choice, hands)
    votes = votes.with_hands(1).with_hands(1, -1)
    assert votes.hands == (9, 14, 5)
    assert votes.share(1) == "50\N{NARROW NO-BREAK SPACE}%"
    revealed = votes.reveal(1)
    assert str(revealed.score.sentence) == "right so far 41 of 66"
    assert revealed.reveal(1) == revealed.with_hands(0) == revealed
    assert revealed.asked(2) == replace(revealed, question=0, hands=(0, 0), revealed=False)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(-1, 4), st.integers(-600, 600)), max_size=20))
def test_that_no_clicks_make_hands_that_cannot_be(clicks: list[tuple[int, int]]) -> None:
    votes = Votes().asked(3)
    for choice, by in clicks:
        votes = votes.with_hands(choice, by)
    assert all(0 <= hands <= MOST_HANDS for hands in votes.hands)
    score = votes.reveal(2).score
    assert 0 <= score.right <= score.total == sum(votes.hands)
