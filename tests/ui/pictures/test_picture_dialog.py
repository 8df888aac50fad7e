"""The way from every page of the window to its picture: a button on it, and the window's menu."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.pictures.picture_dialog import PictureDialog
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.widgets.page_frame import PageFrame

SPACE, ESCAPE = Qt.Key.Key_Space, Qt.Key.Key_Escape


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)
    window.resize(1280, 720)
    with qtbot.waitExposed(window):
        window.show()
    return window


def dialog_over(window: MainWindow) -> PictureDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PictureDialog)
    assert dialog.parent() is window
    return dialog


@pytest.mark.parametrize("tab", range(3))
def test_that_every_page_leads_to_a_picture_of_itself_by_keys(
    window: MainWindow, tab: int, qtbot: QtBot, tmp_path: Path
) -> None:
    window.show_tab(tab)
    front, seen = window.tab_set.front, []
    for place in range(len(front.page_entries())):
        front.turn_to(place)
        if window.tab_set.front is not front or front.page_place() in (front.home, *seen):
            window.show_tab(tab)
            continue
        seen.append(front.page_place())
        (page,) = (each for each in front.findChildren(PageFrame) if each.isVisible())
        button = page.picture_button
        assert button.isVisible()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        qtbot.keyClick(button, SPACE)
        dialog = dialog_over(window)
        dialog.form.save(tmp_path / f"{place}.svg")
        drawn = front.picture().page
        assert drawn is page or page.isAncestorOf(drawn)
        assert f"{place}.svg" in dialog.done_line.text()
        assert page.title.text() in (tmp_path / f"{place}.svg").read_text("utf-8")
        qtbot.keyClick(dialog, ESCAPE)
        assert QApplication.activeModalWidget() is None
    assert len(seen) >= 7


def test_that_the_menu_leads_to_a_picture_of_what_is_in_front_but_for_the_start_page(
    window: MainWindow,
) -> None:
    file = window.menus.picture.associatedObjects()
    (menu,) = (each for each in file if each.inherits("QMenu"))
    window.tabs.show_start()
    menu.aboutToShow.emit()
    assert not window.menus.picture.isEnabled()
    window.tabs.leave_start()
    menu.aboutToShow.emit()
    window.menus.picture.trigger()
    dialog = dialog_over(window)
    assert dialog.form.view().page is window.inspector.picture().page
    dialog.close()


def test_that_an_animation_ends_with_the_dialog(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.show_tab(0)
    window.tools.make_picture()
    form = dialog_over(window).form.animation
    form.save(tmp_path / "a.gif")
    qtbot.waitUntil(lambda: form.progress.value() >= 1, timeout=20_000)
    dialog_over(window).reject()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("fresh_look")
def test_that_the_way_to_a_picture_takes_no_room_that_a_page_needs(
    window: MainWindow, qtbot: QtBot
) -> None:
    def button() -> QPushButton:
        page = window.inspector.pages.page
        assert page is not None
        return page.picture_button

    window.inspector.pages.turn_to("flow")
    assert button().text()
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: not button().text())
    assert button().toolTip()
    window.class_mode.set_on(True)
    assert not button().isVisible()
    window.class_mode.set_on(False)
    appearance.keep_text_size(appearance.LARGEST)
    window.dress_anew()
    assert not button().isVisible()
