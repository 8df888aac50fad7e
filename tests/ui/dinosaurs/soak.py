"""Starts, pauses and stops trainings at random moments; prints what the process then holds.

A process of its own: what other tests leave in memory would hide a leak or look like one. Each line
of output is a JSON object, one a round. ``python -m tests.ui.dinosaurs.soak ROUNDS SEED``
"""

from __future__ import annotations

import gc
import json
import random
import sys
import threading
import time
from collections.abc import Callable

import psutil
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from rnnstudio.core.names.recipes import FastSpec, PaperSpec
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from tests.ui.dinosaurs.tab_fixtures import train_button

PATIENCE = 30
"""Seconds within which a stopped training has ended."""


def live(milliseconds: float) -> None:
    """Let the window live for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(milliseconds), loop.quit)
    loop.exec()


def live_until(reached: Callable[[], bool]) -> None:
    """Let the window live until then."""
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline, f"nothing happened for {PATIENCE} s"
        live(1)


def press(button: QPushButton) -> None:
    """Press a button that can be pressed."""
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def discard() -> None:
    """Let nothing be saved, when that is asked."""
    box = QApplication.activeModalWidget()
    if isinstance(box, QMessageBox):
        box.button(QMessageBox.StandardButton.Discard).click()


def one_round(tab: DinosaursTab, chance: random.Random) -> None:
    """Start a training that nobody would wait for, pause it or not, stop it."""
    bar = tab.home_page.bar
    spec = chance.choice([PaperSpec(iterations=10**6, sample_every=50), FastSpec(epochs=10**4)])
    tab.form.show_spec(spec)
    press(train_button(tab))
    live(chance.uniform(0, 150))
    for _ in range(chance.randrange(3)):
        if bar.primary.isEnabled():
            press(bar.primary)
        live(chance.uniform(0, 60))
    bar.stop_clicked.emit()
    live_until(lambda: not tab.state.run.active and train_button(tab).isEnabled())
    assert tab.state.run.error == ""


def main(rounds: int, seed: int) -> None:
    """Run the rounds in one window."""
    _app = QApplication([])
    tab, chance, process = DinosaursTab(), random.Random(seed), psutil.Process()
    tab.resize(1280, 650)
    tab.show()
    asked = QTimer()
    asked.timeout.connect(discard)
    asked.start(20)
    for _ in range(rounds):
        one_round(tab, chance)
        gc.collect()
        # Python keeps a dummy of a thread of Qt's after its end, until another has its number.
        held = {
            "bytes": process.memory_info().rss,
            "threads": sum(not t.name.startswith("Dummy") for t in threading.enumerate()),
            "native": process.num_threads(),
        }
        print(json.dumps(held), flush=True)  # noqa: T201
    assert tab.shutdown()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
