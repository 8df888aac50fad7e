"""Names as arrays, many at once: what the engine's batched training takes."""

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
        codes = _codes("".join(name + END for name in names))
        # The vocabulary is sorted but for the end in front of it.
        self._symbols = np.searchsorted(_codes("".join(corpus.vocabulary[1:])), codes) + 1
        self._symbols[codes == ord(END)] = 0

    def __len__(self) -> int:
        return len(self._lengths)

    def examples(self, chosen: IntArray) -> Examples:
        """The ``chosen`` names: x is nothing, then the letters one-hot; y the letters, then the
        end.
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
        """All names in a new order, in batches of similar length, which come in any order."""
        order = np.random.default_rng((seed, _ORDER, epoch)).permutation(len(self))
        for first in range(0, len(order), POOL * size):
            pool = order[first : first + POOL * size]
            pool[...] = pool[np.argsort(self._lengths[pool], kind="stable")]
        batches: list[IntArray] = [order[i : i + size] for i in range(0, len(order), size)]
        np.random.default_rng((seed, _BATCHES, epoch)).shuffle(batches)
        return batches


def _codes(text: str) -> npt.NDArray[np.uint32]:
    """The Unicode number of every letter."""
    return np.frombuffer(text.encode("utf-32-le"), np.dtype("<u4"))
