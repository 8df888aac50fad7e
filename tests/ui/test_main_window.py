"""The frame around the tabs."""

from __future__ import annotations

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.spec import FastSpec
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
