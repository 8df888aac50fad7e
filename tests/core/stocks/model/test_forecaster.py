"""The whole forecast with the real NumPy engine, small enough to be quick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.kinds import KINDS
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import import read_prices
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split, join
from rnnstudio.core.stocks.evaluation.forecast import Forecast, evaluate
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster, train
from rnnstudio.core.training import Control, Finished, Started, Training
from tests.core.stocks import made

SMALL = ForecastSpec(window=5, units=4, epochs=3, batch_size=8)


def forecast(split: Split, spec: ForecastSpec = SMALL) -> Forecast:
    *_, last = train(spec, split, Control(), fit)
    assert isinstance(last, Finished)
    assert isinstance(last.result, TrainedForecaster)
    return evaluate(last.result)


def test_that_the_events_are_the_engines_and_the_end_carries_the_network() -> None:
    events = list(train(SMALL, made.walk(60, 40), Control(), fit))
    assert isinstance(events[0], Started)
    assert [isinstance(event, Finished) for event in events].index(True) == len(events) - 1


@pytest.mark.keras
@pytest.mark.slow
@pytest.mark.parametrize("cell", KINDS)
@pytest.mark.parametrize("layers", [1, 2])
def test_that_each_cell_forecasts_the_same_in_both_engines(cell: str, layers: int) -> None:
    from rnnstudio.core.keras_engine.keras_fit import fit as keras_fit

    split = made.walk(60, 40)
    spec = replace(SMALL, cell=cell, layers=layers, dropout=0.0, epochs=5, learning_rate=0.01)
    ours = forecast(split, spec)
    *_, last = train(replace(spec, engine="keras"), split, Control(), keras_fit)
    theirs = evaluate(last.result)
    np.testing.assert_allclose(
        ours.trained.model.losses, theirs.trained.model.losses, rtol=0, atol=1e-5
    )
    np.testing.assert_allclose(theirs.predicted, ours.predicted, rtol=1e-4)
    np.testing.assert_allclose(theirs.closed_loop, ours.closed_loop, rtol=1e-4)


def test_that_truth_and_baseline_are_on_the_test_days() -> None:
    split = made.walk(60, 40)
    result = forecast(split)
    opens = split.table.column("Open")
    assert str(result.dates[0]) == str(split.table.dates[40])
    np.testing.assert_array_equal(result.actual, opens[40:])
    np.testing.assert_array_equal(result.persistence, opens[39:-1])
    assert result.predicted.shape == (20,)
    assert result.rmse_persistence == pytest.approx(np.sqrt(np.mean(np.diff(opens)[39:] ** 2)))


def test_that_the_same_seed_gives_the_same_forecast_to_the_bit_and_another_does_not() -> None:
    split = made.walk(60, 40)
    first = forecast(split)
    np.testing.assert_array_equal(first.predicted, forecast(split).predicted)
    other = forecast(split, ForecastSpec(window=5, units=4, epochs=3, batch_size=8, seed=2))
    assert not np.array_equal(first.predicted, other.predicted)


@pytest.mark.parametrize("changed", [40, 47, 59])
def test_that_a_changed_day_leaves_every_forecast_up_to_it_as_it_was(changed: int) -> None:
    """A leak of the test span into scaler, training or windows would move an earlier forecast."""
    split = made.walk(60, 40)
    opens = split.table.column("Open").copy()
    opens[changed] *= 3
    other = Split(made.table(opens), 40)
    before, after = forecast(split).predicted, forecast(other).predicted
    same = changed - 40 + 1
    np.testing.assert_array_equal(before[:same], after[:same])
    if changed < 59:
        assert before[same] != after[same]


def test_that_a_line_that_continues_is_followed_in_prices() -> None:
    """Outside truth: on a slow sine the next value is knowable, and the network must find it."""
    split = Split(made.table(100 + 10 * np.sin(np.arange(400) / 8)), 300)
    result = forecast(split, ForecastSpec(window=12, units=16, dropout=0, epochs=60, seed=1))
    assert result.rmse < 0.5 * result.rmse_persistence


def test_that_a_target_outside_the_features_is_forecast_in_its_own_prices() -> None:
    split = made.walk(60, 40)
    far = split.table.column("Open") + 1000
    table = PriceTable("far.csv", split.table.dates, {**split.table.columns, "Far": far})
    spec = ForecastSpec(("Open",), "Far", window=5, units=4, epochs=3)
    assert np.all(np.abs(forecast(Split(table, 40), spec).predicted - 1100) < 100)


def test_that_yesterdays_close_is_reported_where_the_open_is_forecast_and_only_there() -> None:
    """Closes that are tomorrow's open have no error; without closes none is given."""
    split = made.walk(60, 40)
    closes = np.append(split.table.column("Open")[1:], 1.0)
    table = PriceTable("closes.csv", split.table.dates, {**split.table.columns, "Close": closes})
    assert forecast(Split(table, 40)).rmse_close == 0
    assert forecast(split).rmse_close is None
    high = ForecastSpec(target="High", window=5, units=4, epochs=1)
    assert forecast(Split(table, 40), high).rmse_close is None


def test_when_an_engine_ends_with_weights_that_ran_away_there_is_no_forecast() -> None:
    def runaway(*args: Any, **settings: Any) -> Training:
        for event in fit(*args, **settings):
            if isinstance(event, Finished):
                model = event.result
                huge = [{k: np.full_like(v, 3e38) for k, v in w.items()} for w in model.weights]
                yield replace(event, result=replace(model, weights=huge))
            else:
                yield event

    *_, last = train(SMALL, made.walk(60, 40), Control(), runaway)
    with pytest.raises(UserError, match="smaller learning rate"):
        evaluate(last.result)


def test_when_a_column_is_missing_nothing_is_trained() -> None:
    with pytest.raises(UserError, match="no column 'Close'; it has Open, High"):
        next(train(ForecastSpec(target="Close"), made.walk(90, 80), Control(), fit))


def test_when_the_rows_are_fewer_than_the_window_nothing_is_trained() -> None:
    with pytest.raises(UserError, match="40 training rows; a window that takes 60"):
        next(train(ForecastSpec(), made.walk(60, 40), Control(), fit))


def test_when_stopped_there_is_no_forecast() -> None:
    control = Control()
    control.cancel()
    events = list(train(SMALL, made.walk(60, 40), control, fit))
    assert not any(isinstance(event, Finished) for event in events)


@pytest.mark.slow
def test_that_the_documents_tata_project_trains_on_its_own_files(
    shared_data: Callable[[str], Path],
) -> None:
    split = join(
        read_prices(shared_data("NSE-TATAGLOBAL.csv")), read_prices(shared_data("tatatest.csv"))
    )
    result = forecast(split, ForecastSpec(epochs=10))
    assert (result.split.rows_train, result.split.rows_test) == (2035, 16)
    assert result.rmse < 20
    assert result.trained.scaling.features.rows == range(2035)
