"""In front of a class: what goes, what grows, what comes back, and what a clicker does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.inspector.events import OperationStepped
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.shell.still_pointer import StillPointer
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import CLASS, sizes, theme


@pytest.fixture
def window(qtbot: QtBot, fresh_look: None) -> Iterator[MainWindow]:
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key)


def test_that_f5_leaves_the_thing_alone_and_large_and_brings_everything_back(
    window: MainWindow,
) -> None:
    for _ in range(3):
        window.inspector.dispatch(OperationStepped(1))
    before, work = window.inspector.state.cursor, window.studio.session
    press(window, Qt.Key.Key_F5)
    assert theme().in_class
    assert not window.tabs.top.isVisible()
    assert not window.status_line.isVisible()
    assert window.inspector.fontInfo().pixelSize() == CLASS.text
    assert window.inspector.state.cursor == before
    press(window, Qt.Key.Key_F5)
    assert not theme().in_class
    assert window.tabs.top.isVisible()
    assert window.inspector.state.cursor == before
    assert window.studio.session.same_work(work)
    assert not window.studio.unsaved


def test_that_esc_goes_back_from_a_page_before_it_ends_the_class(window: MainWindow) -> None:
    window.class_mode.set_on(True)
    window.inspector.turn_to(3)
    press(window, Qt.Key.Key_Escape)
    assert window.inspector.page_place() == window.inspector.home
    assert window.class_mode.on
    press(window, Qt.Key.Key_Escape)
    assert not window.class_mode.on


@pytest.mark.parametrize("key", [Qt.Key.Key_B, Qt.Key.Key_Period])
def test_that_a_clicker_s_key_blanks_the_window_and_the_next_key_does_nothing_else(
    window: MainWindow, key: Qt.Key
) -> None:
    window.show_tab(1)
    window.class_mode.set_on(True)
    focus = QApplication.focusWidget()
    press(window, key)
    assert window.blank.geometry() == window.rect()
    picture = window.grab().toImage()
    assert {picture.pixelColor(x, y).name() for x in (5, 600) for y in (5, 300)} == {
        theme().colours.window
    }
    press(window, Qt.Key.Key_Escape)
    assert not window.blank.isVisible()
    assert window.class_mode.on
    assert QApplication.focusWidget() is focus


def test_that_a_key_of_a_menu_brings_a_blank_window_back_and_does_nothing_else(
    window: MainWindow,
) -> None:
    window.blank.cover()
    QTest.keyClick(window.blank, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert not window.blank.isVisible()
    assert window.tabs.currentIndex() == 0


def test_that_letters_that_are_typed_blank_nothing(window: MainWindow) -> None:
    window.show_tab(1)
    field = window.dinosaurs.sampling_page.form
    window.dinosaurs.pages.setCurrentWidget(window.dinosaurs.sampling_page)
    line = next(each for each in field.findChildren(QWidget) if each.isVisible() and is_line(each))
    line.setFocus()
    QTest.keyClicks(line, "b.")
    assert not window.blank.isVisible()


def is_line(widget: QWidget) -> bool:
    return widget.inherits("QLineEdit") and widget.isEnabled()


def test_that_the_pointer_hides_while_it_stands_still_and_only_while_it_is_watched(
    qtbot: QtBot, window: MainWindow
) -> None:
    pointer = StillPointer(window, 1)
    QCursor.setPos(window.mapToGlobal(QPoint(50, 50)))
    pointer.watch(True)
    qtbot.waitUntil(lambda: pointer.hidden)
    shape = QApplication.overrideCursor()
    assert shape is not None
    assert shape.shape() is Qt.CursorShape.BlankCursor
    pointer.watch(False)
    assert QApplication.overrideCursor() is None


def test_that_a_moving_pointer_is_seen(qtbot: QtBot, window: MainWindow) -> None:
    pointer = StillPointer(window, 60_000)
    pointer.watch(True)
    pointer._set_hidden(True)
    QCursor.setPos(window.mapToGlobal(QPoint(70, 90)))
    qtbot.waitUntil(lambda: not pointer.hidden)
    pointer.watch(False)


def test_that_the_menu_and_the_pages_are_reached_in_front_of_a_class(window: MainWindow) -> None:
    window.class_mode.set_on(True)
    for key, modifier in (
        (Qt.Key.Key_F10, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
    ):
        QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        menu.close()


def test_that_text_grows_in_front_of_a_class_too(window: MainWindow) -> None:
    appearance.keep_text_size(150)
    window.class_mode.set_on(True)
    assert sizes().text == round(1.5 * CLASS.text)
    window.dress_anew()
    assert theme().in_class


def test_that_lines_are_half_as_wide_again_in_front_of_a_class(window: MainWindow) -> None:
    at_desk = pen("outline", 2, (4, 4))
    window.class_mode.set_on(True)
    before_class = pen("outline", 2, (4, 4))
    assert (at_desk.widthF(), before_class.widthF()) == (2, 3)
    assert before_class.dashPattern() == [2, 2]


def test_that_a_tab_first_looked_at_in_class_is_bare_too(window: MainWindow) -> None:
    window.class_mode.set_on(True)
    window.show_tab(2)
    assert window.stocks.fontInfo().pixelSize() == CLASS.text
    window.class_mode.set_on(False)
    assert window.stocks.fontInfo().pixelSize() < CLASS.text


def test_that_the_focus_comes_back_to_the_page_from_wherever_it_was(window: MainWindow) -> None:
    window.class_mode.set_on(True)
    press(window, Qt.Key.Key_F6)
    window.class_mode.set_on(False)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.inspector.isAncestorOf(focus)


def test_that_f11_fills_the_screen_and_goes_back(window: MainWindow) -> None:
    press(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    press(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def test_that_a_line_at_the_bottom_says_what_was_done_and_moves_nothing(
    window: MainWindow,
) -> None:
    before = window.tabs.geometry()
    line = window.status_line
    for sentence in ("Done.", "A sentence that is long. " * 20):
        window.statusBar().showMessage(sentence)
        assert line.isVisible()
        assert line.text() == sentence
        assert window.tabs.geometry() == before
        assert window.rect().contains(line.geometry())
        assert line.geometry().bottom() == window.rect().bottom()
    window.class_mode.set_on(True)
    assert not line.isVisible()
    window.class_mode.set_on(False)
    window.statusBar().clearMessage()
    assert not line.isVisible()
