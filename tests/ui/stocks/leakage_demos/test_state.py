"""The state of the page of leakage demonstrations, without Qt."""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.teaching.leak_comparison import (
    WALK,
    Comparison,
    LeakCase,
    LeakPlan,
    leak_comparison_job,
)
from rnnstudio.core.training import Control, Ended, Event
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.leakage_demos.state import (
    ComparisonAsked,
    LeakEvent,
    LeakState,
    RevealAsked,
    is_of,
    reduce,
)
from tests.core.stocks import made

SPLIT = made.walk(60, 45)
SPEC = replace(made.PAPER, epochs=1)
PLAN = LeakPlan(SPEC, SPLIT, (LeakCase(frozenset({"scaler"})), WALK), question=EvaluationRequest(1))
EVENTS: tuple[Event | Ended, ...] = (
    *leak_comparison_job(PLAN, Control(), fit),
    Ended(1, "finished"),
)


def after(*events: LeakEvent, state: LeakState | None = None) -> LeakState:
    state = LeakState() if state is None else state
    for event in events:
        state = reduce(state, event)
    return state


def names(state: LeakState) -> list[str]:
    return [shown.case.name for shown in state.ordered_cases]


def comparison(state: LeakState) -> Comparison:
    assert state.comparison is not None
    return state.comparison


def test_that_a_comparison_stands_in_the_order_asked_for() -> None:
    state = after(ComparisonAsked((2, 0, 1)), *EVENTS)
    assert state.run.phase is Phase.FINISHED
    assert names(state) == ["random walk", "honest", "scaler"]
    assert state.letters == ("", "", "")
    assert not state.hidden


def test_that_a_guess_hides_who_is_who_until_it_is_revealed_and_moves_nothing() -> None:
    state = after(ComparisonAsked((1, 2, 0), guessing=True), *EVENTS)
    assert state.hidden
    assert state.letters == ("A", "B", "C")
    revealed = after(RevealAsked(), state=state)
    assert not revealed.hidden
    assert revealed.letters == ("A", "B", "C")
    assert names(revealed) == names(state) == ["scaler", "random walk", "honest"]


def test_that_the_last_comparison_stays_as_it_was_until_the_next_is_there() -> None:
    state = after(ComparisonAsked((0, 1, 2)), *EVENTS)
    running = after(ComparisonAsked((2, 1, 0), guessing=True), *EVENTS[:2], state=state)
    assert running.run.active
    assert names(running) == names(state)
    assert not running.hidden
    stopped = after(Ended(2, "cancelled"), state=running)
    assert stopped.comparison is state.comparison
    assert not stopped.hidden


def test_that_a_comparison_is_known_to_be_of_other_settings_days_or_shares() -> None:
    found = comparison(after(ComparisonAsked((0, 1, 2)), *EVENTS))
    table = SPLIT.table
    assert is_of(found, SPEC, Split(table, 45))
    assert is_of(found, SPEC, Split(table, 40, 5))
    assert not is_of(found, replace(SPEC, seed=2), SPLIT)
    assert not is_of(found, SPEC, Split(table, 44))
    assert not is_of(found, SPEC, Split(replace(table, source="other.csv"), 45))
    assert not is_of(found, None, None)
