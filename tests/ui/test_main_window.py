"""The frame around the tabs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.spec import FastSpec
from rnnstudio.core.stocks.spec import ForecastSpec
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.tab import StocksTab


def test_that_ctrl_q_closes_the_window_on_every_system(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    actions = window.findChildren(QAction)
    shortcuts = {action.text(): action.shortcut().toString() for action in actions}
    assert shortcuts["&Quit"] == "Ctrl+Q"
    window.close()


def test_that_a_tab_is_built_when_it_is_first_looked_at_and_keeps_its_place(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    names = [window.tabs.tabText(index) for index in range(3)]
    assert not window.findChildren(DinosaursTab)
    window.tabs.setCurrentIndex(1)
    assert window.tabs.currentWidget() is window.dinosaurs
    assert window.findChildren(DinosaursTab) == [window.dinosaurs]
    assert not window.findChildren(StocksTab)
    assert window.tabs.indexOf(window.stocks) == 2
    assert window.tabs.currentIndex() == 1
    assert [window.tabs.tabText(index) for index in range(3)] == names
    window.close()


def test_that_a_trained_network_is_opened_in_the_inspector_on_a_name(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    tab = window.dinosaurs
    window.tabs.setCurrentWidget(tab)
    tab.form.show_spec(FastSpec(cell="lstm", epochs=1, units=8))
    tab.start()
    qtbot.waitUntil(lambda: tab.state.run.phase is Phase.FINISHED, timeout=60_000)
    tab.inspect("rex")
    assert window.tabs.currentWidget() is window.inspector
    scene, trained = window.inspector.state.scene, tab.state.trained
    assert trained is not None
    assert scene.labels == ("∅", "r", "e", "x")
    assert scene.cell.name == "lstm"
    assert (scene.parameters["Wy"] == trained.parameters["Wy"]).all()
    window.close()


@pytest.mark.parametrize(
    ("button", "open_after"),
    [
        (QMessageBox.StandardButton.Cancel, True),
        (QMessageBox.StandardButton.Discard, False),
    ],
)
def test_that_who_quits_with_unsaved_runs_is_asked(
    qtbot: QtBot, button: QMessageBox.StandardButton, open_after: bool
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    tab = window.stocks
    window.tabs.setCurrentWidget(tab)
    qtbot.waitUntil(lambda: tab.state.ready)
    tab.form.show_spec(ForecastSpec(window=5, units=4, epochs=1))
    tab.start()
    qtbot.waitUntil(lambda: tab.further.runs.unsaved, timeout=60_000)
    QTimer.singleShot(0, lambda: answer(button))
    quit_action(window).trigger()
    assert window.isVisible() is open_after
    window.close()


def test_that_who_has_nothing_to_lose_is_not_asked(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    quit_action(window).trigger()
    assert not window.isVisible()


def answer(button: QMessageBox.StandardButton) -> None:
    """Press the button of the question that is being asked."""
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    box.button(button).click()


def quit_action(window: MainWindow) -> QAction:
    return next(each for each in window.findChildren(QAction) if each.text() == "&Quit")
