"""The chart, the figures and the losses show the state's own numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from rnnstudio.core.training import LossPoint
from rnnstudio.ui.stocks.date_axis import DateAxis
from rnnstudio.ui.stocks.example import finished_state
from rnnstudio.ui.stocks.figures_view import FiguresView
from rnnstudio.ui.stocks.forecast_view import ForecastView
from rnnstudio.ui.stocks.loss_view import LossView
from rnnstudio.ui.stocks.state import StocksState


@pytest.fixture(scope="module")
def finished() -> StocksState:
    return finished_state()


@pytest.fixture
def chart(qtbot: QtBot) -> ForecastView:
    view = ForecastView()
    qtbot.addWidget(view)
    return view


def test_that_truth_forecast_and_yesterdays_price_lie_on_the_test_days(
    chart: ForecastView, finished: StocksState
) -> None:
    chart.show_state(finished)
    forecast = finished.forecast
    assert forecast is not None
    days = np.arange(forecast.split.rows_train, forecast.split.table.rows)
    for curve, values in (
        (chart.forecast, forecast.predicted),
        (chart.persistence, forecast.persistence),
    ):
        x, y = curve.getOriginalDataset()
        np.testing.assert_array_equal(x, days)
        np.testing.assert_array_equal(y, values)
    x, y = chart.truth.getOriginalDataset()
    np.testing.assert_array_equal(x[1:], days)
    np.testing.assert_array_equal(y[1:], forecast.actual)


def test_that_without_a_forecast_the_split_prices_are_shown_whole(
    chart: ForecastView, finished: StocksState
) -> None:
    chart.show_state(replace(finished, forecast=None))
    assert finished.split is not None
    (low, high), _ = chart.plot.viewRange()
    assert low <= 0
    assert high >= finished.split.table.rows - 1
    assert len(chart.training.getOriginalDataset()[0]) == finished.split.rows_train
    assert len(chart.forecast.getOriginalDataset()[0] or []) == 0


def test_that_a_state_without_news_leaves_the_zoom_alone(
    chart: ForecastView, finished: StocksState
) -> None:
    chart.show_state(finished)
    chart.plot.setXRange(100, 200, padding=0)
    chart.show_state(replace(finished, losses=()))
    assert chart.plot.viewRange()[0] == [100, 200]


def test_that_ticks_are_the_trading_days_themselves(qtbot: QtBot) -> None:
    axis = DateAxis()
    axis.show_dates(np.array(["2019-06-14", "2019-06-17"], dtype="datetime64[D]"))
    assert axis.tickStrings([-1, 0, 0.5, 1, 2], 1, 1) == ["", "2019-06-14", "", "2019-06-17", ""]


def test_that_the_figures_say_when_yesterdays_price_is_not_beaten(
    qtbot: QtBot, finished: StocksState
) -> None:
    view = FiguresView()
    qtbot.addWidget(view)
    forecast = finished.forecast
    assert forecast is not None
    view.show_state(finished)
    assert view.network.text() == f"{forecast.rmse:.4g}"
    assert view.persistence.text() == f"{forecast.rmse_persistence:.4g}"
    assert "does not beat yesterday's price" in view.verdict.text()
    assert "2,943 training rows, 2000-03-01 to 2011-11-08" in view.fitted.text()
    better = replace(forecast, predicted=forecast.actual + 0.5 * forecast.rmse_persistence)
    view.show_state(replace(finished, forecast=better))
    assert "50.0% below" in view.verdict.text()
    assert "yesterday's close" not in view.verdict.text()
    assert forecast.rmse_close is not None
    nearer = replace(forecast, predicted=forecast.actual + 1.01 * forecast.rmse_close)
    view.show_state(replace(finished, forecast=nearer))
    assert f"yesterday's close, known by then too, has {forecast.rmse_close:.4g}" in (
        view.verdict.text()
    )


def test_that_the_loss_curve_has_a_point_an_epoch(qtbot: QtBot) -> None:
    view = LossView()
    qtbot.addWidget(view)
    view.show_state(StocksState())
    assert view.isHidden()
    view.show_state(StocksState(losses=(LossPoint(0, 0.1), LossPoint(1, 0.01))))
    x, y = view.curve.getOriginalDataset()
    assert not view.isHidden()
    assert (list(x), list(y)) == ([1, 2], [0.1, 0.01])
