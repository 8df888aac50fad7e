"""What a test span can say and what it cannot: intervals instead of bare numbers.

``actual``, ``predicted`` and ``before`` (the true price of the row before) are (rows,)
float64 in prices.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.evaluation.metrics import rmse
from rnnstudio.core.training import stop_point

IntArray = npt.NDArray[np.int64]

CONFIDENCE = 0.9
RESAMPLES = 2_000
_DAYS_AT_ONCE = 1_000_000
"""Resampled days that are held at once: 24 MB."""
FEWEST_DAYS = 10
"""Of fewer days the bootstrap promises too much: where there is no skill, its interval lies wholly
above 0 for 47 % of single days, 14 % of fives and 12 % of tens; 5 % would be right."""


@dataclass(frozen=True)
class ConfidenceInterval:
    """An estimate and the interval around it at the level CONFIDENCE; NaN if there is none."""

    estimate: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether ``value`` lies inside."""
        return self.low <= value <= self.high


def skill(
    actual: FloatArray, predicted: FloatArray, before: FloatArray, seed: int = 0
) -> ConfidenceInterval:
    """1 - RMSE / RMSE of persistence, with a block-bootstrap interval.

    ``actual``, ``predicted`` and ``before``, the true values of the days before, are (days,).

    Above 0 the network is better than 'tomorrow = today'. Days follow each other, so blocks of
    them are drawn, not single days: the circular block bootstrap of Politis and Romano (1992) with
    blocks of the cube root of the number of days. All NaN when persistence makes no error at all,
    and of fewer than FEWEST_DAYS days.
    """
    own, flat = (actual - predicted) ** 2, (actual - before) ** 2
    days = len(actual)
    if days < FEWEST_DAYS:
        return ConfidenceInterval(math.nan, math.nan, math.nan)
    estimate = float(_skill(own, flat))
    block = max(1, round(days ** (1 / 3)))
    starts = np.random.default_rng(seed).integers(0, days, (RESAMPLES, -(-days // block)))
    together = max(1, _DAYS_AT_ONCE // days)
    drawn = np.concatenate(
        [
            _resampled(own, flat, starts[first : first + together], block)
            for first in range(0, RESAMPLES, together)
        ]
    )
    tail = (1 - CONFIDENCE) / 2
    if not np.isfinite(drawn).any():
        return ConfidenceInterval(estimate, math.nan, math.nan)
    low, high = np.nanquantile(drawn, [tail, 1 - tail])
    return ConfidenceInterval(estimate, float(low), float(high))


def _resampled(own: FloatArray, flat: FloatArray, starts: IntArray, block: int) -> FloatArray:
    """The skill of each resample, whose blocks begin at ``starts`` (resamples, blocks)."""
    stop_point()
    days = len(own)
    picks = (starts[:, :, None] + np.arange(block)).reshape(len(starts), -1)[:, :days] % days
    return _skill(own[picks], flat[picks])


def _skill(own: FloatArray, flat: FloatArray) -> FloatArray:
    """The skill from squared errors (..., days)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.sqrt(own.mean(axis=-1) / flat.mean(axis=-1))
    return np.asarray(np.where(np.isfinite(ratio), 1 - ratio, np.nan))


@dataclass(frozen=True)
class HitRate:
    """Days on which the forecast called the right direction, of those on which it called one.

    Days on which the price did not move, or the forecast did not, are left out. ``share`` has the
    interval of Clopper and Pearson (1934); it is None when there is no such day.
    """

    hits: int
    days: int
    share: ConfidenceInterval | None


def hit_rate(actual: FloatArray, predicted: FloatArray, before: FloatArray) -> HitRate:
    """Did the price go where the forecast said, seen from the day before? (days,) each."""
    moved, called = np.sign(actual - before), np.sign(predicted - before)
    counted = (moved != 0) & (called != 0)
    days = int(counted.sum())
    hits = int(((moved == called) & counted).sum())
    return HitRate(hits, days, binomial(hits, days) if days else None)


def binomial(hits: int, days: int) -> ConfidenceInterval:
    """The fraction of hits with the exact interval of Clopper and Pearson.

    Its ends are quantiles of beta distributions, those of ``scipy.stats.beta.ppf``, which takes
    half a second to import.
    """
    from scipy.special import betaincinv

    tail = (1 - CONFIDENCE) / 2
    low = float(betaincinv(hits, days - hits + 1, tail)) if hits else 0.0
    high = float(betaincinv(hits + 1, days - hits, 1 - tail)) if hits < days else 1.0
    return ConfidenceInterval(hits / days, low, high)


@dataclass(frozen=True)
class Lag:
    """How well the forecast correlates with today's and with yesterday's price.

    A forecast that follows yesterday's price better than the one it is for looks right on a chart
    and says nothing: it is a copy, one day late.
    """

    with_today: float
    with_yesterday: float

    @property
    def copies(self) -> bool:
        """Whether the forecast is nearer to yesterday's price."""
        return self.with_yesterday > self.with_today


def lag(actual: FloatArray, predicted: FloatArray, before: FloatArray) -> Lag:
    """Correlations (Pearson) of the forecast; (days,) each.

    NaN if one of the two never moves, and of fewer than FEWEST_DAYS days, which say nothing.
    """
    if len(actual) < FEWEST_DAYS:
        return Lag(math.nan, math.nan)
    return Lag(_correlation(predicted, actual), _correlation(predicted, before))


def _correlation(one: FloatArray, other: FloatArray) -> float:
    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return math.nan
    return float(np.corrcoef(one, other)[0, 1])


@dataclass(frozen=True)
class Spread:
    """The RMSE of several trainings that differ in their seed only."""

    rmses: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean of the seeds."""
        return float(np.mean(self.rmses))

    @property
    def low(self) -> float:
        """The best seed."""
        return min(self.rmses)

    @property
    def high(self) -> float:
        """The worst seed."""
        return max(self.rmses)

    def ties_with(self, other: float) -> bool:
        """Whether a difference to ``other`` lies inside what the seed alone does."""
        return self.low <= other <= self.high


def spread(actual: FloatArray, predictions: list[FloatArray]) -> Spread:
    """The spread over the forecasts of the same days by different seeds, (days,) each."""
    return Spread(tuple(rmse(actual, predicted) for predicted in predictions))
