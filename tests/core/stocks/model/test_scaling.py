"""Scaling against scikit-learn, and there and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.scaling import (
    Scaling,
    fit_scaler,
    fit_scaling,
    fitted_on,
    moved,
    require_usable,
)
from tests.core.stocks import made

PRICES = hnp.arrays(float, (30, 2), elements=st.floats(0.01, 1e6))
RETURNS = ForecastSpec(quantity="log return", window=3)


@settings(max_examples=50)
@given(values=PRICES)
def test_that_the_scalers_are_scikit_learns(values) -> None:
    from sklearn.preprocessing import MinMaxScaler, StandardScaler

    # A column that hardly moves has no scale that floats could agree on.
    values[:2] = [[1.0, 1.0], [2e6, 2e6]]
    for kind, outside in (("min-max", MinMaxScaler()), ("standard", StandardScaler())):
        scaler = fit_scaler(kind, ("Open", "High"), range(20), values[:20])
        expected = outside.fit(values[:20]).transform(values)
        np.testing.assert_allclose(scaler.scaled(values), expected, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(scaler.unscaled(expected), values, rtol=1e-9, atol=1e-6)


def test_that_a_column_that_never_moves_is_scaled_to_zero() -> None:
    for kind in ("min-max", "standard"):
        scaler = fit_scaler(kind, ("Open",), range(5), np.full((5, 1), 0.1))
        assert scaler.scaled(np.full((2, 1), 0.1)).tolist() == [[0], [0]]


@pytest.mark.parametrize("spec", [ForecastSpec(window=3), RETURNS], ids=["price", "log return"])
def test_that_what_the_network_should_say_is_the_price_again(spec: ForecastSpec) -> None:
    split = made.walk(40, 30)
    scaling = fit_scaling(spec, split.table, split.train_rows)
    values = split.table.matrix(spec.columns)
    raw = np.stack([values[day - spec.lookback : day] for day in range(5, 40)])
    prices = split.table.column(spec.target)[5:]
    outputs = scaling.outputs(raw, prices)
    np.testing.assert_allclose(scaling.prices(raw, outputs), prices, rtol=1e-12)
    assert scaling.inputs(raw).shape == (35, 3, 2)


def test_that_a_return_that_is_shrunk_to_zero_leaves_yesterdays_price() -> None:
    split = made.walk(40, 30)
    scaling = fit_scaling(RETURNS, split.table, split.train_rows)
    raw = split.table.matrix(RETURNS.columns)[np.newaxis, 10 : 10 + RETURNS.lookback]
    said = np.array([[3.0]])
    last = raw[0, -1, 0]
    assert scaling.prices(raw, said, shrinkage=0.0).tolist() == [last]
    half, whole = scaling.prices(raw, said, shrinkage=0.5)[0], scaling.prices(raw, said)[0]
    assert np.log(half / last) == pytest.approx(np.log(whole / last) / 2)


def test_that_returns_are_taken_by_what_a_column_holds() -> None:
    spec = ForecastSpec(("Open", "Volume", "Change %"), "Open", quantity="log return")
    raw = np.array([[10.0, 0.0, 1.0], [20.0, 9.0, -2.0]])
    expected = [[np.log(2), np.log(10), -2.0]]
    np.testing.assert_allclose(moved(spec, raw), expected)


def test_when_a_price_has_no_return_the_day_is_named() -> None:
    opens = np.array([10.0, 11, 0, 12])
    with pytest.raises(UserError, match=r"has 0 in Open on 2019-01-03, which has no log return"):
        require_usable(RETURNS, made.table(opens))
    require_usable(ForecastSpec(), made.table(opens))


def test_that_the_sentence_says_what_the_scaler_saw_and_how_much_is_beyond() -> None:
    table = made.table(np.array([10.0, 20, 15, 40, 5, 12, 19, 20, 20, 20]))
    scaling: Scaling = fit_scaling(ForecastSpec(), table, range(3))
    assert str(fitted_on(scaling, table)) == "fitted on 3 rows, 2019-01-01 to 2019-01-03"
    sentence = str(fitted_on(scaling, table, range(3, 10)))
    assert sentence.endswith("14\u202f% of test prices lie above and 14\u202f% below all it saw")


def test_that_the_sentence_counts_the_returns_of_the_test_days_alone() -> None:
    opens = np.array([10.0, 11, 10, 20, 20.5, 20.4, 2000, 1990])
    table = PriceTable("a", made.table(opens).dates, {"Open": opens})
    spec = ForecastSpec(("Open",), "Open", quantity="log return", window=2)
    scaling = fit_scaling(spec, table, range(4))
    sentence = str(fitted_on(scaling, table, range(4, 8)))
    assert "25\u202f% of test returns lie above and 0\u202f% below" in sentence
