"""What the forecaster's tab shows, as plain data, and how events change it; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.forecast import Forecast, evaluate
from rnnstudio.core.stocks.forecaster import TrainedForecaster, lesson
from rnnstudio.core.stocks.series import PriceTable
from rnnstudio.core.stocks.spec import ForecastSpec
from rnnstudio.core.stocks.split import Split, join, split_at
from rnnstudio.core.training import Finished, LossPoint, Progress
from rnnstudio.ui import running
from rnnstudio.ui.running import Run, RunEvent, StartAsked

_NO_DAY = np.datetime64("NaT")


class Role(Enum):
    """What a file is read for."""

    TRAIN = auto()
    TEST = auto()


@dataclass(frozen=True)
class ReadAsked:
    """A file is being read."""


@dataclass(frozen=True)
class FileRead:
    """A file was read."""

    role: Role
    table: PriceTable


@dataclass(frozen=True)
class ReadEnded:
    """The reading is over; ``problem`` is the sentence that says why nothing was read."""

    problem: str = ""


@dataclass(frozen=True)
class SecondFileRemoved:
    """The test span is to come from the training file's end again."""


@dataclass(frozen=True)
class SettingsChosen:
    """The settings, or the sentence that says why they are none, and the first test day."""

    spec: ForecastSpec | None
    problem: str
    test_day: np.datetime64


StocksEvent = ReadAsked | FileRead | ReadEnded | SecondFileRemoved | SettingsChosen | RunEvent


@dataclass(frozen=True)
class StocksState:
    """Files, settings, the run, and the last forecast, which stays until a new one is there.

    ``problem`` keeps a training from starting; ``read_problem`` does not, since the file that was
    there before it is still there.
    """

    run: Run = field(default_factory=Run)
    reading: bool = False
    train: PriceTable | None = None
    test: PriceTable | None = None
    spec: ForecastSpec | None = None
    test_day: np.datetime64 = _NO_DAY
    split: Split | None = None
    problem: str = ""
    read_problem: str = ""
    losses: tuple[LossPoint, ...] = ()
    forecast: Forecast | None = None

    @property
    def ready(self) -> bool:
        """Whether a training can start."""
        return self.split is not None and self.spec is not None and not self.reading


def reduce(state: StocksState, event: StocksEvent) -> StocksState:
    """The state after ``event``."""
    match event:
        case ReadAsked():
            return replace(state, reading=True, read_problem="")
        case ReadEnded(problem=problem):
            return replace(state, reading=False, read_problem=problem)
        case FileRead():
            return _with_file(state, event)
        case SecondFileRemoved():
            return _with_split(replace(state, test=None))
        case SettingsChosen():
            chosen = replace(state, spec=event.spec, problem=event.problem, test_day=event.test_day)
            return _with_split(chosen)
    return _after_run_event(state, event)


def _with_file(state: StocksState, event: FileRead) -> StocksState:
    """The state with a new test file, or with a new training file whose settings are to come."""
    if event.role is Role.TEST:
        return _with_split(replace(state, test=event.table))
    return StocksState(reading=state.reading, train=event.table)


def _after_run_event(state: StocksState, event: RunEvent) -> StocksState:
    state = replace(state, run=running.reduce(state.run, event))
    match event:
        case StartAsked():
            return replace(state, losses=(), read_problem="")
        case Progress(points=points) if points:
            return replace(state, losses=state.losses + points)
        case Finished(result=TrainedForecaster() as trained):
            return replace(state, forecast=evaluate(trained))
    return state


def _with_split(state: StocksState) -> StocksState:
    """The state with the split its files and settings give, or with the sentence why none."""
    if state.train is None or state.spec is None:
        return replace(state, split=None)
    try:
        split = (
            split_at(state.train, state.test_day)
            if state.test is None
            else join(state.train, state.test)
        )
        lesson(state.spec, split)
    except UserError as error:
        return replace(state, split=None, problem=str(error))
    return replace(state, split=split, problem="")
