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

from rnnstudio.core.names.corpus import END

LONGEST = 8
"""Orders up to this one are tried for the best n-gram."""


class NGram:
    """An interpolated n-gram over the symbols of ``vocabulary``, counted on ``names``.

    ``order`` is the n: 1 looks at no letter before, 0 holds all symbols equally likely.
    """

    def __init__(self, order: int, names: Iterable[str], vocabulary: Sequence[str]) -> None:
        self.order = order
        self._symbols = len(vocabulary)
        self._after: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for name in names:
            for context, symbol in _contexts(name, order - 1):
                for start in range(len(context) + 1 if order else 0):
                    self._after[context[start:]][symbol] += 1
        self._totals = {context: counts.total() for context, counts in self._after.items()}

    def probability(self, context: str, symbol: str) -> float:
        """P(symbol | the last letters of ``context``)."""
        if self.order == 0:
            return 1 / self._symbols
        context = (
            context[len(context) - self.order + 1 :] if len(context) >= self.order else context
        )
        return self._interpolated(context, symbol)

    def _interpolated(self, context: str, symbol: str) -> float:
        shorter = self._interpolated(context[1:], symbol) if context else 1 / self._symbols
        total = self._totals.get(context, 0)
        if total == 0:
            return shorter
        counts = self._after[context]
        kinds = len(counts)
        return (counts[symbol] + kinds * shorter) / (total + kinds)

    def nats_per_character(self, names: Iterable[str]) -> float:
        """Mean of -log P over every symbol of ``names``, their ends included."""
        total, count = 0.0, 0
        for name in names:
            for context, symbol in _contexts(name, max(self.order - 1, 0)):
                total -= math.log(self.probability(context, symbol))
                count += 1
        return total / count


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
