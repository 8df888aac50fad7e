"""What the page of runs shows, as plain data, and how events change it; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.session.undo_history import Change, opening_of
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.runs import RunEntry, Runs, evaluated, new_run
from rnnstudio.core.stocks.files.runs_file import Opened
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.training import Finished
from rnnstudio.ui import running
from rnnstudio.ui.running import Run, RunEvent


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
class RunsChosen:
    """The runs of these names are to be looked at and compared."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class RunsRefused:
    """Something could not be done; the sentence says why."""

    problem: str


RunsEvent = NetworkSeen | RunRenamed | RunsDeleted | RunsChosen | RunsRefused | RunEvent


@dataclass(frozen=True, eq=False)
class RunsState:
    """The runs, the names of the ``chosen`` ones, and the job of saving or opening.

    ``trained`` is the tab's network, ``deleted`` its run where that is among the runs no more.
    ``problem`` says what could not be done.
    """

    runs: Runs = field(default_factory=Runs)
    chosen: tuple[str, ...] = ()
    trained: TrainedForecaster | None = None
    deleted: RunEntry | None = None
    job: Run = field(default_factory=Run)
    problem: str = ""

    @property
    def front(self) -> RunEntry | None:
        """The run of the tab's network; None while it has none."""
        return self.runs.having(self.trained) or self.deleted

    @property
    def compared(self) -> tuple[RunEntry, ...]:
        """The chosen runs, oldest first."""
        return tuple(run for run in self.runs.kept if run.name in self.chosen)

    @property
    def only(self) -> RunEntry | None:
        """The chosen run where one alone is chosen."""
        compared = self.compared
        return compared[0] if len(compared) == 1 else None


def reduce(state: RunsState, event: RunsEvent) -> RunsState:
    """The state after ``event``."""
    match event:
        case NetworkSeen():
            return _seen(state, event)
        case RunRenamed(old=old, new=new):
            return _renamed(state, old, new)
        case RunsDeleted(names=names):
            return _deleted(state, names)
        case RunsChosen(names=names):
            return replace(state, chosen=names, problem="")
        case RunsRefused(problem=problem):
            return replace(state, problem=problem)
    return _after_run_event(state, event)


def change_of(before: RunsState, event: RunsEvent, after: RunsState) -> Change | None:
    """What ``event`` did to the runs, as the menu calls it; None where it did nothing to them.

    A network that is kept is not told: the tab tells where it comes from.
    """
    match event:
        case RunsChosen():
            return Change()
        case NetworkSeen():
            return None
        case RunRenamed() if after.runs is not before.runs:
            return Change(Message("Name of a run"))
        case RunsDeleted():
            return Change(Message("Deletion of runs"))
        case Finished(result=Opened(path=path)):
            return opening_of(path)
    return None


def _seen(state: RunsState, event: NetworkSeen) -> RunsState:
    """The state with that network, added once, and its figures; the first one is chosen."""
    if event.trained is not state.trained:
        state = _with_network(state, event)
    front, evaluation = state.front, event.evaluation
    if front is None or evaluation is None or front.evaluation is evaluation:
        return state
    if evaluated(front, evaluation) is front:
        return state
    deleted = None if state.deleted is None else evaluated(state.deleted, evaluation)
    return replace(state, runs=state.runs.evaluated(evaluation), deleted=deleted)


def _with_network(state: RunsState, event: NetworkSeen) -> RunsState:
    runs, chosen = state.runs, state.chosen
    if runs.having(event.trained) is None:
        runs = runs.added(new_run(event.trained, event.when, event.accesses))
        chosen = chosen or runs.names[-1:]
    return replace(state, runs=runs, chosen=chosen, trained=event.trained, deleted=None)


def _renamed(state: RunsState, old: str, new: str) -> RunsState:
    try:
        runs = state.runs.renamed(old, new)
    except UserError as error:
        return replace(state, problem=language.text(error.message))
    names = dict(zip(state.runs.names, runs.names, strict=True))
    return replace(state, runs=runs, chosen=tuple(names[name] for name in state.chosen), problem="")


def _deleted(state: RunsState, names: tuple[str, ...]) -> RunsState:
    """The state without them; the run that takes the place of the first one is chosen."""
    places = [at for at, run in enumerate(state.runs.kept) if run.name in names]
    if not places:
        return state
    runs, front = state.runs.deleted(names), state.front
    at = min(places[0], len(runs.kept) - 1)
    deleted = None if runs.having(state.trained) else front
    return replace(state, runs=runs, deleted=deleted, chosen=runs.names[at : at + 1], problem="")


def _after_run_event(state: RunsState, event: RunEvent) -> RunsState:
    state = replace(state, job=running.reduce(state.job, event), problem="")
    if isinstance(event, Finished) and isinstance(event.result, Opened):
        return _opened(state, event.result.runs)
    return state


def _opened(state: RunsState, opened: tuple[RunEntry, ...]) -> RunsState:
    """The state with the runs of a file behind those that are there, and chosen."""
    before, runs = len(state.runs.kept), state.runs
    for run in opened:
        runs = runs.added(run)
    return replace(state, runs=runs, chosen=runs.names[before:])
