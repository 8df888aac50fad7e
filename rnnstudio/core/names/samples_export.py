"""Trained names as plain data and as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, astuple
from pathlib import Path
from typing import Any

from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.documents.csv_text import csv_text
from rnnstudio.core.names.novelty import NoveltyVerdict
from rnnstudio.core.names.recipes import recipe_of
from rnnstudio.core.names.trained import TrainedNames


def to_json(trained: TrainedNames, report_every: int) -> dict[str, Any]:
    """The smoothed loss every ``report_every`` iterations and at the last, and all samples."""
    reported = sorted({*range(0, trained.step, report_every), *range(trained.step)[-1:]})
    return {
        "recipe": recipe_of(trained.spec),
        "source": trained.corpus.source,
        "names": len(trained.corpus.names),
        "vocabulary": len(trained.vocabulary),
        "seed": trained.spec.seed,
        "spec": asdict(trained.spec),
        "iterations": trained.step,
        "unit": f"nats {trained.unit}",
        "losses": [[step, float(trained.smoothed[step])] for step in reported],
        "held_out": [list(point) for point in trained.held_out],
        "best_held_out": trained.best_held_out,
        "tunings": [[tuned.step, *astuple(tuned.tuning)] for tuned in trained.tunings],
        "samples": [[sample.step, list(sample.texts)] for sample in trained.samples],
        "seconds": trained.seconds,
    }


def write_samples(trained: TrainedNames, path: Path) -> None:
    """Write the sampled names: a ``.csv`` holds all of them, any other file the last ones.

    The columns of the CSV are iteration and name; a text has one name a line. Raises UserError
    when the file cannot be written; it is never left half-written.
    """
    if path.suffix.lower() == ".csv":
        rows = ((sample.step, name) for sample in trained.samples for name in sample.texts)
        write_atomically(path, csv_text([("iteration", "name"), *rows]))
    else:
        write_atomically(path, "".join(f"{name}\n" for name in trained.samples[-1].texts))


def write_names(verdicts: Sequence[NoveltyVerdict], path: Path) -> None:
    """Write drawn names: a ``.csv`` with the nearest listed name of each, any other file as text.

    The columns of the CSV are name, kind, nearest and distance; a text has one name a line, without
    those that are empty or had not ended. Raises UserError when the file cannot be written; it is
    never left half-written.
    """
    if path.suffix.lower() == ".csv":
        rows = [(each.name, each.kind.value, each.nearest, each.distance) for each in verdicts]
        write_atomically(path, csv_text([("name", "kind", "nearest", "distance"), *rows]))
    else:
        write_atomically(path, "".join(f"{each.name}\n" for each in verdicts if each.kind.whole))
