"""A sentence of what went wrong is read whole, or scrolled where it is very long."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.page_frame import PageFrame


@pytest.mark.parametrize("width", [260, 280, 800])
def test_that_a_sentence_of_few_lines_is_seen_whole_at_any_width(qtbot: QtBot, width: int) -> None:
    box = ErrorBox()
    qtbot.addWidget(box)
    box.setFixedWidth(width)
    box.show_text("model.keras is damaged or no model of Keras; choose another file.")
    area = box.findChild(QScrollArea)
    qtbot.waitUntil(lambda: box.isVisible() and area.viewport().height() >= box.label.height())
    assert box.label.height() >= box.label.heightForWidth(box.label.width())
    assert not area.verticalScrollBar().isVisible()


def test_that_a_very_long_sentence_is_scrolled(qtbot: QtBot) -> None:
    box = ErrorBox()
    qtbot.addWidget(box)
    box.setFixedWidth(280)
    box.show_text("A sentence that is long. " * 20)
    area = box.findChild(QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().isVisible())
    assert box.height() < 8 * box.fontMetrics().lineSpacing()


@pytest.fixture
def pages(qtbot: QtBot) -> tuple[QStackedWidget, ErrorBox, QLabel]:
    """A page of a stack with a form on it that can fail, and what stands below the form."""
    stack, page, form, below = QStackedWidget(), QWidget(), QWidget(), QLabel("below")
    QVBoxLayout(form).addWidget(QPushButton("try"))
    box = ErrorBox(form)
    layout = QVBoxLayout(page)
    layout.addWidget(form)
    layout.addWidget(below)
    stack.addWidget(page)
    qtbot.addWidget(stack)
    stack.resize(500, 400)
    stack.show()
    return stack, box, below


def test_that_a_sentence_lies_over_its_page_and_moves_nothing(
    pages: tuple[QStackedWidget, ErrorBox, QLabel], qtbot: QtBot
) -> None:
    stack, box, below = pages
    before = below.geometry()
    box.show_text("A sentence of what went wrong that is longer than one line of this page. " * 2)
    qtbot.waitUntil(lambda: box.height() > 3 * box.fontMetrics().lineSpacing())
    assert box.parentWidget() is stack.currentWidget()
    assert below.geometry() == before
    assert stack.currentWidget().rect().contains(box.geometry())
    stack.resize(300, 400)
    qtbot.waitUntil(lambda: stack.currentWidget().rect().contains(box.geometry()))
    stack.resize(2000, 400)
    qtbot.waitUntil(lambda: box.width() > 500)
    assert box.width() < 800


def test_that_a_cross_says_beside_the_colour_that_something_went_wrong(
    pages: tuple[QStackedWidget, ErrorBox, QLabel],
) -> None:
    _, box, _ = pages
    box.show_text("A sentence of what went wrong.")
    marks = [each for each in box.findChildren(QLabel) if not each.pixmap().isNull()]
    (cross,) = (mark for mark in marks if mark.isVisible())
    assert cross.geometry().right() < box.findChild(QScrollArea).x()


def test_that_it_covers_no_sentence_that_the_page_itself_says(qtbot: QtBot) -> None:
    page = PageFrame("Home", "The title")
    page.set_thing(QLabel("the thing"))
    page.say("What the page says is read beside what went wrong. " * 3)
    stack = QStackedWidget()
    stack.addWidget(page)
    qtbot.addWidget(stack)
    stack.resize(600, 500)
    stack.show()
    box = ErrorBox(page)
    box.show_text("A sentence of what went wrong.")
    qtbot.waitUntil(box.isVisible)
    below = page.sentence.mapTo(page, page.sentence.rect().bottomLeft()).y()
    assert box.y() > below


def test_that_a_closed_sentence_stays_away_until_another_one_comes(
    pages: tuple[QStackedWidget, ErrorBox, QLabel], qtbot: QtBot
) -> None:
    _, box, _ = pages
    box.show_text("One.")
    with qtbot.waitSignal(box.closed):
        qtbot.mouseClick(box.close_button, Qt.MouseButton.LeftButton)
    box.show_text("One.")
    assert not box.isVisible()
    box.show_text("Two.")
    assert box.isVisible()
