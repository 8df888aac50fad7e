"""The recipe "as in the paper": a vanilla RNN, one name at a time, plain gradient descent.

With the names of the exercise it reproduces the published losses. Three parts of it are peculiar
and kept: names follow each other in one fixed order, the hidden state is carried over from one
name to the next, and the smoothed loss begins at what seven symbols cost a blind guess.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from rnnstudio.core.engine.single import Array, SingleRnn, Symbols
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.sampler import sample_names
from rnnstudio.core.names.spec import PaperSpec
from rnnstudio.core.training import (
    Checkpoint,
    Control,
    Finished,
    LossPoint,
    Pace,
    Progress,
    Sampled,
    Started,
    Training,
)

ORDER_SEED = 0
"""Shuffles the names, whatever the seed of the parameters: the order belongs to the recipe."""
EXPLODED = 3
"""A smoothed loss of so many blind guesses means that the training has run away."""
KEEP_EVERY = 100
"""Iterations between two copies of the parameters, kept in case the training runs away; none is
made while the smoothed loss is above that of a blind guess."""


@dataclass(frozen=True, eq=False)
class TrainedNames:
    """A network trained on names, and how it came to be.

    ``parameters`` are Wax, Waa, Wya, ba, by in the paper's shapes, ``a_prev`` (n_a, 1) the hidden
    state after the last name; both float64. ``losses`` and ``smoothed`` (iterations,) are the raw
    and the smoothed loss of each iteration done, in nats a name.
    """

    spec: PaperSpec
    vocabulary: tuple[str, ...]
    parameters: Mapping[str, Array]
    a_prev: Array
    losses: Array
    smoothed: Array
    samples: tuple[Sampled, ...]


def train(spec: PaperSpec, corpus: Corpus, control: Control) -> Training:
    """Train as ``spec`` says: one ``LossPoint`` an iteration, names when they are due.

    Names are sampled after the first iteration, every ``sample_every`` ones, and after the last.
    ``Checkpoint`` and ``Finished`` carry a ``TrainedNames``.

    Raises
    ------
    UserError
        When the loss explodes, after a ``Checkpoint`` of the last good parameters.
    """
    descent, pace = _Descent(spec, corpus), Pace(control)
    yield Started(total=spec.iterations, seed=spec.seed)
    while descent.step < spec.iterations:
        halt = descent.run(control, pace)
        yield Progress(descent.step, spec.iterations, pace.seconds, descent.new_points())
        if halt is _Halt.CANCELLED:
            yield Checkpoint(descent.step, descent.result())
            return
        if halt is _Halt.EXPLODED:
            yield Checkpoint(descent.good_step, descent.good_result())
            raise UserError(_explosion(descent.step - 1, spec))
        if halt is _Halt.SAMPLE:
            yield descent.sample()
    yield Finished(descent.step, pace.seconds, descent.result())


def initial_parameters(units: int, symbols: int, seed: int) -> dict[str, Array]:
    """Wax, Waa, Wya from the recipe's own random numbers (seed 1 is published); zero biases."""
    # The published losses need the numbers of np.random.seed(seed), which no Generator gives.
    random = np.random.RandomState(seed)
    return {
        "Wax": random.randn(units, symbols) * 0.01,
        "Waa": random.randn(units, units) * 0.01,
        "Wya": random.randn(symbols, units) * 0.01,
        "ba": np.zeros((units, 1)),
        "by": np.zeros((symbols, 1)),
    }


class _Halt(Enum):
    """Why the descent paused."""

    PROGRESS = auto()
    SAMPLE = auto()
    CANCELLED = auto()
    EXPLODED = auto()


class _Descent:
    """The training under way: ``step`` iterations are done."""

    def __init__(self, spec: PaperSpec, corpus: Corpus) -> None:
        self._spec, self._corpus = spec, corpus
        symbols = len(corpus.vocabulary)
        self._model = SingleRnn(initial_parameters(spec.units, symbols, spec.seed))
        self._order = np.arange(len(corpus.names))
        np.random.RandomState(ORDER_SEED).shuffle(self._order)
        # Made when they are first needed: a long list would hold up the start.
        self._examples: dict[int, tuple[Symbols, Symbols]] = {}
        self._losses, self._smoothed = np.empty(spec.iterations), np.empty(spec.iterations)
        self._last = 7 * math.log(symbols)
        # Names of a letter or two cost less than the recipe's first smoothed loss.
        self._blind_loss = max(corpus.blind_loss, self._last)
        self._samples: list[Sampled] = []
        self._points: list[LossPoint] = []
        self.step = 0
        self._keep()

    def run(self, control: Control, pace: Pace) -> _Halt:
        """Iterate until something is due."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            while not control.stop_requested():
                if not self._iterate():
                    return _Halt.EXPLODED
                if self._sample_due():
                    return _Halt.SAMPLE if self._finite() else _Halt.EXPLODED
                if pace.due():
                    return _Halt.PROGRESS
        return _Halt.CANCELLED

    def _iterate(self) -> bool:
        """One iteration of stochastic gradient descent; whether its loss is still in bounds."""
        model, spec, j = self._model, self._spec, self.step
        x, y = self._example(j % len(self._order))
        if j % KEEP_EVERY == 0 and self._last <= self._blind_loss:
            self._keep()
        loss = model.loss_and_gradient(x, y)
        model.descend(spec.learning_rate, spec.clip)
        self._last = 0.999 * self._last + 0.001 * loss
        self._losses[j], self._smoothed[j] = loss, self._last
        self._points.append(LossPoint(j, loss, self._last))
        self.step = j + 1
        return self._last < EXPLODED * self._blind_loss

    def _example(self, place: int) -> tuple[Symbols, Symbols]:
        example = self._examples.get(place)
        if example is None:
            example = self._corpus.example(self._corpus.names[self._order[place]])
            self._examples[place] = example
        return example

    def _keep(self) -> None:
        self._good = (self._model.weights.copy(), self._model.a_prev.copy())
        self.good_step = self.step

    def _sample_due(self) -> bool:
        done = self.step - 1
        return done % self._spec.sample_every == 0 or self.step == self._spec.iterations

    def _finite(self) -> bool:
        return bool(np.isfinite(self._model.weights).all())

    def sample(self) -> Sampled:
        """Names by the network as it is now, by the same random numbers each time."""
        texts = sample_names(self._model, self._corpus.vocabulary, self._spec.seed)
        self._samples.append(Sampled(self.step - 1, texts))
        return self._samples[-1]

    def new_points(self) -> tuple[LossPoint, ...]:
        """The points of the loss curve since this was asked last."""
        points, self._points = tuple(self._points), []
        return points

    def result(self) -> TrainedNames:
        """The network as it is now."""
        return self._trained(self._model.weights, self._model.a_prev, self.step)

    def good_result(self) -> TrainedNames:
        """The network as it was when it was last kept."""
        return self._trained(*self._good, self.good_step)

    def _trained(self, weights: Array, a_prev: Array, step: int) -> TrainedNames:
        return TrainedNames(
            self._spec,
            self._corpus.vocabulary,
            self._model.named(weights),
            a_prev.reshape(-1, 1).copy(),
            self._losses[:step].copy(),
            self._smoothed[:step].copy(),
            tuple(sample for sample in self._samples if sample.step < step),
        )


def _explosion(iteration: int, spec: PaperSpec) -> str:
    return (
        f"The loss exploded at iteration {iteration}; lower the learning rate (it is "
        f"{spec.learning_rate:g}, the paper's is 0.01) or the clipping limit (it is {spec.clip:g})."
    )
