"""An example for views that are opened alone: a made-up forecast of a shipped share."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.engine.spec import TrainedModel
from rnnstudio.core.stocks.csv_import import read_prices
from rnnstudio.core.stocks.forecast import Forecast
from rnnstudio.core.stocks.forecaster import TrainedForecaster, lesson
from rnnstudio.core.stocks.openings import Openings
from rnnstudio.core.stocks.samples import FIRST_SAMPLE, SAMPLES
from rnnstudio.core.stocks.spec import ForecastSpec
from rnnstudio.core.stocks.split import split_at, suggested_test_day
from rnnstudio.core.training import LossPoint
from rnnstudio.ui.running import Phase, Run
from rnnstudio.ui.stocks.state import StocksState


def finished_state() -> StocksState:
    """The state after a training; the "network" is the mean of the five days before."""
    table = read_prices(SAMPLES[FIRST_SAMPLE])
    split = split_at(table, suggested_test_day(table))
    spec = ForecastSpec()
    means = np.convolve(table.column(spec.target), np.ones(5) / 5, mode="valid")
    model = TrainedModel(spec.model, [], np.zeros(spec.epochs))
    forecast = Forecast(
        TrainedForecaster(lesson(spec, split), model, trust=1.0, seconds=18.0),
        table,
        split.test_rows,
        ahead=means[split.rows_train - 5 : -1, np.newaxis],
        closed_loop=np.full(split.rows_test, means[split.rows_train - 5]),
        intervals=None,
        openings=Openings(),
    )
    losses = tuple(LossPoint(step, 0.02 / (step + 1) + 0.0004) for step in range(spec.epochs))
    run = Run(Phase.FINISHED, step=spec.epochs, total=spec.epochs, seconds=18.0)
    return StocksState(run, train=table, spec=spec, split=split, losses=losses, forecast=forecast)
