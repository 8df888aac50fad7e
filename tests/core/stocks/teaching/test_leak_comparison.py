"""The comparison: no leakage first, one count of steps, one access to the share's test set."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.evaluation.evaluate_job import evaluate_summarized
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.model.forecaster import train
from rnnstudio.core.stocks.teaching.leak_comparison import (
    WALK,
    Comparison,
    LeakCase,
    LeakPlan,
    leak_comparison_job,
)
from rnnstudio.core.training import Control, Finished, Progress, Started
from tests.core.stocks import made

SPLIT = made.walk(130, 100)
SMOOTH = LeakCase(frozenset({"smooth"}))
PLAN = LeakPlan(made.PAPER, SPLIT, (SMOOTH, WALK), question=EvaluationRequest(2))


def compared(plan: LeakPlan) -> Comparison:
    *_, last = leak_comparison_job(plan, Control(), fit)
    assert isinstance(last, Finished)
    result: Comparison = last.result
    return result


def test_that_the_network_without_leakage_is_first_and_trains_own_to_the_bit() -> None:
    shown = compared(PLAN).shown
    assert [each.case.name for each in shown] == ["honest", "smooth", "random walk"]
    alone = evaluate_summarized(made.trained(SPLIT, made.PAPER), AccessLog(), EvaluationRequest(2))
    honest = shown[0].evaluation
    np.testing.assert_array_equal(honest.forecast.ahead, alone.forecast.ahead)
    assert honest.summary.skill == alone.summary.skill


def test_that_the_leak_is_applied_and_the_walk_is_marked_and_without_leakage() -> None:
    honest, lying, walk = (each.evaluation for each in compared(PLAN).shown)
    assert (honest.summary.clean, lying.summary.clean, walk.summary.clean) == (True, False, True)
    assert walk.forecast.table.source == "a random walk like made.csv (seed 1)"
    assert honest.forecast.table.source == lying.forecast.table.source == "made.csv"


def test_that_it_accesses_the_shares_test_set_once_however_many_leaks_there_are() -> None:
    dates = SPLIT.table.dates[100:]
    before = AccessLog().opened(dates)
    found = compared(replace(PLAN, accesses=before))
    assert found.accesses.count(dates) == 2
    counts = [each.evaluation.forecast.accesses.count(dates) for each in found.shown]
    assert counts == [2, 2, 1]


def test_that_a_walk_can_have_leakage_as_well() -> None:
    case = LeakCase(frozenset({"test", "scaler"}), walk=True)
    found = compared(replace(PLAN, cases=(case,))).shown[1]
    assert found.case.name == "random walk + scaler + test"
    red = {entry.name for entry in found.evaluation.summary.leakage_checks if not entry.ok}
    assert red == {"scaler", "training"}


def test_that_steps_are_counted_over_all_trainings_also_where_one_learns_from_more() -> None:
    plan = replace(PLAN, cases=(LeakCase(frozenset({"test"})), WALK))
    events = list(leak_comparison_job(plan, Control(), fit))
    [started] = [event for event in events if isinstance(event, Started)]
    moved = [event for event in events if isinstance(event, Progress)]
    steps = [event.step for event in moved]
    alone = next(train(made.PAPER, SPLIT, Control(), fit))
    assert isinstance(alone, Started)
    assert started.total == steps[-1] == 3 * alone.total
    assert {event.total for event in moved} == {started.total}
    assert steps == sorted(steps)


def test_when_stopped_there_is_no_comparison() -> None:
    control = Control()
    events = []
    for event in leak_comparison_job(PLAN, control, fit):
        events.append(event)
        if isinstance(event, Progress):
            control.cancel()
    assert not any(isinstance(event, Finished) for event in events)


def test_when_the_target_is_no_price_the_walk_says_so_before_anything_is_trained() -> None:
    table = SPLIT.table
    split = replace(
        SPLIT, table=replace(table, columns={**table.columns, "Volume": table.column("Open")})
    )
    plan = replace(PLAN, spec=replace(made.PAPER, target="Volume"), split=split)
    with pytest.raises(UserError, match="Volume holds no prices"):
        next(leak_comparison_job(plan, Control(), fit))
