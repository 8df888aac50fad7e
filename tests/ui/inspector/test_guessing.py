"""Predict, then reveal, as the state has it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.misconceptions import QUESTIONS, question_number
from rnnstudio.core.cells.prediction import AskWhen
from rnnstudio.core.cells.quiz import Votes
from rnnstudio.core.cells.scene_spec import SceneSpec, scenes
from rnnstudio.ui.inspector.events import (
    AnswerRevealed,
    AskChosen,
    CoverChosen,
    DirectionChosen,
    Event,
    GuessAsked,
    HandsCounted,
    NumberEdited,
    OperationStepped,
    QuestionChosen,
    TimeStepped,
    UnitStepped,
)
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start

NEXT, BACK = OperationStepped(1, ask=True), OperationStepped(-1)
OPENING = start(*scenes(SceneSpec()))


def after(*events: Event, state: InspectorState = OPENING) -> InspectorState:
    for event in events:
        state = reduce(state, event)
    return state


def test_that_a_lecture_asks_before_it_shows_and_goes_on_after_it() -> None:
    asked = after(NEXT)
    assert asked.operation.name == "ft"
    assert asked.concealed
    assert not asked.known("ft", 0)
    assert asked.prediction is not None
    counted = after(*[HandsCounted(0)] * 9, HandsCounted(1), HandsCounted(1, -1), state=asked)
    assert counted.votes.hands[:2] == (9, 0)
    shown = after(NEXT, state=counted)
    assert shown.position == asked.position
    assert shown.known("ft", 0)
    assert shown.votes.score.total == 9
    following = after(NEXT, state=shown)
    assert following.operation.name == "it"
    assert following.concealed
    assert following.votes.hands == (0, 0, 0)
    assert following.votes.score.total == 9


def test_that_a_step_back_takes_the_question_away() -> None:
    asked = after(NEXT, NEXT, NEXT)
    back = after(BACK, state=asked)
    assert back.position == asked.position - 1
    assert back.prediction is None
    assert back.known("ft", 0)


@pytest.mark.parametrize(
    ("when", "asked"), [(AskWhen.NEVER, []), (AskWhen.GATES, ["ft", "it", "ot"])]
)
def test_that_the_class_is_asked_where_it_wants_to_be(when: AskWhen, asked: list[str]) -> None:
    state, names = after(AskChosen(when)), []
    while state.cursor.time == 0:
        state = reduce(state, NEXT)
        if state.concealed and state.cursor.time == 0:
            names.append(state.operation.name)
    assert names == asked


def test_when_nobody_lectures_only_the_guess_asks() -> None:
    assert not after(OperationStepped(1)).concealed
    guessing = after(OperationStepped(4), GuessAsked())
    assert guessing.operation.name == "ot"
    assert guessing.concealed
    over_the_border = after(OperationStepped(7), GuessAsked())
    assert (over_the_border.cursor.time, over_the_border.operation.name) == (1, "ft")
    at_the_end = after(OperationStepped(OPENING.last_position), GuessAsked())
    assert not at_the_end.concealed


def test_when_another_unit_is_chosen_the_question_is_about_it() -> None:
    asked = after(NEXT, HandsCounted(0), UnitStepped(1))
    assert asked.prediction is not None
    assert asked.prediction.unit == 1
    assert sum(asked.votes.hands) == 0


@pytest.mark.parametrize(
    "event",
    [
        NumberEdited("Wf", (0, 0), 3.0),
        TimeStepped(1),
        DirectionChosen(PassDirection.BACKWARD),
    ],
)
def test_when_something_else_is_looked_at_no_question_stays(event: Event) -> None:
    assert after(NEXT, event).prediction is None


def test_that_the_future_is_shown_where_it_is_not_covered_but_never_the_answer() -> None:
    shown = after(CoverChosen(covered=False))
    assert shown.known("yt_pred", 4)
    asked = after(GuessAsked(), state=shown)
    assert not asked.known(asked.operation.name, asked.cursor.time)
    assert asked.known("yt_pred", 4)


def test_that_a_ready_question_is_asked_counted_and_revealed_once() -> None:
    number = question_number("forget_bias")
    asked = after(NEXT, QuestionChosen(number))
    assert asked.prediction is None
    assert asked.question is QUESTIONS[number - 1]
    assert asked.votes.hands == (0, 0, 0)
    counted = after(*[HandsCounted(2)] * 7, HandsCounted(0), state=asked)
    shown = after(AnswerRevealed(), AnswerRevealed(), HandsCounted(0), state=counted)
    assert shown.votes.revealed
    assert (shown.votes.score.right, shown.votes.score.total) == (7, 8)
    away = after(QuestionChosen(0), state=shown)
    assert away.question is None
    assert away.votes.score == shown.votes.score


def test_that_hands_for_a_question_of_an_older_session_are_counted() -> None:
    kept = replace(OPENING, votes=Votes(question=1, hands=(3, 0, 0, 0)))
    assert after(HandsCounted(1), state=kept).votes.hands == (3, 1)
    assert after(AnswerRevealed(), state=OPENING).votes.revealed


def test_that_the_other_pass_is_found_where_it_was_left() -> None:
    there = after(OperationStepped(13))
    back = after(DirectionChosen(PassDirection.BACKWARD), OperationStepped(5), state=there)
    again = after(DirectionChosen(PassDirection.FORWARD), state=back)
    assert again.cursor == there.cursor
    assert after(DirectionChosen(PassDirection.BACKWARD), state=again).position == 5


EVENTS = st.sampled_from(
    [
        NEXT,
        BACK,
        GuessAsked(),
        QuestionChosen(10),
        QuestionChosen(99),
        AnswerRevealed(),
        HandsCounted(0),
        HandsCounted(3),
        UnitStepped(1),
        TimeStepped(1),
        DirectionChosen(PassDirection.BACKWARD),
        OperationStepped(39),
        CoverChosen(covered=False),
        NumberEdited("bf", (0, 0), 2.0),
    ]
)


@settings(max_examples=30)
@given(st.lists(EVENTS, max_size=25))
def test_that_any_sequence_keeps_hands_and_question_together(events: list[Event]) -> None:
    state = OPENING
    for event in events:
        state = reduce(state, event)
        question = state.prediction
        assert (question is not None) is state.asked
        if question is not None:
            assert len(question.choices) == len(state.votes.hands)
            assert question.name == state.operation.name
        score = state.votes.score
        assert 0 <= score.right <= score.total
