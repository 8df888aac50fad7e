"""A class is asked, counted and answered by the keys of a clicker and a keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.prediction import AskWhen
from rnnstudio.ui.inspector.events import OperationStepped
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import CLASS, LIGHT, Theme

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def lecture(qtbot: QtBot, fresh_look: None) -> Iterator[InspectorTab]:
    """The trained cell in front of a class, in a window that has the focus."""
    appearance.apply(QApplication.instance(), Theme(LIGHT, CLASS, in_class=True))
    tab, window = InspectorTab(), QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(tab)
    window.resize(1920, 1080)
    window.show()
    qtbot.waitActive(window)
    yield tab
    assert tab.shutdown()


def test_that_a_value_is_asked_for_counted_and_shown_by_keys(
    lecture: InspectorTab, qtbot: QtBot
) -> None:
    page = lecture.cell
    page.transport.operation_on.setFocus()
    qtbot.keyClick(page.transport.operation_on, KEY.Key_PageDown)
    assert page.question.isVisible()
    assert not page.transport.isVisible()
    assert page.question.button.hasFocus()
    assert page.strip.tiles[0].content.values is None
    bar = page.question.button
    for key, modifiers in ((KEY.Key_1, Qt.KeyboardModifier.NoModifier),) * 2 + (
        (KEY.Key_3, Qt.KeyboardModifier.KeypadModifier),
        (KEY.Key_1, SHIFT),
    ):
        qtbot.keyClick(bar, key, modifiers)
    assert [button.face.hands for button in page.question.choices[:3]] == [1, 0, 1]
    qtbot.keyClick(bar, KEY.Key_PageDown)
    assert page.question.button.text() == "Next"
    assert lecture.state.votes.score.total == 2
    qtbot.keyClick(bar, KEY.Key_PageDown)
    assert lecture.state.operation.name == "it"
    assert lecture.state.concealed


def test_that_return_on_the_violet_button_reveals_once(lecture: InspectorTab, qtbot: QtBot) -> None:
    page = lecture.cell
    page.transport.operation_on.setFocus()
    qtbot.keyClick(page.transport.operation_on, KEY.Key_Return)
    assert lecture.state.concealed
    qtbot.keyClick(page.question.button, KEY.Key_Return)
    assert lecture.state.votes.revealed
    assert lecture.state.operation.name == "ft"


def test_when_the_class_is_never_asked_the_keys_only_go_on(
    lecture: InspectorTab, qtbot: QtBot
) -> None:
    page = lecture.cell
    page.transport.questions[AskWhen.NEVER].trigger()
    for _ in range(3):
        qtbot.keyClick(lecture, KEY.Key_PageDown)
    assert lecture.state.position == 3
    assert page.transport.isVisible()


def test_that_a_lecture_goes_on_to_the_other_pass_by_the_violet_button_too(
    lecture: InspectorTab,
) -> None:
    lecture.dispatch(OperationStepped(lecture.state.last_position))
    lecture.cell.transport.operation_on.click()
    assert lecture.state.backward


def test_that_esc_takes_the_question_away_before_it_leaves_the_class(
    lecture: InspectorTab, qtbot: QtBot
) -> None:
    qtbot.keyClick(lecture, KEY.Key_PageDown)
    assert lecture.close_topmost()
    assert lecture.cell.transport.isVisible()
    assert not lecture.state.asked
    assert not lecture.close_topmost()
