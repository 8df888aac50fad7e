"""Prediction intervals by conformal prediction from the residuals of the validation span.

Split conformal prediction (Vovk, Gammerman and Shafer 2005; Lei et al. 2018): the interval of a
horizon is as wide as a quantile of that horizon's own errors on days the network was not trained
on. Errors are taken in logarithms of the price, so that an interval grows with the price it is
around. It promises its coverage for exchangeable days, which a share's are only nearly: the
measured coverage stands beside the nominal one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.stocks.series import FloatArray


@dataclass(frozen=True, eq=False)
class Conformal:
    """Half-widths by horizon: ``widths`` (horizons,) in logarithms of the price; ``nominal`` share.

    Infinite where there are too few residuals to promise anything.
    """

    nominal: float
    widths: FloatArray

    def around(self, predicted: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Lower and upper ends for ``predicted`` (..., horizons) in prices."""
        factor = np.exp(self.widths)
        return predicted / factor, predicted * factor


def calibrate(actual: FloatArray, predicted: FloatArray, nominal: float = 0.9) -> Conformal:
    """Widths from a span that the network was not trained on.

    ``actual`` and ``predicted`` are (days, horizons) in prices above 0. With n days the width is
    the ceil((n + 1) nominal)-th smallest absolute residual.
    """
    residuals = np.sort(np.abs(np.log(actual / predicted)), axis=0)
    days = len(residuals)
    rank = math.ceil((days + 1) * nominal)
    widths = residuals[rank - 1] if rank <= days else np.full(residuals.shape[1], np.inf)
    return Conformal(nominal, widths)


def coverage(actual: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """The share of days whose true price lies inside, by horizon (horizons,)."""
    return np.asarray(((low <= actual) & (actual <= high)).mean(axis=0))
