"""Walk-forward against one training and its evaluation, scikit-learn, and what must not be seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.forecast import evaluate
from rnnstudio.core.stocks.evaluation.summary import summarize
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.validation.folds import FoldForecast
from rnnstudio.core.stocks.validation.walk_forward import (
    Walk,
    new_walk,
    walk_folds,
    walk_forward_job,
)
from rnnstudio.core.training import Checkpoint, Control, Event, Finished, Progress, Started
from tests.core.stocks import made
from tests.core.stocks.validation.pools import Gone, InTurn, result, stopped_after

SPLIT = made.walk(120, 100)


def walked(spec: ForecastSpec, split: Split, every: int, pool: InTurn | None = None) -> Walk:
    walk: Walk = result(walk_forward_job(spec, split, every, pool or InTurn(), Control()))
    return walk


@pytest.mark.parametrize("spec", [made.PAPER, made.SOUND], ids=["paper", "sound"])
def test_that_one_block_over_the_whole_span_is_a_training_and_its_evaluation(
    spec: ForecastSpec,
) -> None:
    walk = walked(spec, SPLIT, 20)
    trained = made.trained(SPLIT, spec)
    forecast = evaluate(trained)
    found = summarize(forecast)
    np.testing.assert_array_equal(walk.predicted, forecast.predicted)
    np.testing.assert_array_equal(walk.dates, forecast.dates)
    assert walk.figures == found.rows
    assert walk.skill == found.skill
    assert walk.forecasts[0].shrinkage == trained.shrinkage
    assert walk.forecasts[0].epochs == len(trained.model.losses)


def test_that_each_block_is_as_if_the_test_span_began_with_it() -> None:
    walk = walked(made.SOUND, SPLIT, 8)
    for start in (100, 108, 116):
        split = Split(SPLIT.table, start)
        alone = evaluate(made.trained(split, made.SOUND)).predicted[:8]
        np.testing.assert_array_equal(walk.predicted[start - 100 :][:8], alone)
    assert walk.refits == 3


@pytest.mark.parametrize("row", [100, 108, 113, 119])
def test_that_a_changed_day_leaves_every_forecast_up_to_it_as_it_was(row: int) -> None:
    before = walked(made.SOUND, SPLIT, 8).predicted
    after = walked(made.SOUND, made.changed(SPLIT, row), 8).predicted
    np.testing.assert_array_equal(after[: row - 99], before[: row - 99])
    assert (after[row - 99 :] != before[row - 99 :]).all()


@given(st.integers(2, 60), st.integers(10, 80), st.data())
@settings(max_examples=50)
def test_that_folds_cover_the_test_span_once_and_hold_nothing_later(
    test: int, known: int, data: st.DataObject
) -> None:
    split, every = made.walk(known + test, known), data.draw(st.integers(1, test))
    folds = walk_folds(made.PAPER, split, every)
    assert [row for fold in folds for row in fold.rows] == list(split.test_rows)
    for fold in folds:
        assert fold.known == fold.rows.start
        assert fold.table.rows == fold.rows.stop
        assert len(fold.rows) == every or fold is folds[-1]


@pytest.mark.parametrize("every", [0, -3, 21])
def test_that_an_impossible_number_of_days_is_refused_before_anything_is_trained(
    every: int,
) -> None:
    pool = InTurn()
    with pytest.raises(UserError, match=rf"every {every} days.*choose 1 to 20"):
        next(walk_forward_job(made.PAPER, SPLIT, every, pool, Control()))
    assert pool.calls == 0


def test_that_what_would_fail_in_a_later_block_is_refused_before_the_first() -> None:
    table = made.walk(120, 100).table
    table.column("Open")[115] = 0.0
    with pytest.raises(UserError, match="no log return"):
        walk_folds(made.SOUND, Split(table, 100), 5)
    with pytest.raises(UserError, match="needs at least 6"):
        walk_folds(made.PAPER, Split(table, 5), 5)
    with pytest.raises(UserError, match="no column 'Close'"):
        walk_folds(replace(made.PAPER, target="Close"), SPLIT, 5)


def test_that_events_report_every_block_and_end_in_the_walk() -> None:
    events = list(walk_forward_job(made.PAPER, SPLIT, 6, InTurn(), Control()))
    assert events[0] == Started(4, made.PAPER.seed)
    steps = [event.step for event in events if isinstance(event, Checkpoint)]
    assert steps == [1, 2, 3, 4]
    assert all(event.total == 4 for event in events if isinstance(event, Progress))
    assert isinstance(events[-1], Finished)


def test_that_a_stopped_walk_keeps_its_blocks_and_says_that_it_is_not_whole() -> None:
    _, walk = stopped_after(2, lambda c: walk_forward_job(made.PAPER, SPLIT, 6, InTurn(), c))
    assert (walk.refits, walk.days_done, walk.whole) == (2, 12, False)
    assert np.isnan(walk.predicted[12:]).all()
    assert str(walk.verdict).startswith("12 of 20 test days are done, with 2 trainings.")
    whole = walked(made.PAPER, SPLIT, 6)
    np.testing.assert_array_equal(walk.predicted[:12], whole.predicted[:12])
    assert [block.rmse is None for block in walk.blocks] == [False, False, True, True]


def test_that_a_walk_stopped_before_its_first_block_has_no_figures() -> None:
    control = Control()
    control.cancel()
    *_, last = walk_forward_job(made.PAPER, SPLIT, 6, InTurn(), control)
    assert isinstance(last, Checkpoint)
    assert (last.state.figures, last.state.skill, last.state.rmse_close) == ((), None, None)
    assert str(last.state.verdict) == "No day of the walk is done."


def test_that_a_training_that_comes_to_nothing_leaves_its_sentence_and_the_others() -> None:
    walk = walked(made.PAPER, SPLIT, 6, InTurn(refuse=[1]))
    assert list(map(str, walk.refused)) == ["The training ran away."]
    assert [block.refused is None for block in walk.blocks] == [True, False, True, True]
    assert (walk.refits, walk.days_done) == (3, 14)
    assert str(walk.verdict).startswith("14 of 20 test days are done")


def test_that_workers_that_go_away_leave_what_was_finished() -> None:
    events: list[Event] = []
    with pytest.raises(UserError, match="gone"):
        events.extend(walk_forward_job(made.PAPER, SPLIT, 6, Gone(3), Control()))
    states = [event.state for event in events if isinstance(event, Checkpoint)]
    assert states[-1].days_done == 18


def test_that_the_order_in_which_folds_come_changes_nothing() -> None:
    one, other = (walked(made.SOUND, SPLIT, 6, InTurn(backwards=back)) for back in (False, True))
    np.testing.assert_array_equal(one.predicted, other.predicted)
    assert one.verdict == other.verdict


def test_that_errors_are_those_of_scikit_learn_over_the_days_done() -> None:
    from sklearn.metrics import mean_absolute_percentage_error, root_mean_squared_error

    walk = walked(made.PAPER, SPLIT, 6, InTurn(refuse=[2]))
    days = [*range(12), 18, 19]
    actual = SPLIT.table.column("Open")[100:][days]
    before = SPLIT.table.column("Open")[99:][days]
    own, flat = (root_mean_squared_error(actual, guess) for guess in (walk.predicted[days], before))
    assert walk.errors["network"].rmse == pytest.approx(own, rel=1e-12)
    assert walk.errors["persistence"].rmse == pytest.approx(flat, rel=1e-12)
    assert walk.errors["persistence"].mape == pytest.approx(
        mean_absolute_percentage_error(actual, before), rel=1e-12
    )
    assert walk.ratio == pytest.approx(own / flat, rel=1e-12)


@given(st.floats(0, 1.2), st.integers(0, 10_000))
@settings(max_examples=60)
def test_that_a_verdict_claims_no_more_than_the_interval_shows(part: float, seed: int) -> None:
    """A forecast that knows ``part`` of tomorrow's move, and noise."""
    walk = new_walk(made.SINGLE, SPLIT, 20)
    noise = np.random.default_rng(seed).normal(0, 0.3, 20)
    predicted = walk.persistence + part * (walk.actual - walk.persistence) + noise
    walk = walk.put(0, FoldForecast(tuple(predicted.tolist()), 1, 1.0, 0.0))
    assert walk.skill is not None
    assert ("network beats" in str(walk.verdict)) == (walk.skill.low > 0)
    assert ("does not beat" in str(walk.verdict)) == (walk.ratio >= 1)


def test_that_yesterdays_close_is_not_left_out_where_the_open_is_forecast() -> None:
    """A forecast that is yesterday's close with an error has learnt nothing but to look at it."""
    table = made.walk(120, 100).table
    opens = table.column("Open")
    close = np.append(opens[1:], opens[-1]) + 0.01
    table = replace(table, columns={**table.columns, "Close": close})
    walk = new_walk(made.PAPER, Split(table, 100), 20)
    predicted = close[99:119] + 0.01
    walk = walk.put(0, FoldForecast(tuple(predicted.tolist()), 1, 1.0, 0.0))
    assert walk.rmse_close == pytest.approx(0.01)
    assert "but not than yesterday's close" in str(walk.verdict)
