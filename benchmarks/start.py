"""From the start of the process to the window's first paint, and the memory it takes then."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from benchmarks.children import first_line
from benchmarks.report import Goal, Report
from benchmarks.timing import say

GOALS = (Goal("shown_s", 0.8), Goal("rss_mb", 200), Goal("tensorflow_imports", 0))


@dataclass(frozen=True)
class Plan:
    """How much is measured; the defaults are the benchmark."""

    rounds: int = 10


def measure(plan: Plan = Plan()) -> Report:
    """Start the application again and again; the first start, with cold disks, does not count."""
    say("start: warming up")
    first_line("benchmarks.start_child")
    shown: list[float] = []
    found = []
    for number in range(plan.rounds):
        say(f"  round {number + 1} of {plan.rounds}")
        seconds, line = first_line("benchmarks.start_child")
        shown.append(seconds)
        found.append(line)
    memory = [line["rss_mb"] for line in found]
    rows = [
        {"what": what, "median": median(values), "least": min(values), "most": max(values)}
        for what, values in (("shown after, s", shown), ("memory, MB", memory))
    ]
    return Report(
        figures={
            "shown_s": median(shown),
            "rss_mb": median(memory),
            "tensorflow_imports": max(line["tensorflow_imports"] for line in found),
        },
        rows=rows,
        notes=[f"python -m rnnstudio, on Qt's platform {found[0]['platform']}"],
        goals=GOALS,
    )
