"""What both recipes have in common: iterations, losses, samples, tunings, stops and explosions.

Losses are float64, in nats a name by the paper's recipe and in nats a character by the fast one.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.engine.environment import Environment, environment
from rnnstudio.core.engine.trainer import NotFiniteError
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.history import CheckpointHistory
from rnnstudio.core.names.recipes import Spec
from rnnstudio.core.names.sampler import Sampling, sample_names
from rnnstudio.core.names.stepper import Stepper
from rnnstudio.core.names.trained import TrainedNames, Tuned
from rnnstudio.core.training import (
    Checkpoint,
    Control,
    Finished,
    Gradient,
    LossPoint,
    Pace,
    Progress,
    Sampled,
    Snapshot,
    Started,
    Training,
    Tuning,
)

EXPLODED = 3
"""A smoothed loss of so many blind guesses means that the training has run away."""
KEEP_EVERY = 100
"""Iterations between two copies of the network, kept in case the training runs away; none is made
while the smoothed loss is above that of a blind guess."""
SNAPSHOT_SECONDS = 0.25
"""Between two snapshots; ``SNAPSHOT_SHARE`` of the time may go into making them."""
SNAPSHOT_SHARE = 0.02

Arrays = Mapping[str, Array]


@dataclass(frozen=True)
class Smoothing:
    """The smoothed loss: it begins at ``first`` and becomes ``old`` * itself + ``new`` * loss."""

    first: float
    old: float
    new: float


class Learner(Protocol):
    """A recipe's own arithmetic.

    ``total`` iterations make a whole training; ``blind_loss`` is the mean loss of an iteration
    while all symbols are held to be equally likely; ``gradient`` is the last that was measured.
    """

    total: int
    smoothing: Smoothing
    blind_loss: float
    gradient: Gradient | None

    def threads(self) -> AbstractContextManager[None]:
        """Hold the number of threads that suits the arithmetic."""
        ...

    def learn(self, step: int, tuning: Tuning, *, measured: bool) -> float:
        """Do iteration ``step`` and give its loss; measure its gradient where that is asked for.

        Raises NotFiniteError if a number stops being finite.
        """
        ...

    def held_out_loss(self, step: int) -> float | None:
        """The held-out loss after ``step`` iterations, in nats a character, where one is due."""
        ...

    @property
    def content(self) -> bool:
        """Whether more iterations would not help."""
        ...

    def now(self) -> Arrays:
        """The network's parameters as they are now."""
        ...

    def snapshot(self) -> tuple[Arrays, Arrays]:
        """Copies of ``parameters`` and ``memory`` as in ``TrainedNames``."""
        ...


@dataclass
class Record:
    """What is written down of a training: a number an iteration, and what happened when."""

    losses: array[float] = field(default_factory=lambda: array("d"))
    smoothed: array[float] = field(default_factory=lambda: array("d"))
    held_out: dict[int, float] = field(default_factory=dict)
    samples: list[Sampled] = field(default_factory=list)
    tunings: list[Tuned] = field(default_factory=list)

    @classmethod
    def of(cls, trained: TrainedNames) -> Record:
        """The record of a training that was begun."""
        return cls(
            array("d", trained.losses),
            array("d", trained.smoothed),
            dict(trained.held_out),
            list(trained.samples),
            list(trained.tunings),
        )


class Halt(Enum):
    """Why the iterations paused."""

    PROGRESS = auto()
    SAMPLE = auto()
    CANCELLED = auto()
    EXPLODED = auto()


