"""The recipe "as in the paper": a vanilla RNN, one name at a time, plain gradient descent.

With the names of the exercise it reproduces the published losses. Three parts of it are peculiar
and kept: names follow each other in one fixed order, the hidden state is carried over from one
name to the next, and the smoothed loss begins at what seven symbols cost a blind guess.

Parameters and states are float64, places of names intp; they have no unit.
"""

from __future__ import annotations

import math
from contextlib import AbstractContextManager, nullcontext

import numpy as np
import numpy.typing as npt

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.engine.clipping import after_clipping, clip
from rnnstudio.core.engine.online_rnn import OnlineRnn, Symbols
from rnnstudio.core.engine.spec import ClipByValue
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.names.training_loop import Arrays, Smoothing
from rnnstudio.core.training import Gradient, Tuning

ORDER_SEED = 0
"""Shuffles the names, for any seed of the parameters: the order belongs to the recipe."""


def initial_parameters(units: int, symbols: int, seed: int) -> dict[str, Array]:
    """Wax, Waa, Wya from the recipe's own random numbers (seed 1 is published); zero biases.

    Shapes as in ``OnlineRnn``, with ``units`` for n_a and ``symbols`` for n_x.
    """
    # The published losses need the numbers of np.random.seed(seed), which no Generator gives.
    random = np.random.RandomState(seed)
    return {
        "Wax": random.randn(units, symbols) * 0.01,
        "Waa": random.randn(units, units) * 0.01,
        "Wya": random.randn(symbols, units) * 0.01,
        "ba": np.zeros((units, 1)),
        "by": np.zeros((symbols, 1)),
    }


def order_of(names: int) -> npt.NDArray[np.intp]:
    """The places of the names in the order in which they are shown, again and again (names,)."""
    order = np.arange(names)
    np.random.RandomState(ORDER_SEED).shuffle(order)
    return order


class PaperLearner:
    """The recipe's arithmetic: an iteration is one name."""

    content = False
    gradient: Gradient | None = None

    def __init__(self, spec: PaperSpec, corpus: Corpus, begun: TrainedNames | None) -> None:
        symbols = len(corpus.vocabulary)
        self.total = spec.iterations
        self.smoothing = Smoothing(first=7 * math.log(symbols), old=0.999, new=0.001)
        # Names of a letter or two cost less than the recipe's first smoothed loss.
        self.blind_loss = max(corpus.blind_loss, self.smoothing.first)
        if begun is None:
            self._model = OnlineRnn(initial_parameters(spec.units, symbols, spec.seed))
        else:
            self._model = OnlineRnn(begun.parameters)
            self._model.a_prev[...] = begun.memory["a_prev"][:, 0]
        self._corpus = corpus
        self._order = order_of(len(corpus.names))
        # Made when they are first needed: a long list would hold up the start.
        self._examples: dict[int, tuple[Symbols, Symbols]] = {}

    def threads(self) -> AbstractContextManager[None]:
        """Its products are too small for a second thread in any case."""
        return nullcontext()

    def learn(self, step: int, tuning: Tuning, *, measured: bool) -> float:
        """Stochastic gradient descent on one name; an overflow gives a loss that is not finite."""
        loss = self._model.loss_and_gradient(*self._example(step % len(self._order)))
        if measured:
            self.gradient = _measure(self._model.gradient, ClipByValue(tuning.clip))
        self._model.descend(tuning.learning_rate, tuning.clip)
        return loss

    def held_out_loss(self, step: int) -> float | None:
        """No name is held out."""

    def now(self) -> Arrays:
        """Copies of Wax, Waa, Wya, ba, by, in the shapes of ``OnlineRnn``."""
        return self._model.parameters

    def snapshot(self) -> tuple[Arrays, Arrays]:
        """The parameters, and the hidden state (n_a, 1) that the next name begins with."""
        return self.now(), {"a_prev": self._model.a_prev.reshape(-1, 1).copy()}

    def _example(self, place: int) -> tuple[Symbols, Symbols]:
        example = self._examples.get(place)
        if example is None:
            example = self._corpus.example(self._corpus.names[self._order[place]])
            self._examples[place] = example
        return example


def _measure(gradient: Array, how: ClipByValue) -> Gradient:
    clipped = gradient.copy()
    norm = math.sqrt(np.dot(clipped, clipped))
    clip(clipped, norm, how)
    return after_clipping(clipped, norm, how)
