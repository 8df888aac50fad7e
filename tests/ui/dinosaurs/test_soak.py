"""Two hundred starts, pauses and stops at random moments leave threads and memory as they were."""

import gc
import random
import threading

import psutil
import pytest
from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.spec import FastSpec, PaperSpec
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from tests.ui.dinosaurs.tab_fixtures import Press

ROUNDS = 200
WARM_UP = 40
"""Rounds until libraries have their buffers and the kept trainings are at their number."""
LOOKED_AT = 10
"""Rounds over which memory is looked at: it goes up and down by what a round happens to hold."""
MOST_GROWTH = 24 * 2**20
"""150 KB a round; one training alone reserves 16 MB for the curve of its million iterations."""


def live(milliseconds: float) -> None:
    """Let the window live for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(milliseconds), loop.quit)
    loop.exec()


def one_round(tab: DinosaursTab, qtbot: QtBot, press: Press, chance: random.Random) -> None:
    bar = tab.train_page.run_bar
    spec = chance.choice([PaperSpec(iterations=10**6, sample_every=50), FastSpec(epochs=10**4)])
    tab.form.show_spec(spec)
    press(bar.start_button)
    live(chance.uniform(0, 150))
    for _ in range(chance.randrange(3)):
        if bar.pause_button.isEnabled():
            press(bar.pause_button)
        live(chance.uniform(0, 60))
    bar.stop_clicked.emit()
    qtbot.waitUntil(lambda: not tab.state.run.active, timeout=30_000)
    qtbot.waitUntil(bar.start_button.isEnabled, timeout=30_000)
    assert tab.state.run.error == ""


@pytest.mark.slow
def test_that_two_hundred_starts_pauses_and_stops_leave_nothing_behind(
    tab: DinosaursTab, qtbot: QtBot, press: Press
) -> None:
    chance, process = random.Random(5), psutil.Process()

    def rounds(count: int) -> list[int]:
        """The memory in use after each of the last rounds."""
        memory = []
        for _ in range(count):
            one_round(tab, qtbot, press, chance)
            gc.collect()
            memory.append(process.memory_info().rss)
        return memory[-LOOKED_AT:]

    before = rounds(WARM_UP)
    threads, native = threading.active_count(), process.num_threads()
    after = rounds(ROUNDS - WARM_UP)
    assert threading.active_count() == threads
    assert process.num_threads() <= native
    growth = min(after) - max(before)
    assert growth < MOST_GROWTH, f"memory grew by {growth / 2**20:.1f} MB"
