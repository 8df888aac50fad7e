"""A span of days as it was and as an evaluation forecasts it.

Prices are float64, in the unit of the file.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import Dates, FloatArray, PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.baselines import close_before, persistence
from rnnstudio.core.stocks.evaluation.metrics import rmse
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.stocks.model.intervals import (
    NOMINAL,
    Conformal,
    coverage,
    intervals_of,
    later_prices,
)
from rnnstudio.core.stocks.model.rollout import rollout

HORIZON = 10
"""Days ahead where nobody says otherwise: two weeks of trading."""
MOST_DAYS = 250
"""About a year of trading; what is further away than that, nobody's network knows."""


@dataclass(frozen=True, eq=False)
class Forecast:
    """The days ``rows`` of ``table`` as a network forecasts them, in prices.

    ``ahead`` (rows, days): column h holds the forecasts for h days after each row, made from the
    true days before that row; its first column is the open loop. ``closed_loop`` (rows,) is one
    path from the first row on, fed with its own output. ``intervals`` is None without a validation
    span. ``accesses`` counts this evaluation too.
    """

    trained: TrainedForecaster
    table: PriceTable
    rows: range
    ahead: FloatArray
    closed_loop: FloatArray
    intervals: Conformal | None
    accesses: AccessLog

    @property
    def spec(self) -> ForecastSpec:
        """The network's settings."""
        return self.trained.spec

    @property
    def split(self) -> Split:
        """What the network was trained on, chosen on and tested on."""
        return self.trained.split

    @property
    def seconds(self) -> float:
        """How long the training took."""
        return self.trained.seconds

    @property
    def dates(self) -> Dates:
        """The days, datetime64[D] (rows,)."""
        return self.table.dates[self.rows.start : self.rows.stop]

    @property
    def truth(self) -> FloatArray:
        """The target over the whole table, (all rows,)."""
        return self.table.column(self.spec.target)

    @property
    def actual(self) -> FloatArray:
        """The true target on the days, (rows,)."""
        return self.truth[self.rows.start : self.rows.stop]

    @property
    def predicted(self) -> FloatArray:
        """The open loop: each day from the true days before it, (rows,)."""
        return self.ahead[:, 0]

    @property
    def persistence(self) -> FloatArray:
        """The target of the day before each day: 'tomorrow = today', (rows,)."""
        return persistence(self.truth, self.rows)

    @property
    def flat(self) -> FloatArray:
        """The last price before the first day, held: what the closed loop has to beat, (rows,)."""
        return np.full(len(self.rows), self.truth[self.rows.start - 1])

    @property
    def rmse(self) -> float:
        """The open loop's error, in prices."""
        return rmse(self.actual, self.predicted)

    @property
    def rmse_persistence(self) -> float:
        """The error of 'tomorrow = today', in prices."""
        return rmse(self.actual, self.persistence)

    @property
    def rmse_close(self) -> float | None:
        """The error of ``baselines.close_before``, in prices; None if there is none."""
        close = close_before(self.table, self.spec.target, self.rows)
        return None if close is None else rmse(self.actual, close)

    @property
    def band(self) -> tuple[FloatArray, FloatArray] | None:
        """Lower and upper ends around the open loop, (rows,) each."""
        if self.intervals is None:
            return None
        low, high = self.intervals.around(self.ahead)
        return low[:, 0], high[:, 0]

    @property
    def horizons(self) -> Horizons:
        """The errors and the coverage by days ahead."""
        return _horizons(self)


@dataclass(frozen=True, eq=False)
class Horizons:
    """By days ahead, (days,) each: RMSE of the network and of the last known price, coverage.

    ``coverage`` is the fraction of days inside the interval, None without intervals.
    """

    rmse: FloatArray
    rmse_persistence: FloatArray
    coverage: FloatArray | None


def _horizons(forecast: Forecast) -> Horizons:
    days = forecast.ahead.shape[1]
    actual = later_prices(forecast.table, forecast.spec.target, forecast.rows, days)
    last = forecast.persistence[:, np.newaxis]
    covered = None
    if forecast.intervals is not None:
        covered = coverage(actual, *forecast.intervals.around(forecast.ahead))
    return Horizons(_by_day(actual - forecast.ahead), _by_day(actual - last), covered)


def _by_day(errors: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt(np.nanmean(errors**2, axis=0)))


@dataclass(frozen=True)
class EvaluationRequest:
    """The options of an evaluation: ``days`` ahead, intervals for a fraction ``nominal`` of days.

    Raises UserError when one of them is impossible.
    """

    days: int = HORIZON
    nominal: float = NOMINAL

    def __post_init__(self) -> None:
        if not 1 <= self.days <= MOST_DAYS:
            raise UserError(
                "The forecast is to reach {days} days ahead; choose 1 to {most_days}.",
                days=self.days,
                most_days=MOST_DAYS,
            )
        if not 0 < self.nominal < 1:
            raise UserError(
                "Intervals are to hold a share of {nominal}; it must lie between 0 and 1.",
                nominal=self.nominal,
            )


NEVER = AccessLog()
USUAL = EvaluationRequest()


def evaluate(
    trained: TrainedForecaster, accesses: AccessLog = NEVER, question: EvaluationRequest = USUAL
) -> Forecast:
    """Access the test span once more and forecast it; raises UserError if that runs away.

    The days ahead reach no further than the test span.
    """
    table, rows = trained.split.table, trained.split.test_rows
    counted = accesses.opened(table.dates[rows.start : rows.stop])
    return forecast_rows(trained, table, rows, counted, question)


def reopen(
    trained: TrainedForecaster, accesses: AccessLog, question: EvaluationRequest = USUAL
) -> Forecast | None:
    """Forecast again without counting another access; None if it was never evaluated."""
    table, rows = trained.split.table, trained.split.test_rows
    if accesses.count(table.dates[rows.start : rows.stop]) == 0:
        return None
    return forecast_rows(trained, table, rows, accesses, question)


def forecast_rows(
    trained: TrainedForecaster,
    table: PriceTable,
    rows: range,
    accesses: AccessLog,
    question: EvaluationRequest,
) -> Forecast:
    """Forecast ``rows`` of ``table``, each from the days before it; ``accesses`` count this one."""
    ahead = rollout(trained, table, rows, min(question.days, len(rows)))
    return Forecast(
        trained,
        table,
        rows,
        ahead=ahead,
        closed_loop=rollout(trained, table, range(rows.start, rows.start + 1), len(rows))[0],
        intervals=intervals_of(trained, table, rows, ahead, question.nominal),
        accesses=accesses,
    )
