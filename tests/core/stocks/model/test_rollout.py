"""Open and closed loop against a loop written out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.evaluation.dropout_samples import dropout_band
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest, evaluate
from rnnstudio.core.stocks.evaluation.future import future
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.rollout import rollout
from tests.core.stocks import made

SPLIT = made.walk(120, 90)


@pytest.mark.parametrize(
    "spec", [made.SINGLE, replace(made.PAPER, features=("Open",))], ids=["log return", "price"]
)
def test_that_the_closed_loop_is_the_open_loop_over_its_own_output(spec: ForecastSpec) -> None:
    """With one feature nothing is assumed: put each forecast into a table and ask for the next."""
    trained = made.trained(SPLIT, spec)
    table = SPLIT.table.part(slice(0, 90))
    for day in range(5):
        [[predicted]] = rollout(trained, table, range(table.rows, table.rows + 1), 1)
        table = PriceTable(
            "made.csv",
            np.append(table.dates, table.dates[-1] + 1),
            {"Open": np.append(table.column("Open"), predicted)},
        )
        assert day + 91 == table.rows
    looped = rollout(trained, SPLIT.table, range(90, 91), 5)[0]
    np.testing.assert_allclose(table.column("Open")[90:], looped, rtol=1e-6)


def test_that_the_first_column_ahead_is_the_open_loop_and_each_row_begins_with_the_truth() -> None:
    trained = made.trained(SPLIT)
    forecast = evaluate(trained, question=EvaluationRequest(days=4))
    assert forecast.ahead.shape == (30, 4)
    for row in (90, 101):
        alone = rollout(trained, SPLIT.table, range(row, row + 1), 4)[0]
        np.testing.assert_allclose(forecast.ahead[row - 90], alone, rtol=1e-6)


def test_when_a_forecast_runs_away_a_sentence_says_so() -> None:
    trained = made.trained(SPLIT)
    with np.errstate(over="ignore"), pytest.raises(UserError, match="runs away"):
        rollout(trained, SPLIT.table, range(90, 91), 3, lambda raw: raw[:, -1, 0] * 1e300)


def test_that_the_days_ahead_follow_the_last_day() -> None:
    found = future(evaluate(made.trained(SPLIT)), EvaluationRequest(days=3))
    assert (found.dates - SPLIT.table.dates[-1]).astype(int).tolist() == [1, 2, 3]
    assert found.last == SPLIT.table.column("Open")[-1]
    assert found.band is not None
    assert (found.band[1] - found.band[0] > 0).all()


@pytest.mark.parametrize("question", [(0, 0.9), (251, 0.9), (5, 0.0), (5, 1.0), (5, float("nan"))])
def test_that_an_impossible_question_is_refused(question: tuple[int, float]) -> None:
    with pytest.raises(UserError, match=r"days ahead|share of"):
        EvaluationRequest(*question)


def test_that_a_test_span_shorter_than_the_days_ahead_is_forecast_as_far_as_it_goes() -> None:
    forecast = evaluate(made.trained(made.walk(100, 96)), question=EvaluationRequest(days=10))
    assert forecast.ahead.shape == (4, 4)


def test_that_sampled_dropout_moves_the_forecast_and_repeats_with_the_seed() -> None:
    spec = replace(made.SOUND, dropout=0.5, units=8)
    forecast = evaluate(made.trained(SPLIT, spec))
    forecast = replace(forecast, trained=replace(forecast.trained, shrinkage=1.0))
    one, again = dropout_band(forecast, samples=10), dropout_band(forecast, samples=10)
    np.testing.assert_array_equal(one.low, again.low)
    assert (one.low < one.high).all()
    assert 0 <= one.coverage <= 1


def test_when_there_is_no_dropout_there_is_nothing_to_sample() -> None:
    forecast = evaluate(made.trained(SPLIT, replace(made.SOUND, dropout=0.0)))
    with pytest.raises(UserError, match="no dropout to sample"):
        dropout_band(forecast)
