"""Which column has the dates, and which the times of day that belong to them."""

from __future__ import annotations

import re

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import.columns.outline import Outline
from rnnstudio.core.stocks.data.csv_import.days.day_numbers import may_be_day_numbers
from rnnstudio.core.stocks.data.csv_import.days.number_dates import may_be_six_digits
from rnnstudio.core.stocks.data.csv_import.vocabulary.date_patterns import (
    looks_like_a_date,
    may_be_a_date,
)
from rnnstudio.core.stocks.data.csv_import.vocabulary.header_words import (
    date_part,
    date_rank,
    is_time,
)

_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?")


def find_date(outline: Outline) -> int:
    """The column of dates: by its cells, and among several by the usual names."""
    places = range(len(outline.names))
    ranks = {p: rank for p in places if (rank := date_rank(outline.names[p])) is not None}
    certain = [place for place in places if outline.share(place, looks_like_a_date) > 0.5]
    if certain:
        return min(certain, key=lambda place: ranks.get(place, 1000))
    stamps = [place for place in places if outline.share(place, may_be_a_date) > 0.5]
    named = [place for place in stamps if place in ranks]
    if named:
        return min(named, key=lambda place: ranks[place])
    if not outline.named:
        numbers = [
            place
            for place in places
            if may_be_six_digits(outline.sample[place]) or may_be_day_numbers(outline.sample[place])
        ]
        if stamps or numbers:
            return min([*stamps, *numbers])
    if ranks:
        return min(ranks, key=lambda place: ranks[place])
    raise UserError(
        "{source} has no column of dates. {columns} One must hold dates such as 2019-06-14 under "
        "the name Date, or be named by an option: --column Date=1.",
        source=outline.source,
        columns=outline.described(),
    )


def find_parts(outline: Outline) -> tuple[int, ...]:
    """The columns of year and month, and of the day if there is one, where no column is a date."""
    places = range(len(outline.names))
    if any(outline.share(place, looks_like_a_date) > 0.5 for place in places):
        return ()
    parts = [[p for p in places if date_part(outline.names[p]) == part] for part in range(3)]
    if len(parts[0]) != 1 or len(parts[1]) != 1 or len(parts[2]) > 1:
        return ()
    found = tuple(place for each in parts for place in each)
    return found if outline.share(found[0], _is_year) == 1 else ()


def _is_year(cell: str) -> bool:
    return re.fullmatch("[12][0-9]{3}", cell) is not None


def find_time(outline: Outline, date: int) -> int | None:
    """The column of the times of day that belong to the dates, if there is one."""
    if outline.share(date, lambda cell: ":" in cell) > 0:
        return None
    for place, name in enumerate(outline.names):
        if place != date and (is_time(name) or (not name and place == date + 1)):
            times = outline.share(place, lambda cell: looks_like_a_date(f"2019-01-02 {cell}"))
            if times > 0.5 and (name or _is_clock(outline, place, date)):
                return place
    return None


def _is_clock(outline: Outline, place: int, date: int) -> bool:
    """Whether a column without a name can be nothing but times: 16:00, or 160000 on one date."""
    if outline.share(place, lambda cell: ":" in cell) == 1:
        return True
    digits = all(map(_CLOCK.fullmatch, outline.sample[place]))
    return digits and len(set(outline.sample[date])) < len(outline.sample[date])
