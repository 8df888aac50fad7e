from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.clip_lab import ClipSpec
from rnnstudio.core.cells.flow import FlowSpec
from rnnstudio.core.cells.misconceptions import QUESTIONS
from rnnstudio.ui.inspector.events import OperationStepped
from rnnstudio.ui.inspector.tab import InspectorTab


@pytest.mark.parametrize("number", range(len(QUESTIONS)), ids=lambda n: QUESTIONS[n].key)
def test_that_an_answer_is_given_when_asked_and_leads_to_its_scene(
    tab: InspectorTab, number: int
) -> None:
    view = tab.pages.questions
    tab.pages.turn_to("questions")
    view.questions.setCurrentRow(number + 1)
    assert view.answer.text() == ""
    view.guesses.reveal.click()
    explanation = QUESTIONS[number].answer(8)
    assert view.answer.text() == str(explanation.sentence)
    view.look.click()
    if isinstance(explanation.show, FlowSpec):
        assert tab.pages.key == "flow"
        assert tab.pages.flow.spec() == explanation.show
    elif isinstance(explanation.show, ClipSpec):
        assert tab.pages.key == "clipping"
        assert tab.pages.clipping.spec() == explanation.show
    else:
        assert tab.state.scene.sizes == explanation.show.sizes
        assert tab.state.scene.cell is explanation.show.cell


def test_that_the_slider_of_k_stands_at_its_question_only_and_changes_the_answer(
    tab: InspectorTab,
) -> None:
    tab.pages.turn_to("questions")
    keys = [question.key for question in QUESTIONS]
    tab.pages.questions.questions.setCurrentRow(keys.index("truncated") + 1)
    assert tab.pages.questions.cut.isVisible()
    tab.pages.questions.cut.set_value(20)
    assert tab.pages.questions.answer.text() == ""
    tab.pages.questions.guesses.reveal.click()
    tab.pages.questions.cut.set_value(30)
    assert "misses 0.0%" in tab.pages.questions.answer.text()
    tab.pages.questions.questions.setCurrentRow(1)
    assert not tab.pages.questions.cut.isVisible()


def test_that_the_next_value_is_covered_until_it_is_revealed(tab: InspectorTab) -> None:
    view = tab.pages.questions
    tab.pages.turn_to("questions")
    view.questions.setCurrentRow(0)
    assert "forget gate of unit 1" in view.prompt.text()
    assert view.answer.text() == ""
    position = tab.state.position
    view.guesses.choices[1].click()
    view.guesses.reveal.click()
    assert tab.state.position == position + 1
    assert tab.state.operation.name == "ft"
    assert view.answer.text().endswith(f": {tab.state.result[0, 0]:.2f}.")
    view.go_on.click()
    assert "input gate of unit 1" in view.prompt.text()


def test_that_hands_are_counted_once_and_for_the_right_choice(tab: InspectorTab) -> None:
    view = tab.pages.questions
    tab.pages.turn_to("questions")
    view.questions.setCurrentRow(1)
    view.guesses.hands[0].setValue(12)
    view.guesses.hands[1].setValue(9)
    view.guesses.reveal.click()
    view.guesses.reveal.click()
    assert view.guesses.score_label.text() == "Right so far: 9 of 21 guesses (43%)"
    assert view.guesses.choices[1].text().startswith("✓")


def test_when_the_class_steps_on_by_itself_the_next_value_is_asked_for(tab: InspectorTab) -> None:
    view = tab.pages.questions
    tab.pages.turn_to("questions")
    view.questions.setCurrentRow(0)
    tab.dispatch(OperationStepped(3))
    assert "memory of unit 1" in view.prompt.text()
    tab.dispatch(OperationStepped(tab.state.last_position))
    assert "ends here" in view.prompt.text()
    assert not view.guesses.reveal.isEnabled()


def test_that_hands_which_are_no_number_are_refused_and_stay(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    tab.pages.turn_to("questions")
    guesses = tab.pages.questions.guesses
    for typed in ("many", "-1", "99999"):
        guesses.hands[0].lineEdit().setText(typed)
        qtbot.mouseClick(guesses.reveal, Qt.MouseButton.LeftButton)
        assert "Hands for choice 1" in tab.message.text()
        assert guesses.score.total == 0
        assert guesses.hands[0].text() == typed
    guesses.hands[0].setValue(30)
    qtbot.mouseClick(guesses.reveal, Qt.MouseButton.LeftButton)
    assert guesses.score.total == 30
