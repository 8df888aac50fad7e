"""Scaling and windows: what the network may see, checked by hand and by trying to leak."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.split import Split
from rnnstudio.core.stocks.windows import fit_scaler, training_rows, windows_before
from tests.core.stocks import made


def test_that_a_window_holds_the_days_before_its_target_and_nothing_later() -> None:
    inputs = np.array([[0.0, 10], [1, 11], [2, 12], [3, 13], [4, 14]])
    targets = inputs[:, :1]
    examples = windows_before(range(2, 5), inputs, targets, 2)
    assert examples.x.tolist() == [
        [[0, 10], [1, 11]],
        [[1, 11], [2, 12]],
        [[2, 12], [3, 13]],
    ]
    assert examples.y.tolist() == [[2], [3], [4]]


def test_that_a_test_days_window_reaches_back_into_the_training_span() -> None:
    split = Split(made.table(np.arange(10.0)), 6)
    opens = split.table.matrix(["Open"])
    examples = windows_before(split.test_rows, opens, opens, 4)
    assert examples.x[0, :, 0].tolist() == [2, 3, 4, 5]
    assert examples.x[-1, :, 0].tolist() == [5, 6, 7, 8]
    assert examples.y[:, 0].tolist() == [6, 7, 8, 9]


def test_that_the_scaler_equals_one_fitted_on_the_training_rows_alone() -> None:
    from sklearn.preprocessing import MinMaxScaler

    split = made.walk(50, 30)
    scaler = fit_scaler(split, ("Open", "High"))
    values = split.table.matrix(("Open", "High"))
    outside = MinMaxScaler().fit(values[:30])
    np.testing.assert_array_equal(scaler.scaled(split), outside.transform(values))
    assert scaler.minimum == tuple(values[:30].min(axis=0))
    assert scaler.maximum == tuple(values[:30].max(axis=0))


def test_that_test_prices_above_all_training_prices_are_scaled_above_1() -> None:
    split = Split(made.table(np.array([10.0, 20, 15, 40, 5])), 3)
    scaled = fit_scaler(split, ("Open",)).scaled(split)
    assert scaled[:, 0].tolist() == pytest.approx([0, 1, 0.5, 3, -0.5])


def test_that_scaled_prices_come_back() -> None:
    split = made.walk(20, 10)
    scaler = fit_scaler(split, ("High",))
    back = scaler.prices(scaler.scaled(split))
    np.testing.assert_allclose(back, split.table.matrix(("High",)), rtol=1e-12)


def test_when_the_training_rows_are_no_more_than_the_window_the_sentence_gives_both() -> None:
    with pytest.raises(UserError, match=r"has 60 training rows; a window of 60 days needs .* 61"):
        training_rows(made.walk(80, 60), 60)
    assert training_rows(made.walk(80, 61), 60) == range(60, 61)
