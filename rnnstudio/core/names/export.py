"""Trained names as plain data and as files."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.paper import TrainedNames


def to_json(
    trained: TrainedNames, corpus: Corpus, seconds: float, report_every: int
) -> dict[str, Any]:
    """The smoothed loss every ``report_every`` iterations and at the last, and all samples.

    ``seconds`` is how long the training took.
    """
    iterations = len(trained.smoothed)
    reported = sorted({*range(0, iterations, report_every), iterations - 1})
    return {
        "recipe": "paper",
        "source": corpus.source,
        "names": len(corpus.names),
        "vocabulary": len(corpus.vocabulary),
        "seed": trained.spec.seed,
        "spec": asdict(trained.spec),
        "losses": [[step, float(trained.smoothed[step])] for step in reported],
        "samples": [[sample.step, list(sample.texts)] for sample in trained.samples],
        "seconds": seconds,
    }


def write_samples(trained: TrainedNames, path: Path) -> None:
    """Write the sampled names: a ``.csv`` holds all of them, any other file the last ones.

    The columns of the CSV are iteration and name; a text has one name a line. Raises UserError
    when the file cannot be written; it is never left half-written.
    """
    if path.suffix.lower() == ".csv":
        rows = ((sample.step, name) for sample in trained.samples for name in sample.texts)
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([("iteration", "name"), *rows])
        write_atomically(path, text.getvalue())
    else:
        write_atomically(path, "".join(f"{name}\n" for name in trained.samples[-1].texts))
