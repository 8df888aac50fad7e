import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.stocks.model.intervals import calibrate, coverage


@settings(deadline=None, max_examples=50)
@given(
    nominal=st.sampled_from([0.5, 0.8, 0.9]), days=st.integers(20, 200), seed=st.integers(0, 999)
)
def test_that_the_calibration_span_itself_is_covered_at_least_as_promised(
    nominal, days, seed
) -> None:
    generator = np.random.default_rng(seed)
    predicted = generator.uniform(10, 500, (days, 3))
    actual = predicted * np.exp(generator.normal(scale=[0.01, 0.05, 0.2], size=(days, 3)))
    low, high = calibrate(actual, predicted, nominal).around(predicted)
    # The day that set the width may fall out by rounding.
    assert (coverage(actual, low, high) >= nominal - 1 / days).all()


def test_that_new_days_of_the_same_kind_are_covered_as_promised_on_average() -> None:
    generator = np.random.default_rng(4)
    covered = []
    for _ in range(400):
        days = generator.normal(size=(99 + 50, 1))
        predicted = np.full_like(days, 100.0)
        actual = predicted * np.exp(0.02 * days)
        interval = calibrate(actual[:99], predicted[:99], 0.9)
        low, high = interval.around(predicted[99:])
        covered.append(coverage(actual[99:], low, high)[0])
    # The theory gives exactly 90 / 100 for 99 days of calibration.
    assert np.mean(covered) == pytest.approx(0.9, abs=0.01)


def test_that_a_longer_horizon_with_larger_errors_gets_a_wider_interval() -> None:
    generator = np.random.default_rng(1)
    predicted = np.full((500, 2), 100.0)
    actual = predicted * np.exp(generator.normal(scale=[0.01, 0.03], size=(500, 2)))
    low, high = calibrate(actual, predicted).around(np.array([100.0, 100.0]))
    assert high[1] - low[1] > 2 * (high[0] - low[0])


def test_that_nothing_is_promised_from_too_few_days() -> None:
    low, high = calibrate(np.full((5, 1), 10.0), np.full((5, 1), 10.1)).around(np.array([10.0]))
    assert (low[0], high[0]) == (0.0, math.inf)
