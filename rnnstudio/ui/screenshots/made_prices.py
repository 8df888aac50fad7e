"""Price files that are made up for pictures: one in which much is worth knowing, and others."""

from __future__ import annotations

import math
from datetime import date, timedelta

_FIRST, _DAYS = date(2019, 1, 2), 1384
_SPLIT = date(2021, 10, 13)
_HOLIDAYS = (date(2022, 4, 29), date(2022, 5, 6))
_TWICE = 400
"""The row that stands twice, below the names."""

UNDECIDED = "Date,Open\n" + "".join(
    f"{day:02}/{month:02}/2023,{100 + day}.5\n" for month in (1, 2, 3) for day in range(1, 13)
)
"""Day and month may stand in either order."""


def indonesian_prices() -> str:
    """A file as Indonesian pages give it, newest day first: a split, a gap, a row twice, and M."""
    rows = [_row(place, day) for place, day in enumerate(_days())][::-1]
    rows.insert(_TWICE, rows[_TWICE - 1])
    names = "Tanggal;Terakhir;Pembukaan;Tertinggi;Terendah;Vol.;Perubahan%"
    return "\n".join([names, *rows, ""])


def _days() -> list[date]:
    """Weekdays without the holidays."""
    days: list[date] = []
    day = _FIRST
    while len(days) < _DAYS:
        if day.weekday() < 5 and not _HOLIDAYS[0] <= day <= _HOLIDAYS[1]:
            days.append(day)
        day += timedelta(days=1)
    return days


def _row(place: int, day: date) -> str:
    """A day of a share whose price goes up and down, and is divided by five on one day."""
    height = 8500 + 900 * math.sin(place / 97) + 150 * math.sin(place / 5) + 60 * math.sin(place)
    close = 5 * round(height / (25 if day >= _SPLIT else 5))
    opening = close + 5 * (place % 7 - 3)
    prices = (close, opening, max(close, opening) + 10, min(close, opening) - 5)
    volume = "1,11M" if place % 200 == 0 else f"{20 + place * 37 % 280},{place % 90 + 10}jt"
    change = f"{place % 5 - 2},{place % 90 + 10}%"
    written = ";".join(f"{price:,}".replace(",", ".") for price in prices)
    return f"{day:%d/%m/%Y};{written};{volume};{change}"
