"""An example for views that are opened alone: a made-up forecast of a shipped share."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.engine.spec import TrainedModel
from rnnstudio.core.stocks.csv_import import read_prices
from rnnstudio.core.stocks.forecaster import Forecast
from rnnstudio.core.stocks.samples import FIRST_SAMPLE, SAMPLES
from rnnstudio.core.stocks.spec import ForecastSpec
from rnnstudio.core.stocks.split import split_at, suggested_test_day
from rnnstudio.core.stocks.windows import fit_scaler
from rnnstudio.core.training import LossPoint
from rnnstudio.ui.running import Phase, Run
from rnnstudio.ui.stocks.state import StocksState


def finished_state() -> StocksState:
    """The state after a training; the "network" is the mean of the five days before."""
    table = read_prices(SAMPLES[FIRST_SAMPLE])
    split = split_at(table, suggested_test_day(table))
    spec = ForecastSpec()
    means = np.convolve(table.column(spec.target), np.ones(5) / 5, mode="valid")
    forecast = Forecast(
        spec,
        split,
        predicted=means[split.rows_train - 5 : -1],
        model=TrainedModel(spec.model, [], np.zeros(spec.epochs)),
        features_scaler=fit_scaler(split, spec.features),
        target_scaler=fit_scaler(split, (spec.target,)),
        seconds=18.0,
    )
    losses = tuple(LossPoint(step, 0.02 / (step + 1) + 0.0004) for step in range(spec.epochs))
    run = Run(Phase.FINISHED, step=spec.epochs, total=spec.epochs, seconds=18.0)
    return StocksState(run, train=table, spec=spec, split=split, losses=losses, forecast=forecast)
