"""Whether the window stays quick while it trains: gaps between the ticks of a 10 ms timer.

The real main window trains through its forecaster tab, from the press of the button to the drawn
end; with Keras that includes the start of its process. Beside it, in the same process, the same
charts are repainted while nothing is trained. Each training in a fresh process.
"""

from __future__ import annotations

from benchmarks.beside_idle import USUAL, Plan, goals, take_turns
from benchmarks.report import Report
from benchmarks.timing import say


def measure(plan: Plan = USUAL) -> Report:
    """The engines take turns."""
    say("window: training")
    runs = {
        engine: ("benchmarks.window_child", engine, str(plan.epochs)) for engine in plan.engines
    }
    engines = take_turns(runs, plan.rounds)
    return Report(
        figures=engines,
        rows=[{"engine": engine, **found} for engine, found in engines.items()],
        notes=[
            "gaps between the ticks of a 10 ms timer in the window's thread, in milliseconds",
            f"{plan.epochs} epochs of the forecaster's defaults on a shipped share",
            "idle: the same charts repainted after the same times, with no training",
            f"medians of {plan.rounds} rounds",
        ],
        goals=goals(plan.engines),
    )
