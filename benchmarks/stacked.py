"""Four stacked layers of 50 units on the share model's data."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.epochs import KERAS, NUMPY, TORCH, measure_epochs
from benchmarks.models import Setting
from benchmarks.report import Goal, Report, timing_rows
from benchmarks.timing import ratio, say

GOALS = (Goal("ratio_keras", 0.6), Goal("ratio_pytorch", 1.2))


STACKED = Setting(layers=4)


@dataclass(frozen=True)
class Plan:
    """How much is measured; the defaults are the benchmark."""

    setting: Setting = STACKED
    rounds: int = 5
    epochs: int = 2


def measure(plan: Plan = Plan()) -> Report:
    """Epochs side by side in this process."""
    say("stacked: epochs")
    seconds, notes = measure_epochs(plan.setting, plan.rounds, plan.epochs, floor=True)
    return Report(
        figures={
            "ratio_keras": ratio(seconds, NUMPY, KERAS),
            "ratio_pytorch": ratio(seconds, NUMPY, TORCH),
        },
        rows=timing_rows({f"{name}, epoch": s for name, s in seconds.items()}),
        notes=[*notes, "seconds; the first epoch of every turn is left out"],
        goals=GOALS,
    )
