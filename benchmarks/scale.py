"""Walk-forward over more and more series: one process, two, and a Dask cluster of two workers.

Every way does the same folds; outcomes that differ in one bit fail the benchmark. The cluster
runs before it is measured, processes are started within the measurement, as a user meets them.
"""

from __future__ import annotations

import pickle
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from benchmarks.local_cluster import local_cluster
from benchmarks.memory import PeakMemory
from benchmarks.report import Goal, Report
from benchmarks.timing import say
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.validation.folds import Fold, Pool
from rnnstudio.core.stocks.validation.walk_forward import walk_folds
from rnnstudio.core.training import Control
from rnnstudio.workers.cluster import Cluster
from rnnstudio.workers.fold_service import do_fold
from rnnstudio.workers.processes import Processes

EVERY = 20
BLOCKS = 4
GOALS = (Goal("speedup_two", 1.6, least=True), Goal("speedup_cluster", 1.4, least=True))
"""The cluster's scheduler and this process take a tenth of the two cores that its workers have."""

Figures = dict[int, tuple[Any, ...]]


@dataclass(frozen=True)
class Way:
    """Who does the folds; ``apart`` are the processes that run and have no part in it."""

    name: str
    pool: Callable[[], AbstractContextManager[Pool]]
    apart: tuple[int, ...] = ()


@dataclass(frozen=True)
class Plan:
    """How much is measured; the defaults are the benchmark.

    ``rows`` are the days of a series; the last ones, up to four blocks of 20 and no more than a
    third, are walked over. ``smallest`` is how many folds with next to nothing to do are given to
    each way, for what a fold costs besides its training.
    """

    series: tuple[int, ...] = (1, 10, 100)
    rows: int = 520
    units: int = 16
    epochs: int = 30
    smallest: int = 300

    @property
    def spec(self) -> ForecastSpec:
        """The network of every fold."""
        return ForecastSpec(
            features=("Close",),
            target="Close",
            quantity="log return",
            window=20,
            units=self.units,
            epochs=self.epochs,
        )


def measure(plan: Plan = Plan()) -> Report:
    """Every way over every number of series, then the folds with nothing to do."""
    with tempfile.TemporaryDirectory() as folder, local_cluster(Path(folder)) as cluster:
        cluster.start()
        cluster.add_workers(2)
        standing = tuple(process.pid for process in cluster.processes)
        ways = (
            Way("one process", lambda: Processes(1), standing),
            Way("two processes", lambda: Processes(2), standing),
            Way("cluster of two", lambda: Cluster(cluster.address)),
        )
        rows = [row for count in plan.series for row in compare(ways, plan, count)]
        smallest = smallest_folds(ways, plan, psutil.Process(cluster.scheduler.pid))
    _, two, clustered = rows[-3:]
    figures = {
        "speedup_two": two["speedup"],
        "speedup_cluster": clustered["speedup"],
        "fold_bytes": len(pickle.dumps(folds_of(plan.spec, 1, plan.rows)[0])),
        "smallest_ms": smallest,
    }
    return Report(figures, rows, notes(plan, smallest), GOALS)


def notes(plan: Plan, smallest: Mapping[str, Mapping[str, float]]) -> list[str]:
    """What the rows do not say."""
    work = f"LSTM {plan.units}, window 20, {plan.epochs} epochs, trained anew every {EVERY} days"
    return [
        f"synthetic walks of {plan.rows} days; {work}; each measured once, starts included",
        "outcomes equal to the last bit in all three ways",
        "peak_mb: resident memory of this process and of those that have a part in it",
        f"milliseconds of a fold with next to nothing to do, of {plan.smallest}, workers warm:",
        *(
            f"{kind}: " + ", ".join(f"{name} {each:.2g}" for name, each in by_way.items())
            for kind, by_way in smallest.items()
        ),
    ]


def compare(ways: Sequence[Way], plan: Plan, count: int) -> list[dict[str, Any]]:
    """A row for each way over ``count`` series; raises RuntimeError where their outcomes differ."""
    folds = folds_of(plan.spec, count, plan.rows)
    rows: list[dict[str, Any]] = []
    outcomes: list[Figures] = []
    for way in ways:
        say(f"scale: {count} series, {way.name}")
        with PeakMemory(way.apart) as memory:
            seconds, figures = timed(way, folds)
        outcomes.append(figures)
        first = rows[0]["seconds"] if rows else seconds
        rows.append(
            {
                "series": count,
                "folds": len(folds),
                "workers": way.name,
                "seconds": seconds,
                "speedup": first / seconds,
                "peak_mb": memory.megabytes,
            }
        )
    if any(each != outcomes[0] for each in outcomes):
        raise RuntimeError(f"the ways' outcomes over {count} series differ")
    return rows


def timed(way: Way, folds: Sequence[Fold]) -> tuple[float, Figures]:
    """Seconds from asking for the workers to the last outcome, and what came."""
    found: Figures = {}
    start = time.perf_counter()
    with way.pool() as pool:
        for place, outcome in pool.outcomes(folds, Control()):
            if isinstance(outcome, UserError):
                raise RuntimeError(f"fold {place} came to nothing: {outcome}")
            found[place] = (outcome.predicted, outcome.epochs, outcome.shrinkage)
        seconds = time.perf_counter() - start
    return seconds, found


def smallest_folds(
    ways: Sequence[Way], plan: Plan, scheduler: psutil.Process
) -> dict[str, dict[str, float]]:
    """Milliseconds of a fold with next to nothing to do: by the clock, and of which processors.

    "parent" is this process, which distributes the folds and collects the outcomes.
    """
    spec = replace(plan.spec, window=2, units=1, epochs=1)
    warm, *folds = folds_of(spec, plan.smallest + 1, plan.rows)[: plan.smallest + 1]
    start = time.perf_counter()
    for fold in folds:
        do_fold(fold)
    found = {"clock": {"this process": time.perf_counter() - start}, "parent": {}, "scheduler": {}}
    for way in ways:
        say(f"scale: smallest folds, {way.name}")
        with way.pool() as pool:
            list(pool.outcomes([warm], Control()))
            used, start, mine = sum(scheduler.cpu_times()), time.perf_counter(), time.process_time()
            list(pool.outcomes(folds, Control()))
            found["clock"][way.name] = time.perf_counter() - start
            found["parent"][way.name] = time.process_time() - mine
            found["scheduler"][way.name] = sum(scheduler.cpu_times()) - used
    return {
        kind: {name: 1000 * seconds / len(folds) for name, seconds in by_way.items()}
        for kind, by_way in found.items()
    }


def folds_of(spec: ForecastSpec, count: int, rows: int) -> list[Fold]:
    """The folds of walks over ``count`` series."""
    days = EVERY * max(1, min(BLOCKS, rows // 3 // EVERY))
    return [
        fold
        for seed in range(count)
        for fold in walk_folds(spec, Split(walk(seed, rows), rows - days), EVERY)
    ]


def walk(seed: int, rows: int) -> PriceTable:
    """A random walk of prices, one a day."""
    moves = np.random.default_rng(seed).normal(0, 0.01, rows)
    dates = np.datetime64("2019-01-01") + np.arange(rows)
    return PriceTable(f"walk {seed}", dates, {"Close": 100 * np.exp(np.cumsum(moves))})
