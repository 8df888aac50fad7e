"""In front of a class: what goes, what grows, what comes back, and what a clicker does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core import language
from rnnstudio.ui.inspector.cell.card import Card
from rnnstudio.ui.inspector.cell.predict_bar import PredictBar
from rnnstudio.ui.inspector.events import AnswerRevealed, GuessAsked, HandsCounted, OperationStepped
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.shell.class_mode import class_factor
from rnnstudio.ui.shell.still_pointer import StillPointer
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import CLASS, sizes, theme


@pytest.fixture
def window(qtbot: QtBot, fresh_look: None) -> Iterator[MainWindow]:
    window = MainWindow()
    window.resize(1920, 1080)
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


def ask_class(window: MainWindow) -> PredictBar:
    """A question with hands in front of a class that has answered one before."""
    for event in (
        GuessAsked(),
        HandsCounted(0, 2),
        AnswerRevealed(),
        OperationStepped(1, ask=True),
        GuessAsked(),
        HandsCounted(2, 5),
    ):
        window.inspector.dispatch(event)
    return question_bar(window)


def question_bar(window: MainWindow) -> PredictBar:
    (bar,) = window.inspector.findChildren(PredictBar)
    return bar


def is_whole(part: QWidget) -> bool:
    return part.isVisible() and part.visibleRegion().boundingRect() == part.rect()


@pytest.mark.parametrize("size", [(1024, 768), (1280, 720), (1366, 768), (1920, 1080)])
def test_that_a_question_its_choices_and_the_card_are_whole_in_every_window(
    window: MainWindow, size: tuple[int, int]
) -> None:
    window.resize(*size)
    window.class_mode.set_on(True)
    bar = ask_class(window)
    QApplication.processEvents()
    choices = [choice for choice in bar.choices if choice.isVisible()]
    assert len(choices) == 3
    for part in (
        bar,
        bar.sentence,
        *choices,
        bar.button,
        bar.place,
        *window.inspector.findChildren(Card),
    ):
        assert is_whole(part)
    assert bar.height() < 0.3 * window.height()
    assert sizes().label >= 12


@pytest.mark.parametrize(
    ("size", "factor"),
    [
        ((1920, 1080), 1.0),
        ((1280, 720), 2 / 3),
        ((3840, 1080), 1.0),
        ((1920, 2160), 1.0),
        ((2560, 1440), 4 / 3),
        ((640, 480), 0.62),
        ((7680, 4320), 2.0),
    ],
)
def test_that_a_class_sees_everything_as_large_as_the_window_has_room_for(
    size: tuple[int, int], factor: float
) -> None:
    assert class_factor(QSize(*size)) == pytest.approx(factor)


def test_that_on_a_screen_of_1080_lines_nothing_is_under_20_pixels(window: MainWindow) -> None:
    window.class_mode.set_on(True)
    assert sizes() == CLASS
    assert sizes().label == 20


def test_that_another_size_of_the_window_is_taken_on_with_the_class_s_hands_and_score(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.class_mode.set_on(True)
    ask_class(window)
    before = window.inspector.state
    assert before.votes.score.total == 2
    assert before.votes.hands[2] == 5
    wide = pen("outline", 2).widthF()
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: sizes().label == 13)
    assert pen("outline", 2).widthF() == pytest.approx(wide * 2 / 3)
    after = window.inspector.state
    assert (after.cursor, after.votes, after.asked) == (before.cursor, before.votes, True)
    assert question_bar(window).sentence.text() == language.text(after.prediction.prompt)
    window.class_mode.set_on(False)
    assert (sizes().label, theme().class_factor) == (12, 1)


def test_that_a_hardly_other_size_of_the_window_and_one_at_a_desk_change_nothing(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(1600, 900)
    window.class_mode.set_on(True)
    in_class = window.inspector
    window.resize(1640, 920)
    assert window.class_mode.resting.isActive()
    qtbot.waitUntil(lambda: not window.class_mode.resting.isActive())
    assert window.inspector is in_class
    window.resize(1280, 720)
    window.class_mode.set_on(False)
    assert not window.class_mode.resting.isActive()
    at_desk = window.inspector
    window.resize(1600, 900)
    assert not window.class_mode.resting.isActive()
    assert window.inspector is at_desk


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
    field = window.dinosaurs.drawer.drawing.form
    window.dinosaurs.workbench.open_section("drawing")
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


def test_that_a_line_says_what_was_done_and_covers_nothing(window: MainWindow) -> None:
    window.resize(1024, 700)
    before, line, tabs = window.tabs.pages.geometry(), window.status_line, window.tabs
    for sentence in ("Done.", "The picture of the page stands in the file page.png."):
        window.statusBar().showMessage(sentence)
        assert line.isVisible()
        assert line.text() == sentence
        assert tabs.top.geometry().contains(line.geometry())
        beside = (tabs.bar, tabs.lessons_button)
        places = [each.rect().translated(each.mapTo(window, QPoint(0, 0))) for each in beside]
        last = tabs.bar.tabRect(2).translated(places[0].topLeft())
        assert not any(line.geometry().intersects(place) for place in (last, places[1]))
        assert window.tabs.pages.geometry() == before
    window.statusBar().showMessage("A sentence that is long. " * 20)
    QApplication.processEvents()
    assert window.rect().contains(line.geometry())
    assert line.height() == line.heightForWidth(line.width())
    page = tabs.pages.rect().translated(tabs.pages.mapTo(window, QPoint(0, 0)))
    assert not line.geometry().intersects(page)
    window.class_mode.set_on(True)
    assert not line.isVisible()
    assert window.tabs.contentsMargins().bottom() == 0
    window.class_mode.set_on(False)
    window.statusBar().clearMessage()
    assert not line.isVisible()
    QApplication.processEvents()
    assert window.tabs.pages.geometry() == before


def test_that_the_line_covers_no_button_when_the_window_becomes_wider(
    window: MainWindow, qtbot: QtBot
) -> None:
    line, button = window.status_line, window.tabs.lessons_button
    window.resize(1024, 700)
    window.statusBar().showMessage("Done.")
    qtbot.waitUntil(lambda: window.width() == 1024)
    QApplication.processEvents()
    narrow = button.width()
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: button.width() > narrow)
    QApplication.processEvents()
    place = button.rect().translated(button.mapTo(window, QPoint(0, 0)))
    assert not line.geometry().intersects(place)


def test_that_a_class_looks_at_a_page_as_it_was_looked_at_before(window: MainWindow) -> None:
    pages = window.inspector.pages
    pages.turn_to("gates")
    pages.gates.value.setCurrentIndex(2)
    pages.turn_to("flow")
    pages.flow.flush()
    pages.flow.cells.asked.emit("all")
    pages.flow.lengths.move(7)
    place, lines = pages.flow.lengths.place, len(pages.flow.lengths.lines)
    pages.flow.table_button.click()
    assert (place, lines) == (27, 3)
    for on in (True, False):
        window.class_mode.set_on(on)
        flow = window.inspector.pages.flow
        flow.flush()
        assert flow.lengths.place == place
        assert len(flow.lengths.lines) == lines
        assert flow.table_button.isChecked()
    window.inspector.pages.turn_to("gates")
    assert window.inspector.pages.gates.value.currentIndex() == 2


def test_that_what_a_class_has_seen_stays_uncovered_and_is_not_asked_again(
    window: MainWindow,
) -> None:
    window.class_mode.set_on(True)
    window.inspector.pages.turn_to("clipping")
    assert window.inspector.pages.clipping.angles.overlay.covered
    for _ in range(2):
        window.inspector.go_on(1)
    window.class_mode.set_on(False)
    window.class_mode.set_on(True)
    clipping = window.inspector.pages.clipping
    clipping.flush()
    assert not clipping.angles.overlay.covered
    for _ in range(2):
        assert not clipping.go_on(1)
    assert not clipping.is_asking
