"""Whether the window stays quick while it trains: gaps between the ticks of a 10 ms timer.

The real main window trains through its forecaster tab, from the press of the button to the drawn
forecast; with Keras that includes the start of its process. Each engine in a fresh process.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from benchmarks.children import first_line
from benchmarks.report import Goal, Report
from benchmarks.timing import say
from rnnstudio.core.stocks.model.forecast_spec import ENGINES

GOALS = tuple(
    Goal(f"{engine}.{figure}", limit)
    for engine in ENGINES
    for figure, limit in (("p99_ms", 20), ("max_ms", 50))
)


@dataclass(frozen=True)
class Plan:
    """How much is measured; the defaults are the benchmark."""

    epochs: int = 40


def measure(plan: Plan = Plan()) -> Report:
    """One training with each engine."""
    figures: dict[str, Any] = {}
    for engine in ENGINES:
        say(f"window: training with {engine}")
        _, figures[engine] = first_line("benchmarks.window_child", engine, str(plan.epochs))
    return Report(
        figures=figures,
        rows=[{"engine": engine, **figures[engine]} for engine in ENGINES],
        notes=[
            "gaps between the ticks of a 10 ms timer in the window's thread, in milliseconds",
            f"{plan.epochs} epochs of the forecaster's defaults on a shipped share",
        ],
        goals=GOALS,
    )
