"""The bar: three tabs that a reader can tell, their pages, the menu, and the start page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTabBar, QToolButton
from pytestqt.qtbot import QtBot

from rnnstudio.core.training import Sampled
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.running import Phase
from rnnstudio.ui.shell import remembered
from rnnstudio.ui.shell.dinosaur_picture import ITERATIONS
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import DESK, colours, sizes
from rnnstudio.ui.widgets.tab_page import TabPage


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)
    window.show()
    qtbot.waitExposed(window)
    return window


def open_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def middle_of(window: MainWindow, place: int) -> QPoint:
    return window.tabs.bar.tabRect(place).center()


def test_that_a_second_click_on_a_tab_offers_its_pages_and_turns_to_one(
    window: MainWindow, qtbot: QtBot
) -> None:
    bar = window.tabs.bar
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=middle_of(window, 1))
    assert window.tabs.currentWidget() is window.dinosaurs
    assert QApplication.activePopupWidget() is None
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=middle_of(window, 1))
    menu = open_menu()
    assert menu.actions()[0].text() == "The names, seven of them, while a network learns (Home)"
    assert menu.actions()[-1].text().startswith("&8 Two networks, ")
    assert [action.isChecked() for action in menu.actions()].index(True) == 0
    QTest.keyClick(menu, Qt.Key.Key_3)
    assert window.dinosaurs.page_place() == 3


@pytest.mark.parametrize("place", range(3))
def test_that_every_page_is_reached_by_alt_down_and_its_key(window: MainWindow, place: int) -> None:
    window.show_tab(place)
    tab = window.tabs.currentWidget()
    assert isinstance(tab, TabPage)
    others = [each for each in range(len(tab.page_entries())) if each != tab.home]
    for key, page in zip("1234567890ABC", others, strict=False):
        QTest.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(open_menu(), Qt.Key(ord(key)))
        if tab.page_entries()[page].title == "In the inspector":
            continue  # it leads to the other tab
        assert tab.page_place() == page
    QTest.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(open_menu(), Qt.Key.Key_Home)
    assert tab.page_place() == tab.home


def test_that_the_menu_opens_by_f10_at_the_right_edge_and_holds_every_command(
    window: MainWindow,
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F10)
    menu = open_menu()
    assert [each.text() for each in menu.actions()] == ["&File", "&Edit", "&View", "&Help"]
    assert menu.geometry().right() <= window.geometry().right() + 1
    menu.close()


def test_that_the_keys_of_the_menu_act_while_it_is_closed(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.tabs.currentWidget() is window.stocks
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.tabs.currentWidget() is window.inspector


def test_that_the_start_page_shows_a_network_learning_and_leads_to_the_tabs(
    window: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClick(window, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert window.tabs.at_start
    picture = window.start.dinosaur
    qtbot.waitUntil(lambda: picture.progress.value() == ITERATIONS, timeout=30_000)
    assert all(label.text() for label in picture.names)
    cell, dinosaur, _ = window.start.doors
    qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert not window.tabs.at_start
    assert window.tabs.currentWidget() is window.inspector
    window.tabs.show_start()
    qtbot.mouseClick(dinosaur, Qt.MouseButton.LeftButton)
    tab = window.dinosaurs
    assert window.tabs.currentWidget() is tab
    assert tab.state.run.phase in (Phase.RUNNING, Phase.FINISHED)
    if tab.state.run.active:
        tab.home_page.bar.stop_clicked.emit()
    qtbot.waitUntil(lambda: not tab.state.run.active, timeout=20_000)


def test_that_a_click_on_the_tab_in_front_leaves_the_start_page(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.tabs.show_start()
    qtbot.mouseClick(window.tabs.bar, Qt.MouseButton.LeftButton, pos=middle_of(window, 0))
    assert not window.tabs.at_start
    assert QApplication.activePopupWidget() is None


def test_that_recent_work_is_opened_by_enter_and_forgotten_by_del(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{name}.rnnstudio" for name in ("first", "second")]
    for path in paths:
        with qtbot.waitSignal(window.studio.done):
            window.studio.save_file(path)
        qtbot.waitUntil(lambda: not window.studio.busy)
    window.tabs.show_start()
    recent = window.start.recent
    assert recent.count() == 2
    recent.setFocus()
    recent.setCurrentRow(0)
    QTest.keyClick(recent, Qt.Key.Key_Delete)
    assert remembered.recent_files() == [paths[0]]
    recent.setCurrentRow(0)
    with qtbot.waitSignal(window.studio.done):
        QTest.keyClick(recent, Qt.Key.Key_Return)
    assert window.studio.path == paths[0]


def test_that_tab_leads_on_from_wherever_a_key_has_brought_a_tab_to_the_front(
    window: MainWindow,
) -> None:
    window.tabs.show_start()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    reached = set()
    for _ in range(6):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        reached.add(window.focusWidget())
    assert len(reached) == 6
    assert window.tabs.pages not in reached


def test_that_a_long_name_leaves_the_doors_equally_wide(window: MainWindow) -> None:
    window.tabs.show_start()
    picture = window.start.dinosaur
    picture.shutdown()
    picture._take(Sampled(0, ("brontosaurus" * 4,)))
    QApplication.processEvents()
    widths = [door.parentWidget().width() for door in window.start.doors]
    assert max(widths) - min(widths) <= 1
    assert picture.names[-1].text().endswith("…")


@pytest.mark.parametrize("choice", ["&Dark", "&Light"])
def test_that_the_bar_and_the_start_page_take_on_colours_and_sizes_too(
    window: MainWindow, fresh_look: None, choice: str
) -> None:
    start = window.start
    trigger(window, choice)
    trigger(window, "&Larger text")
    assert window.start is not start
    bar = window.tabs.bar
    assert bar.parentWidget().height() == sizes().bar
    for button in (window.tabs.menu_button, bar.tabButton(0, QTabBar.ButtonPosition.RightSide)):
        assert isinstance(button, QToolButton)
        drawn = button.icon().pixmap(sizes().target).toImage()
        inks = {drawn.pixelColor(x, y).name() for x in range(20) for y in range(20)}
        assert QColor(colours().ink).name() in inks
    window.start.doors[1].click()
    assert window.tabs.currentWidget() is window.dinosaurs


def test_that_the_largest_text_leaves_the_menu_within_a_small_window(
    window: MainWindow, fresh_look: None
) -> None:
    appearance.keep_text_size(appearance.LARGEST)
    window.dress_anew()
    window.resize(900, 600)
    QApplication.processEvents()
    button = window.tabs.menu_button
    assert window.width() == 900
    assert button.mapTo(window, button.rect().bottomRight()).x() < 900


@pytest.mark.parametrize("size", [100, 200, 300])
def test_that_the_names_of_all_tabs_are_whole_beside_large_text(
    window: MainWindow, fresh_look: None, size: int
) -> None:
    window.resize(1280, 720)
    appearance.keep_text_size(size)
    window.dress_anew()
    window.tabs.leave_start()
    QApplication.processEvents()
    bar = window.tabs.bar
    assert bar.tabRect(2).right() < bar.width()
    assert window.tabs.menu_button.mapTo(window, QPoint(0, 0)).x() < window.width()
    letters = [int(part.split("px")[0]) for part in bar.styleSheet().split("font-size: ")[1:]]
    assert letters[0] >= DESK.text


def test_that_the_bold_name_of_the_tab_in_front_is_whole_after_the_start_page(
    window: MainWindow,
) -> None:
    bar = window.tabs.bar
    window.tabs.setCurrentIndex(1)
    wide = bar.tabRect(1).width()
    window.tabs.setCurrentIndex(0)
    window.tabs.show_start()
    window.tabs.setCurrentIndex(1)
    assert bar.tabRect(1).width() == wide


def test_that_the_dinosaur_s_door_leads_to_the_training(window: MainWindow) -> None:
    window.dinosaurs.pages.turn_to("compare")
    window.start.doors[1].click()
    assert window.dinosaurs.pages.key == "home"


def trigger(window: MainWindow, text: str) -> None:
    next(each for each in window.findChildren(QAction) if each.text() == text).trigger()


def test_that_the_door_of_the_cell_leads_to_the_forget_gate_and_its_keys_act_at_once(
    qtbot: QtBot,
) -> None:
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)
    window.tabs.show_start()
    window.show()
    qtbot.waitActive(window)
    window.start.doors[0].setFocus()
    window.start.doors[0].click()
    state = window.inspector.state
    assert (state.cursor.time, state.operation.name) == (2, "ft")
    focus = window.focusWidget()
    assert focus is not None
    assert window.inspector.cell.isAncestorOf(focus)
    QTest.keyClick(focus, Qt.Key.Key_PageDown)
    assert window.inspector.state.operation.name == "it"
    QTest.keyClick(focus, Qt.Key.Key_Down)
    assert window.inspector.state.entry == (1, 0)
