"""Forecasts that need no network: what a network has to beat.

Each takes all ``values`` (rows of the table,) and the ``rows`` to forecast, which begin at 1 or
later, and uses for every row nothing but the rows before it.

Prices are float64, in the unit of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from rnnstudio.core.stocks.data.price_table import FloatArray, PriceTable

MOVING_DAYS = 20
"""Days of the moving average: about a month of trading."""


def persistence(values: FloatArray, rows: range) -> FloatArray:
    """'Tomorrow is as today': the true value of the row before, (rows,)."""
    return values[rows.start - 1 : rows.stop - 1]


def drift(values: FloatArray, rows: range) -> FloatArray:
    """The row before plus the mean step of all rows up to it, (rows,); Hyndman's drift method."""
    before = np.arange(rows.start - 1, rows.stop - 1)
    steps = np.maximum(before, 1)
    return np.asarray(values[before] + (values[before] - values[0]) / steps)


def moving_average(values: FloatArray, rows: range, days: int = MOVING_DAYS) -> FloatArray:
    """The mean of the ``days`` rows before, or of as many as there are, (rows,)."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    stops = np.arange(rows.start, rows.stop)
    starts = np.maximum(stops - days, 0)
    return np.asarray((sums[stops] - sums[starts]) / (stops - starts))


def close_before(table: PriceTable, target: str, rows: range) -> FloatArray | None:
    """Yesterday's close where the opening price is forecast, (rows,); else None.

    A price that is known by then and nearer in time than yesterday's open: a network that sees more
    of yesterday than its open can beat 'tomorrow = today' by that alone.
    """
    if target != "Open" or "Close" not in table.names:
        return None
    return persistence(table.column("Close"), rows)


BASELINES: Mapping[str, Callable[[FloatArray, range], FloatArray]] = {
    "persistence": persistence,
    "drift": drift,
    "moving average": moving_average,
}
