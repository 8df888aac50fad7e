"""The inspector without a mouse: every stop has a name, shows its focus, and takes its keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene, text_scene
from rnnstudio.core.engine.spec import Dense, ModelSpec, Recurrent
from rnnstudio.core.engine.trained_model import initial_weights
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.trained_stack import trained_stack
from rnnstudio.ui.inspector.events import FaultInjected
from rnnstudio.ui.inspector.pages.inspector_pages import PAGES
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.widgets.focus_ring import FocusRing, show_ring


@pytest.fixture
def window(tab: InspectorTab, qtbot: QtBot) -> Iterator[QMainWindow]:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(tab)
    window.resize(1280, 720)
    window.show()
    qtbot.waitActive(window)
    QApplication.instance().focusChanged.connect(show_ring)
    yield window
    QApplication.instance().focusChanged.disconnect(show_ring)


def pages(tab: InspectorTab) -> Iterator[None]:
    """Every page, the home page with each part of its drawer."""
    for section in ("scene", "terms", "code"):
        tab.workbench.open_section(section)
        QApplication.processEvents()  # everything has its place then
        yield
    for page in PAGES[1:]:
        tab.pages.turn_to(page)
        yield


def stops(tab: InspectorTab, qtbot: QtBot) -> list[QWidget]:
    """Where Tab leads on the pages in sight, once around."""
    found: list[QWidget] = []
    first = next(
        widget
        for widget in (tab.cell.strip, *tab.pages.front.findChildren(QWidget))
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    )
    first.setFocus(Qt.FocusReason.TabFocusReason)
    while (now := QApplication.focusWidget()) not in found and now is not None:
        found.append(now)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    return found


def test_that_every_control_has_a_name(tab: InspectorTab) -> None:
    spec = ModelSpec(2, (Recurrent("lstm", 3), Dense(1)))
    tab.form.model.show_model(Model("a", trained_stack(spec, initial_weights(spec, 1))))
    for _ in pages(tab):
        for widget in tab.findChildren(QWidget):
            stop = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
            if widget.isVisible() and stop and widget.objectName() != "qt_scrollarea_viewport":
                spoken = QAccessible.queryAccessibleInterface(widget)
                assert spoken.text(QAccessible.Text.Name), widget


def test_that_every_stop_shows_that_it_has_the_focus(
    window: QMainWindow, tab: InspectorTab, qtbot: QtBot
) -> None:
    seen = 0
    for _ in pages(tab):
        for widget in stops(tab, qtbot):
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            if tab.workbench.drawer.isAncestorOf(widget):
                tab.workbench.drawer.ensureWidgetVisible(widget)
            ring = window.findChild(FocusRing)
            assert ring.widget() is widget
            assert ring.isVisible(), widget
            shown = window.grab().toImage()
            ring.hide()
            assert shown != window.grab().toImage(), widget
            ring.show()
            seen += 1
    assert seen > 70


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_that_a_key_presses_the_button_that_has_the_focus_and_plays_nothing(
    window: QMainWindow, tab: InspectorTab, qtbot: QtBot, key: Qt.Key
) -> None:
    pressed = 0
    for section in ("scene", "numbers", "what if", "check"):
        tab.workbench.open_section(section)
        for button in tab.workbench.drawer.sections[section].findChildren(QAbstractButton):
            if not (button.isVisible() and button.isEnabled()) or "…" in button.text():
                continue
            button.setFocus()
            with qtbot.waitSignal(button.clicked):
                qtbot.keyClick(button, key)
            pressed += 1
            assert not tab.state.cursor.playing
            tab.pages.turn_to("cell")  # a link may lead elsewhere
    assert pressed > 5


def test_that_space_goes_on_where_nothing_else_takes_it(
    window: QMainWindow, tab: InspectorTab, qtbot: QtBot
) -> None:
    tab.cell.strip.setFocus()
    qtbot.keyClick(tab.cell.strip, Qt.Key.Key_Space)
    assert tab.state.position == 1
    qtbot.keyClick(tab.cell.strip, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert tab.state.position == 0


def test_that_the_focus_stays_where_it_was_after_an_action(
    window: QMainWindow, tab: InspectorTab, qtbot: QtBot
) -> None:
    tab.workbench.open_section("numbers")
    tab.numbers.clear.setFocus()
    qtbot.keyClick(tab.numbers.clear, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is tab.numbers.clear
    tab.workbench.open_section("check")
    for button in (
        tab.check.check,
        tab.cell.transport.operation_on,
        tab.cell.transport.operation_back,
    ):
        button.setFocus()
        for _ in range(6):
            qtbot.keyClick(button, Qt.Key.Key_Return)
            assert QApplication.focusWidget() is button


@pytest.mark.parametrize("family", ["DejaVu Sans", "Noto Sans"])
def test_that_the_window_fits_a_small_screen_with_a_wide_font(
    qtbot: QtBot, family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtGui import QFont

    from rnnstudio.ui.main_window import MainWindow
    from rnnstudio.ui.theme.tokens import sizes

    app, before = QApplication.instance(), QApplication.font()
    font = QFont(family)
    font.setPixelSize(sizes().text)
    app.setFont(font)
    try:
        window = MainWindow()
        qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)
        window.show()
        for place in (1, 2, 0):
            window.tabs.setCurrentIndex(place)
            window.resize(1024, 700)
            assert (window.width(), window.height()) == (1024, 700)
        window.inspector.show_scene(text_scene(CELLS["lstm"], "hello", 5, 1))
        window.inspector.dispatch(FaultInjected(CELLS["lstm"].faults[0]))
        window.inspector.numbers.refused.emit("A sentence that is long. " * 20)
        window.resize(1024, 700)
        assert window.minimumSizeHint().width() <= 1024
        assert window.minimumSizeHint().height() <= 700
        assert (window.width(), window.height()) == (1024, 700)
        area = window.tabs.area
        for bar in (area.horizontalScrollBar(), area.verticalScrollBar()):
            qtbot.waitUntil(lambda bar=bar: not bar.isVisible())
        window.inspector.show_scene(random_scene(CELLS["gru"], Sizes(), 1))
        assert window.inspector.state.scene.cell is CELLS["gru"]
    finally:
        app.setFont(before)
