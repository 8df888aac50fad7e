"""How numbers and days are written on screen and read from it; knows no Qt."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from rnnstudio.core import language
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.numbers import MINUS, tidy

__all__ = ("day_format", "old_numbers", "parse", "scientific", "shape_text", "tidy", "written")


def written(value: float, digits: int = 4) -> str:
    """The number as ``tidy`` gives it, with the marks of the language that is spoken."""
    return language.number(tidy(value, digits))


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
    """The finite number that was typed, with either minus sign; raises ValueError.

    A comma is a decimal mark as a point is; of both the last one is, and the other stands between
    thousands: ``9.875,5`` and ``9,875.5`` are the same.
    """
    plain = text.strip().replace(MINUS, "-")
    if plain.rfind(",") > plain.rfind("."):
        plain = plain.replace(".", "").replace(",", ".")
    value = float(plain.replace(",", "") if "." in plain and "," in plain else plain)
    if not math.isfinite(value):
        raise ValueError(f"{text} is not finite")
    return value


def shape_text(shape: tuple[int, ...]) -> str:
    """``5 × 3``."""
    return " × ".join(str(size) for size in shape)


def day_format() -> str:
    """How a field for a day writes it, in Qt's form: "2011-10-17", or "17 Okt 2011"."""
    return "yyyy-MM-dd" if language.code() == "en" else "d MMM yyyy"
