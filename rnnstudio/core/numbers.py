"""How a number is written for a reader: on screen and in reports alike."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

MINUS = "−"
PERCENT = "\N{NARROW NO-BREAK SPACE}%"
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def tidy(value: float, digits: int = 4) -> NumberText:
    """The number with so many significant digits and a real minus sign: ``−0.5873``, ``1.2e−7``."""
    if not math.isfinite(value):
        return NumberText({math.inf: "∞", -math.inf: f"{MINUS}∞"}.get(value, "NaN"))
    text = f"{value:.{digits}g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}e{int(exponent)}"
    if float(text) == 0:
        return NumberText("0")
    return NumberText(text.replace("-", MINUS))


def read_number(word: str) -> float:
    """The number that a person wrote: ``0.25``, ``−3``, ``1e-7``.

    Raises ValueError for anything else, for letters too that Python takes for numbers: nan, inf,
    1_000.
    """
    plain = word.replace(MINUS, "-")
    if _NUMBER.fullmatch(plain) is None:
        raise ValueError(f"no number: {word[:20]!r}")
    return float(plain)


class NumberText(str):
    """Numbers and the signs between them, written as in English.

    Where it is shown, ``language.Language`` puts in the marks of the language that is spoken.
    """

    __slots__ = ()


class DayText(str):
    """A day, written as 2019-06-14; ``language.Language`` writes it as the language does."""

    __slots__ = ()


def grouped(count: int) -> NumberText:
    """A whole number by thousands: ``9,875``."""
    return NumberText(f"{count:,}")


def rounded(value: float, places: int, *, signed: bool = False) -> NumberText:
    """The number with so many decimals: ``−0.77``, ``0.19``, ``+3.79`` where it is ``signed``.

    What rounds to zero has no sign.
    """
    if not math.isfinite(value):
        return tidy(value)
    text = f"{abs(value):.{places}f}"
    if float(text) == 0:
        return NumberText(text)
    sign = MINUS if value < 0 else "+" if signed else ""
    return NumberText(sign + text)


def decimals(values: Iterable[float], least: int = 2) -> int:
    """How many decimals show the largest of ``values`` with two significant digits, up to 8."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if largest == 0:
        return least
    return min(max(least, 1 - math.floor(math.log10(largest))), 8)


def plain(value: float, least: int = 2) -> NumberText:
    """The number without a power of ten where it can be read so: ``0.384``, ``0.0000026``.

    It has two significant digits, and at least so many decimals if it is below 100.
    """
    size = abs(value)
    if size == 0 or not math.isfinite(value):
        return tidy(value)
    if not 1e-7 <= size < 1e7:
        return tidy(value, 2)
    if size >= 100:
        return NumberText(f"{value:,.0f}".replace("-", MINUS))
    return rounded(value, decimals([value], least))


def percent(share: float, places: int | None = None, *, signed: bool = False) -> NumberText:
    """A share from 0 to 1 in percent with so many decimals: ``19.3 %``, or ``+0.25 %``.

    Without ``places`` in whole percent: ``19 %``; near the ends with a decimal: ``99.7 %``.
    """
    if places is None:
        whole = f"{100 * share:.0f}"
        places = 1 if whole in ("0", "100") and share not in (0, 1) else 0
    return NumberText(rounded(100 * share, places, signed=signed) + PERCENT)
