"""What happens in the dinosaur generator; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rnnstudio.core.names.filmstrip import Film
from rnnstudio.core.names.letter_quiz import LetterQuestion
from rnnstudio.core.names.loss_references import LossReferences
from rnnstudio.core.names.replay import PastNetwork
from rnnstudio.core.names.statistics import Statistics
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.kept_names import OpenedList
from rnnstudio.ui.running import RunEvent


@dataclass(frozen=True)
class ListReadAsked:
    """A file is being read, until it is there or refused."""

    name: str


@dataclass(frozen=True, eq=False)
class CorpusRead:
    """A list of names was read, and counted."""

    opened: OpenedList
    statistics: Statistics | None = None


@dataclass(frozen=True)
class CorpusRefused:
    """A file is not a list of names: ``sentence`` says why, ``path`` which it is."""

    sentence: str
    path: Path | None = None


@dataclass(frozen=True)
class ListReadEnded:
    """No file is being read any more."""


@dataclass(frozen=True, eq=False)
class TrainingOpened:
    """A training was read from the file at ``path``."""

    path: Path
    trained: TrainedNames
    statistics: Statistics | None = None


@dataclass(frozen=True)
class ModelRefused:
    """What was asked of the trained network cannot be done: ``sentence`` says why."""

    sentence: str


@dataclass(frozen=True, eq=False)
class ModelSaved:
    """``trained`` was written to a file."""

    trained: TrainedNames
    path: Path


@dataclass(frozen=True)
class TrainAsked:
    """The user let a new training begin; its losses are counted in nats ``unit``."""

    unit: str


@dataclass(frozen=True)
class ContinueAsked:
    """The user let the training there is go on."""


@dataclass(frozen=True)
class GoBackAsked:
    """The network after ``iteration`` is to be looked at, in about so many seconds."""

    iteration: int
    seconds: float = 0.0


@dataclass(frozen=True, eq=False)
class WentBack:
    """The network of the iteration asked for is there."""

    past: PastNetwork


@dataclass(frozen=True)
class NewestAsked:
    """The network there is now is to be looked at again."""


@dataclass(frozen=True, eq=False)
class FilmMade:
    """Other names are there to be seen."""

    film: Film


@dataclass(frozen=True)
class FilmRefused:
    """Names cannot be drawn so: ``sentence`` says why."""

    sentence: str


@dataclass(frozen=True)
class ReferencesFound:
    """What the losses of the open list are compared with is known."""

    references: LossReferences


@dataclass(frozen=True)
class LetterAsked:
    """A class is asked for the next letter; None: not any more."""

    question: LetterQuestion | None


@dataclass(frozen=True)
class LetterHandCounted:
    """So many hands more for a choice."""

    choice: int
    by: int = 1


@dataclass(frozen=True)
class LetterRevealed:
    """The answer is to be seen."""


DinosaursEvent = (
    RunEvent
    | ListReadAsked
    | ListReadEnded
    | CorpusRead
    | CorpusRefused
    | TrainingOpened
    | ModelRefused
    | ModelSaved
    | TrainAsked
    | ContinueAsked
    | GoBackAsked
    | WentBack
    | NewestAsked
    | FilmMade
    | FilmRefused
    | ReferencesFound
    | LetterAsked
    | LetterHandCounted
    | LetterRevealed
)
