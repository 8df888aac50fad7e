"""Trains in the real window and measures the gaps: ``python -m benchmarks.window_child ENGINE N``.

N is the number of epochs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

from benchmarks.children import emit, foreign_imports
from benchmarks.timing import differences, percentile
from rnnstudio.core.stocks.model.forecast_spec import ENGINES, EngineName, ForecastSpec
from rnnstudio.ui.application import make_application
from rnnstudio.ui.error_reporting import collected_here
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.running import Phase

TICK_MS = 10
SETTLE_MS = 500


class Ticker(QObject):
    """Notes the time at every tick of a timer in the window's thread."""

    def __init__(self) -> None:
        super().__init__()
        self.times: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def _tick(self) -> None:
        self.times.append(time.perf_counter())

    def gaps(self) -> list[float]:
        """Milliseconds from each tick to the next."""
        self._timer.stop()
        return [1000 * gap for gap in differences(self.times)]


def gaps_while_training(window: MainWindow, engine: EngineName, epochs: int) -> list[float]:
    """Train through the forecaster tab; raises RuntimeError when the training fails."""
    tab = window.stocks
    window.tabs.setCurrentWidget(tab)
    wait(lambda: tab.state.ready)
    tab.form.show_spec(ForecastSpec(engine=engine, epochs=epochs))
    pause(SETTLE_MS)
    ticker = Ticker()
    tab.start()
    wait(lambda: not tab.state.run.active)
    pause(SETTLE_MS)
    if tab.state.run.phase is not Phase.FINISHED:
        raise RuntimeError(f"the training did not finish: {tab.state.run}")
    return ticker.gaps()


def wait(done: Callable[[], bool]) -> None:
    """Let the window live until ``done``."""
    while not done():
        pause(TICK_MS)


def pause(milliseconds: int) -> None:
    """Let the window live for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def main(arguments: Sequence[str]) -> None:
    """Train with the named engine and report the gaps."""
    name, epochs = arguments
    engine = next(each for each in ENGINES if each == name)
    make_application()
    with collected_here():
        window = MainWindow()
        window.show()
        gaps = gaps_while_training(window, engine, int(epochs))
        emit(
            p99_ms=percentile(gaps, 0.99),
            max_ms=max(gaps),
            ticks=len(gaps),
            seconds=sum(gaps) / 1000,
            tensorflow_imports=foreign_imports(),
        )
        window.close_unasked()


if __name__ == "__main__":
    main(sys.argv[1:])
