"""Help is about what one looks at, and is searched offline."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rnnstudio.core import language
from rnnstudio.core.help_topics import help_topic, help_topics
from rnnstudio.ui.dinosaurs.pages.names_pages import PAGES as NAMES
from rnnstudio.ui.help.help_window import HelpWindow
from rnnstudio.ui.help.whereabouts import pages_with_help, topic_of
from rnnstudio.ui.inspector.pages.inspector_pages import PAGES as INSPECTOR
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.stocks.pages.shares_pages import PAGES as STOCKS
from rnnstudio.ui.tab_set import TAB_NAMES


@pytest.fixture
def window(qtbot: QtBot, fresh_look: None) -> Iterator[MainWindow]:
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_that_every_page_of_every_tab_has_a_text() -> None:
    for tab, pages in zip(TAB_NAMES, (INSPECTOR, NAMES, STOCKS), strict=True):
        assert set(pages) <= pages_with_help(tab)
        for page in pages:
            for in_drawer in (False, True):
                key = topic_of(tab, page, in_drawer=in_drawer, backward=False)
                assert help_topic(key).beginning


def test_that_f1_says_what_the_page_is_about_above_its_keys(window: MainWindow) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    sheet = window.tools.key_sheet
    assert sheet.isVisible()
    assert "one time step of a recurrent cell" in sheet.about.text()


def test_that_shift_f1_opens_the_help_at_the_page_and_at_its_drawer(window: MainWindow) -> None:
    window.inspector.pages.turn_to("flow")
    QTest.keyClick(
        QApplication.focusWidget() or window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier
    )
    shown = window.tools.help.shown
    assert shown is not None
    assert shown.isVisible()
    assert shown.text.toPlainText().startswith(help_topic("flow").title)
    shown.close()
    window.inspector.pages.turn_to("cell")
    window.inspector.workbench.open_section("what if")
    window.activateWindow()
    window.inspector.what_if.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.inspector.what_if.setFocus()
    assert window.tools.help.topic.key == "scene"


def test_that_the_help_speaks_the_language_that_is_chosen(window: MainWindow) -> None:
    window.tools.help.open()
    window.speak("id")
    try:
        assert window.tools.help.shown is None
        window.tools.help.open()
        shown = window.tools.help.shown
        assert shown is not None
        assert shown.text.toPlainText().startswith("Sel")
    finally:
        window.speak("en")


def test_that_a_search_narrows_the_list_and_says_where_there_is_nothing(qtbot: QtBot) -> None:
    shown = HelpWindow()
    qtbot.addWidget(shown)
    shown.show()
    assert shown.list.count() == len(help_topics())
    QTest.keyClicks(shown.search, "persistence")
    assert 0 < shown.list.count() < len(help_topics())
    assert "ersistence" in shown.text.toPlainText()
    QTest.keyClicks(shown.search, "xyzzy")
    assert shown.list.count() == 0
    assert "xyzzy" in shown.nothing.text()
    shown.search.clear()
    assert shown.list.count() == len(help_topics())


@pytest.mark.parametrize("code", language.NAMES)
def test_that_every_text_can_be_shown(qtbot: QtBot, code: str) -> None:
    language.choose(code)
    try:
        shown = HelpWindow()
        qtbot.addWidget(shown)
        for topic in help_topics():
            shown.show_topic(topic.key)
            assert topic.title in shown.text.toPlainText()
    finally:
        language.choose("en")
