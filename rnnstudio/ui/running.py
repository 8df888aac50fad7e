"""The state of a run, as every tab that trains shows it; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.training import Ended, Event, Finished, Progress, Snapshot, Started


class Phase(Enum):
    """Where a run is in its life."""

    IDLE = auto()
    RUNNING = auto()
    PAUSED = auto()
    CANCELLING = auto()
    FINISHED = auto()
    CANCELLED = auto()
    FAILED = auto()


@dataclass(frozen=True)
class StartAsked:
    """The user pressed start."""


@dataclass(frozen=True)
class CancelAsked:
    """The user pressed stop."""


@dataclass(frozen=True)
class PauseAsked:
    """The user pressed pause."""


@dataclass(frozen=True)
class ResumeAsked:
    """The user let a paused run go on."""


RunEvent = StartAsked | CancelAsked | PauseAsked | ResumeAsked | Event | Ended


@dataclass(frozen=True)
class Run:
    """A run: its phase, steps done of all, seconds spent and left, and what went wrong."""

    phase: Phase = Phase.IDLE
    step: int = 0
    total: int = 0
    seconds: float = 0.0
    seconds_left: float | None = None
    error: str = ""

    @property
    def active(self) -> bool:
        """Whether something is under way."""
        return self.phase in (Phase.RUNNING, Phase.PAUSED, Phase.CANCELLING)


def unsaved_while(run: Run, sentence: Message) -> tuple[Message, ...]:
    """What is lost as long as the run is under way."""
    return (sentence,) if run.active else ()


def reduce(run: Run, event: RunEvent) -> Run:
    """The state after ``event``."""
    match event:
        case StartAsked():
            return Run(Phase.RUNNING)
        case CancelAsked() if run.active:
            return replace(run, phase=Phase.CANCELLING)
        case PauseAsked() if run.phase is Phase.RUNNING:
            return replace(run, phase=Phase.PAUSED)
        case ResumeAsked() if run.phase is Phase.PAUSED:
            return replace(run, phase=Phase.RUNNING)
        case Started(total=total):
            return replace(run, step=0, total=total, seconds_left=None)
        case Progress():
            return replace(
                run,
                step=event.step,
                total=event.total,
                seconds=event.seconds,
                seconds_left=event.seconds_left,
            )
        case Snapshot(step=step):
            return replace(run, step=step)
        case Finished(step=step, seconds=seconds):
            # A training that stops early has come to its end all the same.
            return replace(run, step=step, total=step, seconds=seconds, seconds_left=0.0)
        case Ended():
            return _end(run, event)
    return run


def _end(run: Run, end: Ended) -> Run:
    phases = {
        "finished": Phase.FINISHED,
        "cancelled": Phase.CANCELLED,
        "failed": Phase.FAILED,
    }
    return replace(run, phase=phases[end.outcome], seconds_left=None, error=sentence(end.error))


def sentence(error: Exception | None) -> str:
    """The sentence for the user about ``error``: its own if it is meant for users."""
    if error is None:
        return ""
    if isinstance(error, UserError):
        return language.text(error.message)
    if isinstance(error, MemoryError):
        return language.text(
            Message(
                "There is not enough memory for this. Close other programs, or choose less: fewer "
                "units, a smaller batch or a shorter file."
            )
        )
    return language.text(
        Message(
            "Something broke inside the program ({kind}: {error}).",
            {"kind": type(error).__name__, "error": error},
        )
    )
