"""The walk: it looks like the share, and nothing about its tomorrow can be known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import import read_prices
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.samples import FIRST_SAMPLE, SAMPLES
from rnnstudio.core.stocks.data.split import Split, split_share
from rnnstudio.core.stocks.evaluation.forecast import evaluate
from rnnstudio.core.stocks.evaluation.summary import summarize
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import train
from rnnstudio.core.stocks.teaching.random_walk import random_walk
from rnnstudio.core.training import Control
from tests.core.stocks import made

SHARE = split_share(read_prices(SAMPLES[FIRST_SAMPLE]))
WALK = random_walk(SHARE, "Close", seed=1)


def steps(split: Split, column: str = "Close") -> np.ndarray:
    return np.diff(np.log(split.table.column(column)))


def test_that_the_walk_has_the_shares_dates_columns_and_spans_and_its_first_day() -> None:
    assert WALK.table.names == SHARE.table.names
    np.testing.assert_array_equal(WALK.table.dates, SHARE.table.dates)
    assert (WALK.rows_train, WALK.rows_test) == (SHARE.rows_train, SHARE.rows_test)
    for name in SHARE.table.names:
        assert WALK.table.column(name)[0] == SHARE.table.column(name)[0]
    assert WALK.table.source == "a random walk like IBM.csv (seed 1)"


def test_that_a_seed_gives_one_walk_and_another_seed_another() -> None:
    again, other = random_walk(SHARE, "Close", seed=1), random_walk(SHARE, "Close", seed=2)
    np.testing.assert_array_equal(again.table.column("High"), WALK.table.column("High"))
    assert not np.array_equal(other.table.column("Close"), WALK.table.column("Close"))


def test_that_every_candle_is_the_shape_of_one_that_the_share_had_before_the_test() -> None:
    table, known = WALK.table, SHARE.known
    shapes = {
        tuple(np.round(known.matrix(("Open", "High", "Low"))[row] / known.column("Close")[row], 9))
        for row in range(known.rows)
    }
    walked = np.round(
        table.matrix(("Open", "High", "Low")) / table.column("Close")[:, np.newaxis], 9
    )
    assert all(tuple(row) in shapes for row in walked)
    assert np.isin(table.column("Volume"), known.column("Volume")).all()


def test_that_the_test_span_is_no_part_of_the_walk() -> None:
    row = SHARE.rows_known
    columns = {name: values.copy() for name, values in SHARE.table.columns.items()}
    for values in columns.values():
        values[row:] *= 3
    other = replace(SHARE, table=PriceTable("IBM.csv", SHARE.table.dates, columns))
    np.testing.assert_array_equal(
        random_walk(other, "Close", seed=1).table.column("Close"), WALK.table.column("Close")
    )


def test_that_the_steps_do_not_follow_from_those_before_them() -> None:
    """Of independent steps the autocorrelation is normal with deviation 1 / sqrt(n)."""
    long = Split(made.table(np.tile(SHARE.table.column("Close"), 6)), SHARE.table.rows)
    moved = steps(random_walk(long, "Open", seed=4), "Open")
    moved = (moved - moved.mean()) / moved.std()
    n = len(moved)
    found = np.array([np.mean(moved[lag:] * moved[:-lag]) for lag in range(1, 31)])
    assert n > 15_000
    assert np.abs(found).max() * np.sqrt(n) < 4
    squares = moved**2 - 1
    clustered = np.mean(squares[1:] * squares[:-1]) / np.mean(squares**2)
    assert abs(clustered) * np.sqrt(n) < 4


def test_that_the_walk_goes_nowhere_on_average() -> None:
    """Each price is expected where the one before it was: that is what makes it a martingale."""
    rising = Split(
        made.table(100 * 1.01 ** np.arange(300) * (1 + 0.05 * (np.arange(300) % 2))), 250
    )
    ends = np.array([random_walk(rising, "Open", seed).table.column("Open") for seed in range(400)])
    ratios = ends[:, 1:] / ends[:, :-1]
    deviation = ratios.std() / np.sqrt(ratios.size)
    assert abs(ratios.mean() - 1) < 4 * deviation
    assert steps(rising, "Open").mean() > 50 * deviation


@pytest.mark.parametrize("seed", range(4))
def test_that_no_network_is_shown_to_beat_yesterday_on_a_walk(seed: int) -> None:
    share = made.walk(500, 380, seed=9)
    spec = ForecastSpec(
        ("Open", "High"), "Open", "log return", window=8, units=8, epochs=8, validation=0.2
    )
    *_, last = train(spec, random_walk(share, "Open", seed), Control(), fit)
    found = summarize(evaluate(last.result))
    assert found.clean
    assert not found.skill.low > 0


def test_that_columns_of_no_prices_come_from_the_day_drawn() -> None:
    table = made.table(np.linspace(100, 110, 50))
    counts = PriceTable("a", table.dates, {**table.columns, "Volume": np.arange(50.0)})
    walked = random_walk(Split(counts, 40), "Open", seed=1)
    assert set(walked.table.column("Volume")[1:]) <= set(range(1, 40))


@pytest.mark.parametrize(
    ("target", "values", "words"),
    [
        ("Volume", np.ones(50), "Volume holds no prices"),
        ("Open", np.append(-1.0, np.ones(49)), "has −1 in Open on 2019-01-01"),
    ],
)
def test_when_there_is_no_such_walk_the_reason_is_given(
    target: str, values: np.ndarray, words: str
) -> None:
    dates = made.table(np.ones(50)).dates
    with pytest.raises(UserError, match=words):
        random_walk(Split(PriceTable("a.csv", dates, {target: values}), 40), target, seed=1)


def test_when_one_day_alone_is_known_there_is_no_walk() -> None:
    with pytest.raises(UserError, match=r"has too few days before the test span \(1\)"):
        random_walk(Split(made.table(np.ones(5)), 1), "Open", seed=1)
