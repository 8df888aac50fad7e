"""Errors and the flat baseline against scikit-learn and by hand."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.stocks.evaluation.baselines import persistence
from rnnstudio.core.stocks.evaluation.metrics import mape, rmse


def test_that_rmse_is_scikit_learns() -> None:
    from sklearn.metrics import root_mean_squared_error

    actual, predicted = np.random.default_rng(0).normal(100, 5, (2, 500))
    assert rmse(actual, predicted) == pytest.approx(
        root_mean_squared_error(actual, predicted), rel=1e-14
    )


def test_that_a_price_of_zero_has_no_share_of_itself_to_be_wrong_by() -> None:
    assert mape(np.array([0.0, 10.0]), np.array([1.0, 9.0])) == np.inf
    assert np.isnan(mape(np.array([0.0, 10.0]), np.array([0.0, 9.0])))


def test_that_persistence_gives_each_day_the_true_price_of_the_day_before() -> None:
    prices = np.array([1.0, 2, 4, 8, 16])
    assert persistence(prices, range(1, 5)).tolist() == [1, 2, 4, 8]
    assert persistence(prices, range(3, 5)).tolist() == [4, 8]
