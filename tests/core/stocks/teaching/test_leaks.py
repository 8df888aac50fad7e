"""Each leak changes what it says and nothing else; the leakage checks find it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.forecast import Forecast, evaluate
from rnnstudio.core.stocks.evaluation.leakage_checks import leakage_checks
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster, train, train_on, training_data
from rnnstudio.core.stocks.teaching.leaks import LEAKS, Leak, leaky_training_data
from rnnstudio.core.training import Control
from tests.core.stocks import made

SPLIT = made.walk(130, 100)
VALIDATED = replace(made.PAPER, validation=0.25)
SPECS = {"paper": made.PAPER, "paper with validation": VALIDATED, "sound": made.SOUND}
each_spec = pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)

RED: dict[Leak, set[str]] = {
    "scaler": {"scaler"},
    "shuffle": {"training"},
    "test": {"training"},
    "smooth": {"target"},
}
"""The checks that a leak fails where there is no validation span."""
ON_VALIDATION = {"stopping", "intervals"}
"""The checks that a shuffle fails besides where there is one: its days are training days."""


def forecast(spec: ForecastSpec, *leaks: Leak, split: Split = SPLIT) -> Forecast:
    *_, last = train_on(leaky_training_data(spec, split, set(leaks)), Control(), fit)
    trained: TrainedForecaster = last.result
    return evaluate(trained)


def red(found: Forecast) -> set[str]:
    return {entry.name for entry in leakage_checks(found) if not entry.ok}


def expected(spec: ForecastSpec, *leaks: Leak) -> set[str]:
    names = set().union(*(RED[leak] for leak in leaks))
    return names | ON_VALIDATION if "shuffle" in leaks and spec.validation else names


@each_spec
@pytest.mark.parametrize("leak", LEAKS)
def test_that_a_leak_fails_its_own_checks_and_no_others(spec: ForecastSpec, leak: Leak) -> None:
    assert red(forecast(spec, leak)) == expected(spec, leak)


@each_spec
@pytest.mark.parametrize(
    "leaks",
    [("scaler", "smooth"), ("test", "smooth"), ("shuffle", "test", "scaler"), LEAKS],
    ids=" + ".join,
)
def test_that_combined_leaks_fail_the_checks_of_each(
    spec: ForecastSpec, leaks: tuple[Leak, ...]
) -> None:
    assert red(forecast(spec, *leaks)) == expected(spec, *leaks)


@each_spec
def test_that_without_a_leak_the_forecast_is_trains_own_to_the_bit(spec: ForecastSpec) -> None:
    *_, last = train(spec, SPLIT, Control(), fit)
    mine, theirs = forecast(spec), evaluate(last.result)
    np.testing.assert_array_equal(mine.ahead, theirs.ahead)
    assert mine.trained.scaling == theirs.trained.scaling
    assert red(mine) == set()


def test_that_the_leaky_scaler_is_scikit_learns_over_all_days() -> None:
    from sklearn.preprocessing import MinMaxScaler, StandardScaler

    opens = SPLIT.table.column("Open")[:, np.newaxis]
    leaky = leaky_training_data(made.PAPER, SPLIT, {"scaler"}).scaling.target
    np.testing.assert_allclose(leaky.scaled(opens), MinMaxScaler().fit_transform(opens))
    returns = np.diff(np.log(opens), axis=0)
    leaky = leaky_training_data(made.SOUND, SPLIT, {"scaler"}).scaling.target
    np.testing.assert_allclose(leaky.scaled(returns), StandardScaler().fit_transform(returns))


def test_that_a_shuffle_leaves_as_many_examples_as_there_were_and_no_day_twice() -> None:
    honest = training_data(VALIDATED, SPLIT)
    leaky = leaky_training_data(VALIDATED, SPLIT, {"shuffle"})
    assert leaky.held_out is not None
    assert honest.held_out is not None
    assert len(leaky.train.rows) == len(honest.train.rows)
    assert len(leaky.held_out.rows) == len(honest.held_out.rows)
    every = np.concatenate([leaky.train.rows, leaky.held_out.rows])
    assert len(np.unique(every)) == len(every)
    assert every.min() >= VALIDATED.lookback
    assert np.isin(every, SPLIT.test_rows).sum() > 10
    assert leaky.scaling == honest.scaling


def test_that_the_check_counts_the_forecast_days_that_were_trained_on() -> None:
    found = forecast(made.PAPER, "shuffle")
    count = np.isin(found.trained.data.train.rows, SPLIT.test_rows).sum()
    sentences = {entry.name: str(entry.sentence) for entry in leakage_checks(found)}
    assert f"{count} of the 30 days that it forecasts among them" in sentences["training"]
    sentences = {
        entry.name: str(entry.sentence) for entry in leakage_checks(forecast(made.PAPER, "test"))
    }
    assert "30 of the 30 days that it forecasts among them" in sentences["training"]


def test_that_training_on_the_test_adds_its_days_and_leaves_validation_alone() -> None:
    honest, leaky = training_data(VALIDATED, SPLIT), leaky_training_data(VALIDATED, SPLIT, {"test"})
    added = np.setdiff1d(leaky.train.rows, honest.train.rows)
    assert added.tolist() == list(SPLIT.test_rows)
    assert leaky.held_out is not None
    assert honest.held_out is not None
    np.testing.assert_array_equal(leaky.held_out.rows, honest.held_out.rows)


def test_that_a_smoothed_target_is_the_truth_of_the_chart_and_other_columns_stay() -> None:
    found = forecast(made.PAPER, "smooth")
    opens = SPLIT.table.column("Open")
    around = [opens[row - 2 : row + 3].mean() for row in range(100, 128)]
    np.testing.assert_allclose(found.actual[:28], around)
    np.testing.assert_array_equal(found.table.column("High"), SPLIT.table.column("High"))
    sentences = {entry.name: str(entry.sentence) for entry in leakage_checks(found)}
    assert sentences["target"].startswith("On 130 of 130 days the numbers used are not the file's")


def test_that_a_target_that_never_moves_is_the_same_smoothed_and_nothing_is_red() -> None:
    still = Split(made.table(np.full(130, 8.0)), 100)
    assert red(forecast(made.PAPER, "smooth", split=still)) == set()


def test_that_smoothing_alone_makes_a_walk_easy_to_forecast() -> None:
    """Four of the five steps in tomorrow's mean are known today, seen from the day after."""
    steps = np.random.default_rng(3).normal(0, 1, 900)
    split = Split(made.table(100 + np.cumsum(steps)), 700)
    spec = ForecastSpec(
        ("Open",), "Open", "log return", window=12, units=12, dropout=0, epochs=40, validation=0.2
    )
    honest, leaky = forecast(spec, split=split), forecast(spec, "smooth", split=split)
    assert honest.rmse > 0.97 * honest.rmse_persistence
    assert leaky.rmse < 0.75 * leaky.rmse_persistence


def test_when_a_column_is_missing_the_leak_names_what_there_is() -> None:
    from rnnstudio.core.errors import UserError

    table = PriceTable("made.csv", SPLIT.table.dates, {"Open": SPLIT.table.column("Open")})
    with pytest.raises(UserError, match="no column 'High'; it has Open"):
        leaky_training_data(made.PAPER, Split(table, 100), {"smooth"})
