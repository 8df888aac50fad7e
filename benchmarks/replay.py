"""Going back in trainings on names: what their checkpoints cost, and how long the way back takes.

Each training is saved, opened again, and gone back in to the iteration before each checkpoint,
which is the farthest from one, and to iterations drawn at random.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.report import Goal, Report, Row
from benchmarks.timing import say
from rnnstudio.core.names.corpus import SHIPPED, Corpus, read_corpus
from rnnstudio.core.names.document import load_names, save_names
from rnnstudio.core.names.history import CheckpointHistory
from rnnstudio.core.names.recipes import FastSpec, PaperSpec, Spec
from rnnstudio.core.names.replay import PastNetwork, replay
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Control, Finished, Training

GOALS = (Goal("share_percent", 5), Goal("file_mb", 20), Goal("slowest_s", 1), Goal("differ", 0))


def _specs() -> dict[str, Spec]:
    fast = FastSpec(epochs=200, patience=200, sample_every=500)
    return {
        "paper": PaperSpec(iterations=200_000),
        "fast, GRU": fast,
        "fast, LSTM": replace(fast, cell="lstm"),
        "fast, RNN": replace(fast, cell="rnn"),
    }


@dataclass(frozen=True)
class Plan:
    """How much is measured; the defaults are the benchmark."""

    specs: Mapping[str, Spec] = field(default_factory=_specs)
    random: int = 10


def measure(plan: Plan = Plan()) -> Report:
    """Each training once, with its checkpoints; then the way back in it."""
    corpus = read_corpus(SHIPPED)
    rows = [_row(name, spec, corpus, plan.random) for name, spec in plan.specs.items()]
    return Report(
        figures={
            "share_percent": max(row["share_percent"] for row in rows),
            "file_mb": max(row["file_mb"] for row in rows),
            "slowest_s": max(row["slowest_s"] for row in rows),
            "differ": sum(row["differ"] for row in rows),
        },
        rows=list[Row](rows),
        notes=[
            "share_percent: of the training's seconds, those that went into checkpoints",
            "file_mb: by how much they make its file larger",
            "slowest_s: the slowest way back of those tried; differ: how many were not the same",
        ],
        goals=GOALS,
    )


def _row(name: str, spec: Spec, corpus: Corpus, random: int) -> dict[str, Any]:
    say(f"replay: {name}")
    with _timed_checkpoints() as spent:
        trained: TrainedNames = _result(train(spec, corpus, Control()))
    with tempfile.TemporaryDirectory() as folder:
        with_checkpoints, without = Path(folder) / "with", Path(folder) / "without"
        save_names(with_checkpoints, trained)
        save_names(without, replace(trained, checkpoints=()))
        size = (with_checkpoints.stat().st_size - without.stat().st_size) / 1e6
        opened = load_names(with_checkpoints)
    seconds, differ = [], 0
    for iteration in _farthest(opened, random):
        start = time.perf_counter()
        past: PastNetwork = _result(replay(opened, iteration, Control()))
        seconds.append(time.perf_counter() - start)
        differ += not past.same
    return {
        "training": name,
        "seconds": trained.seconds,
        "iterations": trained.step,
        "checkpoints": len(trained.checkpoints),
        "share_percent": 100 * sum(spent) / trained.seconds,
        "file_mb": size,
        "slowest_s": max(seconds),
        "replays": len(seconds),
        "differ": differ,
    }


def _result(training: Training) -> Any:
    """What ``Finished`` carries."""
    *_, last = training
    if not isinstance(last, Finished):
        raise RuntimeError("it did not finish")
    return last.result


def _farthest(trained: TrainedNames, random: int) -> list[int]:
    """The last iterations before each checkpoint and before the end, and some at random."""
    ends = [*(each.step for each in trained.checkpoints), trained.step]
    drawn = np.random.default_rng(0).integers(0, trained.step, random)
    return [*(max(0, end - 2) for end in ends), *drawn.tolist()]


@contextmanager
def _timed_checkpoints() -> Iterator[list[float]]:
    """The seconds of every time that a training asked for a checkpoint, due or not."""
    spent, take = list[float](), CheckpointHistory.take

    def timed(history: CheckpointHistory, *given: Any) -> None:
        start = time.perf_counter()
        take(history, *given)
        spent.append(time.perf_counter() - start)

    CheckpointHistory.take = timed  # type: ignore[method-assign, assignment]
    try:
        yield spent
    finally:
        CheckpointHistory.take = take  # type: ignore[method-assign]
