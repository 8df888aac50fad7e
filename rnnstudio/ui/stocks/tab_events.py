"""What happens in the forecaster's tab, as plain data; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

import numpy as np

from rnnstudio.core.session.analysis_work import ClaimWork
from rnnstudio.core.session.data_file import DataFile
from rnnstudio.core.session.kept_prices import OpenedPrices
from rnnstudio.core.stocks.data.csv_import import (
    CsvOptions,
    UndecidedError,
    UnreadableError,
)
from rnnstudio.core.stocks.data.samples import SAMPLES
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import ForecastCheckpoint, TrainedForecaster
from rnnstudio.ui.running import RunEvent
from rnnstudio.ui.stocks.drawing_state import DrawingEvent
from rnnstudio.ui.stocks.home_state import HomeEvent


class Role(Enum):
    """What a file is read for."""

    TRAIN = auto()
    TEST = auto()
    NEWER = auto()


class JobKind(Enum):
    """What a run does."""

    TRAIN = auto()
    CONTINUE = auto()
    """Going on with a training that was stopped."""
    FIND_OUT = auto()
    """A training with several seeds, and the verdict on them."""
    EVALUATE = auto()
    QUESTION = auto()
    """Other days ahead or other intervals of the days that were evaluated."""
    APPLY = auto()
    SEEDS = auto()
    DROPOUT = auto()
    EXPORT = auto()
    """Writing files: the network, or the numbers of its evaluation."""

    @property
    def trains(self) -> bool:
        """Whether the tab's network comes of it."""
        return self in (JobKind.TRAIN, JobKind.CONTINUE, JobKind.FIND_OUT)


@dataclass(frozen=True)
class ReadAsked:
    """A file is to be read for ``role`` as ``options`` say.

    ``known`` are its data where it was read before: the file may be gone by now. Nobody asked for
    what is opened ``by_itself``.
    """

    role: Role
    path: Path
    options: CsvOptions = field(default_factory=CsvOptions)
    known: DataFile | None = None
    by_itself: bool = False

    @property
    def is_new(self) -> bool:
        """Whether a person has opened a file of their own, and said nothing about it yet."""
        own = not self.by_itself and self.path not in SAMPLES.values()
        return own and self.known is None and self.options == CsvOptions()


@dataclass(frozen=True, eq=False)
class FileRead:
    """The file that was asked for was read."""

    opened: OpenedPrices


@dataclass(frozen=True)
class ReadMoved:
    """So many hundredths of the file are read."""

    percent: int


@dataclass(frozen=True, eq=False)
class ReadEnded:
    """The reading is over; ``problem`` says why nothing was read, ``question`` what is open.

    ``wrong`` is the problem where lines of the file show it.
    """

    problem: str = ""
    question: UndecidedError | None = None
    wrong: UnreadableError | None = None


@dataclass(frozen=True, eq=False)
class Reopened:
    """A network comes back from a file or from the runs, with its test-set accesses.

    ``evaluation`` is that of its test set; None if it was never evaluated.
    """

    trained: TrainedForecaster
    accesses: AccessLog
    evaluation: Evaluation | None = None


@dataclass(frozen=True, eq=False)
class UnfinishedOpened:
    """A training that is not finished comes from a file."""

    unfinished: ForecastCheckpoint


@dataclass(frozen=True)
class OpenedElsewhere:
    """Another page has evaluated a test set of the loaded file: the last of these accesses."""

    accesses: AccessLog


@dataclass(frozen=True)
class ProblemShown:
    """Something could not be done; the sentence says why."""

    problem: str


@dataclass(frozen=True)
class SecondFileRemoved:
    """The test span is to come from the training file's end again."""


@dataclass(frozen=True)
class MismatchTaken:
    """The test file that seems to be of another share is to be tested on all the same."""


@dataclass(frozen=True)
class FileLeft:
    """A file that is asked about, or cannot be read, is left alone: the old one stays."""


@dataclass(frozen=True)
class SettingsChosen:
    """The settings, or the sentence that says why they are invalid, and the first test day."""

    spec: ForecastSpec | None
    problem: str
    test_day: np.datetime64


@dataclass(frozen=True)
class JobAsked:
    """The user wants a training, an evaluation, or more seeds."""

    kind: JobKind


@dataclass(frozen=True)
class ClaimTyped:
    """Another claim is to be checked."""

    claim: ClaimWork


StocksEvent = (
    ReadAsked
    | FileRead
    | ReadMoved
    | ReadEnded
    | Reopened
    | UnfinishedOpened
    | OpenedElsewhere
    | ProblemShown
    | SecondFileRemoved
    | MismatchTaken
    | FileLeft
    | SettingsChosen
    | JobAsked
    | DrawingEvent
    | HomeEvent
    | ClaimTyped
    | RunEvent
)
