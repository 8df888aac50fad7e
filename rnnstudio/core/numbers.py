"""How a number is written for a reader: on screen and in reports alike."""

from __future__ import annotations

import math

MINUS = "−"


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
