"""The next trading days of a share, by the pattern of its own past.

Days are datetime64 of the table's own precision; numbers of days and weekdays are int64.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rnnstudio.core.stocks.data.price_table import Dates

RARE = 0.1
"""A weekday with fewer than this fraction of the commonest one's days is not a trading day: the odd
Saturday session does not make Saturdays. The same holds for times of the day."""
_DAY = np.timedelta64(1, "D")


def days_after(dates: Dates, count: int) -> Dates:
    """The ``count`` days after ``dates`` on which the share is likely to be traded, (count,).

    Days that are mostly more than a week apart go on at their median distance. Where days have
    times, so have those that follow: the share's usual ones. Holidays are not known, so a day may
    turn out to be one.
    """
    days = dates.astype("datetime64[D]")
    gap = int(np.median(days_between(days[:-1], days[1:]))) if len(dates) > 1 else 1
    if gap > 7:
        return np.asarray(dates[-1] + gap * _DAY * np.arange(1, count + 1))
    often = np.bincount(weekday(days), minlength=7)
    traded = often > RARE * often.max()
    coming = days[-1] + np.arange(0, 7 * count + 1)
    times, seen = np.unique(dates - days, return_counts=True)
    usual = times[seen > RARE * seen.max()]
    moments = (coming[traded[weekday(coming)]][:, np.newaxis] + usual).ravel()
    return np.asarray(moments[moments > dates[-1]][:count])


def days_between(first: Dates, last: Dates) -> npt.NDArray[np.int64]:
    """Whole days from each of ``first`` (n,) to that of ``last`` (n,), times of day left out."""
    gaps = last.astype("datetime64[D]") - first.astype("datetime64[D]")
    return np.asarray(gaps.astype(np.int64))


def weekday(dates: Dates) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Monday 0 .. Sunday 6 of each of ``dates`` (rows,)."""
    # 1970-01-01, day 0 of datetime64, was a Thursday.
    return np.asarray((dates.astype("datetime64[D]").astype(np.int64) + 3) % 7)
