"""Whether moments are days: daily prices with a time of day are still daily.

Lines are int64 and have no unit.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.days.stamps import Stamps
from rnnstudio.core.stocks.data.csv_import.findings import Finding, finding
from rnnstudio.core.stocks.data.price_table import Dates


@dataclass(frozen=True, eq=False)
class Moments:
    """What the rows are dated by: datetime64[D] days, or finer moments with minutes ahead."""

    dates: Dates
    ahead: npt.NDArray[np.int64] | None
    findings: tuple[Finding, ...] = ()


def to_moments(stamps: Stamps, lines: npt.NDArray[np.int64], undo: Collection[str]) -> Moments:
    """Days where no day has two different times; "time-left-out" in ``undo`` keeps the times.

    ``lines`` (rows,) are those of the file, counted from 1.

    A day is that of the file's own clock. Moments counted from 1970 name no clock: they are days
    where all are midnight, or where none falls on a weekend.
    """
    ends = () if len(lines) == 0 else (int(lines[0]), int(lines[-1]))
    notes = tuple(finding(kind, ends, action) for kind, action in stamps.notes)
    days = stamps.wall.astype("datetime64[D]")
    at_midnight = bool((days == stamps.wall).all())
    if at_midnight:
        return Moments(days, None, notes)
    if "time-left-out" not in undo and _one_time_a_day(stamps, days):
        times = (stamps.wall - days).astype("timedelta64[s]")
        first = {"time": _clock(times[0])}
        action = (
            Message("There is one row a day, so the times of day ({time}) were left out.", first)
            if (times == times[0]).all()
            else Message(
                "There is one row a day, so the times of day ({time} and others) were left out.",
                first,
            )
        )
        return Moments(days, None, (*notes, finding("time-left-out", ends, action)))
    return Moments(_coarsest(stamps.moments), stamps.ahead, notes)


def _one_time_a_day(stamps: Stamps, days: Dates) -> bool:
    different = _count(days)
    if different < 2 or different != _count(stamps.wall):
        return False
    weekdays = (days.astype(np.int64) + 3) % 7
    return not stamps.counted or not bool((weekdays >= 5).any())


def _count(dates: Dates) -> int:
    """How many different dates there are."""
    import pandas as pd

    return len(pd.unique(dates))


def _coarsest(moments: Dates) -> Dates:
    """The moments in seconds where they are whole ones, else in microseconds."""
    seconds: Dates = moments.astype("datetime64[s]")
    return seconds if bool((seconds == moments).all()) else moments


def _clock(time: np.timedelta64) -> str:
    seconds = int(time.astype(np.int64))
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
