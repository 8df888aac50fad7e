"""The loop of a training: batches, epochs, held-out loss, patience; as the protocol promises.

The arithmetic of a batch is an argument, so that both engines share this one loop.

The places of the examples are of any int dtype and have no unit.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from rnnstudio.core.engine.checks import check_examples
from rnnstudio.core.engine.initial import initial_weights
from rnnstudio.core.engine.spec import (
    Examples,
    FitCheckpoint,
    FitSpec,
    ModelSpec,
    TrainedModel,
    Weights,
)
from rnnstudio.core.engine.steps import IntArray
from rnnstudio.core.engine.trainer import NotFiniteError
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.training import (
    Checkpoint,
    Control,
    Event,
    Finished,
    LossPoint,
    Pace,
    Progress,
    Snapshot,
    Started,
    Training,
)

EVALUATED_TOGETHER = 16
"""Held-out batches between two looks at the control."""
SNAPSHOT_SECONDS = 1.0
"""Between two checkpoints; ``SNAPSHOT_SHARE`` of the time may go into making them."""
SNAPSHOT_SHARE = 0.02
MOST_CHECKPOINT_BYTES = 100_000_000
"""Of a larger network nothing is kept while it is trained."""


class BatchTrainer(Protocol):
    """The arithmetic of a training; ``Trainer`` is NumPy's and says what the methods promise."""

    def step(self, examples: Examples, chosen: IntArray) -> tuple[float, int]:
        """Train on the ``chosen`` (batch,) examples; their loss and how many steps it counts."""
        ...

    def evaluate(self, examples: Examples) -> float:
        """Mean loss over all ``examples``, dropout off."""
        ...

    def keep_best(self) -> None:
        """Remember the weights as they are."""
        ...

    def restore_best(self) -> None:
        """Go back to the weights that were remembered last."""
        ...

    def weights(self) -> Weights:
        """A copy of the weights under the paper's names."""
        ...

    def memory(self, *, best: bool) -> tuple[dict[str, Weights], bytes]:
        """``memory`` and ``masks`` of a ``FitCheckpoint``, with the ``best`` weights or without."""
        ...

    def resume(self, begun: FitCheckpoint) -> None:
        """Go on bit by bit where another trainer was when it gave the memory of ``begun``."""
        ...


def fit_with(
    make_trainer: Callable[[ModelSpec, FitSpec, Weights], BatchTrainer],
    model: ModelSpec,
    fit: FitSpec,
    train: Examples,
    *,
    control: Control,
    held_out: Examples | None,
    start: Weights | None,
    begun: FitCheckpoint | None,
) -> Training:
    """What ``fit`` does, with the trainer that ``make_trainer`` gives for the first weights."""
    check_examples(model, train)
    if held_out is not None:
        check_examples(model, held_out)
    elif fit.patience is not None:
        raise UserError("Patience needs held-out examples; give some, or set no patience.")
    weights = initial_weights(model, fit.seed) if start is None else start
    trainer = make_trainer(model, fit, weights)
    return _FitRun(model, fit, train, held_out, control, trainer, begun).events()


def _slice(examples: Examples, rows: slice) -> Examples:
    lengths = None if examples.lengths is None else examples.lengths[rows]
    return Examples(examples.x[rows], examples.y[rows], lengths)


def _counted(model: ModelSpec, examples: Examples) -> int:
    """How many steps the loss is a mean over."""
    count, steps = len(examples.x), examples.x.shape[1]
    if not model.every_step:
        return count
    return count * steps if examples.lengths is None else int(examples.lengths.sum())