class TrainingLoop:
    """A training under way, from its beginning or from where ``begun`` was stopped."""

    def __init__(
        self, learner: Learner, spec: Spec, corpus: Corpus, begun: TrainedNames | None
    ) -> None:
        self._learner, self._spec, self._corpus = learner, spec, corpus
        self._record = Record() if begun is None else Record.of(begun)
        self._step = len(self._record.losses)
        self._tuning = Tuning(spec.learning_rate, spec.clip) if begun is None else begun.tuning
        self._before = 0.0 if begun is None else begun.seconds
        self._last = [learner.smoothing.first, *self._record.smoothed[-1:]][-1]
        self._points: list[LossPoint] = []
        self._snapshot_due = 0.0
        self._history = CheckpointHistory(() if begun is None else begun.checkpoints)
        self._environments = _environments(begun)
        self._keep()

    @property
    def _over(self) -> bool:
        return self._step >= self._learner.total or self._learner.content

    def events(self, control: Control) -> Training:
        """The training, event by event, to its end or to a stop."""
        pace = Pace(control, self._before)
        yield Started(self._learner.total, self._spec.seed)
        while not self._over:
            self._history.take(self._step, self._learner.snapshot)
            yield from self._snapshot(control, pace)
            halt = self._run(control, pace)
            yield self._progress(pace)
            if halt is Halt.CANCELLED and self._finite():
                yield Checkpoint(self._step, self.result(pace.seconds))
                return
            if halt is Halt.CANCELLED:
                yield Checkpoint(self._good_step, self._good_result(pace))
                return
            if halt is Halt.EXPLODED:
                yield Checkpoint(self._good_step, self._good_result(pace))
                raise self._explosion()
            if halt is Halt.SAMPLE:
                yield self._sample()
        result = self.result(pace.seconds)
        yield Finished(result.step, result.seconds, result)

    def redo(
        self, until: int, tunings: Mapping[int, Tuning], control: Control
    ) -> Iterator[Progress]:
        """Do the iterations up to ``until`` again, with the ``tunings`` that came at their steps.

        A stop ends it before, and so does a loss that is out of bounds.
        """
        pace = Pace(control)
        while self._step < until and self._redo(until, tunings, control, pace):
            yield self._progress(pace)

    def _redo(
        self, until: int, tunings: Mapping[int, Tuning], control: Control, pace: Pace
    ) -> bool:
        """Iterate until an event is due; whether there may be more iterations."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            while self._step < until and not pace.due():
                if control.stop_requested():
                    return False
                if self._step in tunings:
                    self._tune(tunings[self._step])
                if not self._iterate(measured=False):
                    return False
        return True

    def snapshot(self) -> tuple[Arrays, Arrays]:
        """Copies of ``parameters`` and ``memory`` as in ``TrainedNames``."""
        return self._learner.snapshot()

    def result(self, seconds: float = 0.0) -> TrainedNames:
        """The training as far as it has come."""
        return self._trained(self._learner.snapshot(), self._step, seconds)

    @property
    def losses(self) -> Array:
        """The raw losses of the iterations done (iterations,)."""
        return np.array(self._record.losses)

    def _run(self, control: Control, pace: Pace) -> Halt:
        """Iterate until something is due."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            while not control.stop_requested():
                if control.tuning is not None and control.tuning != self._tuning:
                    self._tune(control.tuning)
                due = pace.due()
                if not self._iterate(measured=due):
                    return Halt.EXPLODED
                if self._over or (self._step - 1) % self._spec.sample_every == 0:
                    return Halt.SAMPLE if self._finite() else Halt.EXPLODED
                if due or control.paused:
                    return Halt.PROGRESS
        return Halt.CANCELLED

    def _tune(self, tuning: Tuning) -> None:
        self._tuning = tuning
        self._record.tunings.append(Tuned(self._step, tuning))

    def _iterate(self, *, measured: bool) -> bool:
        """One iteration; whether its loss is still in bounds."""
        j, learner, record = self._step, self._learner, self._record
        if j % KEEP_EVERY == 0 and self._last <= learner.blind_loss:
            self._keep()
        try:
            loss = learner.learn(j, self._tuning, measured=measured)
        except NotFiniteError:
            return False
        self._last = learner.smoothing.old * self._last + learner.smoothing.new * loss
        record.losses.append(loss)
        record.smoothed.append(self._last)
        self._step = j + 1
        held_out = learner.held_out_loss(j + 1)
        if held_out is not None:
            record.held_out[j] = held_out
        self._points.append(LossPoint(j, loss, self._last, held_out))
        return self._last < EXPLODED * learner.blind_loss

    def _keep(self) -> None:
        self._good, self._good_step = self._learner.snapshot(), self._step

    def _finite(self) -> bool:
        return all(np.isfinite(part).all() for part in self._learner.now().values())

    def _progress(self, pace: Pace) -> Progress:
        points, self._points = tuple(self._points), []
        learner = self._learner
        return Progress(self._step, learner.total, pace.seconds, points, learner.gradient)

    def _sample(self) -> Sampled:
        """Names by the network as it is now, at the end as it is kept, by the same random numbers
        each time.
        """
        parameters = self._learner.snapshot()[0] if self._over else self._learner.now()
        sampled = Sampled(
            self._step - 1, drawn_while_training(self._spec, self._corpus, parameters)
        )
        self._record.samples.append(sampled)
        return sampled

    def _snapshot(self, control: Control, pace: Pace) -> Iterator[Snapshot]:
        """The network as it is now, when that is due or the training is about to be held."""
        start = time.perf_counter()
        if not (control.paused or start >= self._snapshot_due) or not self._finite():
            return
        snapshot = Snapshot(self._step, self.result(pace.seconds))
        now = time.perf_counter()
        self._snapshot_due = now + max(SNAPSHOT_SECONDS, (now - start) / SNAPSHOT_SHARE)
        yield snapshot

    def _good_result(self, pace: Pace) -> TrainedNames:
        return self._trained(self._good, self._good_step, pace.seconds)

    def _trained(self, arrays: tuple[Arrays, Arrays], step: int, seconds: float) -> TrainedNames:
        record = self._record
        return TrainedNames(
            self._spec,
            self._corpus,
            *arrays,
            np.array(record.losses[:step]),
            np.array(record.smoothed[:step]),
            tuple((at, loss) for at, loss in record.held_out.items() if at < step),
            tuple(sample for sample in record.samples if sample.step < step),
            tuple(tuned for tuned in record.tunings if tuned.step < step),
            seconds,
            tuple(each for each in self._history.checkpoints if each.step <= step),
            self._environments,
        )

    def _explosion(self) -> UserError:
        return UserError(
            "The loss exploded at iteration {iteration}; lower the learning rate (it is {rate:g}, "
            "the recipe's is {usual:g}) or the clipping limit (it is {clip:g}).",
            iteration=max(0, self._step - 1),
            rate=self._tuning.learning_rate,
            usual=type(self._spec)().learning_rate,
            clip=self._tuning.clip,
        )


def _environments(begun: TrainedNames | None) -> tuple[Environment, ...]:
    """Those of the parts of a training, of which this process does the next."""
    if begun is None or not begun.step:
        return (environment(),)
    if not begun.environments or environment() in begun.environments:
        return begun.environments
    return (*begun.environments, environment())


def drawn_while_training(spec: Spec, corpus: Corpus, parameters: Arrays) -> tuple[str, ...]:
    """The names that a training shows of its network, by the same random numbers each time."""
    model = Stepper(spec.cell, parameters)
    return sample_names(model, corpus.vocabulary, Sampling(seed=spec.seed))
