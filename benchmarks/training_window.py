"""The real main window at a training, and the same charts repainted while nothing is trained."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from benchmarks.timing import differences
from rnnstudio.core.stocks.model.forecast_spec import EngineName, ForecastSpec
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.repaint import INTERVAL_MS

TICK_MS = 10
SETTLE_MS = 500


class Watch(QObject):
    """Notes when something happens in the window's thread, from its making on."""

    def __init__(self) -> None:
        super().__init__()
        self.times: list[float] = []

    def note(self) -> None:
        """It happens now."""
        self.times.append(time.perf_counter())

    def gaps(self) -> list[float]:
        """Milliseconds from each time to the next."""
        return [1000 * gap for gap in differences(self.times)]


class Ticks(Watch):
    """The ticks of a timer, of 10 ms if nothing else is said."""

    def __init__(self, milliseconds: int = TICK_MS) -> None:
        super().__init__()
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self.note)
        timer.start(milliseconds)


class Frames(Watch):
    """The repaints of a window, whatever they repaint."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at the window's events, keep none back."""
        if event.type() == QEvent.Type.UpdateRequest:
            self.note()
        return False


@dataclass(frozen=True)
class Shown:
    """A state of the forecaster, and how many milliseconds after the start it was there."""

    after: int
    state: StocksState


def gaps_while_training(
    window: MainWindow,
    engine: EngineName,
    epochs: int,
    watch: Callable[[], Watch],
    in_sight: Callable[[], object] = lambda: None,
) -> tuple[list[float], list[Shown]]:
    """Train through the forecaster tab: the gaps of the watch, and the states that were shown.

    The training begins with the press of the button and ends with its drawn end. ``in_sight`` is
    called right after the press. Raises RuntimeError when the training fails.
    """
    tab = window.stocks
    window.tabs.setCurrentWidget(tab)
    wait(lambda: tab.state.ready)
    tab.form.show_spec(ForecastSpec(engine=engine, epochs=epochs))
    pause(SETTLE_MS)
    watching = watch()
    recorder = _Recorder(window)
    tab.start()
    in_sight()
    wait(lambda: not tab.state.run.active)
    pause(SETTLE_MS)
    gaps = watching.gaps()
    watching.deleteLater()
    if tab.state.run.phase is not Phase.FINISHED:
        raise RuntimeError(f"the training did not finish: {tab.state.run}")
    return gaps, recorder.stop()


def gaps_while_idle(
    window: MainWindow, shown: list[Shown], watch: Callable[[], Watch]
) -> list[float]:
    """The gaps while the same states are shown again after the same times, with no training."""
    tab = window.stocks
    charts = (tab.losses, tab.verdict, tab.figures)
    left = list(reversed(shown))
    clock = QElapsedTimer()

    def show_due() -> None:
        due = None
        while left and left[-1].after <= clock.elapsed():
            due = left.pop()
        if due is not None:
            tab.run_bar.show_run(due.state.run)
            for chart in charts:
                chart.show_state(due.state)

    pause(SETTLE_MS)
    watching = watch()
    timer = QTimer()
    timer.timeout.connect(show_due)
    clock.start()
    timer.start(INTERVAL_MS)
    wait(lambda: not left)
    pause(SETTLE_MS)
    timer.stop()
    return watching.gaps()


class _Recorder(QObject):
    """Keeps the states of the forecaster that its charts show."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._tab = window.stocks
        self._shown: list[Shown] = []
        self._clock = QElapsedTimer()
        self._clock.start()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._record)
        self._timer.start(INTERVAL_MS)

    def _record(self) -> None:
        state = self._tab.state
        if not self._shown or self._shown[-1].state is not state:
            self._shown.append(Shown(self._clock.elapsed(), state))

    def stop(self) -> list[Shown]:
        """Every state, the last one too."""
        self._record()
        self._timer.stop()
        return self._shown


def wait(done: Callable[[], bool]) -> None:
    """Let the window live until ``done``."""
    while not done():
        pause(TICK_MS)


def pause(milliseconds: int) -> None:
    """Let the window live for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
