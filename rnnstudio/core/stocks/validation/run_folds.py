"""Does all folds of a work with a pool, as a training that can be watched and stopped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, Self

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.validation.folds import Fold, Outcome, Pool
from rnnstudio.core.training import Checkpoint, Control, Finished, Pace, Progress, Started, Training


class Work(Protocol):
    """A walk, a search, or many of them: folds, and their results so far."""

    @property
    def folds(self) -> Sequence[Fold]:
        """All folds, done or not."""
        ...

    @property
    def outcomes(self) -> Sequence[Outcome | None]:
        """The outcome of each fold; None while it is not done."""
        ...

    @property
    def seed(self) -> int:
        """The seed of its settings."""
        ...

    def put(self, place: int, outcome: Outcome) -> Self:
        """The same work with the outcome of the fold at ``place``."""
        ...


def run_folds_job(work: Work, pool: Pool, control: Control) -> Training:
    """Do the folds of ``work``; a step is a fold.

    A ``Checkpoint`` carries the work so far after every fold, ``Finished`` the whole; a stop ends
    in one more ``Checkpoint``. Raises UserError as ``pool`` does; what was finished before it is in
    the last ``Checkpoint``.
    """
    pace, total, done = Pace(control), len(work.folds), 0
    yield Started(total, work.seed)
    for place, outcome in pool.outcomes(work.folds, control):
        work, done = work.put(place, outcome), done + 1
        yield Checkpoint(done, work)
        if pace.due():
            yield Progress(done, total, pace.seconds)
    if done == total:
        yield Finished(done, pace.seconds, work)
        return
    if not control.cancelled:
        raise AssertionError(f"the pool did {done} of {total} folds")
    yield Checkpoint(done, work)


def failure_of(outcome: Outcome | None) -> Message | None:
    """Why a fold has no forecast; None if it has one, or was not done."""
    return outcome.message if isinstance(outcome, UserError) else None


def failures_of(outcomes: Iterable[Outcome | None]) -> tuple[Message, ...]:
    """Why folds have no forecasts, each reason once."""
    found = map(failure_of, outcomes)
    return each_once(each for each in found if each is not None)


def each_once(sentences: Iterable[Message]) -> tuple[Message, ...]:
    """The sentences without those that were there before."""
    return tuple({str(each): each for each in sentences}.values())
