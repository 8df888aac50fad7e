"""Forecasts that need no network: what a network has to beat."""

from __future__ import annotations

from rnnstudio.core.stocks.series import FloatArray


def persistence(values: FloatArray, rows: range) -> FloatArray:
    """'Tomorrow is as today': for each of ``rows`` the true value of the row before, (rows,).

    ``values`` holds all rows; ``rows`` begins at 1 or later.
    """
    return values[rows.start - 1 : rows.stop - 1]
