"""How a day and a time may be written, told from the shape of a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rnnstudio.core.stocks.csv_import.shapes import shape_of

_MONTH_NAMES = (
    "jan january januari",
    "feb february februari peb pebruari",
    "mar march maret mrt",
    "apr april",
    "may mei",
    "jun june juni",
    "jul july juli",
    "aug august agustus agu ags agt agust",
    "sep september sept",
    "oct october oktober okt",
    "nov november nopember nop",
    "dec december desember des",
)
MONTHS = {name: month for month, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
"""The months by their English and Indonesian names, in lower case."""

ZONES = {"z": 0, "utc": 0, "gmt": 0, "wib": 420, "wita": 480, "wit": 540, "est": -300, "edt": -240}
"""Minutes ahead of UTC."""

_WEEKDAYS = (
    "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mon|Tues|Tue|Wed|Thurs|Thur|Thu|Fri|"
    "Sat|Sun|Senin|Selasa|Rabu|Kamis|Jumat|Jum'at|Sabtu|Minggu|Sen|Sel|Rab|Kam|Jum|Sab|Min"
)
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_SPACE = "[ /.-]"
_DAYS = {
    "year-month-day": rf"(?P<year>9999)(?P<mark>{_SPACE})(?P<month>99?)(?P=mark)(?P<day>99?)",
    "day, month, year": rf"(?P<a>99?)(?P<mark>{_SPACE})(?P<b>99?)(?P=mark)(?P<c>9999|99)",
    "yearmonthday": "(?P<year>9999)(?P<month>99)(?P<day>99)",
    "day monthname year": (
        rf"(?P<day>99?)(?:st|nd|rd|th)?{_SPACE}?(?P<name>(?i:{_NAME}))\.?,?"
        rf"{_SPACE}?(?P<year>9999|99)"
    ),
    "monthname day year": (
        rf"(?P<name>(?i:{_NAME}))\.?{_SPACE}?(?P<day>99?)(?:st|nd|rd|th)?(?:, ?|{_SPACE})"
        "(?P<year>9999|99)"
    ),
    "year monthname day": (
        rf"(?P<year>9999){_SPACE}?(?P<name>(?i:{_NAME}))\.?{_SPACE}?(?P<day>99?)"
    ),
}
_TIME = (
    r"(?:(?:[Tt]| |, ?| at )(?P<hour>99?)(?::?(?P<minute>99)(?::?(?P<second>99)"
    r"(?:[.,](?P<fraction>9{1,9}))?)?)(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?)?"
)
_ZONE = (
    rf"(?: ?(?P<zone>(?i:{'|'.join(sorted(ZONES, key=len, reverse=True))}))?"
    r"(?P<ahead>[+-])?(?(ahead)(?P<ahead_hours>99):?(?P<ahead_minutes>99)?))?(?: \([^)]*\))?"
)
_FORMS = {
    family: re.compile(rf"(?:(?i:{_WEEKDAYS})\.?,? +)?{day}{_TIME}{_ZONE}")
    for family, day in _DAYS.items()
}
_FORMS["yearmonthday time"] = re.compile(
    r"(?P<year>9999)(?P<month>99)(?P<day>99)(?P<hour>99)(?P<minute>99)(?P<second>99)?"
)
_COUNT = re.compile(r"[+-]?9+(?:\.9*)?(?:[eE]\+?99)?")
"""Seconds and the like since 1970, as a whole number or as a float."""


@dataclass(frozen=True)
class DateForm:
    """What the shape of a cell says: the ``family`` of forms, and where each part stands.

    Cells of one column must be of one family. ``spans`` has the parts' first and last place.
    """

    family: str
    spans: dict[str, tuple[int, int]]
    texts: dict[str, str]


@lru_cache(maxsize=4096)
def date_form(shape: str) -> DateForm | None:
    """The form that ``shape`` is written in, or None where it is no date."""
    if len(shape) > 80:
        return None
    for family, pattern in _FORMS.items():
        match = pattern.fullmatch(shape)
        if match is not None:
            spans = {name: match.span(name) for name in match.groupdict() if match[name]}
            texts = {name: match[name] for name in spans}
            return DateForm(f"{family} {texts.get('mark', '')}".strip(), spans, texts)
    return None


def is_count(shape: str) -> bool:
    """Whether ``shape`` may be a count of seconds or the like since 1970."""
    return _COUNT.fullmatch(shape) is not None


def looks_like_a_date(cell: str) -> bool:
    """Whether ``cell`` is written in a form that nothing but a date has."""
    form = date_form(shape_of(cell))
    return form is not None and not is_count(shape_of(cell))


def may_be_a_date(cell: str) -> bool:
    """Whether ``cell`` is a date if its column is one of dates: 20190614 and 1560470400 are."""
    return looks_like_a_date(cell) or _whole_stamp(cell)


def _whole_stamp(cell: str) -> bool:
    shape = shape_of(cell)
    if not is_count(shape):
        return False
    digits = len(shape.lstrip("+-").partition(".")[0])
    return digits in {8, 9, 10, 12, 13, 14, 15, 16, 18, 19} or "e" in shape.lower()
