"""The frame around the tabs."""

from __future__ import annotations

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.main_window import MainWindow
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
