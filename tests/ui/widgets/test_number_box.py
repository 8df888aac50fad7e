"""Boxes for numbers: what is typed or given stays, digit by digit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.number_box import DecimalBox, WholeBox


@pytest.fixture
def whole(qtbot: QtBot) -> WholeBox:
    box = WholeBox("Hidden units", 1, 500, 10)
    qtbot.addWidget(box)
    box.show()
    return box


def typed(qtbot: QtBot, box: WholeBox | DecimalBox, text: str) -> None:
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    box.clearFocus()
    QApplication.processEvents()


def test_that_a_number_beyond_the_range_is_kept_as_it_was_typed(
    whole: WholeBox, qtbot: QtBot
) -> None:
    typed(qtbot, whole, "99999")
    assert whole.value() == 99_999


@pytest.mark.parametrize("text", ["12,345", "12.345", "12 345", "12'345", "12\u202f345", "12345"])
def test_that_groups_of_digits_are_read_as_any_country_writes_them(
    whole: WholeBox, text: str
) -> None:
    whole.lineEdit().setText(text)
    assert whole.value() == 12_345


@pytest.mark.parametrize("text", ["", "abc", "1.5", "1e3", "12,34", "--5"])
def test_when_it_is_no_whole_number_the_sentence_names_the_setting_and_the_text_stays(
    whole: WholeBox, qtbot: QtBot, text: str
) -> None:
    typed(qtbot, whole, text or "\b")
    with pytest.raises(UserError, match=r"Hidden units is “.*”; it must be a whole number"):
        whole.value()
    qtbot.keyClick(whole, Qt.Key.Key_Up)
    assert whole.text() == text


def test_that_the_arrows_stay_within_the_range(whole: WholeBox, qtbot: QtBot) -> None:
    whole.setValue(495)
    qtbot.keyClick(whole, Qt.Key.Key_Up)
    assert whole.value() == 500
    whole.setValue(5)
    qtbot.keyClick(whole, Qt.Key.Key_Down)
    assert whole.value() == 1


def test_that_the_special_text_stands_for_the_least(qtbot: QtBot) -> None:
    box = WholeBox("Top-k", 0, 500, special="all")
    qtbot.addWidget(box)
    assert (box.text(), box.value()) == ("all", 0)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert (box.text(), box.value()) == ("1", 1)


@settings(max_examples=60)
@given(st.integers(-(2**200), 2**200))
def test_that_a_whole_number_shown_is_the_one_given_back(qapp: QApplication, number: int) -> None:
    box = WholeBox("Seed", 0, 2**63 - 1)
    box.setValue(number)
    assert box.value() == number
    box.deleteLater()


@settings(max_examples=60)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_that_a_decimal_shown_is_the_one_given_back(qapp: QApplication, number: float) -> None:
    box = DecimalBox("Dropout", 0, 1, 0.1)
    box.setValue(number)
    assert box.value() == number
    box.deleteLater()


def test_that_steps_of_a_decimal_add_up(qtbot: QtBot) -> None:
    box = DecimalBox("Dropout", 0, 1, 0.1)
    qtbot.addWidget(box)
    for _ in range(3):
        qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.text() == "0.3"
    box.lineEdit().setText("0,25")
    assert box.value() == 0.25


def test_that_a_box_writes_as_the_language_does_and_reads_its_own_writing(qtbot: QtBot) -> None:
    language.choose("id")
    try:
        rate, days = DecimalBox("Rate", 0, 1, 0.1), WholeBox("Days", 1, 20_000)
        rate.setValue(0.25)
        days.setValue(9875)
    finally:
        language.choose("en")
    qtbot.addWidget(rate)
    qtbot.addWidget(days)
    assert (rate.text(), days.text()) == ("0,25", "9.875")
    assert (rate.value(), days.value()) == (0.25, 9875)


def test_that_a_number_stands_apart_from_its_border(whole: WholeBox) -> None:
    field = whole.lineEdit()
    field.home(False)
    place = field.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).center()
    assert field.mapTo(whole, place).x() > sizes().half_gap