@dataclass
class _FitRun:
    """One call of ``fit``: where it stands, and the events it yields."""

    model: ModelSpec
    fit: FitSpec
    train: Examples
    held_out: Examples | None
    control: Control
    trainer: BatchTrainer
    begun: FitCheckpoint | None
    step: int = 0
    loss_sum: float = 0.0
    counted: int = 0
    best_epoch: int = 0
    best_loss: float = math.inf
    losses: list[float] = field(default_factory=list)
    held_out_losses: list[float] = field(default_factory=list)
    new_points: list[LossPoint] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pace = Pace(self.control, 0.0 if self.begun is None else self.begun.seconds)
        self.batches = -(-len(self.train.x) // self.fit.batch_size)
        self.order = np.random.default_rng([self.fit.seed, 1])
        self.snapshot_due = time.perf_counter() + SNAPSHOT_SECONDS
        if self.begun is not None:
            self._resume(self.begun)

    def _resume(self, begun: FitCheckpoint) -> None:
        """Stand where the training stood that gave ``begun``."""
        held_out = begun.held_out_losses
        watched = [None] * len(begun.losses) if held_out is None else held_out.tolist()
        for loss, other in zip(begun.losses.tolist(), watched, strict=True):
            self.order.permutation(len(self.train.x))
            self._note(loss, other)
        self.step, self.loss_sum, self.counted = begun.step, begun.loss_sum, begun.counted
        self.trainer.resume(begun)

    @property
    def total(self) -> int:
        """Steps until the end if patience does not run out."""
        return self.fit.epochs * self.batches

    def events(self) -> Training:
        """The training, event by event."""
        yield Started(self.total, self.fit.seed)
        if self.begun is not None:
            yield self._progress()
        while len(self.losses) < self.fit.epochs:
            loss = yield from self._epoch()
            if loss is None or not self._end_epoch(loss):
                yield from self._snapshot()
                yield from self._broken_off()
                return
            if self._patience_is_over():
                break
        yield self._progress()
        yield Finished(self.step, self.pace.seconds, self._result())

    def _epoch(self) -> Generator[Event, None, float | None]:
        """One pass over the examples in a new order; its mean loss, or None after a stop."""
        order, size = self.order.permutation(len(self.train.x)), self.fit.batch_size
        first_batch = self.step - len(self.losses) * self.batches
        for first in range(first_batch * size, len(order), size):
            if self.control.paused or time.perf_counter() >= self.snapshot_due:
                yield from self._snapshot()
            if self.fit.stop == (len(self.losses), first // size) or self.control.stop_requested():
                return None
            try:
                loss, count = self.trainer.step(self.train, order[first : first + size])
            except NotFiniteError as error:
                yield from self._broken_off()
                raise self._not_finite(error.quantity) from error
            self.step += 1
            self.loss_sum, self.counted = self.loss_sum + loss * count, self.counted + count
            if self.pace.due():
                yield self._progress()
        stops = self.fit.stop == (len(self.losses), self.batches)
        return None if stops else self.loss_sum / self.counted

    def _end_epoch(self, loss: float) -> bool:
        """Note the epoch's losses; False if a stop came before the held-out one was known."""
        held_out = None
        if self.held_out is not None:
            held_out = self._held_out_loss(self.held_out)
            if held_out is None:
                return False
        if self._note(loss, held_out):
            self.trainer.keep_best()
        self.loss_sum, self.counted = 0.0, 0
        return True

    def _note(self, loss: float, held_out: float | None) -> bool:
        """Write an epoch's losses down; whether the held-out one is the lowest so far."""
        lowest = held_out is not None and held_out < self.best_loss
        if held_out is not None:
            self.held_out_losses.append(held_out)
            if lowest:
                self.best_epoch, self.best_loss = len(self.losses), held_out
        self.new_points.append(LossPoint(len(self.losses), loss, held_out=held_out))
        self.losses.append(loss)
        return lowest

    def _held_out_loss(self, examples: Examples) -> float | None:
        """Mean loss over the examples, or None after a stop."""
        total, counted, size = 0.0, 0, EVALUATED_TOGETHER * self.fit.batch_size
        for first in range(0, len(examples.x), size):
            if first and self.control.stop_requested():
                return None
            some = _slice(examples, slice(first, first + size))
            count = _counted(self.model, some)
            total, counted = total + self.trainer.evaluate(some) * count, counted + count
        return total / counted

    def _patience_is_over(self) -> bool:
        epochs_since_best = len(self.losses) - 1 - self.best_epoch
        return self.fit.patience is not None and epochs_since_best >= self.fit.patience

    def _broken_off(self) -> Training:
        """What there is when the training ends before its time: no point of the curve is lost."""
        if self.new_points:
            yield self._progress()
        yield Checkpoint(self.step, self._result())

    def _snapshot(self) -> Iterator[Snapshot]:
        """What continues the training from here, if it has begun and is not too large."""
        if not self.step:
            return
        start = time.perf_counter()
        memory, masks = self.trainer.memory(best=self.fit.patience is not None)
        held_out = None if self.held_out is None else np.array(self.held_out_losses)
        checkpoint = FitCheckpoint(
            self.step,
            memory,
            masks,
            np.array(self.losses),
            held_out,
            self.loss_sum,
            self.counted,
            self.pace.seconds,
        )
        if checkpoint.size > MOST_CHECKPOINT_BYTES:
            self.snapshot_due = math.inf
            return
        yield Snapshot(self.step, checkpoint)
        now = time.perf_counter()
        self.snapshot_due = now + max(SNAPSHOT_SECONDS, (now - start) / SNAPSHOT_SHARE)

    def _progress(self) -> Progress:
        points = tuple(self.new_points)
        self.new_points.clear()
        return Progress(self.step, self.total, self.pace.seconds, points)

    def _result(self) -> TrainedModel:
        if self.fit.patience is not None and self.held_out_losses:
            self.trainer.restore_best()
        held_out = None if self.held_out is None else np.array(self.held_out_losses)
        return TrainedModel(self.model, self.trainer.weights(), np.array(self.losses), held_out)

    def _not_finite(self, quantity: Message) -> UserError:
        values = {"quantity": quantity, "step": self.step, "epoch": len(self.losses)}
        if self.fit.clip:
            return UserError(
                "The {quantity} stopped being a finite number at step {step} (counted from 0, "
                "epoch {epoch}): lower the learning rate.",
                **values,
            )
        return UserError(
            "The {quantity} stopped being a finite number at step {step} (counted from 0, epoch "
            "{epoch}): lower the learning rate or clip the gradients.",
            **values,
        )
