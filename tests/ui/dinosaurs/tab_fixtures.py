"""The tab in a window, and steps that its tests have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.recipes import PaperSpec, Spec
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.ui.dinosaurs.home.pace import FASTEST
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.widgets.key_button import KeyButton

Press = Callable[[QPushButton], None]
Learn = Callable[[Spec], TrainedNames]
SHORT = PaperSpec(iterations=300, sample_every=100)


@pytest.fixture
def tab(qtbot: QtBot) -> Iterator[DinosaursTab]:
    tab = DinosaursTab()
    qtbot.addWidget(tab)
    tab.resize(1280, 650)
    tab.show()
    tab.jobs.set_pace(FASTEST)
    yield tab
    assert tab.shutdown()


@pytest.fixture
def press(qtbot: QtBot) -> Press:
    def press(button: QPushButton) -> None:
        assert button.isEnabled()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    return press


def train_button(tab: DinosaursTab) -> KeyButton:
    """The button that begins a training: the violet one at first, then the one beside it."""
    bar = tab.home_page.bar
    return bar.primary if bar.again_button.isHidden() else bar.again_button


def opened(tab: DinosaursTab, qtbot: QtBot, path: Path) -> None:
    """Let the tab open a file as if it were dropped, until it is there or refused."""
    tab.take_file(path)
    qtbot.waitUntil(lambda: not tab.state.reading, timeout=30_000)
    qtbot.waitUntil(tab.drawer.names.reading.isHidden)
    qtbot.waitUntil(tab.drawer.names.open_button.isEnabled)


def texts(table: QTableView) -> list[list[str]]:
    """What stands in a table, row by row."""
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


@pytest.fixture
def learn(tab: DinosaursTab, qtbot: QtBot, press: Press) -> Learn:
    """Train in the tab and give the network once everything is shown."""

    def learn(spec: Spec) -> TrainedNames:
        tab.form.show_spec(spec)
        before = tab.state.trained
        press(train_button(tab))
        bar = tab.home_page.bar.status
        qtbot.waitUntil(
            lambda: tab.state.trained is not before and bar.text().startswith("Done"),
            timeout=60_000,
        )
        assert tab.state.trained is not None
        return tab.state.trained

    return learn
