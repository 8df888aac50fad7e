"""How the time of a batch and of an epoch grows, one factor at a time around the share model.

Every contestant trains the same number of whole batches on data of the full size, as many as a
budget of time allows; an epoch is their mean times the batches of an epoch, and each row says how
many batches were measured and how many an epoch has.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.baselines.application import EngineBatches, KerasWayBatches
from benchmarks.baselines.keras_model import KerasBatches
from benchmarks.models import Setting
from benchmarks.report import FOLDER, Report, Row
from benchmarks.timing import alternate, say
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.spec import FitSpec
from rnnstudio.core.training import Control
from rnnstudio.workers.keras_child import KerasProcess

NUMPY, KERAS, KERAS_APP = "numpy", "keras", "keras_app"
FACTORS: Mapping[str, Sequence[int]] = {
    "units": (16, 32, 64, 128, 256, 512),
    "steps": (10, 30, 60, 120, 250, 500),
    "batch": (1, 8, 32, 128, 512),
    "rows": (1_000, 10_000, 100_000, 1_000_000),
    "units of large batches": (64, 128, 256, 512),
}
LARGE = Setting(batch=512, steps=10)
"""Where the two engines come closest; few steps, for the ratio does not depend on them."""
PICTURE = FOLDER / "growth.png"
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Plan:
    """How much is measured; the defaults are the benchmark."""

    factors: tuple[tuple[str, tuple[int, ...]], ...] = tuple(
        (factor, tuple(values)) for factor, values in FACTORS.items()
    )
    seconds: float = 0.5
    rounds: int = 3
    fewest: int = 3
    picture: Path = PICTURE


def measure(plan: Plan = Plan()) -> Report:
    """Each value of each factor, then the costs that follow from all of them."""
    rows = [
        measure_point(plan, factor, value) for factor, values in plan.factors for value in values
    ]
    draw(rows, plan.picture)
    return Report(
        figures={
            "numpy_loses": {factor: numpy_loses(rows, factor) for factor, _ in plan.factors},
            "keras_start_s": keras_start(),
            "picture": plan.picture.name,
        },
        rows=rows,
        notes=[
            "milliseconds a batch (median of rounds); epochs in seconds: mean batch times batches",
            "keras: model.fit with its defaults",
            "keras_start_s: the application's Keras process from its start to one trained batch",
            "keras_app: Keras as the application runs it when a run is long, preparation left out",
            "numpy_loses: the smallest value from which on keras_app's batch is faster; null: none",
        ],
    )


def setting_for(factor: str, value: int) -> Setting:
    """The share model, or ``LARGE``, with one factor changed; ``rows`` are days with windows."""
    base = Setting()
    if factor == "rows":
        return replace(base, windows=value - base.steps)
    if factor == "units of large batches":
        return replace(LARGE, units=value)
    return replace(base, **{factor: value})


def measure_point(plan: Plan, factor: str, value: int) -> Row:
    """One row: the median batch of each contestant, and the epoch that follows."""
    setting = setting_for(factor, value)
    examples = setting.examples()
    numpy_turn = EngineBatches(fit, setting, examples, plan.fewest)
    batch = median(numpy_turn())
    count = max(plan.fewest, int(plan.seconds / batch))
    if 2 * count > setting.batches:  # Keras' warming up would use up the epoch
        count = setting.batches
    say(f"growth: {factor} {value}, {count} batches")
    seconds = alternate(
        {
            NUMPY: EngineBatches(fit, setting, examples, count),
            KERAS: KerasBatches(setting, examples, count),
            KERAS_APP: KerasWayBatches(setting, examples, count),
        },
        plan.rounds,
    )
    medians = {name: median(values) for name, values in seconds.items()}
    return {
        "factor": factor,
        "value": value,
        **{f"{name}_ms": each * 1000 for name, each in medians.items()},
        "ratio_keras": medians[NUMPY] / medians[KERAS],
        "ratio_keras_app": medians[NUMPY] / medians[KERAS_APP],
        "numpy_epoch_s": medians[NUMPY] * setting.batches,
        "keras_epoch_s": medians[KERAS] * setting.batches,
        "batches_measured": count,
        "batches_an_epoch": setting.batches,
    }


def keras_start() -> float:
    """Seconds from the start of the application's Keras process to one trained batch."""
    setting, process = Setting(windows=32), KerasProcess()
    start = time.perf_counter()
    try:
        fit_spec = FitSpec(epochs=1, batch_size=setting.batch)
        for _ in process.fit(setting.model, fit_spec, setting.examples(), control=Control()):
            pass
        return time.perf_counter() - start
    finally:
        process.close()


def numpy_loses(rows: Sequence[Row], factor: str) -> int | None:
    """The smallest value of ``factor`` from which on the application's Keras is always faster."""
    loses = None
    for row in reversed([row for row in rows if row["factor"] == factor]):
        if float(row["ratio_keras_app"] or 0) <= 1:
            break
        loses = int(row["value"] or 0)
    return loses


def draw(rows: Sequence[Row], picture: Path) -> None:
    """Draw the curves in a process of its own: Qt and TensorFlow stay apart."""
    picture.parent.mkdir(parents=True, exist_ok=True)
    command: list[Any] = [sys.executable, "-m", "benchmarks.growth_plot", picture]
    subprocess.run(command, check=True, cwd=ROOT, input=json.dumps(rows), text=True)
