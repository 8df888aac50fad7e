"""Which column is what: the dates, the prices, the volume."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.csv_import.date_forms import looks_like_a_date, may_be_a_date
from rnnstudio.core.stocks.csv_import.grammar import is_missing, number_form
from rnnstudio.core.stocks.csv_import.lines import listed, short
from rnnstudio.core.stocks.csv_import.names import (
    date_rank,
    is_time,
    may_be_close,
    may_be_volume,
    meaning,
    plain,
)
from rnnstudio.core.stocks.csv_import.options import CANONICAL, Choice, ReadOptions, UndecidedError
from rnnstudio.core.stocks.csv_import.report import Finding, finding
from rnnstudio.core.stocks.csv_import.shapes import shape_of
from rnnstudio.core.stocks.series import is_price

_MOST_CHOICES = 12


@dataclass(frozen=True)
class Column:
    """A column of numbers: its place from 0, its name in the table, whether that is canonical."""

    place: int
    name: str
    canonical: bool


@dataclass(frozen=True)
class Roles:
    """The places of the columns from 0; ``time`` holds times of day that belong to ``date``."""

    date: int
    time: int | None
    columns: tuple[Column, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, eq=False)
class Outline:
    """What is known of a table's columns: names ("" where there is none) and a sample of cells."""

    source: str
    names: tuple[str, ...]
    sample: Sequence[Sequence[str]]
    options: ReadOptions

    def title(self, place: int) -> str:
        """How a column is called in messages and where a name would clash."""
        return self.names[place] or f"column {place + 1}"

    def flag(self, canonical: str, place: int) -> str:
        """How the command line says that a column is ``canonical``."""
        unique = self.names[place] and self.names.count(self.names[place]) == 1
        value = f"{canonical}={self.names[place] if unique else place + 1}"
        return f"--column {shlex.quote(value)}"

    def share(self, place: int, test: Callable[[str], bool]) -> float:
        """The share of a column's cells for which ``test`` holds, of those that are not empty."""
        filled = [cell for cell in self.sample[place] if not is_missing(cell)]
        return sum(map(test, filled)) / len(filled) if filled else 0.0


def choose_roles(outline: Outline) -> Roles:
    """What every column of a table with names is.

    Raises
    ------
    UserError
        When there is no column of dates or of prices, or an option names none there is.
    UndecidedError
        When two columns may be the same thing.
    """
    _refuse_split_numbers(outline)
    given = {name: _place_of(outline, wanted) for name, wanted in outline.options.columns}
    date = given.pop("Date") if "Date" in given else find_date(outline)
    time = _time(outline, date)
    numeric = [
        place
        for place in range(len(outline.names))
        if place in given.values() or (place not in {date, time} and _is_numeric(outline, place))
    ]
    known = {**_known(outline, numeric, given), **given}
    findings = _left_out(outline, {date, time, *numeric})
    if not any(is_price(name) for name in known):
        close, found = _only_price(outline, [place for place in numeric if place != date])
        known, findings = {**known, "Close": close}, [*findings, *found]
    columns = [Column(known[name], name, True) for name in CANONICAL if name in known]
    taken = {column.place for column in columns}
    for place in numeric:
        if place not in taken and not _is_date_like(outline, place):
            columns.append(Column(place, _free_name(outline, place, columns), False))
    return Roles(date, time, tuple(columns), tuple(findings))


def _refuse_split_numbers(outline: Outline) -> None:
    """Whole numbers beside whole numbers without a name are most likely 1,5 between commas."""
    for place in range(2, len(outline.names)):
        if outline.names[place] or not any(outline.names):
            continue
        if all(cell.isdecimal() for p in (place - 1, place) for cell in outline.sample[p]):
            raise UserError(
                f"{outline.source}: column {place + 1} has no name, but its cells are whole "
                "numbers like those before; numbers with a decimal comma need quotes between "
                "commas, and every column a name."
            )


def _place_of(outline: Outline, wanted: str) -> int:
    exact = [place for place, name in enumerate(outline.names) if name == wanted]
    close = [place for place, name in enumerate(outline.names) if plain(name) == plain(wanted)]
    found = exact or (close if plain(wanted) else [])
    if len(found) == 1:
        return found[0]
    if wanted.isdecimal() and 1 <= int(wanted) <= len(outline.names):
        return int(wanted) - 1
    raise UserError(
        f"{outline.source} has no column {wanted!r}, or more than one; its columns are "
        f"{listed(outline.names)}, and their numbers from 1 to {len(outline.names)} will do."
    )


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
    if stamps and stamps[0] == 0 and not any(outline.names):
        return 0
    if ranks:
        return min(ranks, key=lambda place: ranks[place])
    raise UserError(
        f"{outline.source} has no column of dates; its columns are {listed(outline.names)}. One "
        "must hold dates such as 2019-06-14 under the name Date."
    )


