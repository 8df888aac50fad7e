"""Where an axis has its few numbers, and how they are written; knows no Qt."""

from __future__ import annotations

import math

from rnnstudio.core import language
from rnnstudio.core.numbers import NumberText, plain, tidy

MOST_TICKS, MOST_POWERS = 5, 7


def even_ticks(low: float, high: float, most: int = MOST_TICKS) -> list[float]:
    """At most so many multiples of 1, 2 or 5 times a power of ten from ``low`` to ``high``."""
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        return []
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    for step in (power, 2 * power, 5 * power, 10 * power, 20 * power):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most:
            return [step * place for place in range(first, last + 1)]
    return []


def power_ticks(low: float, high: float, most: int = MOST_POWERS) -> list[float]:
    """At most so many whole exponents of ten from ``low`` to ``high``, evenly apart.

    Where there are not two of them, exponents of the numbers between: of 1, 2 and 5 times a power,
    or where these are too far apart of even numbers.
    """
    first, last = math.ceil(low - 1e-9), math.floor(high + 1e-9)
    step = max(1, math.ceil((last - first) / (most - 1)))
    whole = range(last - (last - first) // step * step, last + 1, step)
    if len(whole) >= 2:
        return [float(place) for place in whole]
    between = [
        place + math.log10(times)
        for place in range(math.floor(low), math.ceil(high) + 1)
        for times in (1, 2, 5)
    ]
    seen = [place for place in between if low - 1e-9 <= place <= high + 1e-9]
    if len(seen) >= 2:
        return seen
    return [math.log10(tick) for tick in even_ticks(10.0**low, 10.0**high) if tick > 0]


def with_end(ticks: list[float], end: float) -> list[float]:
    """The ticks with one at ``end``, unless it would stand close to another one."""
    if len(ticks) < 2 or end - ticks[-1] < 0.6 * (ticks[1] - ticks[0]):
        return ticks
    return [*ticks, end]


def tick_text(value: float, step: float) -> str:
    """A number beside an axis whose numbers are ``step`` apart: ``0``, ``0.25``, ``1,000``."""
    places = max(0, -math.floor(math.log10(step) + 1e-9)) if step > 0 else 0
    if places <= 8 and abs(value) < 1e7:
        text = f"{value:,.{places}f}"
        shown = "0" if float(text.replace(",", "")) == 0 else text.replace("-", "−")
        return language.number(NumberText(shown))
    return language.number(plain(value))


def power_text(exponent: float) -> str:
    """A power of ten: ``0.0001`` where that can be read, else ``1e−12``; between them ``0.2``."""
    if exponent != round(exponent):
        return language.number(tidy(10.0**exponent, 3))
    if exponent >= 0:
        return tick_text(10.0**exponent, 1.0)
    if exponent < -9:
        return language.number(NumberText(f"1e−{-exponent:.0f}"))
    return tick_text(10.0**exponent, 10.0**exponent)
