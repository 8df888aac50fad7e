"""Whether what moves stays smooth while the window trains: gaps between the window's repaints.

As ``window``, but the forecast's page is in front and its charts are animated throughout, while
training and while not. With several motions the worst one counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.beside_idle import USUAL, Plan, goals, take_turns
from benchmarks.motions import MOTIONS
from benchmarks.report import Report
from benchmarks.timing import say


def measure(plan: Plan = USUAL) -> Report:
    """The engines take turns, with each motion."""
    say("frames: training")
    runs = {
        f"{engine}, {motion}": ("benchmarks.frames_child", engine, str(plan.epochs), motion)
        for motion in MOTIONS
        for engine in plan.engines
    }
    found = take_turns(runs, plan.rounds)
    return Report(
        figures={engine: _worst(engine, found) for engine in plan.engines},
        rows=[{"engine, motion": run, **found[run]} for run in runs],
        notes=[
            "gaps between the repaints of the window while something moves, in milliseconds",
            f"{plan.epochs} epochs of the forecaster's defaults on a shipped share",
            "idle: the same charts repainted after the same times, with no training",
            f"medians of {plan.rounds} rounds; with several motions the worst",
        ],
        goals=goals(plan.engines),
    )


def _worst(engine: str, found: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """The figures of the motion that training with the engine makes the least smooth."""
    motions = (found[f"{engine}, {motion}"] for motion in MOTIONS)
    return max(motions, key=lambda figures: figures["ratio_idle"])