def _time(outline: Outline, date: int) -> int | None:
    for place, name in enumerate(outline.names):
        if place != date and (is_time(name) or (not name and place == date + 1)):
            times = outline.share(place, lambda cell: looks_like_a_date(f"2019-01-02 {cell}"))
            known = name or outline.share(place, lambda cell: ":" in cell) == 1
            if times > 0.5 and known and not _has_times(outline, date):
                return place
    return None


def _has_times(outline: Outline, date: int) -> bool:
    return outline.share(date, lambda cell: ":" in cell) > 0


def _is_number(cell: str) -> bool:
    return number_form(shape_of(cell)) is not None


def _is_numeric(outline: Outline, place: int) -> bool:
    name = outline.names[place]
    if not name and any(outline.names):
        return False
    if meaning(name) is not None:
        return True
    return outline.share(place, _is_number) >= (0.5 if may_be_close(name) else 0.9)


def _is_date_like(outline: Outline, place: int) -> bool:
    """Whether a column holds other moments, such as the close of each interval."""
    return outline.share(place, looks_like_a_date) > 0.5 or (
        _is_dating(outline.names[place]) and outline.share(place, may_be_a_date) > 0.5
    )


def _is_dating(name: str) -> bool:
    return "time" in plain(name) or date_rank(name) is not None


def _known(outline: Outline, numeric: Sequence[int], given: dict[str, int]) -> dict[str, int]:
    """The canonical columns that are not ``given``, by their names."""
    free = [place for place in numeric if place not in given.values()]
    found = {}
    for canonical in CANONICAL:
        if canonical in given:
            continue
        places = [place for place in free if meaning(outline.names[place]) == canonical]
        if not places and canonical == "Close":
            places = [place for place in free if may_be_close(outline.names[place])]
        if not places and canonical == "Volume":
            places = [place for place in free if may_be_volume(outline.names[place])]
        if len(places) > 1:
            raise _ask(outline, canonical, places)
        if places:
            found[canonical] = places[0]
    return found


def _ask(outline: Outline, canonical: str, places: Sequence[int]) -> UndecidedError:
    names = [outline.names[place] for place in places]
    if len(set(names)) == 1 and names[0]:
        problem = f"has more than one column {names[0]!r}"
    else:
        problem = (
            f"has several columns that may be the {canonical}: {listed(_titles(outline, places))}"
        )
    return UndecidedError(
        f"{outline.source} {problem}.",
        [_choice(outline, canonical, place) for place in places[:_MOST_CHOICES]],
    )


def _titles(outline: Outline, places: Sequence[int]) -> list[str]:
    return [outline.title(place) for place in places]


def _choice(outline: Outline, canonical: str, place: int) -> Choice:
    options = outline.options
    columns = dict(options.columns) | {canonical: str(place + 1)}
    cells = tuple(cell for cell in outline.sample[place] if cell)[:5]
    meaning_ = f"column {place + 1}, {outline.title(place)}: {', '.join(map(short, cells[:2]))}"
    flag = outline.flag(canonical, place)
    return Choice(meaning_, flag, replace(options, columns=tuple(columns.items())), cells)


def _only_price(outline: Outline, numeric: Sequence[int]) -> tuple[int, list[Finding]]:
    """The close in a table without a known name of a price: the only column it can be."""
    places = [
        place
        for place in numeric
        if is_price(outline.names[place])
        and meaning(outline.names[place]) is None
        and not _is_date_like(outline, place)
    ]
    if len(places) > 1:
        raise _ask(outline, "Close", places)
    if not places:
        raise UserError(
            f"{outline.source} has no column of prices such as Open or Close; its columns are "
            f"{listed(outline.names)}."
        )
    action = (
        f"The column {short(outline.title(places[0]))} is read as the Close: no other is a price."
    )
    return places[0], [finding("close-taken", (), action)]


def _left_out(outline: Outline, used: set[int | None]) -> list[Finding]:
    places = [p for p in range(len(outline.names)) if p not in used and any(outline.sample[p])]
    if not places:
        return []
    names = listed(_titles(outline, places))
    return [
        finding(
            "column-left-out",
            (),
            f"Columns without a name, or without numbers, were left out: {names}.",
        )
    ]


def _free_name(outline: Outline, place: int, columns: Sequence[Column]) -> str:
    name = outline.title(place)
    used = {*CANONICAL, *(column.name for column in columns)}
    return f"{name} (column {place + 1})" if name in used else name
