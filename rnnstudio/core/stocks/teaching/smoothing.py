"""A target that is smoothed before anything else: each of its days knows the days after it.

Prices are float64, in the unit of the file.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnnstudio.core.stocks.data.price_table import FloatArray, PriceTable

SMOOTHED_DAYS = 5
"""A week of trading: the day itself, the two before it and the two after it."""


def centred_mean(values: FloatArray, days: int = SMOOTHED_DAYS) -> FloatArray:
    """The mean of ``days`` (an odd number) values around each, (rows,).

    At both ends it is the mean of as many as there are.
    """
    padded = np.pad(values, days // 2, constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, days)
    return np.asarray(np.nanmean(windows, axis=1))


def smoothed(table: PriceTable, column: str) -> PriceTable:
    """The table with that column smoothed; raises UserError if there is no such column."""
    return replace(table, columns={**table.columns, column: centred_mean(table.column(column))})
