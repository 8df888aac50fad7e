"""How far a forecast lies from the truth.

``actual`` and ``predicted`` are (rows,) float64 in prices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnstudio.core.stocks.data.price_table import FloatArray


def rmse(actual: FloatArray, predicted: FloatArray) -> float:
    """Root of the mean squared error over the days (days,), in the unit of the prices."""
    return float(np.sqrt(np.mean((actual - predicted) ** 2)))


def mae(actual: FloatArray, predicted: FloatArray) -> float:
    """Mean absolute error over the days (days,), in the unit of the prices."""
    return float(np.mean(np.abs(actual - predicted)))


def mape(actual: FloatArray, predicted: FloatArray) -> float:
    """Mean absolute error over the days (days,) over the true price (0.01: one per cent).

    Infinite where a true price of 0 is missed, NaN if one is met.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.mean(np.abs(actual - predicted) / np.abs(actual)))


def mase(actual: FloatArray, predicted: FloatArray, past: FloatArray) -> float:
    """Mean absolute error over that of 'tomorrow = today' in the training span ``past`` (past,).

    ``actual`` and ``predicted`` are (days,). NaN when the past never moves. Hyndman and Koehler
    (2006).
    """
    scale = float(np.mean(np.abs(np.diff(past)))) if len(past) > 1 else 0.0
    return mae(actual, predicted) / scale if scale > 0 else float("nan")


@dataclass(frozen=True)
class Errors:
    """One forecast's errors; ``mape`` is a share, ``mase`` a ratio, the others are in prices."""

    rmse: float
    mae: float
    mape: float
    mase: float


def errors(actual: FloatArray, predicted: FloatArray, past: FloatArray) -> Errors:
    """All errors of one forecast (days,); ``past`` (past,) is the target over the training span."""
    return Errors(
        rmse(actual, predicted),
        mae(actual, predicted),
        mape(actual, predicted),
        mase(actual, predicted, past),
    )
