"""The days of a run that the inspector can look at."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.stocks.files.runs import RunEntry


def inspectable(run: RunEntry) -> range:
    """The rows whose windows can be looked at; none of the test span until it is evaluated."""
    split = run.trained.split
    stop = split.rows_known if run.evaluation is None else split.table.rows
    return range(run.trained.spec.lookback, stop)


def row_on(run: RunEntry, day: np.datetime64) -> int:
    """The row of ``day``, or of the trading day before it; the nearest that can be looked at.

    Of a day of several rows it is the last.
    """
    rows = inspectable(run)
    row = int(np.searchsorted(run.table.dates, day + np.timedelta64(1, "D"))) - 1
    return min(max(row, rows.start), rows.stop - 1)
