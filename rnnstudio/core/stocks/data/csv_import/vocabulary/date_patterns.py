"""How a day and a time may be written, recognised by the shape of a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.vocabulary.cell_patterns import shape_of
from rnnstudio.core.stocks.data.csv_import.vocabulary.fold import fold
from rnnstudio.core.stocks.data.csv_import.vocabulary.month_words import (
    AFTERNOON,
    ERAS,
    MONTHS,
    MORNING,
    PARTICLES,
    WEEKDAYS,
)
from rnnstudio.core.stocks.data.csv_import.vocabulary.zone_names import Zone, zone_named

_MARK = "(?P<mark>[ /.-]) ?"
_YEAR = "(?P<year>9999|99)"
_WORDS = "(?P<words>[^9:]{2,40}?)"
"""Between numbers: the name of a month, and perhaps ordinals and particles around it."""
_DAYS = {
    "year-month-day": rf"(?P<year>9{{3,4}}){_MARK}(?P<month>99?)(?P=mark) ?(?P<day>99?)",
    "day, month, year": rf"(?P<a>99?){_MARK}(?P<b>99?)(?P=mark) ?(?P<c>9999|99)",
    "year-month-day 年月日": (
        r"(?P<year>9{2,4}) ?[年년] ?(?P<month>99?) ?[月월] ?(?P<day>99?) ?[日일号]?"
    ),
    "era year-month-day": (
        rf"(?P<era>{'|'.join(ERAS)})(?P<year>99?)(?:[年./-] ?)(?P<month>99?)(?:[月./-] ?)"
        r"(?P<day>99?)日?"
    ),
    "yearmonthday": "(?P<year>9999)(?P<month>99)(?P<day>99)",
    "day, month, year of six digits": "(?P<a>99)(?P<b>99)(?P<c>99)(?=[T ])",
    "day monthname year": rf"(?P<day>99?){_WORDS}{_YEAR}",
    "monthname day year": rf"{_WORDS}(?P<day>99?)(?P<between>st|nd|rd|th)?(?:, ?|[ /.-]+)'?{_YEAR}",
    "year monthname day": rf"(?P<year>9999){_WORDS}(?P<day>99?)",
}
_PERIODS = {
    "year-month": r"(?P<year>9999)(?:(?P<mark>[/.-])|-?[Mm]|年 ?|년 ?)(?P<month>99?)[月월]?",
    "month-year": r"(?P<month>99?)(?P<mark>[/.-])(?P<year>9999)",
    "monthname year": rf"{_WORDS}{_YEAR}",
    "year monthname": rf"(?P<year>9999){_WORDS}",
    "year, quarter": r"(?P<year>9999)[ /-]?[QqTtKk](?P<quarter>9)",
    "quarter, year": (
        rf"(?:[QqTtKk](?P<quarter>9)(?![0-9]{{2}}$)|(?P<quarter2>9)\.?[QqTtKk])[ ./-]*'?{_YEAR}"
    ),
    "year, week": r"(?P<year>9999)[ /-]?(?:[WwSsKk]|KW|CW)-?(?P<week>99?)(?:-(?P<weekday>9))?",
}
"""Months, quarters and weeks; they are dated by their first day."""
_HALVES = "|".join(sorted(map(re.escape, (*MORNING, *AFTERNOON)), key=len, reverse=True))
_HALF = rf"(?i:{_HALVES})(?![A-Za-z])"
_TIME = (
    rf"(?:(?:[Tt]| +|, *| +at +| *- +)(?:(?P<before>{_HALF}) ?)?(?P<hour>99?)"
    r"(?:[:.hH时時시]? ?(?P<minute>99)(?:[:.分분]? ?(?P<second>99)(?:[.,](?P<fraction>9{1,9}))?)?)?"
    rf"[時时시点分秒]?(?:[ -]?(?P<half>{_HALF}))?)?"
)
_ZONE = (
    r"(?: ?\(?(?P<zone>[A-Za-z][A-Za-z_]*(?:9[A-Z]{3}|(?:/[A-Za-z_]+)+)?)?"
    r"(?P<ahead>[+-])?(?(ahead)(?P<ahead_hours>99?):?(?P<ahead_minutes>99)?)\)?)?"
)
_WEEKDAY = r"(?:(?P<first>[^\W9_][^\s9,()]*)[.,]*[ ,]+)?"
_INNER = r"(?: ?\((?P<inner>[^()9]{1,12})\)|\.(?!9))?"
"""Behind the day: its name in brackets, or a point."""
_LAST = r"(?: \([^)]*\)| ?\[[^\]]*\]| (?P<tail>[^\W9_][^\s9]*\.?))?"
_FORMS = {
    family: re.compile(f"{_WEEKDAY}{day}{_INNER}{_TIME}{_ZONE}{_LAST}")
    for family, day in _DAYS.items()
}
_FORMS |= {family: re.compile(period + _LAST) for family, period in _PERIODS.items()}
_FORMS["yearmonthday time"] = re.compile(
    r"(?P<year>9999)(?P<month>99)(?P<day>99)(?P<hour>99)(?P<minute>99)"
    r"(?:(?P<second>99)(?P<fraction>999)?)?"
)
_COUNT = re.compile(r"[+-]?9+(?:[.,]9*)?(?:[eE]\+?99)?")
"""Seconds and the like since 1970, or the days of a spreadsheet, whole or as a float."""
_ORDINALS = frozenset(("st", "nd", "rd", "th", "er", "º", "ª", "o", "a"))
_NUMBERS = frozenset(
    (
        *("year", "month", "day", "a", "b", "c", "quarter", "week", "weekday"),
        *("hour", "minute", "second", "fraction", "ahead_hours", "ahead_minutes"),
    )
)


_NAMES = {
    name.template: name
    for name in (
        Message("year-month-day"),
        Message("day, month, year"),
        Message("year-month-day 年月日"),
        Message("era year-month-day"),
        Message("yearmonthday"),
        Message("yearmonthday time"),
        Message("day, month, year of six digits"),
        Message("day monthname year"),
        Message("monthname day year"),
        Message("year monthname day"),
        Message("yearmonth"),
        Message("year"),
        Message("year-month"),
        Message("month-year"),
        Message("monthname year"),
        Message("year monthname"),
        Message("year, quarter"),
        Message("quarter, year"),
        Message("year, week"),
    )
}
"""What the forms are called in the report."""


@dataclass(frozen=True)
class DateForm:
    """What the shape of a cell says: how a date is written, and where each number stands.

    Cells of one column must be of one family, of the same ``order`` of parts with the same ``mark``
    between them. ``spans`` has the numbers' first and last place;
    ``month`` is that of a name, ``half`` 1 in front of noon and 2 behind it, else they are 0.
    ``zone`` is what the cell calls it and ``sign`` the one before hours ahead of it. ``era`` is the
    year before the first of the era that the cell names, else 0.
    """

    order: str
    spans: Mapping[str, tuple[int, int]]
    month: int = 0
    half: int = 0
    zone: Zone | None = None
    sign: int = 0
    era: int = 0
    mark: str = ""

    @property
    def family(self) -> tuple[str, str]:
        """What the cells of one column have in common."""
        return self.order, self.mark

    @property
    def name(self) -> Message:
        """What the family is called in the report."""
        if not self.mark:
            return _NAMES[self.order]
        return Message("{order} {mark}", {"order": _NAMES[self.order], "mark": self.mark})

    @property
    def is_period(self) -> bool:
        """Whether cells name months, quarters or weeks instead of days."""
        return not self.spans.keys() & {"day", "a"}


@lru_cache(maxsize=4096)
def date_form(shape: str) -> DateForm | None:
    """The form that ``shape`` is written in, or None if it is not a date."""
    if not 4 <= len(shape) <= 80 or "9" not in shape:
        return None
    for family, pattern in _FORMS.items():
        match = pattern.fullmatch(shape)
        if match is not None and (form := _understood(family, match)) is not None:
            return form
    return None


def _understood(family: str, match: re.Match[str]) -> DateForm | None:
    """The form, if all words of the match mean something."""
    parts = match.groupdict()
    month = _month(parts["words"] or "") if "words" in parts else 0
    if month is None:
        return None
    first, inner = parts.get("first"), parts.get("inner")
    if (first and not _is_weekday(first) and fold(first) not in PARTICLES) or (
        inner and not _is_weekday(inner)
    ):
        return None
    zone = zone_named(parts["zone"]) if parts.get("zone") else None
    if parts.get("zone") and zone is None and not _is_weekday(parts["zone"]):
        return None
    tail = parts.get("tail")
    if tail and fold(tail).rstrip(".") not in PARTICLES and not _is_weekday(tail):
        return None
    spans = {name: match.span(name) for name in _NUMBERS & parts.keys() if parts[name]}
    if parts.get("quarter2"):
        spans["quarter"] = match.span("quarter2")
    half = fold(parts.get("half") or parts.get("before") or "")
    return DateForm(
        family,
        spans,
        month,
        (1 if half in MORNING else 2) if half else 0,
        zone,
        {"+": 1, "-": -1}.get(parts.get("ahead") or "", 0),
        ERAS.get(parts.get("era") or "", 0),
        (parts.get("mark") or "").strip(),
    )


def _month(words: str) -> int | None:
    """The one month that ``words`` name beside ordinals, particles and days of the week."""
    texts = [fold(word).strip(".'") for word in re.split(r"[\s,/-]+", words.strip("' .,/-"))]
    known = [text for text in texts if text and text not in _ORDINALS | PARTICLES]
    if len(known) > 1 and known[0] in WEEKDAYS:
        known = known[1:]
    name = _without_ordinal(known[0]) if len(known) == 1 else ""
    return MONTHS.get(name)


def _without_ordinal(word: str) -> str:
    """ "st.january" is january: what was glued to the day goes."""
    head, point, rest = word.partition(".")
    return rest if point and head in _ORDINALS and rest else word


def _is_weekday(word: str) -> bool:
    return fold(word).strip(".") in WEEKDAYS


def is_count(shape: str) -> bool:
    """Whether ``shape`` may be a count of seconds, days or the like."""
    return _COUNT.fullmatch(shape) is not None


def looks_like_a_date(cell: str) -> bool:
    """Whether ``cell`` is written in a form that nothing but a date has."""
    shape = shape_of(cell)
    return not is_count(shape) and date_form(shape) is not None


def may_be_a_date(cell: str) -> bool:
    """Whether ``cell`` is a date if its column is one of dates: 20190614 and 1560470400 are."""
    return looks_like_a_date(cell) or _whole_stamp(cell)


def _whole_stamp(cell: str) -> bool:
    shape = shape_of(cell)
    if not is_count(shape):
        return False
    digits = len(re.split("[.,]", shape.lstrip("+-"))[0])
    return digits in {8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19} or "e" in shape.lower()
