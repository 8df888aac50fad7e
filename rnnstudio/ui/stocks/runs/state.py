"""What the page of runs shows, as plain data, and how events change it; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.runs import RunEntry, Runs, new_run
from rnnstudio.core.stocks.files.runs_file import Opened, Saved
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.training import Finished
from rnnstudio.ui import running
from rnnstudio.ui.running import Run, RunEvent, Unsaved


@dataclass(frozen=True, eq=False)
class NetworkSeen:
    """The tab has this network and its evaluation; seen at ``when``.

    ``accesses`` are those of its file that the tab knows of.
    """

    trained: TrainedForecaster
    evaluation: Evaluation | None
    accesses: AccessLog
    when: datetime


@dataclass(frozen=True)
class RunRenamed:
    """The run ``old`` is to be called ``new``."""

    old: str
    new: str


@dataclass(frozen=True)
class RunsDeleted:
    """The runs of these names are to go."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class DeletionUndone:
    """The runs deleted last are to come back."""


@dataclass(frozen=True)
class RunsChosen:
    """The runs of these names are to be looked at and compared."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class RunsRefused:
    """Something could not be done; the sentence says why."""

    problem: str


RunsEvent = (
    NetworkSeen | RunRenamed | RunsDeleted | DeletionUndone | RunsChosen | RunsRefused | RunEvent
)


@dataclass(frozen=True, eq=False)
class RunsState:
    """The runs, the names of the ``chosen`` ones, and the job of saving or opening.

    ``filed`` are runs that a file holds as they are. ``problem`` says what could not be done.
    """

    runs: Runs = field(default_factory=Runs)
    chosen: tuple[str, ...] = ()
    filed: tuple[RunEntry, ...] = ()
    job: Run = field(default_factory=Run)
    problem: str = ""

    @property
    def compared(self) -> tuple[RunEntry, ...]:
        """The chosen runs, oldest first."""
        return tuple(run for run in self.runs.kept if run.name in self.chosen)

    @property
    def only(self) -> RunEntry | None:
        """The chosen run where one alone is chosen."""
        compared = self.compared
        return compared[0] if len(compared) == 1 else None

    @property
    def unsaved(self) -> bool:
        """Whether a run is lost when the window closes."""
        return any(all(run is not filed for filed in self.filed) for run in self.runs.kept)

    @property
    def unsaved_work(self) -> Unsaved:
        """What is lost when the window closes."""
        if not self.unsaved:
            return Unsaved()
        sentence = Message("The forecaster's runs of this session are not saved.")
        return Unsaved((sentence,), savable=True)

    @property
    def last_deleted(self) -> tuple[str, ...]:
        """The names of the runs that an undo brings back; empty if there are none."""
        deletions = self.runs.deletions
        return tuple(run.name for _, run in deletions[-1]) if deletions else ()


def reduce(state: RunsState, event: RunsEvent) -> RunsState:
    """The state after ``event``."""
    match event:
        case NetworkSeen():
            return _seen(state, event)
        case RunRenamed(old=old, new=new):
            return _renamed(state, old, new)
        case RunsDeleted(names=names):
            return _deleted(state, names)
        case DeletionUndone():
            return _undone(state)
        case RunsChosen(names=names):
            return replace(state, chosen=names, problem="")
        case RunsRefused(problem=problem):
            return replace(state, problem=problem)
    return _after_run_event(state, event)


def _seen(state: RunsState, event: NetworkSeen) -> RunsState:
    """The state with that network, added once, and its figures; the first one is chosen."""
    runs, chosen = state.runs, state.chosen
    if runs.having(event.trained) is None:
        runs = runs.added(new_run(event.trained, event.when, event.accesses))
        chosen = chosen or runs.names[-1:]
    if event.evaluation is not None:
        runs = runs.evaluated(event.evaluation)
    return replace(state, runs=runs, chosen=chosen)


def _renamed(state: RunsState, old: str, new: str) -> RunsState:
    try:
        runs = state.runs.renamed(old, new)
    except UserError as error:
        return replace(state, problem=language.text(error.message))
    names = dict(zip(state.runs.names, runs.names, strict=True))
    return replace(state, runs=runs, chosen=tuple(names[name] for name in state.chosen), problem="")


def _deleted(state: RunsState, names: tuple[str, ...]) -> RunsState:
    """The state without them; the run that takes the place of the first one is chosen."""
    runs = state.runs.deleted(names)
    if runs is state.runs:
        return state
    (place, _), *_ = runs.deletions[-1]
    at = min(place, len(runs.kept) - 1)
    return replace(state, runs=runs, chosen=runs.names[at : at + 1], problem="")


def _undone(state: RunsState) -> RunsState:
    """The state with the runs deleted last, which are chosen."""
    if not state.runs.deletions:
        return state
    places = [at for at, _ in state.runs.deletions[-1]]
    runs = state.runs.undone()
    return replace(state, runs=runs, chosen=tuple(runs.names[at] for at in places), problem="")


def _after_run_event(state: RunsState, event: RunEvent) -> RunsState:
    state = replace(state, job=running.reduce(state.job, event), problem="")
    match event:
        case Finished(result=Saved(runs=saved)):
            return replace(state, filed=saved)
        case Finished(result=Opened(runs=opened)):
            return _opened(state, opened)
    return state


def _opened(state: RunsState, opened: tuple[RunEntry, ...]) -> RunsState:
    """The state with the runs of a file behind those that are there, and chosen."""
    before, runs = len(state.runs.kept), state.runs
    for run in opened:
        runs = runs.added(run)
    filed = (*state.filed, *runs.kept[before:])
    return replace(state, runs=runs, filed=filed, chosen=runs.names[before:])
