"""The recipe "fast": batches of names, Adam, dropout, held-out names, an early stop.

All that is left to chance in an iteration follows from the seed and the iteration's number, so that
a training that was stopped goes on as if it had not been.

Weights are float64, the optimiser's state is float32; they have no unit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cached_property

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.engine.initial import initial_weights
from rnnstudio.core.engine.optimizers import Adam
from rnnstudio.core.engine.spec import (
    ClipByNorm,
    Dense,
    Dropout,
    FitSpec,
    ModelSpec,
    Recurrent,
    Weights,
)
from rnnstudio.core.engine.steps import IntArray
from rnnstudio.core.engine.threads import threads_for
from rnnstudio.core.engine.trainer import Trainer
from rnnstudio.core.names.batches import EncodedNames
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.recipes import FastSpec
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.names.training_loop import Arrays, Smoothing
from rnnstudio.core.training import Gradient, Tuning

_MASKS = 1
"""The stream of random numbers that draws the dropout's masks."""


class FastLearner:
    """The recipe's arithmetic: an iteration is one batch."""

    def __init__(self, spec: FastSpec, corpus: Corpus, begun: TrainedNames | None) -> None:
        self._spec, self._corpus = spec, corpus
        names, held_out = spec.split(corpus)
        steps = max(map(len, corpus.names)) + 1
        self._names = EncodedNames(names, corpus, steps)
        self._held_out = EncodedNames(held_out, corpus, steps)
        self._epoch_steps = -(-len(names) // spec.batch_size)
        self._epoch, self._batches = -1, list[IntArray]()
        self._lowest, self._waited = math.inf, 0
        self.total = spec.epochs * self._epoch_steps
        self.blind_loss = math.log(len(corpus.vocabulary))
        self.smoothing = Smoothing(first=self.blind_loss, old=0.95, new=0.05)
        self.gradient: Gradient | None = None
        self._begin(begun)

    def _begin(self, begun: TrainedNames | None) -> None:
        spec = self._spec
        fit = FitSpec(
            batch_size=spec.batch_size,
            optimizer=Adam(spec.learning_rate),
            clip=ClipByNorm(spec.clip),
        )
        self._best: Arrays | None = None
        if begun is None:
            self._trainer = Trainer(self._model, fit, initial_weights(self._model, spec.seed))
        else:
            state = {key: self._layers(_part(begun.memory, key)) for key in ("now", "m", "v")}
            self._trainer = Trainer(self._model, fit, state["now"])
            self._trainer.load_state(state, begun.step)
            for _, loss in begun.held_out:
                self._note(loss)
            self._best = dict(begun.parameters) if begun.held_out else None
            if self.content:
                # It had stopped early: to continue it is to give it as much patience again.
                self._waited = 0

    @cached_property
    def _model(self) -> ModelSpec:
        spec, n_x = self._spec, len(self._corpus.vocabulary)
        layers = (Recurrent(spec.cell, spec.units, True), Dropout(spec.dropout), Dense(n_x))
        return ModelSpec(n_x, layers, "softmax_cross_entropy")

    @property
    def content(self) -> bool:
        """Whether the held-out loss has not fallen for as many epochs as patience has."""
        return self._waited >= self._spec.patience

    def threads(self) -> AbstractContextManager[None]:
        """As many as suit a batch."""
        return threads_for(self._model, self._spec.batch_size)

    def learn(self, step: int, tuning: Tuning, *, measured: bool) -> float:
        """One step of Adam on one batch; the loss is in nats a character."""
        trainer, chosen = self._trainer, self._batch(step)
        trainer.draw_masks((self._spec.seed, _MASKS, step))
        trainer.tune(tuning.learning_rate, ClipByNorm(tuning.clip))
        loss, _ = trainer.step(self._names.examples(chosen), np.arange(len(chosen)))
        if measured:
            self.gradient = trainer.gradient()
        return loss

    def held_out_loss(self, step: int) -> float | None:
        """The held-out loss at the end of an epoch; the weights of the lowest one are kept."""
        if step % self._epoch_steps:
            return None
        loss = self._held_out_loss()
        if loss < self._lowest:
            self._best = self.now()
        self._note(loss)
        return loss

    def _note(self, loss: float) -> None:
        """Count the epochs since the lowest held-out loss, anew where it was continued after all
        patience was gone.
        """
        if self.content:
            self._waited = 0
        if loss < self._lowest:
            self._lowest, self._waited = loss, 0
        else:
            self._waited += 1

    def _held_out_loss(self) -> float:
        total, symbols = 0.0, 0
        for examples, count in self._held_out.by_length(self._spec.batch_size):
            total += self._trainer.evaluate(examples) * count
            symbols += count
        return total / symbols

    def now(self) -> Arrays:
        """Copies of the newest weights in the names and shapes of the cell's table, in float64."""
        return self._named(self._trainer.weights(), np.float64)

    def snapshot(self) -> tuple[Arrays, Arrays]:
        """The weights of the lowest held-out loss (before the first: the newest), and the state.

        Both in the shapes of the cell's parameters.
        """
        memory = {
            f"{key}.{name}": part
            for key, weights in self._trainer.state().items()
            for name, part in self._named(weights, np.float32).items()
        }
        return self.now() if self._best is None else dict(self._best), memory

    def _batch(self, step: int) -> IntArray:
        epoch, place = divmod(step, self._epoch_steps)
        if epoch != self._epoch:
            self._epoch = epoch
            self._batches = self._names.batches(self._spec.batch_size, self._spec.seed, epoch)
        return self._batches[place]

    def _named(self, weights: Weights, dtype: type[np.floating]) -> Arrays:
        recurrent, _, dense = weights
        (W, b) = CELLS[self._spec.cell].output
        named = {**recurrent, W: dense["Wy"], b: dense["by"]}
        return {name: part.astype(dtype) for name, part in named.items()}

    def _layers(self, named: Mapping[str, Array]) -> Weights:
        W, b = CELLS[self._spec.cell].output
        recurrent = {name: part for name, part in named.items() if name not in (W, b)}
        return [recurrent, {}, {"Wy": named[W], "by": named[b]}]


def _part(memory: Mapping[str, Array], key: str) -> Arrays:
    prefix = f"{key}."
    return {n.removeprefix(prefix): part for n, part in memory.items() if n.startswith(prefix)}
