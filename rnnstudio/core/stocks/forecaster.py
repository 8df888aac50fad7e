"""Trains a network on a share's past and forecasts each test day from the true days before it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rnnstudio.core.engine.model import predict
from rnnstudio.core.engine.spec import Examples, Fit, TrainedModel
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.baselines import persistence
from rnnstudio.core.stocks.metrics import rmse
from rnnstudio.core.stocks.series import Dates, FloatArray
from rnnstudio.core.stocks.spec import ForecastSpec
from rnnstudio.core.stocks.split import Split
from rnnstudio.core.stocks.windows import (
    FittedScaler,
    fit_scaler,
    training_rows,
    windows_before,
)
from rnnstudio.core.training import Control, Finished, Training


@dataclass(frozen=True, eq=False)
class Forecast:
    """The test span as it was and as it was forecast, in prices: (rows_test,) float64 each.

    ``predicted`` is the network's, ``persistence`` is 'tomorrow = today'. ``features_scaler`` and
    ``target_scaler`` say what the scaling was fitted on. The training took ``seconds``.
    """

    spec: ForecastSpec
    split: Split
    predicted: FloatArray
    model: TrainedModel
    features_scaler: FittedScaler
    target_scaler: FittedScaler
    seconds: float

    @property
    def dates(self) -> Dates:
        """The test days, datetime64[D]."""
        return self.split.table.dates[self.split.rows_train :]

    @property
    def actual(self) -> FloatArray:
        """The true target on the test days."""
        return self.split.table.column(self.spec.target)[self.split.rows_train :]

    @property
    def persistence(self) -> FloatArray:
        """The target of the day before each test day."""
        return persistence(self.split.table.column(self.spec.target), self.split.test_rows)

    @property
    def rmse(self) -> float:
        """The network's error, in prices."""
        return rmse(self.actual, self.predicted)

    @property
    def rmse_persistence(self) -> float:
        """The error of 'tomorrow = today', in prices."""
        return rmse(self.actual, self.persistence)

    @property
    def rmse_close(self) -> float | None:
        """The error of yesterday's close where the opening price is forecast; else None.

        A price that is known by then and nearer in time than yesterday's open: a network that
        sees more of yesterday than its open can beat 'tomorrow = today' by that alone.
        """
        table = self.split.table
        if self.spec.target != "Open" or "Close" not in table.names:
            return None
        return rmse(self.actual, persistence(table.column("Close"), self.split.test_rows))


def train(spec: ForecastSpec, split: Split, control: Control, fit: Fit) -> Training:
    """Train as ``spec`` says and forecast the test span; ``Finished`` carries a ``Forecast``.

    The events are those of ``fit``, the training of the engine that ``spec.engine`` names.

    Raises
    ------
    UserError
        When the table lacks a column, has too few rows for the window, or the training came to
        no usable network.
    """
    features = fit_scaler(split, spec.features)
    target = fit_scaler(split, (spec.target,))
    inputs, targets = features.scaled(split), target.scaled(split)
    known = windows_before(training_rows(split, spec.window), inputs, targets, spec.window)
    for event in fit(spec.model, spec.fit, known, control=control):
        if isinstance(event, Finished):
            unseen = windows_before(split.test_rows, inputs, targets, spec.window)
            predicted = _forecast(event.result, unseen, target)
            scalers = features, target
            forecast = Forecast(spec, split, predicted, event.result, *scalers, event.seconds)
            yield replace(event, result=forecast)
        else:
            yield event


def _forecast(model: TrainedModel, unseen: Examples, target: FittedScaler) -> FloatArray:
    with np.errstate(over="ignore", invalid="ignore"):  # what that leads to is looked for below
        scaled = np.asarray(predict(model.spec, model.weights, unseen.x), dtype=np.float64)
    if not np.isfinite(scaled).all():
        raise UserError(
            "The training ran away: the network's outputs are no numbers any more. Choose a "
            "smaller learning rate."
        )
    return target.prices(scaled)[:, 0]
