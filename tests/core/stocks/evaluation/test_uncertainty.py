import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rnnstudio.core.stocks.evaluation.uncertainty import (
    CONFIDENCE,
    FEWEST_DAYS,
    RESAMPLES,
    ConfidenceInterval,
    Spread,
    binomial,
    hit_rate,
    lag,
    skill,
)
from rnnstudio.core.stocks.evaluation.wording import NONE, skill_cell

PRICES = hnp.arrays(float, st.shared(st.integers(2, 40)), elements=st.floats(1, 100))


def walk(days: int, seed: int) -> np.ndarray:
    return 100 + np.random.default_rng(seed).normal(size=days).cumsum()


def test_that_yesterdays_price_has_no_skill_and_the_truth_has_all() -> None:
    values = walk(200, 1)
    actual, before = values[1:], values[:-1]
    copied = skill(actual, before, before)
    assert (copied.estimate, copied.low, copied.high) == (0, 0, 0)
    assert skill(actual, actual, before).estimate == 1


def test_that_skill_is_the_ratio_of_the_errors() -> None:
    actual, before = (np.tile(each, 4) for each in ([10.0, 12.0, 11.0], [9.0, 10.0, 12.0]))
    predicted = np.tile([10.5, 11.0, 11.0], 4)
    expected = 1 - math.sqrt((0.25 + 1 + 0) / (1 + 4 + 1))
    assert skill(actual, predicted, before).estimate == pytest.approx(expected)


def test_that_the_bootstrap_interval_covers_the_true_skill_about_as_often_as_it_says() -> None:
    covered = 0
    for seed in range(200):
        generator = np.random.default_rng(seed)
        steps, noise = generator.normal(size=(2, 150))
        before = np.full(150, 100.0)
        actual = before + steps
        # The forecast sees half of the step's variance: its error is sqrt(0.5) of persistence's.
        predicted = before + 0.5 * steps + 0.5 * noise
        covered += skill(actual, predicted, before).holds(1 - math.sqrt(0.5))
    assert 0.82 < covered / 200 < 0.97
    assert CONFIDENCE == 0.9


@pytest.mark.parametrize("days", [1, 2, FEWEST_DAYS - 1])
def test_that_a_few_lucky_days_show_no_skill(days: int) -> None:
    values = walk(days + 1, 3)
    actual, before = values[1:], values[:-1]
    found = skill(actual, actual + 0.001, before)
    assert math.isnan(found.estimate)
    assert math.isnan(found.low)
    assert math.isnan(found.high)
    assert str(skill_cell(found)) == NONE
    assert not lag(actual, before, before).copies


def test_that_an_interval_is_formatted_as_far_as_it_exists() -> None:
    assert str(skill_cell(ConfidenceInterval(0.0124, -0.003, 0.02))) == "+0.012 (−0.003 to +0.020)"
    assert str(skill_cell(ConfidenceInterval(0.0124, math.nan, math.nan))) == "+0.012 (no interval)"
    assert str(skill_cell(ConfidenceInterval(math.nan, math.nan, math.nan))) == NONE


@given(actual=PRICES, predicted=PRICES, before=PRICES)
def test_that_uncertainty_exists_whatever_the_prices(actual, predicted, before) -> None:
    found = skill(actual, predicted, before)
    assert math.isnan(found.estimate) or found.estimate <= 1
    called = hit_rate(actual, predicted, before)
    assert 0 <= called.hits <= called.days <= len(actual)
    assert called.share is None or called.share.holds(called.share.estimate)
    measured = lag(actual, predicted, before)
    assert math.isnan(measured.with_today) or abs(measured.with_today) <= 1 + 1e-9


@pytest.mark.parametrize(("hits", "days"), [(0, 10), (3, 10), (55, 100), (10, 10)])
def test_that_the_binomial_interval_is_clopper_and_pearsons(hits: int, days: int) -> None:
    from scipy.stats import binomtest

    expected = binomtest(hits, days).proportion_ci(CONFIDENCE, method="exact")
    found = binomial(hits, days)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


@pytest.mark.parametrize("days", [2, 7, 100, 1000])
def test_that_the_binomial_interval_ends_at_quantiles_of_beta_distributions(days: int) -> None:
    from scipy.stats import beta

    tail = (1 - CONFIDENCE) / 2
    for hits in range(1, days):
        found = binomial(hits, days)
        low, high = beta.ppf(tail, hits, days - hits + 1), beta.ppf(1 - tail, hits + 1, days - hits)
        assert (found.low, found.high) == pytest.approx((low, high), rel=1e-12, abs=0)


def test_that_days_without_a_move_or_a_call_are_not_counted() -> None:
    before = np.array([10.0, 10.0, 10.0, 10.0])
    actual = np.array([11.0, 10.0, 9.0, 11.0])
    predicted = np.array([12.0, 11.0, 11.0, 10.0])
    found = hit_rate(actual, predicted, before)
    assert (found.hits, found.days) == (1, 2)
    assert hit_rate(before, before, before).share is None


def test_that_a_copy_of_yesterday_is_caught_and_a_forecast_is_not() -> None:
    values = walk(300, 2)
    actual, before = values[1:], values[:-1]
    assert lag(actual, before + 0.01, before).copies
    assert not lag(actual, actual + 0.1, before).copies


def test_that_a_difference_inside_the_seeds_spread_is_a_tie() -> None:
    seeds = Spread((1.40, 1.36, 1.44))
    assert seeds.mean == pytest.approx(1.40)
    assert seeds.ties_with(1.37)
    assert not seeds.ties_with(1.35)


def test_that_the_bootstrap_in_parts_is_that_in_one_piece_to_the_last_bit() -> None:
    days = 3_000
    actual, predicted, before = walk(days, 1), walk(days, 1) + walk(days, 2) / 50, walk(days, 3)
    own, flat = (actual - predicted) ** 2, (actual - before) ** 2
    block = 14  # the cube root of 3,000
    starts = np.random.default_rng(0).integers(0, days, (RESAMPLES, -(-days // block)))
    picks = (starts[:, :, None] + np.arange(block)).reshape(RESAMPLES, -1)[:, :days] % days
    drawn = 1 - np.sqrt(own[picks].mean(axis=1) / flat[picks].mean(axis=1))
    found = skill(actual, predicted, before)
    assert [found.low, found.high] == np.quantile(drawn, [0.05, 0.95]).tolist()


def test_that_the_bootstrap_of_a_hundred_years_takes_little_memory() -> None:
    values = walk(25_001, 1)
    tracemalloc.start()
    try:
        skill(values[1:], values[:-1] + 0.1, values[:-1])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 100e6
