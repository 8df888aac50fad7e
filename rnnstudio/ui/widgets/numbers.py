"""How numbers are written on screen; knows no Qt."""

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


def scientific(value: float) -> str:
    """The shortest text that tells a number's size: ``−6e−4``."""
    if not math.isfinite(value):
        return tidy(value)
    mantissa, exponent = f"{value:.0e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", MINUS)


def parse(text: str) -> float:
    """The finite number that was typed, with either minus sign; raises ValueError."""
    value = float(text.strip().replace(MINUS, "-"))
    if not math.isfinite(value):
        raise ValueError(f"{text} is not finite")
    return value


def shape_text(shape: tuple[int, ...]) -> str:
    """``5 × 3``."""
    return " × ".join(str(size) for size in shape)
