"""The state of the page of searches: what may start, what stays. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from rnnstudio.core.stocks.validation.search import search_job
from rnnstudio.core.training import Checkpoint, Control, Ended, Finished
from rnnstudio.ui.running import CancelAsked, Phase, StartAsked
from rnnstudio.ui.stocks.validation.search_state import (
    WHOLE,
    Asked,
    AskedAnew,
    CandidateChosen,
    Checked,
    SearchEvent,
    SearchState,
    check,
    check_job,
    reduce,
)
from tests.core.stocks import made
from tests.core.stocks.validation.pools import InTurn, stopped_after

BASE = replace(made.SOUND, epochs=1)
SPLIT = made.walk(130, 100)
ASKED = Asked({"units": "2, 4", "window": "3, 5, 8"}, folds=3, gap=None, draws=None)


def after(*events: SearchEvent, state: SearchState | None = None) -> SearchState:
    state = state or SearchState()
    for event in events:
        state = reduce(state, event)
    return state


def checked(**changes: object) -> Checked:
    return check(replace(ASKED, **changes), BASE, SPLIT)  # type: ignore[arg-type]


def searched(asked: Asked = ASKED) -> list[SearchEvent]:
    plan = check(asked, BASE, SPLIT).plan
    assert plan is not None
    events = search_job(plan, SPLIT, InTurn(), Control())
    return [StartAsked(), *events, Ended(1, "finished")]


def test_that_the_trainings_are_counted_before_any_is_begun() -> None:
    found = checked()
    assert found.problems == {}
    assert (found.candidates, found.trainings, found.gap) == (6, 18, 9)
    assert (checked(draws=4).trainings, checked(gap=2).gap) == (12, 2)
    assert checked(texts={"units": "2, 2, 4"}).candidates == 2


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        ({"units": "8, x", "window": "3"}, {"units": "whole number"}),
        ({"units": "8, 0", "window": "3"}, {"units": "units=0 cannot be tried"}),
        ({"units": "8", "window": "3, 70"}, {"window": "window=70 cannot be tried"}),
        ({"units": "", "dropout": "0.1;0.2"}, {"units": "whole number", "dropout": "a number"}),
        ({"dropout": "0.1, 1.5"}, {"dropout": "dropout=1.5"}),
        ({"features": "Open, Close", "units": "2"}, {"features": "no column 'Close'"}),
        ({}, {WHOLE: "nothing to search"}),
        ({"validation": "0", "patience": "2, 4"}, {"validation": "Patience needs"}),
    ],
)
def test_that_an_impossible_value_is_reported_where_it_was_typed(
    texts: Mapping[str, str], wrong: Mapping[str, str]
) -> None:
    found = checked(texts=texts)
    assert found.problems.keys() == wrong.keys()
    for name, words in wrong.items():
        assert words in found.problems[name]
    assert not after(found).ready


@pytest.mark.parametrize(
    ("changes", "words"), [({"folds": 120}, "120 folds"), ({"gap": 99}, "gap of 99 days")]
)
def test_that_folds_that_do_not_fit_are_reported_of_the_search_as_a_whole(
    changes: Mapping[str, object], words: str
) -> None:
    found = checked(**changes)
    assert found.problems.keys() == {WHOLE}
    assert words in found.problems[WHOLE]


def test_that_values_that_only_clash_with_each_other_are_reported_of_the_whole() -> None:
    base = replace(BASE, validation=0.25, patience=None)
    asked = Asked({"validation": "0, 0.25", "patience": "2"}, folds=3, gap=None, draws=None)
    assert check(asked, base, SPLIT).problems.keys() == {WHOLE}


def test_that_nothing_starts_until_what_is_asked_for_was_looked_at() -> None:
    assert not SearchState().ready
    state = after(checked())
    assert state.ready
    assert not after(AskedAnew(), state=state).ready


def test_that_looking_is_a_step_that_can_be_stopped() -> None:
    *_, last = check_job(ASKED, BASE, SPLIT, Control())
    assert isinstance(last, Finished)
    assert last.result.trainings == 18
    control = Control()
    control.cancel()
    assert not any(isinstance(each, Finished) for each in check_job(ASKED, BASE, SPLIT, control))


def test_that_the_table_fills_and_the_best_candidate_is_looked_at_until_one_is_chosen() -> None:
    state, counts = SearchState(), []
    for event in searched():
        state = reduce(state, event)
        if isinstance(event, Checkpoint):
            assert state.table is event.state
            counts.append(sum(len(row.ratios) for row in event.state.rows))
    assert counts == list(range(1, 19))
    assert state.run.phase is Phase.FINISHED
    assert state.table is not None
    best, other = state.table.rows[0], state.table.rows[3]
    assert state.row is best
    chosen = after(CandidateChosen(other.candidate.name), state=state)
    assert chosen.row is other


def test_that_a_cancelled_search_keeps_its_table() -> None:
    plan = checked().plan
    assert plan is not None
    events, last = stopped_after(7, lambda control: search_job(plan, SPLIT, InTurn(), control))
    state = after(StartAsked(), *events, CancelAsked(), Ended(1, "cancelled"))
    assert state.run.phase is Phase.CANCELLED
    assert state.table is last
    assert [row.whole for row in last.rows] == [True, True, False, False, False, False]
    assert after(AskedAnew(), StartAsked(), state=state).table is last
