"""Prediction intervals that adapt to the errors as they become known.

Conformal prediction: an interval of a horizon is as wide as a quantile of that horizon's own errors
on days the network was not trained on. A share's days are not exchangeable, because its volatility
moves; so each error is divided by the usual size of errors just before it (an exponentially
weighted mean, with the weight of RiskMetrics), and the quantile is moved after every day whose
price has become known, up after a miss and down after a hit: adaptive conformal inference (Gibbs
and Candès 2021). Errors are in logarithms of the price, so that an interval grows with the price it
is around. An interval is made of errors alone that are known on the day before it.

Prices are float64, in the unit of the file, coverages float64 fractions; errors and widths are
float64 logarithms, which have no unit.
"""

from __future__ import annotations

import math
from bisect import insort
from collections import deque
from dataclasses import dataclass, replace

import numpy as np

from rnnstudio.core.stocks.data.price_table import FloatArray, PriceTable
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.stocks.model.rollout import rollout

NOMINAL = 0.9
"""The fraction of days that an interval is to cover by default."""
STEP = 0.03
"""How far the share of misses is moved after a day, as a fraction of its deviation: Gibbs and
Candès' gamma."""
LEAST_MISSES = 0.3
"""A quantile is taken for no fewer misses than this fraction of the nominal ones: else a single
wild day would set the width of many."""
MEMORY = 0.94
"""Weight of the days before in the usual size of an error: RiskMetrics' for daily returns."""
LEAST_SCALE = 0.1
"""The usual size of an error falls no lower than this fraction of that of the validation span."""


@dataclass(frozen=True, eq=False)
class ErrorHistory:
    """Absolute errors in logarithms by origin and horizon; NaN where there is no price.

    ``before`` (validation days, horizons), those of the validation span; ``later`` (rows,
    horizons), those of the rows that are forecast. Between the two spans lie ``gap`` days. An
    origin's error of horizon h is known h days later.
    """

    before: FloatArray
    later: FloatArray
    gap: int = 0

    def known_before(self, row: int) -> ErrorHistory:
        """What there is of it before the forecast row with that number: no later row, no price."""
        days = np.arange(1, self.before.shape[1] + 1)
        first = np.arange(len(self.before))[:, np.newaxis] - len(self.before) - self.gap
        own = np.arange(row)[:, np.newaxis]
        return replace(
            self,
            before=np.where(first + days <= row, self.before, np.nan),
            later=np.where(own + days <= row, self.later[:row], np.nan),
        )


