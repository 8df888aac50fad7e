"""Side by side: contestants take turns in one process, and their medians are compared."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from statistics import median

Turn = Callable[[], Sequence[float]]
"""One turn of a contestant: the seconds of each thing (epoch, run) it did, warm-up left out."""


def once(call: Callable[[], object]) -> Turn:
    """A turn that makes ``call`` once and takes its time."""

    def turn() -> Sequence[float]:
        start = time.perf_counter()
        call()
        return [time.perf_counter() - start]

    return turn


def alternate(
    contestants: Mapping[str, Turn], rounds: int, *, warm_up: bool = True
) -> dict[str, list[float]]:
    """Seconds of all turns of each contestant.

    Every round begins with another contestant, so that none always follows the same one; with
    ``warm_up`` each has a turn before the first round that does not count.
    """
    names = list(contestants)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    if warm_up:
        for name in names:
            say(f"  warming up: {name}")
            contestants[name]()
    for number in range(rounds):
        say(f"  round {number + 1} of {rounds}")
        first = number % len(names)
        for name in names[first:] + names[:first]:
            seconds[name].extend(contestants[name]())
    return seconds


def differences(times: Sequence[float]) -> list[float]:
    """From each of the times to the next."""
    return [end - start for start, end in pairwise(times)]


def ratio(seconds: Mapping[str, Sequence[float]], name: str, other: str) -> float | None:
    """The median of ``name`` over that of ``other``; None where the other was not measured."""
    return median(seconds[name]) / median(seconds[other]) if other in seconds else None


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def say(text: str) -> None:
    """Report the progress of the measurement, on standard error."""
    print(text, file=sys.stderr, flush=True)
