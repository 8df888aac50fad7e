"""How numbers are written on screen; knows no Qt."""

from __future__ import annotations

import math

from rnnstudio.core.numbers import MINUS, tidy

__all__ = ("parse", "scientific", "shape_text", "tidy")


def scientific(value: float) -> str:
    """The shortest text that shows a number's size: ``−6e−4``."""
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
