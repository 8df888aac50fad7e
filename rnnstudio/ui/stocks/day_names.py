"""What days are called below a chart, and in the card of one of them; knows no Qt."""

from __future__ import annotations

import datetime as dt

from rnnstudio.core import language
from rnnstudio.core.stocks.data.price_table import Dates

_MOST_NAMES = 5
"""Of days below a chart."""


def day_names(dates: Dates, days: range) -> list[tuple[float, str]]:
    """The names below a chart of those days, with the number of the day that each stands at."""
    part = dates[days.start : days.stop]
    if not len(part):
        return []
    months = part.astype("datetime64[M]")
    starts = [0, *((months[1:] != months[:-1]).nonzero()[0] + 1).tolist()]
    if len(starts) < 3:
        every = max(1, len(part) // _MOST_NAMES)
        places = range(0, len(part), every)
        return [(float(days.start + at), language.date(day_of(dates, days[at]))) for at in places]
    every = -(-len(starts) // _MOST_NAMES)
    names, year = [], None
    for at in starts[::every]:
        day = day_of(dates, days[at])
        names.append((float(days[at]), language.month(day, year=day.year != year)))
        year = day.year
    return names


def day_of(dates: Dates, row: int) -> dt.date:
    """The day of a row."""
    found: dt.date = dates[row].astype("datetime64[D]").item()
    return found
