"""Forecasts from an origin on, fed with the truth up to it and with their own output after it.

Prices are float64, in the unit of the file. Rows are int64.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import FloatArray, PriceTable
from rnnstudio.core.stocks.data.windows import Rows, windows_before
from rnnstudio.core.stocks.model.feedback import fit_fed_back
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster

NextPrices = Callable[[FloatArray], FloatArray]
"""From raw windows (examples, lookback, columns) to the next price of the target (examples,)."""


def rollout(
    trained: TrainedForecaster,
    table: PriceTable,
    origins: range | Rows,
    days: int,
    next_prices: NextPrices | None = None,
) -> FloatArray:
    """The target's price on each of the ``days`` from each origin on, (origins, days).

    An origin is the first row that is forecast; its forecasts are made from the rows before it
    alone. One day from each origin is the open loop; many days from one origin are the closed
    loop, in which the network's output is its next input. ``next_prices``
    takes the place of the network's own.

    A fed-back day has the forecast as its target, and as its other columns what ``fed_back`` makes
    of the training span; with the target as the only column nothing is assumed.

    Raises UserError when the forecasts stop being numbers.
    """
    columns, step = trained.spec.columns, next_prices or trained.next_prices
    fed_back = fit_fed_back(trained.spec, trained.split.table, trained.split.train_rows)
    raw = table.matrix(columns)[windows_before(origins, trained.spec.lookback).inputs]
    predicted = np.empty((len(raw), days))
    for day in range(days):
        predicted[:, day] = _number(step(raw))
        if day + 1 < days:
            newest = fed_back.next_day(raw[:, -1], predicted[:, day])
            raw = np.concatenate([raw[:, 1:], newest[:, np.newaxis]], axis=1)
    return predicted


def _number(prices: FloatArray) -> FloatArray:
    if not np.isfinite(prices).all():
        raise UserError(
            "The forecast runs away: fed with its own output it stops being a number. Forecast "
            "fewer days ahead, or train longer."
        )
    return prices
