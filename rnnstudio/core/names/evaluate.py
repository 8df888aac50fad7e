"""The recipes against each other and against counting letters, over several splits of one list.

For each seed a fraction of the different names is held out. Every recipe trains on the others, in
turns, and is evaluated on the held-out ones; so are the n-grams, the best of which is chosen on the
held-out names themselves, which favours counting.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from statistics import fmean
from typing import Any

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.evaluator import BASELINES, Evaluator, RecipeFigures
from rnnstudio.core.names.held_out import split_names
from rnnstudio.core.names.recipes import FastSpec, PaperSpec, Spec
from rnnstudio.core.names.statistics import length_counts
from rnnstudio.core.names.stepper import Stepper, nats_per_character
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import (
    Checkpoint,
    Control,
    Event,
    Finished,
    Pace,
    Progress,
    Started,
    Training,
    until_stopped,
)

PARTS = 1_000
"""Steps that a training counts for, however long it is."""
EVALUATION_STEPS = 100
"""Steps that evaluating a network, or a way of counting, counts for."""
THIS_NETWORK = "this network"
"""What a network is called that is evaluated by itself."""
CONTENDERS: Mapping[str, Spec] = {
    "paper": PaperSpec(),
    "fast": FastSpec(),
    "fast-lstm": FastSpec(cell="lstm"),
    "fast-rnn": FastSpec(cell="rnn", learning_rate=0.005),
}
"""The recipes that can be evaluated, by the name the command line calls them by."""
_LABELS = {
    THIS_NETWORK: Message("this network"),
    "uniform": Message("uniform"),
    "unigram": Message("unigram"),
    "bigram": Message("bigram"),
    "best n-gram": Message("best n-gram"),
}


def contender_label(name: str) -> Message | str:
    """What the contender ``name`` is called on the screen; a recipe by its own name."""
    return _LABELS.get(name, name)


@dataclass(frozen=True)
class EvaluationPlan:
    """What is compared: ``specs`` by name (their seeds and held-out shares are the plan's)."""

    specs: Mapping[str, Spec]
    seeds: tuple[int, ...] = (1, 2, 3, 4, 5)
    held_out: float = 0.1
    samples: int = 500


@dataclass(frozen=True)
class RecipeEvaluation:
    """``figures`` hold those of every seed, recipes first; ``lengths`` are the list's.

    ``iterations`` are those of the one network that was evaluated; None where recipes were.
    """

    source: str
    names: int
    seeds: tuple[int, ...]
    figures: tuple[RecipeFigures, ...] = ()
    lengths: tuple[int, ...] = ()
    iterations: int | None = None

    @property
    def contenders(self) -> tuple[str, ...]:
        """The names of what was evaluated, in order."""
        return tuple(dict.fromkeys(each.name for each in self.figures))

    def of(self, name: str) -> tuple[RecipeFigures, ...]:
        """The figures of one contender, one a seed."""
        return tuple(each for each in self.figures if each.name == name)


def evaluate(plan: EvaluationPlan, corpus: Corpus, control: Control) -> Training:
    """Train and evaluate as ``plan`` says; ``Checkpoint`` and ``Finished`` carry its result.

    Raises UserError when the list is too small, or a training explodes.
    """
    run = _EvaluationRun(plan, corpus, control)
    yield Started(run.total, plan.seeds[0])
    for seed in plan.seeds:
        done = yield from run.evaluate_seed(seed)
        if not done:
            yield Checkpoint(run.step, run.evaluation())
            return
    yield Progress(run.total, run.total, run.pace.seconds)
    yield Finished(run.total, run.pace.seconds, run.evaluation())


def evaluate_trained(trained: TrainedNames) -> RecipeEvaluation:
    """One network that held names out, and counting letters, on the names that it held out.

    Raises UserError when the network has held no names out, as the recipe "paper" does.
    """
    if not trained.held_out_names:
        raise UserError(
            "This network was trained on all names, so none are left to evaluate it on; evaluate "
            "its recipe instead, which trains it anew on a part of them."
        )
    corpus, held_out = trained.corpus, trained.held_out_names
    evaluator = Evaluator(corpus, trained.spec.seed)
    model = Stepper(trained.spec.cell, trained.parameters)
    loss = nats_per_character(model, corpus, held_out)
    own = evaluator.evaluate(
        THIS_NETWORK, model, loss, seconds=trained.seconds, parameters=trained.parameter_count
    )
    figures = (own, *evaluator.baselines(trained.training_names, held_out))
    found = _evaluation(corpus, (trained.spec.seed,), figures)
    return replace(found, iterations=trained.step)


@dataclass
class _EvaluationRun:
    """An evaluation under way."""

    plan: EvaluationPlan
    corpus: Corpus
    control: Control
    step: int = 0
    figures: list[RecipeFigures] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pace = Pace(self.control)
        specs = len(self.plan.specs)
        evaluations = EVALUATION_STEPS * (specs + len(BASELINES))
        self.total = len(self.plan.seeds) * (PARTS * specs + evaluations)

    def evaluation(self) -> RecipeEvaluation:
        """What has been evaluated so far, each contender's figures together."""
        names = [each.name for each in self.figures]
        ordered = sorted(self.figures, key=lambda each: names.index(each.name))
        return _evaluation(self.corpus, self.plan.seeds, tuple(ordered))

    def evaluate_seed(self, seed: int) -> Generator[Event, None, bool]:
        """All contenders on one split; False if a stop was asked for."""
        names, held_out = split_names(self.corpus.names, self.plan.held_out, seed)
        evaluator = Evaluator(self.corpus, seed, self.plan.samples)
        for name, spec in self.plan.specs.items():
            cpu = time.process_time()
            trained = yield from self._train(replace(spec, seed=seed), self.corpus.part(names))
            if trained is None:
                return False
            cpu_seconds = time.process_time() - cpu
            found = until_stopped(
                self.control, _figures_of, evaluator, name, trained, held_out, cpu_seconds
            )
            if found is None:
                return False
            yield self._keep(found)
        baselines = evaluator.baselines(names, held_out)
        for _ in BASELINES:
            found = until_stopped(self.control, next, baselines)
            if found is None:
                return False
            yield self._keep(found)
        return True

    def _keep(self, figures: RecipeFigures) -> Progress:
        self.figures.append(figures)
        self.step += EVALUATION_STEPS
        return Progress(self.step, self.total, self.pace.seconds)

    def _train(self, spec: Spec, part: Corpus) -> Generator[Event, None, TrainedNames | None]:
        """The network trained on ``part``; the recipe "fast" holds its own names out."""
        if isinstance(spec, FastSpec):
            spec, part = replace(spec, held_out=self.plan.held_out), self.corpus
        first = self.step
        for event in train(spec, part, self.control):
            match event:
                case Progress(step=step, total=total):
                    self.step = first + PARTS * step // total
                    yield Progress(self.step, self.total, self.pace.seconds, event.points)
                case Finished(result=trained):
                    self.step = first + PARTS
                    result: TrainedNames = trained
                    return result
        return None


def _figures_of(
    evaluator: Evaluator,
    name: str,
    trained: TrainedNames,
    held_out: tuple[str, ...],
    cpu_seconds: float,
) -> RecipeFigures:
    model = Stepper(trained.spec.cell, trained.parameters)
    return evaluator.evaluate(
        name,
        model,
        nats_per_character(model, evaluator.corpus, held_out),
        seconds=trained.seconds,
        cpu_seconds=cpu_seconds,
        parameters=trained.parameter_count,
    )


def _evaluation(
    corpus: Corpus, seeds: tuple[int, ...], figures: tuple[RecipeFigures, ...]
) -> RecipeEvaluation:
    lengths = length_counts(corpus.names)
    return RecipeEvaluation(corpus.source, len(corpus.names), seeds, figures, lengths)


def to_json(evaluation: RecipeEvaluation) -> dict[str, Any]:
    """Per contender the figures of each seed, and their means."""
    return {
        "source": evaluation.source,
        "names": evaluation.names,
        "seeds": list(evaluation.seeds),
        "unit": "nats a character",
        "lengths": list(evaluation.lengths),
        "contenders": [_contender(name, evaluation) for name in evaluation.contenders],
    }


def _contender(name: str, evaluation: RecipeEvaluation) -> dict[str, Any]:
    rows = evaluation.of(name)
    return {
        "name": name,
        "held_out": [row.held_out for row in rows],
        "mean": fmean(row.held_out for row in rows),
        "seconds": [row.seconds for row in rows],
        "cpu_seconds": [row.cpu_seconds for row in rows],
        "shares": {
            share: fmean(getattr(row, share) for row in rows)
            for share in ("listed", "near", "new", "empty", "cut", "distinct")
        },
        "length_difference": fmean(row.length_difference for row in rows),
        "parameters": rows[0].parameters,
        "notes": ["" if row.note is None else str(row.note) for row in rows],
    }
