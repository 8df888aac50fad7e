"""Gaps while training beside gaps in the idle window: medians of rounds, and their ratios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.children import first_line
from benchmarks.report import Goal
from benchmarks.timing import percentile, say
from rnnstudio.core.stocks.model.forecast_spec import ENGINES


@dataclass(frozen=True)
class Plan:
    """How much is measured; the defaults are the benchmark."""

    epochs: int = 40
    rounds: int = 3
    engines: tuple[str, ...] = ENGINES


USUAL = Plan()


def goals(engines: Iterable[str]) -> tuple[Goal, ...]:
    """What is asked for with each engine."""
    return tuple(
        Goal(f"{engine}.{figure}", limit)
        for engine in engines
        for figure, limit in (("ratio_idle", 1.5), ("ratio_idle_max", 4.0))
    )


def found(gaps: Sequence[float], idle: Sequence[float]) -> dict[str, float]:
    """What one round found, in milliseconds."""
    return {
        "p99_ms": percentile(gaps, 0.99),
        "max_ms": max(gaps),
        "idle_p99_ms": percentile(idle, 0.99),
        "idle_max_ms": max(idle),
        "seconds": sum(gaps) / 1000,
    }


def take_turns(runs: Mapping[str, Sequence[str]], rounds: int) -> dict[str, dict[str, Any]]:
    """The figures of each run, which is a module and its arguments, in a fresh process each time.

    Every round begins with another run. A figure is the median of its rounds, a ratio that of two
    medians.
    """
    names = list(runs)
    lines: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            say(f"  {name}, round {number + 1} of {rounds}")
            lines[name].append(first_line(*runs[name])[1])
    return {name: _figures(lines[name]) for name in names}


def _figures(rounds: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    middle = {name: median(each[name] for each in rounds) for name in rounds[0]}
    ratios = {
        "ratio_idle": middle["p99_ms"] / middle["idle_p99_ms"],
        "ratio_idle_max": middle["max_ms"] / middle["idle_max_ms"],
    }
    return ratios | middle
