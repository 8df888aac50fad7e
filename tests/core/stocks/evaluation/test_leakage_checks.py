"""The leakage checks against deliberate leaks: each must fail its own check, and no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.windows import windows_before
from rnnstudio.core.stocks.evaluation.forecast import Forecast, evaluate
from rnnstudio.core.stocks.evaluation.leakage_checks import leakage_checks
from rnnstudio.core.stocks.model.forecaster import TrainingData
from rnnstudio.core.stocks.model.scaling import fit_scaling
from tests.core.stocks import made

SPLIT = made.walk(130, 100)
HONEST = evaluate(made.trained(SPLIT))


def leaky(forecast: Forecast, change: Callable[[TrainingData], TrainingData]) -> Forecast:
    trained = replace(forecast.trained, data=change(forecast.trained.data))
    return replace(forecast, trained=trained)


def with_rows(name: str, rows: range | np.ndarray) -> Callable[[TrainingData], TrainingData]:
    return lambda data: replace(data, **{name: windows_before(rows, data.spec.lookback)})


def scaled_on(rows: range, stated: range) -> Callable[[TrainingData], TrainingData]:
    def change(data: TrainingData) -> TrainingData:
        scaling = fit_scaling(data.spec, data.split.table, rows)
        features = replace(scaling.features, rows=stated)
        return replace(
            data,
            scaling=replace(
                scaling, features=features, target=replace(scaling.target, rows=stated)
            ),
        )

    return change


def looking_ahead(data: TrainingData) -> TrainingData:
    return replace(data, train=replace(data.train, end=0))


def backwards(forecast: Forecast) -> Forecast:
    table = forecast.table
    return replace(forecast, table=PriceTable("a", table.dates[::-1], table.columns))


def looking_ahead_in_widths(forecast: Forecast) -> Forecast:
    """Every interval as wide as the largest error of all days, also of those after it."""
    assert forecast.intervals is not None
    widest = np.nanmax(forecast.intervals.history.later, axis=0)
    widths = np.broadcast_to(widest, forecast.intervals.widths.shape)
    return replace(forecast, intervals=replace(forecast.intervals, widths=widths))


SHUFFLED = np.random.default_rng(0).permutation(np.arange(6, 75))
LEAKS_TRIED: dict[str, tuple[str, Callable[[Forecast], Forecast]]] = {
    "scaler on everything": ("scaler", lambda f: leaky(f, scaled_on(range(130), range(130)))),
    "scaler on validation": ("scaler", lambda f: leaky(f, scaled_on(range(100), range(100)))),
    "scaler on other rows than it says": (
        "scaler",
        lambda f: leaky(f, scaled_on(range(130), range(75))),
    ),
    "trained on the test": ("training", lambda f: leaky(f, with_rows("train", range(6, 130)))),
    "trained on validation": ("training", lambda f: leaky(f, with_rows("train", range(6, 80)))),
    "shuffled": ("training", lambda f: leaky(f, with_rows("train", SHUFFLED))),
    "input holds the target": ("windows", lambda f: leaky(f, looking_ahead)),
    "stopped on the test": (
        "stopping",
        lambda f: leaky(f, with_rows("held_out", range(100, 130))),
    ),
    "stopped on training": (
        "stopping",
        lambda f: leaky(f, with_rows("held_out", range(50, 75))),
    ),
    "intervals from the test": (
        "intervals",
        lambda f: replace(f, intervals=replace(f.intervals, rows=range(100, 130))),
    ),
    "intervals from training": (
        "intervals",
        lambda f: replace(f, intervals=replace(f.intervals, rows=range(10, 60))),
    ),
    "intervals of all errors at once": ("intervals", looking_ahead_in_widths),
    "learnt from other numbers than the file's": (
        "target",
        lambda f: leaky(f, lambda data: replace(data, given=made.changed(SPLIT, 129).table)),
    ),
    "judged by other numbers than the file's": (
        "target",
        lambda f: replace(f, table=made.changed(SPLIT, 120).table),
    ),
    "opened twice": ("openings", lambda f: replace(f, accesses=f.accesses.opened(f.dates))),
}


@pytest.mark.parametrize("spec", [made.SOUND, made.PAPER], ids=["sound", "paper"])
def test_that_a_forecast_without_leakage_passes_every_check(spec) -> None:
    entries = leakage_checks(evaluate(made.trained(SPLIT, spec)))
    assert [entry.name for entry in entries if not entry.ok] == []
    assert len(entries) == 8


@pytest.mark.parametrize(("name", "leak"), LEAKS_TRIED.values(), ids=LEAKS_TRIED)
def test_that_a_leak_fails_its_check(name: str, leak: Callable[[Forecast], Forecast]) -> None:
    red = [entry.name for entry in leakage_checks(leak(HONEST)) if not entry.ok]
    assert name in red
    # A network trained on validation days was also stopped on days it was trained on, and its
    # intervals are as wide as its errors on them.
    assert set(red) <= {name, "stopping", "intervals"}


def test_that_intervals_as_wide_as_the_errors_on_days_learnt_from_are_red() -> None:
    entries = leakage_checks(leaky(HONEST, with_rows("train", range(6, 80))))
    red = {entry.name: str(entry.sentence) for entry in entries if not entry.ok}
    assert set(red) == {"training", "stopping", "intervals"}
    assert "5 of which the network was trained on" in red["intervals"]


def test_that_days_out_of_order_turn_the_first_entry_red() -> None:
    assert not leakage_checks(backwards(HONEST))[0].ok


def test_that_the_sentences_give_rows_and_days() -> None:
    sentences = {entry.name: str(entry.sentence) for entry in leakage_checks(HONEST)}
    dates = SPLIT.table.dates
    assert f"75 rows, {dates[0]} to {dates[74]}, all of them training" in sentences["scaler"]
    assert f"69 rows, {dates[6]} to {dates[74]}, one stretch" in sentences["training"]
    assert f"25 rows, {dates[75]} to {dates[99]}, between" in sentences["stopping"]
    assert f"25 rows, {dates[75]} to {dates[99]}, the validation" in sentences["intervals"]
    assert "without any later price, they are the same" in sentences["intervals"]
    twice = replace(HONEST, accesses=HONEST.accesses.opened(HONEST.dates))
    assert "evaluation 2 on the test span" in str(leakage_checks(twice)[-1].sentence)
