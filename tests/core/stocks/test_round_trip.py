"""Whatever a forecaster and a run can hold comes back from their files, field by field."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rnnstudio.core.documents.document_file import load
from rnnstudio.core.engine.environment import environment
from rnnstudio.core.engine.initial import initial_weights
from rnnstudio.core.engine.spec import TrainedModel
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.forecast import evaluate, reopen
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files import forecaster_file as forecasts
from rnnstudio.core.stocks.files import runs_file as work
from rnnstudio.core.stocks.files.forecaster_file import load_forecaster, save_forecaster
from rnnstudio.core.stocks.files.runs import Runs, new_run
from rnnstudio.core.stocks.files.runs_file import save_runs
from rnnstudio.core.stocks.model.forecast_spec import MOST_LAYERS, ForecastSpec
from rnnstudio.core.stocks.model.forecaster import MOST_INPUTS, TrainedForecaster, training_data
from tests.core.stocks import made
from tests.core.stocks.files.examples import opened, reopened

PROPERTY = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
UNITS = st.sampled_from(["D", "s", "us"])
STEPS = {"D": 1, "s": 300, "us": 1_000_003}
FINITE = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def tables(draw: st.DrawFn) -> PriceTable:
    rows, unit = draw(st.integers(8, 30)), draw(UNITS)
    names = draw(st.lists(st.text(max_size=9), min_size=1, max_size=4, unique=True))
    first = np.datetime64(draw(st.sampled_from(["1700-01-01", "1969-12-31", "2024-03-01"])), unit)
    dates = first + np.cumsum(draw(st.lists(st.integers(1, 9), min_size=rows, max_size=rows)))
    seed = draw(st.integers(0, 9))
    columns = {
        name: 100 + np.random.default_rng([seed, at]).standard_normal(rows)
        for at, name in enumerate(names)
    }
    return PriceTable(draw(st.text()), dates, columns)


@st.composite
def forecasters(draw: st.DrawFn) -> TrainedForecaster:
    """Anything that a training may have come to, sizes apart."""
    table = draw(tables())
    validation = draw(st.sampled_from([0.0, 0.3]))
    spec = ForecastSpec(
        features=tuple(draw(st.lists(st.sampled_from(table.names), min_size=1, unique=True))),
        target=draw(st.sampled_from(table.names)),
        window=draw(st.integers(1, 3)),
        cell=draw(st.sampled_from(["rnn", "lstm", "gru"])),
        layers=draw(st.integers(1, 3)),
        units=draw(st.integers(1, 4)),
        dropout=draw(st.floats(0, 1, exclude_max=True)),
        epochs=draw(st.integers(1, 2**40)),
        batch_size=draw(st.integers(1, 2**40)),
        learning_rate=draw(st.floats(1e-300, 1e300)),
        validation=validation,
        patience=draw(st.none() | st.integers(1, 99)) if validation else None,
        seed=draw(st.integers(0, 2**32 - 1)),
        engine=draw(st.sampled_from(["numpy", "keras"])),
    )
    data = training_data(spec, Split(table, table.rows - 2))
    weights = initial_weights(spec.model, spec.seed)
    single = [{key: array.astype("f4") for key, array in layer.items()} for layer in weights]
    done = min(spec.epochs, draw(st.integers(0, 5)))
    losses = st.lists(FINITE, min_size=done, max_size=done).map(np.array)
    held_out = draw(losses) if data.held_out is not None else None
    model = TrainedModel(
        spec.model, draw(st.sampled_from([weights, single])), draw(losses), held_out
    )
    return TrainedForecaster(
        data,
        model,
        draw(st.floats(0, 1)),
        draw(st.floats(0, 1e308)),
        draw(st.none() | st.integers(0, 2**40)),
        draw(st.sampled_from([None, environment(), replace(environment(), numpy="1.0")])),
    )


def assert_same(one: TrainedForecaster, other: TrainedForecaster) -> None:
    assert one.spec == other.spec
    assert (one.shrinkage, one.seconds, one.scaling) == (
        other.shrinkage,
        other.seconds,
        other.scaling,
    )
    assert (one.stopped_after, one.environment) == (other.stopped_after, other.environment)
    before, now = one.split, other.split
    assert (before.rows_train, before.rows_validation) == (now.rows_train, now.rows_validation)
    assert before.table.source == now.table.source
    assert before.table.dates.dtype == now.table.dates.dtype
    np.testing.assert_array_equal(before.table.dates, now.table.dates)
    assert before.table.names == now.table.names
    for name in before.table.names:
        assert before.table.column(name).tobytes() == now.table.column(name).tobytes()
    for was, found in ((one.data.train, other.data.train),
                       (one.data.held_out, other.data.held_out)):  # fmt: skip
        assert (was is None) == (found is None)
        if was is not None and found is not None:
            assert (was.lookback, was.end) == (found.lookback, found.end)
            np.testing.assert_array_equal(was.rows, found.rows)
    assert one.model.spec == other.model.spec
    np.testing.assert_array_equal(one.model.losses, other.model.losses)
    assert (one.model.held_out_losses is None) == (other.model.held_out_losses is None)
    if one.model.held_out_losses is not None and other.model.held_out_losses is not None:
        np.testing.assert_array_equal(one.model.held_out_losses, other.model.held_out_losses)
    for layer, found_layer in zip(one.model.weights, other.model.weights, strict=True):
        assert layer.keys() == found_layer.keys()
        for key, array in layer.items():
            assert array.dtype == found_layer[key].dtype
            np.testing.assert_array_equal(array, found_layer[key])


@PROPERTY
@given(trained=forecasters(), times=st.integers(0, 3))
def test_that_a_forecaster_comes_back_field_by_field(
    trained: TrainedForecaster, times: int, tmp_path: Path
) -> None:
    accesses = AccessLog()
    for _ in range(times):
        accesses = accesses.opened(trained.split.table.dates[-2:])
    save_forecaster(tmp_path / "a.rnnstudio", trained, accesses)
    back, found = load_forecaster(tmp_path / "a.rnnstudio")
    assert_same(trained, back)
    assert found == accesses


TIMES = st.datetimes(datetime(2000, 1, 2), datetime(2199, 12, 30)).map(
    lambda when: when.replace(tzinfo=timezone(timedelta(hours=5, minutes=45)))
)
NAMES = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=80)


@PROPERTY
@given(
    trainings=st.lists(forecasters(), min_size=1, max_size=3),
    names=st.lists(NAMES, min_size=3, max_size=3, unique=True),
    when=TIMES,
)
def test_that_runs_come_back_field_by_field(
    trainings: list[TrainedForecaster], names: list[str], when: datetime, tmp_path: Path
) -> None:
    runs = [
        replace(new_run(trained, when), name=name)
        for trained, name in zip(trainings, names, strict=False)
    ]
    save_runs(tmp_path / "a.rnnstudio", runs)
    for run, back in zip(runs, reopened(tmp_path / "a.rnnstudio"), strict=True):
        assert (run.name, run.when, run.accesses) == (back.name, back.when, back.accesses)
        assert_same(run.trained, back.trained)


def intraday() -> Split:
    split = made.walk(110, 90)
    moments = np.datetime64("2024-01-02T09:30:00") + 300 * np.arange(110)
    return replace(split, table=replace(split.table, dates=moments))


def test_that_an_intraday_network_that_was_evaluated_comes_back(tmp_path: Path) -> None:
    trained = made.trained(intraday())
    forecast = evaluate(trained)
    save_forecaster(tmp_path / "a.rnnstudio", trained, forecast.accesses)
    back, accesses = load_forecaster(tmp_path / "a.rnnstudio")
    assert_same(trained, back)
    again = reopen(back, accesses)
    assert again is not None
    np.testing.assert_array_equal(again.ahead, forecast.ahead)
    np.testing.assert_array_equal(again.dates, forecast.dates)
    assert again.accesses.count(again.dates) == 1


def test_that_intraday_runs_come_back_with_their_figures(tmp_path: Path) -> None:
    run = opened(made.SOUND, intraday())
    save_runs(tmp_path / "a.rnnstudio", [run])
    (back,) = reopened(tmp_path / "a.rnnstudio")
    assert back.evaluation is not None
    assert run.evaluation is not None
    assert back.evaluation.summary.rows == run.evaluation.summary.rows
    np.testing.assert_array_equal(back.table.dates, run.table.dates)
    assert Runs((back,)).known(run.table.source) == run.accesses


def test_that_files_of_days_are_still_of_the_first_version(tmp_path: Path) -> None:
    """So that the application as it was before can open them."""
    trained = made.trained(made.walk(110, 90))
    save_forecaster(tmp_path / "a.rnnstudio", trained, AccessLog())
    assert load(tmp_path / "a.rnnstudio", forecasts.KIND, newest=1).version == 1
    save_runs(tmp_path / "b.rnnstudio", [new_run(trained, datetime(2024, 1, 2, tzinfo=UTC))])
    assert load(tmp_path / "b.rnnstudio", work.KIND, newest=1).version == 1


def test_that_the_deepest_network_comes_back_and_a_deeper_one_is_no_setting(
    tmp_path: Path,
) -> None:
    spec = replace(made.PAPER, layers=MOST_LAYERS, units=1)
    trained = made.trained(made.walk(20, 15), replace(spec, epochs=1))
    save_forecaster(tmp_path / "a.rnnstudio", trained, AccessLog())
    assert_same(trained, load_forecaster(tmp_path / "a.rnnstudio")[0])
    with pytest.raises(UserError, match=r"number of layers is 65; .* from 1 to 64"):
        replace(spec, layers=MOST_LAYERS + 1)


def test_that_more_than_can_be_evaluated_is_refused_before_the_training() -> None:
    rows = 40_000
    dates = np.datetime64("1800-01-01") + np.arange(rows)
    table = PriceTable("long.csv", dates, {"Open": np.full(rows, 100.0)})
    spec = ForecastSpec(features=("Open",), window=1 + MOST_INPUTS // 20_000)
    with pytest.raises(UserError, match="than can be evaluated; choose a shorter window"):
        training_data(spec, Split(table, 20_000))
    training_data(replace(spec, window=spec.window - 1), Split(table, 20_000))


def test_that_a_price_file_of_a_name_that_is_no_utf_8_can_be_opened_again(tmp_path: Path) -> None:
    split = made.walk(110, 90)
    trained = made.trained(replace(split, table=replace(split.table, source="caf\udce9.csv")))
    save_forecaster(tmp_path / "a.rnnstudio", trained, AccessLog())
    assert load_forecaster(tmp_path / "a.rnnstudio")[0].split.table.source == "caf?.csv"


def test_when_a_network_ran_away_nothing_is_written(tmp_path: Path) -> None:
    trained = made.trained(made.walk(110, 90))
    weights = [{key: a * np.nan for key, a in layer.items()} for layer in trained.model.weights]
    broken = replace(trained, model=replace(trained.model, weights=weights))
    with pytest.raises(UserError, match="ran away"):
        save_forecaster(tmp_path / "a.rnnstudio", broken, AccessLog())
    assert not list(tmp_path.iterdir())
