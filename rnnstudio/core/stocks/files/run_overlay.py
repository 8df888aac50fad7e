"""The forecasts of several runs on the days that they have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.stocks.data.price_table import Dates, FloatArray
from rnnstudio.core.stocks.evaluation.forecast import Forecast
from rnnstudio.core.stocks.files.runs import RunEntry


@dataclass(frozen=True, eq=False)
class Overlay:
    """``dates``, ``truth`` and ``persistence`` ('tomorrow = today') are (days,).

    ``forecasts`` are the runs' open loops on these days by their names. ``left_out`` names the
    evaluated runs that have no such day, or other prices on them.
    """

    dates: Dates
    truth: FloatArray
    persistence: FloatArray
    forecasts: tuple[tuple[str, FloatArray], ...]
    left_out: tuple[str, ...]


def overlay(runs: Sequence[RunEntry]) -> Overlay | None:
    """The forecasts of the first evaluated run and of those that share its prices; else None.

    The days are those on which all that are drawn were tested.
    """
    tested = [(run.name, run.evaluation.forecast) for run in runs if run.evaluation is not None]
    if not tested:
        return None
    first = tested[0][1]
    drawn, left_out, days = [], [], first.dates
    for name, forecast in tested:
        common = np.intersect1d(days, forecast.dates)
        if len(common) and _agree(first, forecast, common):
            drawn.append((name, forecast))
            days = common
        else:
            left_out.append(name)
    at = np.searchsorted(first.dates, days)
    return Overlay(
        days,
        first.actual[at],
        first.persistence[at],
        tuple((name, each.predicted[np.searchsorted(each.dates, days)]) for name, each in drawn),
        tuple(left_out),
    )


def _agree(one: Forecast, other: Forecast, days: Dates) -> bool:
    """Whether the true prices of both are the same on ``days``, which both have."""
    mine, theirs = (each.actual[np.searchsorted(each.dates, days)] for each in (one, other))
    return np.array_equal(mine, theirs)
