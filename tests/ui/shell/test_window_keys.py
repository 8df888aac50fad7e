"""Keys that hold everywhere in the window, the sheet that lists them, and the page on paper."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.dinosaurs.evaluation_state import EvaluationAsked
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.shell.printing import print_page
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.widgets.focus_order import first_stop
from rnnstudio.ui.widgets.focus_ring import FocusRing, show_ring
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.tab_page import PageEntry, TabPage

LEFT = Qt.MouseButton.LeftButton
ALT, CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def press(window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def test_that_alt_left_and_esc_lead_to_the_first_page_of_the_tab(window: MainWindow) -> None:
    for key, modifier in ((Qt.Key.Key_Left, ALT), (Qt.Key.Key_Escape, NONE)):
        window.inspector.turn_to(4)
        press(window, key, modifier)
        assert window.inspector.page_place() == window.inspector.home


def test_that_esc_leaves_the_start_page(window: MainWindow) -> None:
    press(window, Qt.Key.Key_Home, ALT)
    assert window.tabs.at_start
    press(window, Qt.Key.Key_Escape)
    assert not window.tabs.at_start
    assert window.inspector.isAncestorOf(QApplication.focusWidget())


def test_that_return_presses_buttons_beside_the_tabs_too(window: MainWindow) -> None:
    window.tabs.show_start()
    window.start.doors[0].setFocus()
    press(window, Qt.Key.Key_Return)
    assert not window.tabs.at_start
    window.tabs.start.setFocus()
    press(window, Qt.Key.Key_Return)
    assert window.tabs.at_start


@pytest.mark.parametrize("from_start", [False, True])
@pytest.mark.parametrize("place", range(3))
def test_that_the_page_has_the_focus_and_not_the_bar_when_its_tab_comes(
    window: MainWindow, place: int, from_start: bool
) -> None:
    if from_start:
        window.tabs.show_start()
    window.show_tab(place)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.tab_set.front.isAncestorOf(focus)


def test_that_the_ring_rests_until_a_key_has_moved_the_focus(
    window: MainWindow, qtbot: QtBot
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.focusChanged.connect(show_ring)
    window.show_tab(1)
    ring = window.findChild(FocusRing)
    show_ring(None, QApplication.focusWidget())  # as when the window comes back to the front
    assert not ring.isVisible()
    press(window, Qt.Key.Key_Tab)
    qtbot.waitUntil(ring.isVisible)  # a tab that has just come has no room yet
    line = next(each for each in window.dinosaurs.findChildren(QLineEdit) if each.isVisible())
    qtbot.mousePress(line, LEFT)
    assert line.hasFocus()
    assert not ring.isVisible()
    qtbot.mouseRelease(line, LEFT)
    press(window, Qt.Key.Key_Tab)
    qtbot.waitUntil(ring.isVisible)
    app.focusChanged.disconnect(show_ring)


def test_that_the_ring_is_in_a_dialog_too(window: MainWindow, qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.focusChanged.connect(show_ring)
    window.tools.make_picture()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    press(dialog, Qt.Key.Key_Tab)
    ring = dialog.findChild(FocusRing)
    qtbot.waitUntil(lambda: ring.isVisible() and ring.widget() is QApplication.focusWidget())
    press(dialog, Qt.Key.Key_Escape)
    assert ring.widget() is None  # nothing is followed into its end
    app.focusChanged.disconnect(show_ring)


def test_that_a_dialog_that_is_qts_own_ends_in_peace_with_its_ring(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.focusChanged.connect(show_ring)
    around: list[tuple[QWidget | None, QWidget | None]] = []

    def move() -> None:
        dialog, focus = QApplication.activeModalWidget(), QApplication.focusWidget()
        if not isinstance(dialog, QFileDialog) or focus is None or focus.window() is not dialog:
            QTimer.singleShot(5, move)
            return
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        QTimer.singleShot(0, leave)

    def leave() -> None:
        gc.collect()  # Python keeps nothing of a dialog that is Qt's
        dialog = QApplication.activeModalWidget()
        try:
            around.append((dialog.findChild(FocusRing).widget(), QApplication.focusWidget()))
        finally:
            dialog.reject()

    QTimer.singleShot(5, move)
    QFileDialog.getOpenFileName(window, "Open", str(tmp_path))
    app.focusChanged.disconnect(show_ring)
    [(ringed, focus)] = around
    assert ringed is focus


@pytest.mark.parametrize("place", range(3))
def test_that_f6_goes_through_the_parts_of_every_tab_and_back(
    window: MainWindow, place: int
) -> None:
    window.show_tab(place)
    window.tabs.bar.setFocus()
    shown = [each for each in window._keys.regions() if each.isVisible()]
    parts = [each for each in shown if first_stop(each) is not None]
    assert len(parts) >= 4
    for turn in range(1, len(parts) + 1):
        press(window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        part = parts[turn % len(parts)]
        assert focus is part or part.isAncestorOf(focus)
    press(window, Qt.Key.Key_F6, SHIFT)
    focus = QApplication.focusWidget()
    assert focus is parts[-1] or parts[-1].isAncestorOf(focus)


def test_that_the_sheet_lists_the_keys_of_the_page_and_of_the_window_and_closes(
    window: MainWindow,
) -> None:
    window.tabs.bar.setFocus()
    for closing in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
        press(window, Qt.Key.Key_F1)
        sheet = window.tools.key_sheet
        assert sheet.isVisible()
        shown = [label.text() for label in sheet.findChildren(QLabel)]
        for key in tuple(window.inspector.keys()):
            assert key.sentence in shown
            assert QKeySequence(key.keys[0]).toString() in shown
        assert {"Full screen", "F11", "Go to the next part of the window.", "F6"} <= set(shown)
        press(window, closing)
        assert not sheet.isVisible()
        assert QApplication.focusWidget() is window.tabs.bar


def test_that_no_key_of_the_window_stands_for_two_things(window: MainWindow) -> None:
    listed = [key for each in window._keys.listed() for key in each.keys]
    listed += [key.toString() for each in window.menus.with_keys() for key in each.shortcuts()]
    assert sorted(set(listed)) == sorted(listed)


@pytest.mark.parametrize("size", [(1024, 700), (1280, 720)])
def test_that_the_sheet_stays_within_the_window_beside_any_text(
    window: MainWindow, fresh_look: None, size: tuple[int, int]
) -> None:
    appearance.keep_text_size(appearance.LARGEST)
    window.dress_anew()
    window.resize(*size)
    window.toggle_keys()
    assert window.rect().contains(window.tools.key_sheet.geometry())


def test_that_a_page_is_printed(window: MainWindow, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "page.pdf"))
    print_page(window.inspector.page_in_sight(), printer)
    printed = (tmp_path / "page.pdf").read_bytes()
    assert printed.startswith(b"%PDF")
    assert len(printed) > 5_000


def test_that_beside_the_largest_text_the_menu_opens_the_drawer(
    window: MainWindow, fresh_look: None
) -> None:
    appearance.keep_text_size(appearance.LARGEST)
    window.dress_anew()
    workbench = window.inspector.workbench
    assert not workbench.rail.isVisible()
    window.menus.drawer.aboutToShow.emit()
    for action in window.menus.drawer.actions():
        action.trigger()
        assert workbench.titles[workbench.shown] == action.text()


def test_that_two_quick_steps_make_text_two_steps_larger(
    window: MainWindow, fresh_look: None
) -> None:
    window.show_tab(1)
    line = next(each for each in window.dinosaurs.findChildren(QLineEdit) if each.isVisible())
    line.setFocus()
    for _ in range(2):
        press(window, Qt.Key.Key_Plus, CTRL)
    assert appearance.text_size() == 120
    assert QApplication.focusWidget() is not None


class Page(TabPage):
    """A tab whose keys write down that they were pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.button, self.line = QPushButton("press", self), QLineEdit(self)
        self.button.clicked.connect(lambda: self.done.append("press"))
        self.line.move(0, 60)

    def page_entries(self) -> tuple[PageEntry, ...]:
        return (PageEntry("home"),)

    def page_place(self) -> int:
        return 0

    def turn_to(self, place: int) -> None:
        self.done.append(str(place))

    def keys(self) -> tuple[PageKey, ...]:
        return tuple(
            PageKey((key,), key, lambda key=key: self.done.append(key))
            for key in ("Space", "Return", "Right", "PgDown", "G", "Shift+1", "Ctrl+Right")
        )


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page()
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def test_that_space_and_return_press_the_button_in_focus_and_arrows_are_the_page_s(
    page: Page,
) -> None:
    page.button.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_PageDown):
        press(page, key)
    assert page.done == ["press", "press", "Right", "PgDown"]
    assert page.button.hasFocus()
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, NONE, "\r", autorep=True)
    QApplication.sendEvent(page.button, held)
    assert page.done == ["press", "press", "Right", "PgDown"]


