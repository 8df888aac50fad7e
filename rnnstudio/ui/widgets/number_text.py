"""How numbers are written on screen; knows no Qt."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.numbers import MINUS, tidy

__all__ = ("old_numbers", "parse", "scientific", "shape_text", "tidy")


def scientific(value: float) -> str:
    """The shortest text that shows a number's size: ``−6e−4``."""
    if not math.isfinite(value):
        return tidy(value)
    mantissa, exponent = f"{value:.0e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", MINUS)


def old_numbers(
    old: Array | None, new: Array, digits: int = 4
) -> Iterator[tuple[tuple[int, int], float]]:
    """Each entry (row, column) whose new number is written otherwise, with its old number."""
    if old is None:
        return
    for row, column in np.argwhere(old != new).tolist():
        was = float(old[row, column])
        if tidy(was, digits) != tidy(float(new[row, column]), digits):
            yield (row, column), was


def parse(text: str) -> float:
    """The finite number that was typed, with either minus sign; raises ValueError."""
    value = float(text.strip().replace(MINUS, "-"))
    if not math.isfinite(value):
        raise ValueError(f"{text} is not finite")
    return value


def shape_text(shape: tuple[int, ...]) -> str:
    """``5 × 3``."""
    return " × ".join(str(size) for size in shape)
