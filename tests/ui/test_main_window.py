"""The frame around the tabs."""

from __future__ import annotations

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from rnnstudio.ui.main_window import MainWindow


def test_that_ctrl_q_closes_the_window_on_every_system(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    actions = window.findChildren(QAction)
    shortcuts = {action.text(): action.shortcut().toString() for action in actions}
    assert shortcuts["&Quit"] == "Ctrl+Q"
    window.close()
