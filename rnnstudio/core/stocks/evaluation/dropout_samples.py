"""How far a forecast moves when dropout stays on: what the network is unsure of.

Monte Carlo dropout (Gal and Ghahramani 2016). It is not a prediction interval: it knows nothing of
how much the market moves, so far fewer days lie inside than its name would promise. That is why it
stands beside the conformal intervals and never in their place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.model.intervals import NOMINAL, coverage
from rnnstudio.core.stocks.model.rollout import rollout

SAMPLES = 100


@dataclass(frozen=True, eq=False)
class DropoutBand:
    """The ends ``low`` and ``high`` (rows,) between which the fraction ``nominal`` of samples lies.

    ``coverage`` is the fraction of days whose true price lies there.
    """

    nominal: float
    low: FloatArray
    high: FloatArray
    coverage: float


def dropout_band(
    forecast: Forecast, nominal: float = NOMINAL, samples: int = SAMPLES
) -> DropoutBand:
    """Sample the open loop; the masks are drawn by the spec's seed.

    Raises UserError if the network has no dropout.
    """
    if forecast.spec.dropout == 0:
        raise UserError("This network has no dropout to sample; train it with some.")
    seeds = ([forecast.spec.seed, 3, number] for number in range(samples))
    drawn = np.stack([_sample(forecast, np.random.default_rng(seed)) for seed in seeds])
    low, high = np.quantile(drawn, [(1 - nominal) / 2, (1 + nominal) / 2], axis=0)
    return DropoutBand(nominal, low, high, float(coverage(forecast.actual, low, high)))


def _sample(forecast: Forecast, masks: np.random.Generator) -> FloatArray:
    trained = forecast.trained

    def next_prices(raw: FloatArray) -> FloatArray:
        return trained.scaling.prices(raw, trained.outputs(raw, masks), trained.shrinkage)

    return rollout(trained, forecast.table, forecast.rows, 1, next_prices)[:, 0]
