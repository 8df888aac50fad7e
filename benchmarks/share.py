"""The source document's share model: an epoch, and everything from a cold start to 100 epochs."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks import cold
from benchmarks.epochs import FLOOR, KERAS, NUMPY, TORCH, measure_epochs
from benchmarks.models import Setting
from benchmarks.report import Goal, Report, timing_rows
from benchmarks.timing import alternate, ratio, say

GOALS = (
    Goal("ratio_keras", 0.35),
    Goal("ratio_pytorch", 0.9),
    Goal("ratio_keras_total", 0.30),
    Goal("ratio_floor", 2.5),
)


SHARE = Setting()


@dataclass(frozen=True)
class Plan:
    """How much is measured; the defaults are the benchmark."""

    setting: Setting = SHARE
    rounds: int = 10
    epochs: int = 2
    cold_rounds: int = 2
    cold_epochs: int = 100


def measure(plan: Plan = Plan()) -> Report:
    """Epochs side by side in this process, whole trainings in turns of fresh processes."""
    say("share: epochs")
    seconds, notes = measure_epochs(plan.setting, plan.rounds, plan.epochs, floor=True)
    say(f"share: from a cold start to {plan.cold_epochs} epochs")
    turns = {
        f"{engine}, {plan.cold_epochs} epochs from a cold start": cold.turn(
            engine, plan.setting, plan.cold_epochs
        )
        for engine in cold.ENGINES
    }
    total = alternate(turns, plan.cold_rounds, warm_up=False)
    numpy_total, keras_total = total
    return Report(
        figures={
            "ratio_keras": ratio(seconds, NUMPY, KERAS),
            "ratio_pytorch": ratio(seconds, NUMPY, TORCH),
            "ratio_keras_total": ratio(total, numpy_total, keras_total),
            "ratio_floor": ratio(seconds, NUMPY, FLOOR),
        },
        rows=timing_rows({**{f"{name}, epoch": s for name, s in seconds.items()}, **total}),
        notes=[*notes, "seconds; the first epoch of every turn is left out"],
        goals=GOALS,
    )
