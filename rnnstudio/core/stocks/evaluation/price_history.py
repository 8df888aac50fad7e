"""How far a share has moved in so many days, and whether a forecast goes beyond that.

Prices are float64, in the unit of the file; relative changes have no unit, days are datetime64,
answers bool.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import DayText
from rnnstudio.core.stocks.data.price_table import Dates, FloatArray


def moves_range(values: FloatArray, days: int) -> tuple[float, float]:
    """The lowest and the highest relative change of ``values`` (rows,) over ``days`` rows.

    As in (-0.2, 0.35). Values that are not above 0 are left out; NaN if no change is left.
    """
    before, after = values[:-days], values[days:]
    known = (before > 0) & (after > 0)
    if not known.any():
        return math.nan, math.nan
    changes = after[known] / before[known] - 1
    return float(changes.min()), float(changes.max())


def beyond_history(
    past: FloatArray, last: FloatArray, predicted: FloatArray
) -> npt.NDArray[np.bool_]:
    """Which forecasts lie further from the last known price than ``past`` ever moved in the time.

    ``past`` is (rows,), ``last`` (origins,) and ``predicted`` (origins, days) are prices, column h
    of them h + 1 days ahead; the answer is (origins, days). False if the past is too short.
    """
    beyond = np.zeros(predicted.shape, dtype=np.bool_)
    counted = last > 0
    for at in range(predicted.shape[1]):
        low, high = moves_range(past, at + 1)
        changes = predicted[counted, at] / last[counted] - 1
        beyond[counted, at] = (changes < low) | (changes > high)
    return beyond


def path_caution(
    past: FloatArray, last: float, predicted: FloatArray, dates: Dates
) -> Message | None:
    """A sentence where the path ``predicted`` (days,) goes further than ``past`` ever did.

    ``dates`` (days,) are those of the path, ``last`` is the last known price before it.
    """
    beyond = np.flatnonzero(beyond_history(past, np.array([last]), predicted[np.newaxis])[0])
    if not len(beyond):
        return None
    at = int(beyond[0])
    low, high = moves_range(past, at + 1)
    return Message.counted(
        "Do not rely on this path from {day} on: it has moved by {change:+.1%} there, and over one "
        "trading day this share has only ever moved by {low:+.1%} to {high:+.1%}.",
        "Do not rely on this path from {day} on: it has moved by {change:+.1%} there, and over {n} "
        "trading days this share has only ever moved by {low:+.1%} to {high:+.1%}.",
        at + 1,
        day=DayText(dates[at]),
        change=float(predicted[at] / last - 1),
        low=low,
        high=high,
    )


def span_caution(past: FloatArray, last: FloatArray, ahead: FloatArray) -> Message | None:
    """A sentence where forecasts ``ahead`` (rows, days) go further than ``past`` ever did.

    ``last`` (rows,) is the price before each row.
    """
    count = int(beyond_history(past, last, ahead).any(axis=1).sum())
    if not count:
        return None
    return Message.counted(
        "From {count:n} of {rows:n} test days the forecasts for the next day go further than this "
        "share had ever moved in a day.",
        "From {count:n} of {rows:n} test days the forecasts for 1 to {n} days ahead go further "
        "than this share had ever moved in as many days.",
        ahead.shape[1],
        count=count,
        rows=len(last),
    )
