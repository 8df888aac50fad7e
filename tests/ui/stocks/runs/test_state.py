"""What the page of runs shows follows from what happened; no Qt needed."""

from __future__ import annotations

from pathlib import Path

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.runs import RunEntry
from rnnstudio.core.stocks.files.runs_file import Opened
from rnnstudio.core.training import Ended, Finished
from rnnstudio.ui.running import Phase, StartAsked
from rnnstudio.ui.stocks.runs.state import (
    NetworkSeen,
    RunRenamed,
    RunsChosen,
    RunsDeleted,
    RunsRefused,
    RunsState,
    reduce,
)
from tests.core.stocks import made
from tests.core.stocks.files.examples import WHEN, named, opened, unevaluated

NEVER = AccessLog()


def with_runs(*names: str) -> RunsState:
    return reduce(RunsState(), opened_file(*(named(opened(), name) for name in names)))


def opened_file(*runs: RunEntry) -> Finished:
    return Finished(len(runs), 1.0, Opened(Path("a.rnnstudio"), runs))


def test_that_a_network_is_kept_once_and_gets_its_figures() -> None:
    run = opened()
    state = reduce(RunsState(), NetworkSeen(run.trained, None, NEVER, WHEN))
    assert state.chosen == state.runs.names == ("made log return, seed 1",)
    assert state.runs.kept[0].evaluation is None
    state = reduce(state, NetworkSeen(run.trained, run.evaluation, run.accesses, WHEN))
    assert len(state.runs.kept) == 1
    assert state.runs.kept[0].evaluation is run.evaluation


def test_that_a_network_that_was_deleted_is_not_kept_again() -> None:
    seen = NetworkSeen(unevaluated().trained, None, NEVER, WHEN)
    state = reduce(RunsState(), seen)
    state = reduce(reduce(state, RunsDeleted(state.runs.names)), seen)
    assert state.runs.names == ()


def test_that_the_tab_s_network_keeps_its_figures_when_its_run_is_deleted() -> None:
    run = opened()
    state = reduce(RunsState(), NetworkSeen(run.trained, None, NEVER, WHEN))
    kept = state.front
    state = reduce(state, RunsDeleted(state.runs.names))
    assert state.front is kept
    state = reduce(state, NetworkSeen(run.trained, run.evaluation, run.accesses, WHEN))
    assert state.runs.names == ()
    assert state.front is not None
    assert state.front.evaluation is run.evaluation


def test_that_the_next_network_leaves_the_choice_alone() -> None:
    state = with_runs("A", "B")
    state = reduce(state, RunsChosen(("A",)))
    state = reduce(state, NetworkSeen(unevaluated(made.PAPER).trained, None, NEVER, WHEN))
    assert state.chosen == ("A",)
    assert len(state.runs.kept) == 3


def test_that_the_choice_follows_a_new_name() -> None:
    state = reduce(with_runs("A", "B"), RunRenamed("B", "best"))
    assert state.chosen == ("A", "best")
    assert [run.name for run in state.compared] == ["A", "best"]


def test_that_a_refused_name_is_reported_until_something_else_is_done() -> None:
    state = reduce(with_runs("A", "B"), RunRenamed("B", "A"))
    assert state.problem == "There is a run named “A” already; choose another name."
    assert state.runs.names == ("A", "B")
    assert reduce(state, RunsChosen(("A",))).problem == ""
    assert reduce(state, RunsRefused("Why not.")).problem == "Why not."


def test_that_the_run_that_takes_the_place_of_a_deleted_one_is_chosen() -> None:
    state = reduce(with_runs("A", "B", "C"), RunsDeleted(("B",)))
    assert state.chosen == ("C",)
    state = reduce(state, RunsDeleted(("C",)))
    assert state.chosen == ("A",)
    state = reduce(state, RunsDeleted(("A",)))
    assert (state.chosen, state.only) == ((), None)


def test_that_one_run_alone_is_the_one_to_look_at() -> None:
    state = with_runs("A", "B")
    assert state.only is None
    only = reduce(state, RunsChosen(("B",))).only
    assert only is state.runs.kept[1]


def test_that_what_keeps_a_file_from_opening_is_reported_and_the_runs_stay() -> None:
    state = reduce(with_runs("A"), StartAsked())
    assert state.job.active
    state = reduce(state, Ended(1, "failed", UserError("a.rnnstudio is damaged.")))
    assert state.job.phase is Phase.FAILED
    assert state.job.error == "a.rnnstudio is damaged."
    assert state.runs.names == ("A",)


def test_that_opened_runs_stand_behind_those_that_are_there() -> None:
    state = reduce(with_runs("A"), opened_file(named(opened(), "A"), named(unevaluated(), "B")))
    assert state.runs.names == ("A", "A (2)", "B")
    assert state.chosen == ("A (2)", "B")
