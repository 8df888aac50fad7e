"""The days after the last one known.

Prices are float64, in the unit of the file.
"""

from __future__ import annotations

from dataclasses import dataclass

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import Dates, FloatArray
from rnnstudio.core.stocks.data.trading_calendar import days_after
from rnnstudio.core.stocks.evaluation.forecast import USUAL, EvaluationRequest, Forecast
from rnnstudio.core.stocks.evaluation.price_history import path_caution
from rnnstudio.core.stocks.model.feedback import assumption
from rnnstudio.core.stocks.model.intervals import Conformal, intervals_after
from rnnstudio.core.stocks.model.rollout import rollout


@dataclass(frozen=True, eq=False)
class Future:
    """Forecasts for days that nobody knows yet, in prices: ``dates``, ``predicted`` (days,).

    ``intervals`` is None if there is no validation span; ``last`` is the last true price.
    ``notes`` are what the days are made under, and a warning where they go further than the share
    ever did, as far as there is such a thing.
    """

    dates: Dates
    predicted: FloatArray
    last: float
    intervals: Conformal | None
    notes: tuple[Message, ...]

    @property
    def band(self) -> tuple[FloatArray, FloatArray] | None:
        """Lower and upper ends, (days,) each."""
        return None if self.intervals is None else self.intervals.around(self.predicted)


def future(forecast: Forecast, question: EvaluationRequest = USUAL) -> Future:
    """The days after the end of the forecast's table, on the share's own weekdays.

    They are fed with the network's own output; the intervals have adapted to the forecast's days.
    """
    trained, table = forecast.trained, forecast.table
    origins = range(table.rows, table.rows + 1)
    dates, past = days_after(table.dates, question.days), table.column(trained.spec.target)
    predicted, last = rollout(trained, table, origins, question.days)[0], float(past[-1])
    found = assumption(trained.spec), path_caution(past, last, predicted, dates)
    return Future(
        dates,
        predicted,
        last,
        intervals_after(
            trained, table, forecast.rows, forecast.ahead, question.days, question.nominal
        ),
        tuple(each for each in found if each is not None),
    )
