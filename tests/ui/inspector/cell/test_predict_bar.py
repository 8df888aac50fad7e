"""The bar that asks a class: hands go up by clicks, nothing is given away before it is revealed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.prediction import GuessChoice
from rnnstudio.core.cells.quiz import QuizScore, Votes
from rnnstudio.core.messages import Message
from rnnstudio.ui.inspector.cell.predict_bar import PredictBar
from rnnstudio.ui.inspector.events import AnswerRevealed, HandsCounted, OperationStepped
from rnnstudio.ui.inspector.example import example_state
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import CLASS, DESK, LIGHT, Theme

CLASS_THEME = Theme(LIGHT, CLASS, in_class=True)


@pytest.fixture
def asked() -> InspectorState:
    """Nine and fourteen and five hands for how far the forget gate is open; it is nearly shut."""
    state = example_state().asking()
    return replace(state, votes=replace(state.votes, hands=(9, 14, 5), score=QuizScore(41, 66)))


@pytest.fixture
def bar(qtbot: QtBot) -> PredictBar:
    """A bar that does what it asks for, as wide as the smallest window leaves it."""
    bar = PredictBar()
    qtbot.addWidget(bar)
    bar.resize(972, 160)
    bar.show()
    return bar


def answering(bar: PredictBar, state: InspectorState) -> list[InspectorState]:
    """The newest state is the last one of the list."""
    states = [state]

    def answer(event: object) -> None:
        states.append(reduce(states[-1], event))
        bar.show_state(states[-1])

    bar.asked.connect(answer)
    bar.show_state(state)
    return states


def texts(bar: PredictBar) -> str:
    shown = [f"{button.face} {button.accessibleName()}" for button in bar.choices]
    labels = (bar.sentence, bar.score, bar.keys, bar.place)
    return " ".join([*shown, *(label.text() for label in labels)])


def test_that_a_class_counts_its_hands_and_sees_what_was_right(
    bar: PredictBar, asked: InspectorState, qtbot: QtBot
) -> None:
    states = answering(bar, asked)
    assert bar.sentence.text() == "A capital comes. How far open is the forget gate of unit 1?"
    assert bar.score.text() == "right so far 41 of 66"
    qtbot.mouseClick(bar.choices[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.choices[2].minus, Qt.MouseButton.LeftButton)
    assert states[-1].votes.hands == (10, 14, 4)
    assert [button.face.hands for button in bar.choices[:3]] == [10, 14, 4]
    assert "0.19" not in texts(bar)
    assert not any(button.face.right and button.face.revealed for button in bar.choices)
    qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    assert bar.sentence.text().endswith("the forget gate of unit 1 is nearly shut: 0.19.")
    assert [button.face.right for button in bar.choices[:3]] == [True, False, False]
    assert [button.face.share for button in bar.choices[:3]] == [
        "36\u202f%",
        "50\u202f%",
        "14\u202f%",
    ]
    assert bar.choices[0].accessibleName().startswith("right: nearly shut")
    assert bar.score.text() == "right so far 51 of 94"


def test_that_the_violet_button_reveals_and_then_goes_on(
    bar: PredictBar, asked: InspectorState, qtbot: QtBot
) -> None:
    states = answering(bar, asked)
    with qtbot.waitSignal(bar.asked, check_params_cb=lambda event: event == AnswerRevealed()):
        bar.button.click()
    assert bar.button.text() == "Next"
    with qtbot.waitSignal(bar.asked, check_params_cb=lambda event: event == OperationStepped(1)):
        bar.button.click()
    assert states[-1].operation.name == "it"


def test_when_the_answer_is_shown_no_more_hands_count(
    bar: PredictBar, asked: InspectorState, qtbot: QtBot
) -> None:
    states = answering(bar, asked)
    bar.button.click()
    bar.choices[1].click()
    assert states[-1].votes.hands == asked.votes.hands
    assert not bar.choices[1].minus.isVisible()


def test_that_a_choice_without_hands_has_none_to_take_back(
    bar: PredictBar, asked: InspectorState
) -> None:
    bar.show_state(replace(asked, votes=replace(asked.votes, hands=(0, 1, 0))))
    assert [button.minus.isVisible() for button in bar.choices[:3]] == [False, True, False]


@pytest.mark.parametrize("factor", [0.8, 1.0, 2.0])
@pytest.mark.parametrize(("theme", "width"), [(Theme(), 972), (CLASS_THEME, 1920)])
def test_that_nothing_jumps_or_is_cut_when_it_is_revealed(
    qtbot: QtBot,
    asked: InspectorState,
    fresh_look: None,
    theme: Theme,
    width: int,
    factor: float,
) -> None:
    usual = CLASS if theme.in_class else DESK
    appearance.apply(QApplication.instance(), replace(theme, sizes=usual.times(factor)))
    bar = PredictBar()
    qtbot.addWidget(bar)
    bar.show_state(asked)
    bar.resize(width, 100)
    bar.show()
    before = bar.minimumSizeHint()
    assert before.width() <= width
    bar.resize(width, before.height())
    for button in bar.choices[:3]:
        assert bar.rect().contains(button.geometry())
        assert button.height() >= button.height_for(button.width())
    bar.show_state(reduce(asked, AnswerRevealed()))
    assert bar.minimumSizeHint() == before


def test_that_a_ready_question_is_asked_by_the_same_bar(bar: PredictBar, qtbot: QtBot) -> None:
    choices = [GuessChoice(Message("yes")), GuessChoice(Message("no, it only shortens"))]
    prompt, seen = Message("Does clipping cure it?"), Message("It does not.")
    votes = Votes(5, (0, 0))
    bar.show_question(prompt, choices, votes, 1, seen)
    assert [button.isVisible() for button in bar.choices] == [True, True, False, False]
    with qtbot.waitSignal(bar.asked, check_params_cb=lambda event: event == HandsCounted(1)):
        bar.choices[1].click()
    bar.show_question(prompt, choices, votes.with_hands(1).reveal(1), 1, seen)
    assert bar.sentence.text() == "It does not."
    assert bar.choices[1].face.right
