"""A file of one's own that is opened before its tab was ever looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from rnnstudio.ui.main_window import MainWindow
from tests.core.stocks import made
from tests.ui.stocks.tabs import wait_until_read


@pytest.mark.parametrize("at_start", [True, False])
def test_that_prices_are_opened_in_the_place_of_the_example(
    at_start: bool, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = made.write(tmp_path / "own.csv", made.walk(300, 250).table)
    if at_start:
        window.tabs.show_start()
    window.open_path(path)
    tab = window.stocks
    assert window.tabs.currentWidget() is tab
    wait_until_read(tab, qtbot)
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in tab.findChildren(QTimer)))
    assert tab.state.train is not None
    assert tab.state.train.source == "own.csv"
    focus = window.focusWidget()
    assert focus is tab or tab.isAncestorOf(focus), "keys act on what is seen"


def test_that_names_are_opened_in_the_place_of_the_example(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "own.txt"
    path.write_text("anna\nberta\nclara\ndora\n", "utf-8")
    window.open_path(path)
    qtbot.waitUntil(lambda: not window.dinosaurs.state.reading, timeout=30_000)
    corpus = window.dinosaurs.state.corpus
    assert corpus is not None
    assert len(corpus.names) == 4
