"""How far a forecast lies from the truth."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.stocks.series import FloatArray


def rmse(actual: FloatArray, predicted: FloatArray) -> float:
    """Root of the mean squared error of two (rows,) arrays, in the unit of the prices."""
    return float(np.sqrt(np.mean((actual - predicted) ** 2)))