@dataclass(frozen=True, eq=False)
class Conformal:
    """Half-widths in logarithms of the price, ``widths`` (..., horizons); ``nominal`` share.

    Infinite where there are too few errors to promise anything. They follow from ``history``, whose
    first part is of the validation ``rows``.
    """

    nominal: float
    widths: FloatArray
    history: ErrorHistory
    rows: range = range(0)

    def around(self, predicted: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Lower and upper ends for ``predicted`` (..., horizons) in prices.

        A forecast of less than 0 has its ends below 0 as well.
        """
        with np.errstate(invalid="ignore", over="ignore"):  # no price times no end
            factor = np.exp(self.widths)
            one, other = predicted / factor, predicted * factor
        other = np.where(np.isinf(factor), math.inf, other)
        return np.minimum(one, other), np.maximum(one, other)


def intervals_of(
    trained: TrainedForecaster,
    table: PriceTable,
    rows: range,
    ahead: FloatArray,
    nominal: float = NOMINAL,
) -> Conformal | None:
    """Intervals around the forecasts ``ahead`` (rows, horizons) of the ``rows`` of ``table``.

    Each is made of what is known on the day before its row. None without a validation span.
    """
    history = _history(trained, table, rows, ahead, ahead.shape[1])
    if history is None:
        return None
    widths = adaptive_widths(history, nominal)[:-1]
    return Conformal(nominal, widths, history, trained.split.validation_rows)


def intervals_after(
    trained: TrainedForecaster,
    table: PriceTable,
    rows: range,
    ahead: FloatArray,
    days: int,
    nominal: float = NOMINAL,
) -> Conformal | None:
    """Intervals of the ``days`` after the end of ``table``, (days,); otherwise as above.

    A horizon that ``ahead`` (rows, horizons) does not reach has the errors of the validation span.
    """
    history = _history(trained, table, rows, ahead, days)
    if history is None:
        return None
    widths = adaptive_widths(history, nominal)[-1]
    return Conformal(nominal, widths, history, trained.split.validation_rows)


def _history(
    trained: TrainedForecaster, table: PriceTable, rows: range, ahead: FloatArray, days: int
) -> ErrorHistory | None:
    split, target = trained.split, trained.spec.target
    own = split.validation_rows
    if not own:
        return None
    # Rows of the training's own table before the first row that is forecast.
    first = int(np.searchsorted(split.table.dates, table.dates[rows.start]))
    before = errors_of(
        later_prices(split.table, target, own, days), rollout(trained, split.known, own, days)
    )
    later = np.full((len(rows), days), np.nan)
    reached = min(days, ahead.shape[1])
    later[:, :reached] = errors_of(later_prices(table, target, rows, reached), ahead[:, :reached])
    return ErrorHistory(before, later, first - own.stop)


def later_prices(table: PriceTable, target: str, origins: range, days: int) -> FloatArray:
    """The true price on each of ``days`` from each origin on, (origins, days).

    NaN on days after the table's end.
    """
    padded = np.append(table.column(target), np.full(days, np.nan))
    starts = np.arange(origins.start, origins.stop)
    return np.asarray(padded[starts[:, np.newaxis] + np.arange(days)])


def errors_of(actual: FloatArray, predicted: FloatArray) -> FloatArray:
    """Absolute errors in logarithms of prices (days, horizons); NaN where there is no price.

    A forecast of 0 or less has an infinite one.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.abs(np.log(actual / predicted))
    return np.asarray(np.where(np.isnan(found) & ~np.isnan(actual), np.inf, found))


def adaptive_widths(history: ErrorHistory, nominal: float = NOMINAL) -> FloatArray:
    """Half-widths for every forecast row and for the one after them, (rows + 1, horizons).

    No horizon's is less than those of the nearer ones. Infinite where so few errors are known that
    the nominal share of them would be more than all.
    """
    rows, horizons = len(history.later), history.before.shape[1]
    scales = _scales(history)
    learners = [_Learner(history, scales, horizon, nominal) for horizon in range(1, horizons + 1)]
    widths = np.empty((rows + 1, horizons))
    for row in range(rows + 1):
        for place, learner in enumerate(learners):
            learner.learn(row, widths[:, place])
            widths[row, place] = learner.score() * scales[len(history.before) + row]
        np.maximum.accumulate(widths[row], out=widths[row])
    return widths


def _scales(history: ErrorHistory) -> FloatArray:
    """The usual size of an error on the day before each origin, (days,); of the one after too.

    The origins are those of the validation span, then the forecast rows. The errors are those one
    day ahead; what is no number is no error.
    """
    first = history.before[:, 0]
    usual = float(np.mean(first[np.isfinite(first)])) if np.isfinite(first).any() else 0.0
    scale, scales = usual, []
    for error in (*first, *history.later[:, 0], math.nan):
        scales.append(max(scale, LEAST_SCALE * usual) or 1.0)
        if math.isfinite(error):
            scale = MEMORY * scale + (1 - MEMORY) * float(error)
    return np.array(scales)


class _Learner:
    """The score of one horizon: what its errors in units of the usual size rarely exceed."""

    def __init__(
        self, history: ErrorHistory, scales: FloatArray, horizon: int, nominal: float
    ) -> None:
        days, rows = len(history.before), len(history.later)
        errors = np.concatenate([history.before[:, horizon - 1], history.later[:, horizon - 1]])
        origins = np.concatenate([np.arange(days) - days - history.gap, np.arange(rows)])
        known = ~np.isnan(errors)
        scores = errors / scales[:-1]
        self._coming = deque(
            zip(*(each[known].tolist() for each in (origins, errors, scores)), strict=True)
        )
        self._horizon, self._nominal = horizon, nominal
        self._misses = 1 - nominal
        self._scores: list[float] = []

    def learn(self, row: int, widths: FloatArray) -> None:
        """Take the errors that are known before ``row``; ``widths`` (rows + 1,) so far."""
        while self._coming and self._coming[0][0] + self._horizon <= row:
            origin, error, score = self._coming.popleft()
            if origin >= 0:
                self._misses += STEP * ((1 - self._nominal) - (error > widths[origin]))
            insort(self._scores, score)

    def score(self) -> float:
        """The score for the next row; infinite if there are too few errors."""
        count = len(self._scores)
        if math.ceil((count + 1) * self._nominal) > count:
            return math.inf
        share = 1 - max(self._misses, LEAST_MISSES * (1 - self._nominal))
        return self._scores[min(max(math.ceil((count + 1) * share), 1), count) - 1]


def coverage(actual: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """The fraction of days with the true price inside, by horizon (horizons,); NaN is not a day."""
    known = ~np.isnan(actual)
    with np.errstate(invalid="ignore"):
        return np.asarray(((low <= actual) & (actual <= high)).sum(axis=0) / known.sum(axis=0))
