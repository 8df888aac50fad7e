"""A few choices, one of which holds."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.ui.widgets.segment import Segment


@pytest.fixture
def segment(qtbot: QtBot) -> Segment:
    segment = Segment("Kind of cell")
    for key, text in (("rnn", "RNN"), ("lstm", "LSTM"), ("gru", "GRU")):
        segment.add(key, text)
    qtbot.addWidget(segment)
    segment.show_chosen("lstm")
    segment.show()
    return segment


def chosen(segment: Segment) -> list[str]:
    return [key for key, button in segment.buttons.items() if button.isChecked()]


def test_that_what_is_pressed_is_asked_for_and_what_holds_stays_marked(
    segment: Segment, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(segment.asked) as asked:
        qtbot.mouseClick(segment.buttons["gru"], Qt.MouseButton.LeftButton)
    assert asked.args == ["gru"]
    assert chosen(segment) == ["lstm"]
    segment.show_chosen("gru")
    assert chosen(segment) == ["gru"]


def test_that_every_choice_is_reached_by_tab_and_pressed_by_space(
    segment: Segment, qtbot: QtBot
) -> None:
    qtbot.waitActive(segment)
    for key, button in segment.buttons.items():
        button.setFocus(Qt.FocusReason.TabFocusReason)
        with qtbot.waitSignal(segment.asked) as asked:
            qtbot.keyClick(button, Qt.Key.Key_Space)
        assert asked.args == [key]


def test_when_stacked_it_is_narrow_and_no_text_is_cut(segment: Segment) -> None:
    wide = segment.sizeHint()
    segment.set_stacked(True)
    stacked = segment.sizeHint()
    assert stacked.width() < wide.width() / 2
    assert stacked.height() > wide.height()
    for button in segment.buttons.values():
        assert button.fontMetrics().horizontalAdvance(button.text()) < button.width()
    segment.set_stacked(False)
    assert segment.sizeHint() == wide
