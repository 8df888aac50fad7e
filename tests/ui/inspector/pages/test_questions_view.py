"""The page of ready questions: asked, counted, revealed, looked at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.clip_lab import ClipSpec
from rnnstudio.core.cells.flow import FlowSpec
from rnnstudio.core.cells.misconceptions import QUESTIONS, question_number
from rnnstudio.ui.inspector.events import GuessAsked, QuestionChosen
from rnnstudio.ui.inspector.pages.questions_view import QuestionsView
from rnnstudio.ui.inspector.tab import InspectorTab


@pytest.mark.parametrize("number", range(len(QUESTIONS)), ids=lambda n: QUESTIONS[n].key)
def test_that_an_answer_is_given_when_asked_and_leads_to_its_scene(
    tab: InspectorTab, number: int
) -> None:
    view = tab.pages.questions
    tab.pages.turn_to("questions")
    view.questions.setCurrentRow(number)
    assert not tab.state.votes.revealed
    assert not view.look.isEnabled()
    view.predict.button.click()
    explanation = QUESTIONS[number].answer(8)
    assert view.predict.sentence.text() == str(explanation.sentence)
    view.look.click()
    if isinstance(explanation.show, FlowSpec):
        assert tab.pages.key == "flow"
        assert tab.pages.flow.spec() == tab.state.flow == explanation.show
    elif isinstance(explanation.show, ClipSpec):
        assert tab.pages.key == "clipping"
        assert tab.pages.clipping.spec() == tab.state.clip == explanation.show
    else:
        assert tab.state.scene.sizes == explanation.show.sizes
        assert tab.state.scene.cell is explanation.show.cell


def test_that_the_slider_of_k_stands_at_its_question_only_and_changes_the_answer(
    opened: Callable[..., object],
) -> None:
    bench = opened(QuestionsView)
    view = bench.page
    bench.dispatch(QuestionChosen(question_number("truncated")))
    assert view.cut.isVisible()
    view.cut.set_value(20)
    assert "misses" not in view.predict.sentence.text()
    view.predict.button.click()
    view.cut.set_value(30)
    assert "misses 0.0\u202f%" in view.predict.sentence.text()
    bench.dispatch(QuestionChosen(1))
    assert not view.cut.isVisible()


def test_that_hands_are_counted_by_keys_once_and_for_the_right_choice(
    opened: Callable[..., object], qtbot: QtBot
) -> None:
    bench = opened(QuestionsView)
    for key, times in ((Qt.Key.Key_1, 3), (Qt.Key.Key_2, 2)):
        for _ in range(times):
            qtbot.keyClick(bench.page.questions, key)
    assert bench.state.votes.hands == (3, 2)
    qtbot.keyClick(bench.page.questions, Qt.Key.Key_Return)
    qtbot.keyClick(bench.page.questions, Qt.Key.Key_1)
    score = bench.state.votes.score
    assert (score.right, score.total) == (2, 5)
    assert "2 of 5" in bench.page.predict.score.text()
    bench.page.table_button.click()
    assert bench.page.table.model().index(0, 1).data() == "3"


def test_that_a_clicker_goes_from_question_to_question(opened: Callable[..., object]) -> None:
    bench = opened(QuestionsView)
    screens = 0
    while bench.page.go_on(1):
        screens += 1
    assert screens == 2 * len(QUESTIONS) - 1
    assert bench.state.votes.question == len(QUESTIONS)
    assert bench.page.go_on(-1)


def test_when_the_cell_asks_no_ready_question_is_before_the_class(
    opened: Callable[..., object],
) -> None:
    bench = opened(QuestionsView)
    bench.dispatch(GuessAsked())
    assert bench.state.concealed
    assert bench.page.predict is None
    assert bench.page.questions.currentRow() == -1
    bench.page.questions.setCurrentRow(3)
    assert bench.state.question is QUESTIONS[3]
    assert not bench.state.concealed
