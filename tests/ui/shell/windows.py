"""What the tests do to a window and its session."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from rnnstudio.ui.inspector.events import NumberEdited
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.widgets.asking import Button


def press(button: Button) -> list[str]:
    """Press a button of the next box that asks; the list gets its text."""
    asked: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            asked.append(box.text())
            box.button(button).click()
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(5, look)
    return asked


def edit(window: MainWindow, value: float = 7.0) -> None:
    window.inspector.dispatch(NumberEdited("x", (0, 0, 0), value))


def save(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    with qtbot.waitSignal(window.studio.done):
        window.studio.save_file(path)


def opened(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    with qtbot.waitSignal(window.studio.done, timeout=30_000):
        window.open_path(path)
