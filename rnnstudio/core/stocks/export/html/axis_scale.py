"""From numbers to places on a drawing, and the round numbers and dates that an axis names.

Values are float64, in the unit of what is drawn, places float64 in the unit of the drawing; dates
are datetime64.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.numbers import DayText, tidy
from rnnstudio.core.stocks.data.price_table import Dates, FloatArray

MARGIN = 0.04
"""Fraction of the range that is left free above the highest and below the lowest number."""
MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600)
"""Distances between two dates of an axis, in months."""


@dataclass(frozen=True)
class Tick:
    """A place on an axis, in the numbers of the axis, and what stands there."""

    at: float
    label: str


@dataclass(frozen=True)
class Scale:
    """Takes ``low`` to the place ``start`` and ``high`` to ``end``, evenly or by logarithm."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def places(self, values: FloatArray) -> FloatArray:
        """Where ``values`` (any shape) lie."""
        low, high = float(self._even(self.low)), float(self._even(self.high))
        share = (self._even(values) - low) / (high - low)
        return np.asarray(self.start + share * (self.end - self.start))

    def place(self, value: float) -> float:
        """Where one value lies."""
        return float(self.places(np.array(value)))

    def _even(self, values: FloatArray | float) -> FloatArray:
        return np.asarray(np.log10(values) if self.logarithmic else values, dtype=np.float64)


def fitting(values: FloatArray, start: float, end: float, logarithmic: bool = False) -> Scale:
    """A scale that spans all finite ``values`` (any shape).

    By logarithm only where all of them are above 0; a range without width gets one.
    """
    finite = values[np.isfinite(values)]
    logarithmic = logarithmic and bool((finite > 0).all())
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
    if logarithmic:
        room = max(MARGIN * math.log10(high / low), 0.05)
        return Scale(low / 10**room, high * 10**room, start, end, logarithmic)
    room = MARGIN * (high - low) or 0.1 * abs(high) or 1.0
    return Scale(low - room, high + room, start, end)


def number_ticks(scale: Scale, most: int = 6) -> list[Tick]:
    """At most so many round numbers inside the scale: 1, 2 or 5 times a power of ten apart.

    On a logarithmic scale they are powers of ten, or 1, 2 and 5 times those, where it holds three
    of them.
    """
    if scale.logarithmic:
        for factors in ((1,), (1, 2, 5)):
            values = _powers(scale, factors)
            if len(values) > 2:
                return [Tick(value, tidy(value)) for value in values[:: -(-len(values) // most)]]
    step = _step((scale.high - scale.low) / most)
    first, last = math.ceil(scale.low / step), math.floor(scale.high / step)
    largest = max(abs(scale.low), abs(scale.high))
    digits = 1 + math.floor(math.log10(largest)) - math.floor(math.log10(step))
    values = [number * step for number in range(first, last + 1)]
    return [Tick(value, tidy(value, max(digits, 5))) for value in values]


def date_ticks(dates: Dates, most: int = 6) -> list[Tick]:
    """At most so many rows of ``dates`` (rows,): those that begin a month, a quarter, a year ...

    Where a month is too far apart they are rows at equal distances, with their whole dates.
    """
    months = dates.astype("datetime64[M]").astype(np.int64)
    for apart in MONTHS:
        rows = np.flatnonzero(np.diff(months // apart)) + 1
        if len(rows) <= most:
            if len(rows) < 3:
                return _even_rows(dates, most)
            unit = "Y" if apart >= 12 else "M"
            return [Tick(float(row), str(dates[row].astype(f"datetime64[{unit}]"))) for row in rows]
    return _even_rows(dates, most)


def _even_rows(dates: Dates, most: int) -> list[Tick]:
    room = max(2, most * 6 // len(str(dates[0]))) if len(dates) > 1 else 1
    rows = np.unique(np.linspace(0, len(dates) - 1, min(room, len(dates))).round().astype(int))
    return [Tick(float(row), DayText(dates[row])) for row in rows]


def _powers(scale: Scale, factors: tuple[int, ...]) -> list[float]:
    """The powers of ten times each of the factors that lie inside the scale."""
    powers = range(math.floor(math.log10(scale.low)), math.ceil(math.log10(scale.high)) + 1)
    values = (factor * 10.0**power for power in powers for factor in factors)
    return [value for value in values if scale.low <= value <= scale.high]


def _step(least: float) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that is not below ``least``."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))
