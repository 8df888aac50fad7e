"""A guided tour without a person: every tab does its job in the real window.

The command ``rnnstudio demo`` takes it; its pictures are the ones in the documents.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.ui.inspector.events import (
    DirectionChosen,
    OperationChosen,
    OperationStepped,
    TimeStepped,
)
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.running import Run

SIZE = (1280, 720)
SHARE = "IBM"
NAMES = PaperSpec(iterations=12_000, sample_every=2_000)
FORECAST = ForecastSpec(epochs=15)
QUICK = 50
"""A quick tour trains for so many times fewer iterations."""
POLL_MS = 20

Say = Callable[[Message], None]


@dataclass(frozen=True, eq=False)
class Tour:
    """The results: the trained names, the forecast and the pictures."""

    corpus: Corpus
    names: TrainedNames
    names_seconds: float
    forecast: Forecast
    pictures: tuple[Path, ...]


def take(app: QApplication, folder: Path, say: Say, *, quick: bool = False) -> Tour:
    """Do each tab's job and leave a picture of it in ``folder``; ``say`` is called with each step.

    A ``quick`` tour trains for a moment only. Raises UserError when a picture cannot be written or
    a training fails.
    """
    names = replace(NAMES, iterations=NAMES.iterations // QUICK) if quick else NAMES
    prices = replace(FORECAST, epochs=1) if quick else FORECAST
    window = MainWindow()
    window.resize(*SIZE)
    window.show()
    try:
        say(Message("Stepping through a cell, forward and backward"))
        _step(window)
        pictures = [_picture(app, window, window.inspector, folder / "inspector.png")]
        say(
            Message(
                "Training on {share} for {epochs} epochs", {"share": SHARE, "epochs": prices.epochs}
            )
        )
        forecast = _forecast(window, prices)
        pictures.append(_picture(app, window, window.stocks, folder / "stocks.png"))
        say(Message("Training on names for {count:n} iterations", {"count": names.iterations}))
        learned = _learn_names(window, names)
        pictures.append(_picture(app, window, window.dinosaurs, folder / "dinosaurs.png"))
    finally:
        window.close_unasked()
    return Tour(*learned, forecast, tuple(pictures))


def _step(window: MainWindow) -> None:
    """Every operation of a pass forward and of one backward, then to the memory's gradient."""
    inspector = window.inspector
    for direction in (PassDirection.FORWARD, PassDirection.BACKWARD):
        inspector.dispatch(DirectionChosen(direction))
        for _ in range(inspector.state.last_position):
            inspector.dispatch(OperationStepped(1))
    inspector.dispatch(TimeStepped(-1))
    rows = [operation.name for operation in inspector.state.table]
    inspector.dispatch(OperationChosen(rows.index("dc") if "dc" in rows else 0))


def _forecast(window: MainWindow, spec: ForecastSpec) -> Forecast:
    tab = window.stocks
    window.tabs.setCurrentWidget(tab)
    _wait(lambda: tab.state.ready)
    tab.open_sample(SHARE)
    _wait(lambda: tab.state.ready)
    tab.form.show_spec(spec)
    tab.start()
    _wait_for_end(lambda: tab.state.run)
    tab.evaluate()
    _wait_for_end(lambda: tab.state.run)
    if tab.state.evaluation is None:
        raise UserError("The training on prices gave no forecast.")
    return tab.state.evaluation.forecast


def _learn_names(window: MainWindow, spec: PaperSpec) -> tuple[Corpus, TrainedNames, float]:
    tab = window.dinosaurs
    window.tabs.setCurrentWidget(tab)
    tab.form.show_spec(spec)
    tab.start()
    _wait_for_end(lambda: tab.state.run)
    corpus, trained = tab.state.corpus, tab.state.trained
    if corpus is None or trained is None:
        raise UserError("The training on names gave no network.")
    return corpus, trained, tab.state.run.seconds


def _wait_for_end(run: Callable[[], Run]) -> None:
    _wait(lambda: not run().active)
    if run().error:
        raise UserError("{reason}", reason=run().error)


def _wait(done: Callable[[], bool]) -> None:
    """Let the window live until ``done``."""
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if done() else None)
    timer.start(POLL_MS)
    loop.exec()
    timer.stop()


def _picture(app: QApplication, window: MainWindow, tab: QWidget, file: Path) -> Path:
    window.tabs.setCurrentWidget(tab)
    app.processEvents()
    _pause(100)  # the last repaint is due within 33 ms
    if not window.grab().save(str(file)):
        raise UserError(
            "The picture {file} could not be written; choose another folder.", file=file
        )
    return file


def _pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
