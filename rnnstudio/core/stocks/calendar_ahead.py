"""The next trading days of a share, by the pattern of its own past."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.stocks.series import Dates

RARE = 0.1
"""A weekday with fewer than this share of the commonest one's days is no trading day: the odd
Saturday session does not make Saturdays."""


def days_after(dates: Dates, count: int) -> Dates:
    """The ``count`` days after ``dates`` on which the share is likely to be traded, (count,).

    Days that are mostly more than a week apart go on at their median distance. Holidays are not
    known, so a day may turn out to be one.
    """
    gap = int(np.median(np.diff(dates).astype(int))) if len(dates) > 1 else 1
    if gap > 7:
        return np.asarray(dates[-1] + gap * np.arange(1, count + 1))
    often = np.bincount(weekday(dates), minlength=7)
    traded = often > RARE * often.max()
    coming = dates[-1] + np.arange(1, 7 * count + 1)
    return np.asarray(coming[traded[weekday(coming)]][:count])


def weekday(dates: Dates) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Monday 0 .. Sunday 6 of each of ``dates`` (rows,)."""
    # 1970-01-01, day 0 of datetime64, was a Thursday.
    return np.asarray((dates.astype("datetime64[D]").astype(np.int64) + 3) % 7)
