"""Whether the window stays quick while a large session is kept and saved: gaps of a 5 ms timer.

The real main window, with 20 MB of prices, networks on names with long trainings and networks on
prices, is edited; its unsaved work is kept, then it is saved to a file. Each run is a fresh process
in which nothing was packed before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from benchmarks.children import first_line
from benchmarks.report import Goal, Report
from benchmarks.timing import say

GOALS = (Goal("keeping_max_ms", 50), Goal("saving_max_ms", 50))


@dataclass(frozen=True)
class Plan:
    """How much is measured; the defaults are the benchmark."""

    runs: int = 3
    rounds: int = 6
    rows: int = 400_000
    iterations: int = 40_000
    epochs: int = 5


def measure(plan: Plan = Plan()) -> Report:
    """Keep and save so many times in each of so many processes."""
    sizes = map(str, (plan.rounds, plan.rows, plan.iterations, plan.epochs))
    arguments = tuple(sizes)
    found: list[dict[str, Any]] = []
    for run in range(plan.runs):
        say(f"saving: run {run + 1} of {plan.runs}")
        found.append(first_line("benchmarks.saving_child", *arguments)[1])
    return Report(
        figures={
            name: max(each[name] for each in found)
            for name in ("keeping_max_ms", "saving_max_ms", "file_mb")
        },
        rows=[{"run": place + 1, **each} for place, each in enumerate(found)],
        notes=[
            "gaps between the ticks of a 5 ms timer in the window's thread, in milliseconds",
            f"{plan.rounds} times a run the work is edited, kept and saved; first_ms: the first",
            "median_ms: of the longest gap of each time",
        ],
        goals=GOALS,
    )
