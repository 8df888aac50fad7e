"""Names as arrays, many at once: what the engine's batched training takes.

Inputs are float32, classes and places intp, symbols uint16; they have no unit. Lengths are intp, in
letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from rnnstudio.core.engine.spec import Examples
from rnnstudio.core.engine.steps import IntArray
from rnnstudio.core.names.corpus import END, Corpus

POOL = 8
"""Batches among whose names those of similar length are put together: a batch costs as many steps
as its longest name has."""
_ORDER, _BATCHES = 2, 3
"""Streams of random numbers."""


class EncodedNames:
    """Names as symbols, laid end to end; ``steps`` is the length of the arrays made from them."""

    def __init__(self, names: Sequence[str], corpus: Corpus, steps: int) -> None:
        self._steps = steps
        self._one_hot = np.eye(len(corpus.vocabulary), dtype=np.float32)
        self._lengths = np.array([len(name) + 1 for name in names])
        self._starts = np.cumsum(self._lengths) - self._lengths
        self._symbols = as_symbols("".join(name + END for name in names), corpus.vocabulary)

    def __len__(self) -> int:
        return len(self._lengths)

    def examples(self, chosen: IntArray) -> Examples:
        """The ``chosen`` (m,) names, in ``steps`` steps.

        x (m, steps, n_x) is nothing, then the letters one-hot; y (m, steps) the letters, then the
        end; lengths (m,).
        """
        lengths = self._lengths[chosen]
        steps = np.arange(self._steps)
        places = self._starts[chosen, np.newaxis] + steps
        y = self._symbols[np.minimum(places, len(self._symbols) - 1)].astype(np.intp)
        x = np.zeros((*y.shape, len(self._one_hot)), np.float32)
        # What stands beyond a name's end belongs to the next one: the lengths leave it out.
        x[:, 1:] = self._one_hot[y[:, :-1]]
        return Examples(x, y, lengths)

    def by_length(self, size: int) -> Iterator[tuple[Examples, int]]:
        """All names, the shortest first, ``size`` of them at a time, with their symbols' number."""
        order = np.argsort(self._lengths, kind="stable")
        for first in range(0, len(self), size):
            chosen = order[first : first + size]
            yield self.examples(chosen), int(self._lengths[chosen].sum())

    def batches(self, size: int, seed: int, epoch: int) -> list[IntArray]:
        """All names in a new order, in batches (size,) of similar length, which come in any order.

        The last batch in that order may be shorter.
        """
        order = np.random.default_rng((seed, _ORDER, epoch)).permutation(len(self))
        for first in range(0, len(order), POOL * size):
            pool = order[first : first + POOL * size]
            pool[...] = pool[np.argsort(self._lengths[pool], kind="stable")]
        batches: list[IntArray] = [order[i : i + size] for i in range(0, len(order), size)]
        np.random.default_rng((seed, _BATCHES, epoch)).shuffle(batches)
        return batches


def as_symbols(text: str, vocabulary: Sequence[str]) -> npt.NDArray[np.uint16]:
    """The place in ``vocabulary`` of every character of ``text``, (characters,)."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.dtype("<u4"))
    places = np.zeros(max(map(ord, vocabulary)) + 1, np.uint16)
    places[[ord(symbol) for symbol in vocabulary]] = np.arange(len(vocabulary))
    return places[codes]
