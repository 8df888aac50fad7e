"""Prediction intervals by conformal prediction from the residuals of the validation span.

Split conformal prediction (Vovk, Gammerman and Shafer 2005; Lei et al. 2018): the interval of a
horizon is as wide as a quantile of that horizon's own errors on days the network was not trained
on. Errors are taken in logarithms of the price, so that an interval grows with the price it is
around. It promises its coverage for exchangeable days, which a share's are only nearly: the
measured coverage stands beside the nominal one.

Prices are float64, in the unit of the file, coverages float64 fractions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.stocks.data.price_table import FloatArray, PriceTable
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.stocks.model.rollout import rollout

NOMINAL = 0.9
"""The fraction of days that an interval is to cover by default."""


@dataclass(frozen=True, eq=False)
class Conformal:
    """Half-widths by horizon: ``widths`` (horizons,) in logarithms of the price; ``nominal`` share.

    Infinite where there are too few residuals to promise anything. ``rows`` are those whose true
    prices the residuals were taken from.
    """

    nominal: float
    widths: FloatArray
    rows: range = range(0)

    def around(self, predicted: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Lower and upper ends for ``predicted`` (..., horizons) in prices.

        A forecast of less than 0 has its ends below 0 as well.
        """
        factor = np.exp(self.widths)
        with np.errstate(invalid="ignore"):  # no price times no end
            one, other = predicted / factor, predicted * factor
        other = np.where(np.isinf(factor), math.inf, other)
        return np.minimum(one, other), np.maximum(one, other)


def conformal(trained: TrainedForecaster, days: int, nominal: float = NOMINAL) -> Conformal | None:
    """Intervals for 1 .. ``days`` ahead from the validation span; None if there is none.

    No price of the test span is used, nor one from the training span.
    """
    rows = trained.split.validation_rows
    if not rows:
        return None
    known = trained.split.known
    predicted = rollout(trained, known, rows, days)
    actual = later_prices(known, trained.spec.target, rows, days)
    found = calibrate(actual, predicted, nominal)
    return Conformal(nominal, found.widths, rows)


def later_prices(table: PriceTable, target: str, origins: range, days: int) -> FloatArray:
    """The true price on each of ``days`` from each origin on, (origins, days).

    NaN on days after the table's end.
    """
    padded = np.append(table.column(target), np.full(days, np.nan))
    starts = np.arange(origins.start, origins.stop)
    return np.asarray(padded[starts[:, np.newaxis] + np.arange(days)])


def calibrate(actual: FloatArray, predicted: FloatArray, nominal: float = NOMINAL) -> Conformal:
    """Widths from a span that the network was not trained on.

    ``actual`` and ``predicted`` are (days, horizons) in prices; NaN is not a day. With n days the
    width is the ceil((n + 1) nominal)-th smallest absolute residual. A forecast of 0 or less has an
    infinite residual.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        residuals = np.abs(np.log(actual / predicted))
    residuals = np.where(np.isnan(residuals) & ~np.isnan(actual), np.inf, residuals)
    return Conformal(nominal, np.array([_width(column, nominal) for column in residuals.T]))


def _width(residuals: FloatArray, nominal: float) -> float:
    known = np.sort(residuals[~np.isnan(residuals)])
    rank = math.ceil((len(known) + 1) * nominal)
    return float(known[rank - 1]) if rank <= len(known) else math.inf


def coverage(actual: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """The fraction of days with the true price inside, by horizon (horizons,); NaN is not a day."""
    known = ~np.isnan(actual)
    with np.errstate(invalid="ignore"):
        return np.asarray(((low <= actual) & (actual <= high)).sum(axis=0) / known.sum(axis=0))