def test_that_what_is_typed_is_no_key_of_the_page(page: Page) -> None:
    page.line.setFocus()
    QTest.keyClicks(page.line, "G g")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_PageDown):
        press(page, key)
    assert page.line.text() == "G g"
    assert page.done == []


def test_that_a_key_acts_where_nothing_has_the_focus(page: Page) -> None:
    QTest.keyClick(page, Qt.Key.Key_Right, CTRL)
    QTest.keyClick(page, Qt.Key.Key_G)
    QTest.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.KeypadModifier)
    assert page.done == ["Ctrl+Right", "G", "Right"]


@pytest.mark.parametrize("tab_comes", [False, True])
def test_that_the_keys_of_a_page_of_the_names_act_once_it_has_come(
    window: MainWindow, qtbot: QtBot, tab_comes: bool
) -> None:
    window.show_tab(1)
    tab = window.dinosaurs
    tab.pages.turn_to("good")
    if tab_comes:
        window.show_tab(0)
        window.show_tab(1)
    tab.evaluation.choose(EvaluationAsked((), 1))
    qtbot.waitUntil(lambda: not tab.pages.good.run_bar.start_button.isEnabled())
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Space)
    assert tab.pages.key == "good"
    press(window, Qt.Key.Key_Escape)
    assert tab.pages.key == "home"
