"""Every control of the tab says what it is to a screen reader, and errors leave the page whole."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.letter_quiz import LetterQuestion
from rnnstudio.ui.dinosaurs.events import CorpusRefused, LetterAsked, ModelRefused
from rnnstudio.ui.dinosaurs.pages.names_pages import PAGES
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.widgets.error_box import ErrorBox


def controls(page: QWidget) -> list[QWidget]:
    """What the Tab key stops at; the field inside a box of numbers is the box."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)
        and widget.focusProxy() is None
        and widget.window() is page.window()  # not the list that a box drops down
    ]


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_that_every_control_has_a_name(tab: DinosaursTab) -> None:
    tab.dispatch(LetterAsked(LetterQuestion("tri", tuple("acos"), (0.1, 0.2, 0.3, 0.4))))
    tab._repainter.flush()
    for page in PAGES:
        if page != "inspector":
            tab.pages.turn_to(page)
    found = controls(tab)
    assert len(found) > 50
    nameless = [
        f"{type(widget.parentWidget()).__name__} / {type(widget).__name__}"
        for widget in found
        if not name_of(widget).strip()
    ]
    assert not nameless, "\n".join(nameless)


@pytest.fixture
def box(qtbot: QtBot) -> ErrorBox:
    box = ErrorBox()
    qtbot.addWidget(box)
    box.resize(300, 60)
    return box


def test_that_a_long_sentence_is_scrolled_and_can_be_closed(box: ErrorBox, qtbot: QtBot) -> None:
    box.show_text("short")
    box.show_text("a sentence that has no end " * 200)
    assert box.sizeHint().height() < 6 * box.fontMetrics().lineSpacing()
    with qtbot.waitSignal(box.closed):
        qtbot.mouseClick(box.close_button, Qt.MouseButton.LeftButton)
    assert not box.isVisible()


def test_that_a_closed_error_comes_again_when_it_happens_again(
    tab: DinosaursTab, qtbot: QtBot
) -> None:
    for event, box in (
        (CorpusRefused("No list."), tab.drawer.names.error),
        (ModelRefused("No network."), tab.drawer.network.error),
    ):
        for _ in range(2):
            tab.dispatch(event)
            qtbot.waitUntil(box.isVisible)
            qtbot.mouseClick(box.close_button, Qt.MouseButton.LeftButton)
            qtbot.waitUntil(lambda box=box: box.text() == "")


@pytest.mark.parametrize("page", ["good", "compare", "explain", "home"])
def test_that_an_error_is_said_on_the_page_in_front_wherever_it_turns(
    tab: DinosaursTab, qtbot: QtBot, page: str
) -> None:
    for event, box in (
        (CorpusRefused("No list."), tab.drawer.names.error),
        (ModelRefused("No network."), tab.drawer.network.error),
    ):
        tab.pages.turn_to(page)
        tab.dispatch(event)
        qtbot.waitUntil(box.isVisible)
        tab.pages.turn_to("list")
        assert box.isVisible()
        tab.pages.turn_to("home")
        assert box.isVisible()
        assert tab.close_topmost()
        assert not box.isVisible()
        tab.pages.turn_to(page)
        assert not box.isVisible()
