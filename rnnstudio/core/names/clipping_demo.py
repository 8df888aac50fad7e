"""Clipping demonstrated: the same training twice at a high learning rate, with and without it.

Both begin with the same weights and see the same names. At fifteen times the paper's learning rate
the training without clipping runs away within a hundred iterations. The paper's own limits of 5 and
10 do not hold it, for they are larger than what an entry of the gradient must not exceed at such a
rate; a limit of 0.1 does, and the network goes on learning.

A training that has run away is chaotic: what it costs at the end differs with the last digit of a
product, and so between processors. At this rate it is more than three blind guesses on all of them;
at seven times the paper's it was on some.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from rnnstudio.core.engine.online_rnn import Array
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.paper_recipe import PaperLearner
from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.core.training import (
    Checkpoint,
    Control,
    Finished,
    Gradient,
    Pace,
    Progress,
    Started,
    Training,
    Tuning,
)

AT_A_HIGH_RATE = PaperSpec(iterations=3_000, learning_rate=0.15, clip=0.1)
"""What the demonstration is shown with by default."""
_NO_LIMIT = 1e300
_RECENT = 500
"""Names whose mean says where a training is: a single one costs more the longer it is."""


@dataclass(frozen=True, eq=False)
class ClippedRun:
    """One of the two trainings: per iteration done, (iterations,) each, the loss in nats a name,
    the norm of the gradient before and after clipping, and the fraction of its entries clipped.

    It ends before the others' end where the loss is no longer a finite number.
    """

    losses: Array
    before: Array
    after: Array
    share: Array

    @property
    def recent_loss(self) -> float:
        """The mean loss of the last names, in nats a name; NaN before the first."""
        return float(self.losses[-_RECENT:].mean()) if len(self.losses) else math.nan


@dataclass(frozen=True, eq=False)
class ClippingDemo:
    """The two trainings on the list ``source``; ``blind_loss`` is what a name costs a guess by the
    alphabet alone.
    """

    spec: PaperSpec
    source: str
    blind_loss: float
    clipped: ClippedRun
    unclipped: ClippedRun


def clipping_demo(spec: PaperSpec, corpus: Corpus, control: Control) -> Training:
    """Train as ``spec`` says with its clipping and without, in turns, name by name.

    ``Checkpoint`` and ``Finished`` carry a ``ClippingDemo``; with every ``Progress`` comes a
    ``Checkpoint``, so that both can be watched.
    """
    unlimited = Tuning(spec.learning_rate, _NO_LIMIT)
    runs = [
        _ClippedRun(spec, corpus, Tuning(spec.learning_rate, spec.clip)),
        _ClippedRun(spec, corpus, unlimited),
    ]
    pace, step = Pace(control), 0
    yield Started(spec.iterations, spec.seed)
    while step < spec.iterations and not control.stop_requested():
        for run in runs:
            run.iterate(step)
        step += 1
        if pace.due():
            yield Progress(step, spec.iterations, pace.seconds)
            yield Checkpoint(step, _demo(spec, corpus, runs))
    result = _demo(spec, corpus, runs)
    if step < spec.iterations:
        yield Checkpoint(step, result)
    else:
        yield Finished(step, pace.seconds, result)


@dataclass
class _ClippedRun:
    """One training under way."""

    spec: PaperSpec
    corpus: Corpus
    tuning: Tuning
    losses: list[float] = field(default_factory=list)
    gradients: list[Gradient] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._learner = PaperLearner(self.spec, self.corpus, None)

    def iterate(self, step: int) -> None:
        """Do iteration ``step``, unless an earlier one has run away."""
        if len(self.losses) < step:
            return
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            loss = self._learner.learn(step, self.tuning, measured=True)
        gradient = self._learner.gradient
        if gradient is not None and math.isfinite(loss) and math.isfinite(gradient.before):
            self.losses.append(loss)
            self.gradients.append(gradient)

    def result(self) -> ClippedRun:
        """What was written down so far."""
        columns = np.array(self.gradients).reshape(-1, 3).T
        return ClippedRun(np.array(self.losses), *columns)


def _demo(spec: PaperSpec, corpus: Corpus, runs: list[_ClippedRun]) -> ClippingDemo:
    """Both trainings as far as they are."""
    return ClippingDemo(spec, corpus.source, corpus.blind_loss, *(run.result() for run in runs))
