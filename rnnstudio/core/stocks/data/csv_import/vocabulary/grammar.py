"""How a number may be written: signs, currencies, marks, units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rnnstudio.core.stocks.data.csv_import.vocabulary.cell_patterns import shape_of
from rnnstudio.core.stocks.data.csv_import.vocabulary.fold import fold
from rnnstudio.core.stocks.data.csv_import.vocabulary.note_words import MISSING
from rnnstudio.core.stocks.data.csv_import.vocabulary.number_words import COUNTED, CURRENCIES, UNITS

_CURRENCY = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<bracket>\()?(?P<sign>[+-])?\s?(?P<before>{_CURRENCY})?\s?(?P<sign2>[+-])?"
    r"(?P<core>[.,]?9(?:[9.,' ]*9)?[.,]?)(?:(?<=[.,])-)?(?P<power>[eE][+-]?9+)?"
    rf"(?:\s?(?P<unit>(?i:{_UNIT}))\.?)?\s?(?P<percent>%)?\s?(?P<after>{_CURRENCY})?(?(bracket)\))"
)
_GRAMMAR = {
    ".": re.compile(
        r"(?:9+|9{1,3}(?:,999)+|9{1,2}(?:,99)+,999|9{1,3}(?: 999)+|9{1,3}(?:'999)+)(?:\.9*)?|\.9+"
    ),
    ",": re.compile(r"(?:9+|9{1,3}(?:\.999)+|9{1,3}(?: 999)+|9{1,3}(?:'999)+)(?:,9*)?|,9+"),
}
"""Numbers by their decimal mark. 12,34,567 is how India groups digits."""


_LONGEST = 500
"""No number has more digits: the largest float has 309."""


@dataclass(frozen=True)
class NumberForm:
    """The parts of a number's shape. ``core`` is digits and marks and begins at ``start``."""

    negative: bool
    core: str
    start: int
    power: str
    unit: str
    currencies: tuple[str, ...]

    def fits(self, decimal: str) -> bool:
        """Whether the core is a number with that decimal mark."""
        return _GRAMMAR[decimal].fullmatch(self.core) is not None

    def grouped(self, decimal: str) -> bool:
        """Whether the core has marks between its thousands."""
        return any(sign in "., '" and sign != decimal for sign in self.core)


@lru_cache(maxsize=4096)
def number_form(shape: str) -> NumberForm | None:
    """The parts of ``shape``, or None if it is a number with neither decimal mark."""
    match = _NUMBER.fullmatch(shape.strip()) if len(shape) <= _LONGEST else None
    if match is None or (match["sign"] and match["sign2"]):
        return None
    if match["unit"] and match["power"]:
        return None
    start = match.start("core") + len(shape) - len(shape.lstrip())
    negative = bool(match["bracket"]) or "-" in (match["sign"], match["sign2"])
    return NumberForm(
        negative,
        match["core"],
        start,
        match["power"] or "",
        (match["unit"] or "").lower(),
        tuple(name for name in (match["before"], match["after"]) if name),
    )


def is_money(cell: str) -> bool:
    """Whether ``cell`` is an amount with its currency, or a percentage, and counts no pieces."""
    form = number_form(shape_of(cell))
    return form is not None and ("%" in cell or not COUNTED.issuperset(form.currencies))


def is_missing(cell: str) -> bool:
    """Whether ``cell`` says that there is no number."""
    text = cell.strip()
    return fold(text) in MISSING or not text.strip("#")
