"""The dinosaur recipe against the plain loop over a dictionary of arrays, with the same losses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.baselines import dinosaurs_loop
from benchmarks.report import Goal, Report, timing_rows
from benchmarks.timing import alternate, once, ratio, say
from rnnstudio.core.names.corpus import Corpus, read_corpus
from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Control, Finished
from rnnstudio.paths import data_file

EXERCISE = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "dinos.txt"
SHIPPED = data_file("names/dinosaurs.txt")
ENGINE, LOOP = "engine", "plain loop"

GOALS = (Goal("speedup", 4.0, least=True), Goal("loss_difference", 1e-9))


@dataclass(frozen=True)
class Plan:
    """How much is measured; the defaults are the benchmark."""

    names: Path = EXERCISE if EXERCISE.is_file() else SHIPPED
    iteration: int = 2000
    rounds: int = 7


def measure(plan: Plan = Plan()) -> Report:
    """Both train up to and with ``plan.iteration``, in turns."""
    say("dinosaurs")
    corpus = read_corpus(plan.names)
    iterations = plan.iteration + 1
    seconds = alternate(
        {
            ENGINE: once(lambda: train_engine(corpus, iterations)),
            LOOP: once(lambda: dinosaurs_loop.train(list(corpus.names), iterations)),
        },
        plan.rounds,
    )
    ours = float(train_engine(corpus, iterations).smoothed[plan.iteration])
    theirs = dinosaurs_loop.train(list(corpus.names), iterations)[plan.iteration]
    return Report(
        figures={
            "speedup": ratio(seconds, LOOP, ENGINE),
            "loss_difference": abs(ours - theirs),
            "loss": ours,
            "iteration": plan.iteration,
        },
        rows=timing_rows(seconds, unit=1000 / iterations),
        notes=[
            f"milliseconds an iteration, on the {len(corpus.names)} names of {plan.names.name}",
            f"smoothed loss at iteration {plan.iteration}: engine {ours:.12f}, loop {theirs:.12f}",
        ],
        goals=GOALS,
    )


def train_engine(corpus: Corpus, iterations: int) -> TrainedNames:
    """Train as the application does, names sampled as in its defaults."""
    for event in train(PaperSpec(iterations=iterations), corpus, Control()):
        if isinstance(event, Finished):
            result: TrainedNames = event.result
            return result
    raise RuntimeError("the training did not finish")
