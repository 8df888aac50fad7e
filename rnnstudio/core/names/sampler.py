"""Makes names from a trained network, in the source document's four stages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from rnnstudio.core.engine.single import NOTHING, Array
from rnnstudio.core.names.corpus import END

LONGEST_SAMPLE = 50
"""A name that has not ended after so many letters is cut off."""
SAMPLES = 7
"""How many names the source document samples each time."""


class NextSymbol(Protocol):
    """A network that says which symbol comes next."""

    n_a: int

    def forward_step(self, a_prev: Array, x: int) -> tuple[Array, Array]:
        """The next hidden state (n_a,) and the probability of every symbol (n_x,)."""
        ...


class Letter(NamedTuple):
    """One step of sampling: what went in, what came out, and what was drawn."""

    x: int
    a_next: Array
    yt_pred: Array
    drawn: int


def letters(model: NextSymbol, generator: np.random.Generator) -> Iterator[Letter]:
    """Sample symbols one by one, without end.

    Stage 1: the input and the hidden state are zero vectors. Stage 2: one forward step gives the
    probabilities of the next symbol. Stage 3: a symbol is drawn from them. Stage 4: its one-hot
    vector becomes the next input, and stage 2 follows.
    """
    x, a_prev = NOTHING, np.zeros(model.n_a)
    while True:
        a_next, yt_pred = model.forward_step(a_prev, x)
        drawn = _draw(yt_pred, generator)
        yield Letter(x, a_next, yt_pred, drawn)
        x, a_prev = drawn, a_next


def sample_name(
    model: NextSymbol, vocabulary: Sequence[str], generator: np.random.Generator
) -> str:
    """One name: symbols until the end of a name is drawn, LONGEST_SAMPLE letters at most."""
    name = ""
    for letter in letters(model, generator):
        symbol = vocabulary[letter.drawn]
        if symbol == END or len(name) == LONGEST_SAMPLE:
            return name
        name += symbol
    raise AssertionError("letters come without end")


def sample_names(
    model: NextSymbol, vocabulary: Sequence[str], seed: int, count: int = SAMPLES
) -> tuple[str, ...]:
    """``count`` names; the same seed draws the same random numbers whatever the model.

    Each name has random numbers of its own, so that a longer first name leaves those of the second
    as they are.
    """
    generators = (np.random.default_rng((seed, number)) for number in range(count))
    return tuple(sample_name(model, vocabulary, generator) for generator in generators)


def _draw(probabilities: Array, generator: np.random.Generator) -> int:
    """An index drawn from ``probabilities``, as ``Generator.choice`` draws it, and faster."""
    limits = np.cumsum(probabilities)
    limits /= limits[-1]
    return int(np.searchsorted(limits, generator.random(), side="right"))
