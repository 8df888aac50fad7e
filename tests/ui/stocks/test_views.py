"""The figures and the losses show the state's own numbers."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from rnnstudio.core.numbers import percent
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.training import LossPoint
from rnnstudio.ui.stocks.day_names import day_names
from rnnstudio.ui.stocks.drawer.figures_view import FiguresView
from rnnstudio.ui.stocks.forecast_loss_view import ForecastLossView
from rnnstudio.ui.stocks.state import StocksState


def test_that_names_below_a_chart_stand_at_the_trading_days_themselves() -> None:
    dates = np.array(["2019-06-13", "2019-06-14", "2019-06-17"], dtype="datetime64[D]")
    assert day_names(dates, range(1, 3)) == [(1.0, "Jun 14, 2019"), (2.0, "Jun 17, 2019")]


def test_that_every_figure_of_the_summary_stands_beside_the_baselines(
    qtbot: QtBot, finished: StocksState, evaluation: Evaluation
) -> None:
    view = FiguresView()
    qtbot.addWidget(view)
    view.show_state(finished)
    summary = evaluation.summary
    assert len(summary.rows) == view.table.columnCount() == 4
    for column, figures in enumerate(summary.rows):
        cells = [view.table.item(row, column) for row in range(5)]
        texts = [cell.text() for cell in cells]
        errors = figures.errors
        numbers = [float(text.rstrip("%")) for text in texts[:4]]
        assert numbers == pytest.approx(
            [errors.rmse, errors.mae, 100 * errors.mape, errors.mase], rel=5e-3
        )
        share = figures.hit_rate.share
        wanted = (
            "calls none"
            if share is None
            else f"{percent(share.estimate, 1)} ({100 * share.low:.1f}"
        )
        assert cells[4].toolTip().startswith(wanted)
    assert ("a copy" in view.lag.text()) == summary.lag.copies
    assert summary.horizons.coverage is not None
    assert f"measured {percent(summary.horizons.coverage[0], 1)} at 1 day" in view.coverage.text()
    assert view.sentence.text() == str(summary.sentence)


def test_that_the_loss_curves_have_a_point_an_epoch(qtbot: QtBot) -> None:
    view = ForecastLossView()
    qtbot.addWidget(view)
    view.show_state(StocksState(losses=(LossPoint(0, 0.1), LossPoint(1, 0.01, None, 0.02))))
    trained, watched = view.chart.lines
    assert (list(trained.x), list(trained.y)) == ([1, 2], [0.1, 0.01])
    assert (list(watched.x), list(watched.y)) == ([2], [0.02])
    assert [label.name for label in view.chart.overlay.labels] == ["Training", "Validation"]


def test_that_before_a_training_a_hint_stands_in_place_of_its_losses(qtbot: QtBot) -> None:
    view = ForecastLossView()
    qtbot.addWidget(view)
    view.show()
    assert (view.hint.isVisible(), view.chart.isVisible()) == (True, False)
    view.show_state(StocksState(losses=(LossPoint(0, 0.1),)))
    assert (view.hint.isVisible(), view.chart.isVisible()) == (False, True)
    view.show_state(StocksState())
    assert (view.hint.isVisible(), view.chart.isVisible()) == (True, False)
