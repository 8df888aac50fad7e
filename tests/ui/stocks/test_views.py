"""The chart, the summary, the timeline and the losses show the state's own numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.training import LossPoint
from rnnstudio.ui.stocks.date_axis import DateAxis
from rnnstudio.ui.stocks.errors_view import HorizonsView, ResidualsView
from rnnstudio.ui.stocks.example import finished_state
from rnnstudio.ui.stocks.forecast_loss_view import ForecastLossView
from rnnstudio.ui.stocks.forecast_view import ForecastView
from rnnstudio.ui.stocks.readout import values_at
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.summary_view import SummaryView
from rnnstudio.ui.stocks.timeline_view import TimelineView


@pytest.fixture(scope="module")
def finished() -> StocksState:
    return finished_state()


@pytest.fixture(scope="module")
def evaluation(finished: StocksState) -> Evaluation:
    assert finished.evaluation is not None
    return finished.evaluation


@pytest.fixture
def chart(qtbot: QtBot) -> ForecastView:
    view = ForecastView()
    qtbot.addWidget(view)
    return view


def test_that_truth_both_loops_and_yesterdays_price_are_drawn_on_the_test_days(
    chart: ForecastView, finished: StocksState, evaluation: Evaluation
) -> None:
    chart.show_state(finished)
    forecast = evaluation.forecast
    days = np.arange(forecast.rows.start, forecast.rows.stop)
    for curve, values in (
        (chart.forecast, forecast.predicted),
        (chart.closed, forecast.closed_loop),
        (chart.persistence, forecast.persistence),
    ):
        x, y = curve.getOriginalDataset()
        np.testing.assert_array_equal(x, days)
        np.testing.assert_array_equal(y, values)
    x, y = chart.truth.getOriginalDataset()
    np.testing.assert_array_equal(x[1:], days)
    np.testing.assert_array_equal(y[1:], forecast.actual)


def test_that_the_days_ahead_follow_the_last_day_with_their_interval(
    chart: ForecastView, finished: StocksState, evaluation: Evaluation
) -> None:
    chart.show_state(finished)
    rows, ahead = evaluation.forecast.table.rows, evaluation.future
    assert ahead.band is not None
    x, y = chart.ahead.getOriginalDataset()
    np.testing.assert_array_equal(x, [rows - 1, rows, rows + 1, rows + 2])
    np.testing.assert_array_equal(y[1:], ahead.predicted)
    np.testing.assert_array_equal(chart.ahead_low.getData()[1], ahead.band[0])
    assert chart.axis.tickStrings([rows], 1, 1) == [str(ahead.dates[0])]


def test_that_no_price_of_an_unevaluated_test_span_is_shown(
    chart: ForecastView, finished: StocksState
) -> None:
    chart.show_state(finished)
    chart.show_state(replace(finished, evaluation=None))
    split = finished.split
    assert split is not None
    assert list(chart.known.getOriginalDataset()[0]) == list(range(split.rows_known))
    for curve in (chart.truth, chart.forecast, chart.closed, chart.persistence, chart.ahead):
        assert curve.getOriginalDataset()[0] is None
    assert len(chart.candles.prices) == split.rows_known
    assert chart.unevaluated.isVisible()
    row = split.rows_known
    values = values_at(replace(finished, evaluation=None), row)
    assert values is not None
    assert not values.numbers


def test_that_the_cross_shows_date_truth_forecast_and_error(
    chart: ForecastView, finished: StocksState, evaluation: Evaluation
) -> None:
    chart.show_state(finished)
    forecast = evaluation.forecast
    chart.point_at_row(forecast.rows.start + 7)
    text = chart.readout.text()
    assert text.startswith(str(forecast.dates[7]))
    assert f"truth {forecast.actual[7]:.4f}" in text
    assert f"open loop {forecast.predicted[7]:.4f}" in text
    assert f"error {forecast.predicted[7] - forecast.actual[7]:.4f}" in text
    assert chart.cross.isVisible()
    chart.point_at_row(-3)
    assert not chart.cross.isVisible()


def test_that_a_state_without_news_leaves_the_zoom_alone(
    chart: ForecastView, finished: StocksState
) -> None:
    chart.show_state(finished)
    chart.plot.setXRange(100, 200, padding=0)
    chart.show_state(replace(finished, losses=()))
    assert chart.plot.viewRange()[0] == [100, 200]


def test_that_the_legend_toggles_both_bands(chart: ForecastView, finished: StocksState) -> None:
    chart.show_state(finished)
    chart.band_sample.setVisible(False)
    assert not chart.band.isVisible()
    assert not chart.ahead_band.isVisible()


def test_that_ticks_are_the_trading_days_themselves(qtbot: QtBot) -> None:
    axis = DateAxis()
    axis.show_dates(np.array(["2019-06-14", "2019-06-17"], dtype="datetime64[D]"))
    assert axis.tickStrings([-1, 0, 0.5, 1, 2], 1, 1) == ["", "2019-06-14", "", "2019-06-17", ""]


def test_that_residuals_and_errors_by_horizon_are_cores(
    qtbot: QtBot, finished: StocksState, evaluation: Evaluation
) -> None:
    residuals, horizons = ResidualsView(), HorizonsView()
    for view in (residuals, horizons):
        qtbot.addWidget(view)
        view.show_state(finished)
    forecast = evaluation.forecast
    np.testing.assert_array_equal(
        residuals.residual.getOriginalDataset()[1], forecast.predicted - forecast.actual
    )
    np.testing.assert_array_equal(
        horizons.network.getOriginalDataset()[1], evaluation.summary.horizons.rmse
    )
    for view in (residuals, horizons):
        view.show_state(replace(finished, evaluation=None))
        assert view.isHidden()


def test_that_every_figure_of_the_summary_stands_beside_the_baselines(
    qtbot: QtBot, finished: StocksState, evaluation: Evaluation
) -> None:
    view = SummaryView()
    qtbot.addWidget(view)
    view.show_state(finished)
    summary = evaluation.summary
    assert len(summary.rows) == view.table.rowCount() == 4
    for row, figures in enumerate(summary.rows):
        texts = [view.table.item(row, column).text() for column in range(5)]
        errors = figures.errors
        numbers = [float(text.rstrip("%")) for text in texts[:4]]
        assert numbers == pytest.approx(
            [errors.rmse, errors.mae, 100 * errors.mape, errors.mase], rel=5e-3
        )
        share = figures.hit_rate.share
        wanted = "calls none" if share is None else f"{share.estimate:.1%} ({100 * share.low:.1f}"
        assert texts[4].startswith(wanted)
    assert ("a copy" in view.lag.text()) == summary.lag.copies
    assert summary.horizons.coverage is not None
    assert f"measured {summary.horizons.coverage[0]:.1%} at 1 day" in view.coverage.text()
    assert view.checks.count() == len(summary.leakage_checks)
    assert view.sentence.text() == str(summary.sentence)


def test_that_the_timeline_names_its_spans_and_what_the_scaler_saw(
    qtbot: QtBot, finished: StocksState
) -> None:
    view = TimelineView()
    qtbot.addWidget(view)
    view.show_state(replace(finished, evaluation=None))
    split = finished.split
    assert split is not None
    texts = [text for _, text, _ in view.bar.spans()]
    assert [len(rows) for rows, _, _ in view.bar.spans()] == [
        split.rows_train,
        split.rows_validation,
        split.rows_test,
    ]
    assert texts[2].startswith("Test, not evaluated")
    assert "Scaler fitted on 2,354 rows, 2000-03-01 to 2009-07-10." in view.note.text()
    view.show_state(finished)
    assert [text for _, text, _ in view.bar.spans()][2].startswith("Test, evaluated")
    assert "of test returns lie above" in view.note.text()


def test_that_the_loss_curves_have_a_point_an_epoch(qtbot: QtBot) -> None:
    view = ForecastLossView()
    qtbot.addWidget(view)
    view.show_state(StocksState(losses=(LossPoint(0, 0.1), LossPoint(1, 0.01, None, 0.02))))
    x, y = view.curve.getOriginalDataset()
    assert (list(x), list(y)) == ([1, 2], [0.1, 0.01])
    x, y = view.held_out.getOriginalDataset()
    assert (list(x), list(y)) == ([2], [0.02])


def test_that_before_a_training_a_hint_stands_in_place_of_its_losses(qtbot: QtBot) -> None:
    view = ForecastLossView()
    qtbot.addWidget(view)
    view.show()
    assert (view.hint.isVisible(), view.plot.isVisible()) == (True, False)
    view.show_state(StocksState(losses=(LossPoint(0, 0.1),)))
    assert (view.hint.isVisible(), view.plot.isVisible()) == (False, True)
    view.show_state(StocksState())
    assert (view.hint.isVisible(), view.plot.isVisible()) == (True, False)


def listed(view: ForecastView | ForecastLossView) -> list[str]:
    """What the legend names, in its order."""
    return [label.text for _, label in view.plot.getPlotItem().legend.items]


def test_that_legends_list_what_is_drawn_and_nothing_else(
    chart: ForecastView, qtbot: QtBot, finished: StocksState, evaluation: Evaluation
) -> None:
    chart.show_state(StocksState())
    assert listed(chart) == []
    chart.show_state(replace(finished, evaluation=None))
    assert listed(chart) == ["Known"]
    chart.show_state(finished)
    assert {"Interval", "Open loop", "Truth"} <= set(listed(chart))
    assert "Dropout" not in listed(chart)
    without = replace(
        evaluation,
        forecast=replace(evaluation.forecast, intervals=None),
        future=replace(evaluation.future, intervals=None),
    )
    chart.show_state(replace(finished, evaluation=without))
    assert "Interval" not in listed(chart)
    losses = ForecastLossView()
    qtbot.addWidget(losses)
    assert listed(losses) == []
    losses.show_state(replace(finished, losses=(LossPoint(0, 0.5), LossPoint(1, 0.4))))
    assert listed(losses) == ["Training"]


def test_when_a_band_is_hidden_by_a_click_another_click_brings_it_back(
    chart: ForecastView, finished: StocksState
) -> None:
    chart.show_state(finished)
    chart.band_sample.setVisible(False)
    assert not chart.band.isVisible()
    chart.show_state(replace(finished, evaluation=None))
    chart.show_state(finished)
    assert "Interval" in listed(chart)
    chart.band_sample.setVisible(True)
    assert chart.band.isVisible()


def test_when_another_share_is_drawn_the_cross_and_its_numbers_go(
    chart: ForecastView, finished: StocksState, evaluation: Evaluation
) -> None:
    chart.show_state(finished)
    chart.point_at_row(evaluation.forecast.rows.start)
    assert chart.readout.text()
    chart.show_state(replace(finished, evaluation=None))
    assert not chart.cross.isVisible()
    assert not chart.readout.text()


def test_that_an_empty_chart_has_no_scale_and_no_test_span(
    chart: ForecastView, finished: StocksState
) -> None:
    def scaled() -> bool:
        return bool(chart.plot.getAxis("left").style["showValues"])

    chart.show_state(StocksState())
    assert not scaled()
    assert not chart.unevaluated.isVisible()
    chart.show_state(finished)
    assert scaled()


def test_when_a_new_share_cannot_be_split_the_old_one_is_not_shown_in_its_place(
    chart: ForecastView, finished: StocksState
) -> None:
    known = replace(finished, evaluation=None)
    chart.show_state(known)
    chart.show_state(replace(known, split=None, spec=None, problem="a setting is impossible"))
    assert len(chart.known.xData)  # the same share: its chart stays
    other = replace(known, train=known.train.part(slice(0, 3)) if known.train else None)
    chart.show_state(replace(other, split=None, spec=None, problem="too short"))
    x, _ = chart.known.getData()
    assert x is None


def test_that_a_span_that_was_evaluated_before_is_not_called_unused(
    qtbot: QtBot, finished: StocksState, evaluation: Evaluation
) -> None:
    view = TimelineView()
    qtbot.addWidget(view)
    unevaluated = replace(finished, evaluation=None)
    view.show_state(unevaluated)
    assert "Test, not evaluated" in view.bar.toolTip()
    assert unevaluated.train is not None
    opened = replace(unevaluated, opened={unevaluated.train.digest: evaluation.forecast.accesses})
    view.show_state(opened)
    assert "shut" not in view.bar.toolTip()
    assert "Accesses to the test span: 1." in view.note.text()


def test_that_no_leakage_check_is_cut(
    qtbot: QtBot, finished: StocksState, evaluation: Evaluation
) -> None:
    view = SummaryView()
    qtbot.addWidget(view)
    view.resize(900, 200)
    view.show()
    view.show_state(finished)
    checks = view.checks
    heights = [checks.visualItemRect(checks.item(row)).height() for row in range(checks.count())]
    line = checks.fontMetrics().height()
    assert max(heights) > 1.5 * line  # a long sentence takes two lines
    assert checks.horizontalScrollBar().maximum() == 0
