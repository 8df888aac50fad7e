"""Counting letters: what a network must beat before it has learned anything.

An n-gram predicts a symbol from the n - 1 before it. Longer contexts are rare, so each order is
interpolated with the next shorter one by Witten and Bell's rule (1991): a context that was followed
by many different symbols trusts its own counts less,

    P(s | h) = (count(h s) + kinds(h) P(s | h')) / (count(h) + kinds(h)),

where h' is h without its first symbol and kinds(h) counts the different symbols seen after h. The
shortest context is mixed with equal probabilities for all symbols.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from rnnstudio.core.engine.single import Array, Symbols
from rnnstudio.core.names.corpus import END
from rnnstudio.core.names.stepper import States

LONGEST = 8
"""Orders up to this one are tried for the best n-gram."""


class NGram:
    """An interpolated n-gram over the symbols of ``vocabulary``, counted on ``names``.

    ``order`` is the n: 1 looks at no letter before, 0 holds all symbols equally likely.
    """

    def __init__(self, order: int, names: Iterable[str], vocabulary: Sequence[str]) -> None:
        self.order = order
        self._index = {symbol: i for i, symbol in enumerate(vocabulary)}
        self._uniform = np.full(len(vocabulary), 1 / len(vocabulary))
        self._known: dict[str, Array] = {}
        self._after: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for name in names:
            for context, symbol in _contexts(name, order - 1):
                for start in range(len(context) + 1 if order else 0):
                    self._after[context[start:]][symbol] += 1

    def distribution(self, context: str) -> Array:
        """P(symbol | the last letters of ``context``) for every symbol of the vocabulary (n_x,)."""
        length = max(self.order - 1, 0)
        return self._interpolated(context[max(0, len(context) - length) :])

    def _interpolated(self, context: str) -> Array:
        known = self._known.get(context)
        if known is None:
            known = self._known[context] = self._counted(context)
        return known

    def _counted(self, context: str) -> Array:
        shorter = self._interpolated(context[1:]) if context else self._uniform
        counts = self._after.get(context)
        if not counts:
            return shorter
        kinds, total = len(counts), counts.total()
        mixed = kinds * shorter
        for symbol, count in counts.items():
            mixed[self._index[symbol]] += count
        return mixed / (total + kinds)

    def nats_per_character(self, names: Iterable[str]) -> float:
        """Mean of -log P over every symbol of ``names``, their ends included."""
        total, count = 0.0, 0
        for name in names:
            for context, symbol in _contexts(name, max(self.order - 1, 0)):
                total -= math.log(self.distribution(context)[self._index[symbol]])
                count += 1
        return total / count


class NGramStepper:
    """An n-gram that says the next symbol as a network does, so that it can be sampled from.

    Its one state "before" (n - 1, m) holds the symbols that went in last, the newest at the end.
    """

    def __init__(self, ngram: NGram, vocabulary: Sequence[str]) -> None:
        self._ngram, self._vocabulary = ngram, vocabulary
        self._reach = max(ngram.order - 1, 0)

    def start(self, m: int = 1) -> States:
        """Nothing but ends before the first letter."""
        return {"before": np.zeros((self._reach, m), np.intp)}

    def step(self, states: States, x: Symbols) -> tuple[States, Array]:
        """The symbols with ``x`` (m,) behind them, and the next one's probabilities (n_x, m)."""
        # The vocabulary begins with the end, which also stands for nothing.
        newest = np.maximum(x, 0)[np.newaxis]
        before = np.vstack([states["before"], newest])[1:] if self._reach else states["before"]
        columns = [self._ngram.distribution(self._context(column)) for column in before.T]
        return {"before": before}, np.stack(columns, axis=1)

    def _context(self, column: Symbols) -> str:
        """The letters of the name so far, with the end before its first one."""
        text = "".join(self._vocabulary[i] for i in column)
        return text[max(text.rfind(END), 0) :]


def best_order(
    names: Sequence[str], held_out: Sequence[str], vocabulary: Sequence[str]
) -> tuple[int, float]:
    """The order whose loss on ``held_out`` is lowest, and that loss, in nats a character.

    It is chosen on the very names it is judged by: in doubt, the counting wins.
    """
    losses = {
        order: NGram(order, names, vocabulary).nats_per_character(held_out)
        for order in range(1, LONGEST + 1)
    }
    order = min(losses, key=losses.__getitem__)
    return order, losses[order]


def _contexts(name: str, length: int) -> Iterable[tuple[str, str]]:
    """Each symbol of a name and its end, with the ``length`` symbols before it.

    A name begins after an end: its first letters have the end in front.
    """
    line = END + name + END
    for place in range(1, len(line)):
        yield line[max(0, place - length) : place], line[place]
