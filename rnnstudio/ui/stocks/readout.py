"""The crosshair's numbers of a day; knows no Qt."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.ui.stocks.state import StocksState


@dataclass(frozen=True)
class DayValues:
    """A day's date and the numbers that are known of it, by name."""

    date: str
    numbers: Mapping[str, float]


def values_at(state: StocksState, row: int) -> DayValues | None:
    """The numbers of the day in ``row`` of the chart; None outside the chart.

    The days of a test span have no numbers before its evaluation.
    """
    if state.evaluation is not None:
        return _evaluated_at(state.evaluation, row)
    if state.split is None or state.spec is None or not 0 <= row < state.split.table.rows:
        return None
    table, known = state.split.table, state.split.rows_known
    numbers = {"truth": float(table.column(state.spec.target)[row])} if row < known else {}
    return DayValues(str(table.dates[row]), numbers)


def _evaluated_at(evaluation: Evaluation, row: int) -> DayValues | None:
    forecast, ahead = evaluation.forecast, evaluation.future
    beyond = row - forecast.table.rows
    if row < 0 or beyond >= len(ahead.dates):
        return None
    if beyond >= 0:
        numbers = {"ahead": float(ahead.predicted[beyond])} | _ends(ahead.band, beyond)
        return DayValues(str(ahead.dates[beyond]), numbers)
    numbers = {"truth": float(forecast.truth[row])}
    if row in forecast.rows:
        at = row - forecast.rows.start
        predicted = float(forecast.predicted[at])
        numbers |= {"forecast": predicted, "error": predicted - numbers["truth"]}
        numbers |= {"closed": float(forecast.closed_loop[at])} | _ends(forecast.band, at)
    return DayValues(str(forecast.table.dates[row]), numbers)


def _ends(band: tuple[FloatArray, FloatArray] | None, at: int) -> dict[str, float]:
    if band is None:
        return {}
    low, high = float(band[0][at]), float(band[1][at])
    return {"low": low, "high": high} if math.isfinite(high) else {}
