"""How a number is written for a reader: on screen and in reports alike."""

from __future__ import annotations

import math
import re

MINUS = "−"
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def tidy(value: float, digits: int = 4) -> str:
    """The number with so many significant digits and a real minus sign: ``−0.5873``, ``1.2e−7``."""
    if not math.isfinite(value):
        return {math.inf: "∞", -math.inf: f"{MINUS}∞"}.get(value, "NaN")
    text = f"{value:.{digits}g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}e{int(exponent)}"
    if float(text) == 0:
        return "0"
    return text.replace("-", MINUS)


def read_number(word: str) -> float:
    """The number that a person wrote: ``0.25``, ``−3``, ``1e-7``.

    Raises ValueError for anything else, for letters too that Python takes for numbers: nan, inf,
    1_000.
    """
    plain = word.replace(MINUS, "-")
    if _NUMBER.fullmatch(plain) is None:
        raise ValueError(f"no number: {word[:20]!r}")
    return float(plain)
