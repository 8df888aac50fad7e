"""The days after the last one known."""

from __future__ import annotations

from dataclasses import dataclass

from rnnstudio.core.stocks.calendar_ahead import days_after
from rnnstudio.core.stocks.forecast import USUAL, Question
from rnnstudio.core.stocks.forecaster import TrainedForecaster
from rnnstudio.core.stocks.intervals import Conformal, conformal
from rnnstudio.core.stocks.paths import paths
from rnnstudio.core.stocks.series import Dates, FloatArray, PriceTable


@dataclass(frozen=True, eq=False)
class Future:
    """Forecasts for days that nobody knows yet, in prices: ``dates``, ``predicted`` (days,).

    ``intervals`` is None where there is no validation span; ``last`` is the last true price.
    """

    dates: Dates
    predicted: FloatArray
    last: float
    intervals: Conformal | None

    @property
    def band(self) -> tuple[FloatArray, FloatArray] | None:
        """Lower and upper ends, (days,) each."""
        return None if self.intervals is None else self.intervals.around(self.predicted)


def future(trained: TrainedForecaster, table: PriceTable, question: Question = USUAL) -> Future:
    """The days after the end of ``table``, on the share's own weekdays, fed with its own output."""
    origins = range(table.rows, table.rows + 1)
    return Future(
        days_after(table.dates, question.days),
        paths(trained, table, origins, question.days)[0],
        float(table.column(trained.spec.target)[-1]),
        conformal(trained, question.days, question.nominal),
    )
