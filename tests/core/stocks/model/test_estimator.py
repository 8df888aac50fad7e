"""The scikit-learn estimator, by scikit-learn's own checks and by what it learns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from sklearn.model_selection import TimeSeriesSplit, cross_val_score  # noqa: TID253
from sklearn.utils.estimator_checks import parametrize_with_checks  # noqa: TID253

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.model.estimator import RecurrentForecaster, lagged


@pytest.mark.slow
@parametrize_with_checks(
    [RecurrentForecaster(units=16, dropout=0, epochs=100, batch_size=16, learning_rate=0.02)]
)
def test_that_scikit_learns_own_checks_pass(
    estimator: RecurrentForecaster, check: Callable[[RecurrentForecaster], None]
) -> None:
    check(estimator)


def test_that_rows_are_the_values_before_each_value() -> None:
    X, y = lagged(np.arange(6.0), 3)
    assert X.tolist() == [[0, 1, 2], [1, 2, 3], [2, 3, 4]]
    assert y.tolist() == [3, 4, 5]


def test_that_a_slow_sine_is_foretold_on_folds_in_the_order_of_time() -> None:
    X, y = lagged(np.sin(np.arange(500) / 8), 12)
    model = RecurrentForecaster(units=8, dropout=0, epochs=60, learning_rate=0.01, random_state=0)
    scores = cross_val_score(model, X, y, cv=TimeSeriesSplit(3, gap=12))
    assert scores.min() > 0.9


@pytest.mark.parametrize("cell", ["rnn", "gru"])
def test_that_another_cell_learns_the_sine_too(cell: str) -> None:
    X, y = lagged(np.sin(np.arange(300) / 8), 12)
    model = RecurrentForecaster(
        cell=cell, units=8, dropout=0, epochs=60, learning_rate=0.01, random_state=0
    )
    assert model.fit(X[:200], y[:200]).score(X[200:], y[200:]) > 0.9


def test_that_patience_stops_on_the_last_rows() -> None:
    X, y = lagged(np.random.default_rng(0).normal(size=120).cumsum(), 6)
    settings = {"units": 4, "epochs": 200, "learning_rate": 0.05, "random_state": 0}
    stopped = RecurrentForecaster(**settings, validation=0.2, patience=3).fit(X, y)
    assert stopped.n_iter_ < 200
    assert len(stopped.loss_curve_) == stopped.n_iter_


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"features": 4}, "6 columns are not whole days of 4 features"),
        ({"validation": 0.001}, "validation share of 0.001"),
        ({"patience": 2}, "held-out"),
        ({"dropout": 1.0}, "dropout is 1.0"),
    ],
)
def test_that_a_setting_that_will_not_do_is_named(
    settings: dict[str, float], sentence: str
) -> None:
    X, y = lagged(np.arange(30.0), 6)
    with pytest.raises(UserError, match=sentence):
        RecurrentForecaster(**settings).fit(X, y)
