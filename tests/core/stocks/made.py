"""Small tables made for tests, with prices that can be followed by hand."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.stocks.series import FloatArray, PriceTable
from rnnstudio.core.stocks.split import Split


def table(opens: FloatArray, highs: FloatArray | None = None) -> PriceTable:
    """Opens from 2019-01-01 on, a day a row, and highs that lie 1 above unless given."""
    dates = np.datetime64("2019-01-01", "D") + np.arange(len(opens))
    return PriceTable(
        "made.csv", dates, {"Open": opens, "High": opens + 1 if highs is None else highs}
    )


def walk(rows: int, rows_train: int, seed: int = 0) -> Split:
    """A random walk around 100."""
    steps = np.random.default_rng(seed).normal(0, 1, rows)
    return Split(table(100 + np.cumsum(steps)), rows_train)
