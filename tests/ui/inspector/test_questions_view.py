from __future__ import annotations

import pytest

from rnnstudio.core.cells.answers import QUESTIONS
from rnnstudio.core.cells.clip_lab import ClipSpec
from rnnstudio.core.cells.flow import FlowSpec
from rnnstudio.ui.inspector.tab import InspectorTab


@pytest.mark.parametrize("number", range(len(QUESTIONS)), ids=lambda n: QUESTIONS[n].key)
def test_that_an_answer_is_told_when_asked_and_leads_to_its_scene(
    tab: InspectorTab, number: int
) -> None:
    view = tab.questions
    tab.drawings.setCurrentWidget(view)
    view.questions.setCurrentRow(number)
    assert view.answer.text() == ""
    view.answer_button.click()
    told = QUESTIONS[number].answer(8)
    assert view.answer.text() == told.sentence
    view.look.click()
    if isinstance(told.show, FlowSpec):
        assert tab.drawings.currentWidget() is tab.flow
        assert tab.flow.spec() == told.show
    elif isinstance(told.show, ClipSpec):
        assert tab.drawings.currentWidget() is tab.clipping
        assert tab.clipping.spec() == told.show
    else:
        assert tab.state.scene.sizes == told.show.sizes
        assert tab.state.scene.cell is told.show.cell


def test_that_the_slider_of_k_stands_at_its_question_only_and_changes_the_answer(
    tab: InspectorTab,
) -> None:
    tab.drawings.setCurrentWidget(tab.questions)
    keys = [question.key for question in QUESTIONS]
    tab.questions.questions.setCurrentRow(keys.index("truncated"))
    assert tab.questions.cut.isVisible()
    tab.questions.cut.set_value(30)
    assert "misses 0.0%" in tab.questions.answer.text()
    tab.questions.questions.setCurrentRow(0)
    assert not tab.questions.cut.isVisible()
