"""Counting letters: what a network must beat before it has learned anything.

An n-gram predicts a symbol from the n - 1 before it. Longer contexts are rare, so each order is
interpolated with the next shorter one by Witten and Bell's rule (1991): a context that was followed
by many different symbols trusts its own counts less,

    P(s | h) = (count(h s) + kinds(h) P(s | h')) / (count(h) + kinds(h)),

where h' is h without its first symbol and kinds(h) counts the different symbols seen after h. The
shortest context is mixed with equal probabilities for all symbols.

Symbols are of any int dtype, places in the vocabulary, probabilities float64; they have no unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnstudio.core.engine.online_rnn import Array, Symbols
from rnnstudio.core.names.batches import as_symbols
from rnnstudio.core.names.corpus import END
from rnnstudio.core.names.stepper import States
from rnnstudio.core.training import stop_point

LONGEST = 8
"""Orders up to this one are tried for the best n-gram."""
_MOST_KNOWN = 5_000
"""Distributions that are kept for when their context comes again."""

Ints = npt.NDArray[Any]


class NGram:
    """An interpolated n-gram over the symbols of ``vocabulary``, counted on ``names``.

    ``order`` is the n: 1 looks at no letter before, 0 holds all symbols equally likely.
    """

    def __init__(self, order: int, names: Sequence[str], vocabulary: Sequence[str]) -> None:
        self.order = order
        self._vocabulary = vocabulary
        self._index = {symbol: i for i, symbol in enumerate(vocabulary)}
        self._levels = list(islice(_counted(_Targets(names, vocabulary)), order))
        self._known: dict[str, Array] = {}

    def distribution(self, context: str) -> Array:
        """P(symbol | the last letters of ``context``) for every symbol of the vocabulary (n_x,)."""
        length = max(self.order - 1, 0)
        context = context[max(0, len(context) - length) :]
        known = self._known.get(context)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[context] = self._interpolated(context)
        return known

    def _interpolated(self, context: str) -> Array:
        """From no context to ever longer ones, as far as they have been seen."""
        shares = np.full(len(self._vocabulary), 1 / len(self._vocabulary))
        place = np.zeros(1, np.int64)
        for length, level in enumerate(self._levels[: len(context) + 1]):
            if length:
                place = level.find(place, np.array([self._index[context[-length]]]))
            if place[0] < 0:
                break
            symbols, counts = level.after(int(place[0]))
            mixed = len(counts) * shares
            mixed[symbols] += counts
            shares = mixed / (counts.sum() + len(counts))
        return shares

    def nats_per_character(self, names: Sequence[str]) -> float:
        """Mean of -log P over every symbol of ``names``, their ends included."""
        running = _RunningLoss(_Targets(names, self._vocabulary))
        for level in self._levels:
            running.lengthen(level)
        return running.loss


class _Targets:
    """Every symbol of some names with what stands before it.

    A name begins after an end: its first letters have the end in front.
    """

    def __init__(self, names: Sequence[str], vocabulary: Sequence[str]) -> None:
        self.size = len(vocabulary)
        self._line = as_symbols("".join(f"{END}{name}{END}" for name in names), vocabulary)
        lengths = np.array([len(name) + 2 for name in names], np.int32)
        starts = np.cumsum(lengths, dtype=np.int32) - lengths
        before = np.arange(len(self._line), dtype=np.int32) - np.repeat(starts, lengths)
        self._at = np.flatnonzero(before).astype(np.int32)
        self._before = before[self._at].astype(np.int16)
        """How many symbols of its own name stand before each."""
        self.symbols = self._line[self._at]
        """The symbols themselves (targets,)."""

    def back(self, length: int) -> tuple[Ints, Ints]:
        """Which targets have ``length`` symbols before them, and the first of those symbols."""
        far = np.flatnonzero(self._before >= length).astype(np.int32)
        return far, self._line[self._at[far] - length]


@dataclass(frozen=True, eq=False)
class _Level:
    """What followed each context of one length.

    ``contexts`` (c,) are numbers made of a shorter context and the symbol before it, in order. What
    followed the i-th is in ``symbols`` and ``counts`` from ``starts[i]`` to ``starts[i + 1]``.
    """

    size: int
    contexts: Ints
    starts: Ints
    symbols: Ints
    counts: Ints

    def find(self, shorter: Ints, symbols: Ints) -> Ints:
        """The contexts made of ``shorter`` ones and the symbols before them; -1: never seen."""
        if not len(self.contexts):
            return np.full(len(shorter), -1)
        codes = _paired(shorter, self.size, symbols)
        places = np.minimum(np.searchsorted(self.contexts, codes), len(self.contexts) - 1)
        return np.where((shorter >= 0) & (self.contexts[places] == codes), places, -1)

    def after(self, place: int) -> tuple[Ints, Ints]:
        """The symbols that followed a context, and how often."""
        part = slice(int(self.starts[place]), int(self.starts[place + 1]))
        return self.symbols[part], self.counts[part]


def _counted(targets: _Targets) -> Iterator[_Level]:
    """The levels for contexts of no symbol, of one, of two and so on."""
    size, symbols = targets.size, targets.symbols
    far = np.arange(len(symbols), dtype=np.int32)
    places = np.zeros(len(symbols), np.int32)
    contexts = np.zeros(1, np.int64)
    for length in count(1):
        stop_point()
        pairs, counts = _different(_paired(places[far], size, symbols[far]))
        starts = np.searchsorted(pairs, np.arange(len(contexts) + 1) * size).astype(np.int32)
        yield _Level(size, contexts, starts, (pairs % size).astype(np.uint16), counts)
        stop_point()
        far, before = targets.back(length)
        codes = _paired(places[far], size, before)
        contexts, _ = _different(codes.copy())
        stop_point()
        places[far] = np.searchsorted(contexts, codes)


def _paired(places: Ints, size: int, symbols: Ints) -> Ints:
    """A number for each place and symbol together."""
    codes = places.astype(np.int64)
    codes *= size
    codes += symbols
    return codes


def _different(numbers: Ints) -> tuple[Ints, Ints]:
    """The different ones in order, and how often each comes; ``numbers`` are sorted by it."""
    numbers.sort()
    first = np.ones(len(numbers), bool)
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    at = np.flatnonzero(first)
    return numbers[at], np.diff(at, append=len(numbers)).astype(np.int32)


class _RunningLoss:
    """Symbols, and how likely an n-gram of growing order holds each of them."""

    def __init__(self, targets: _Targets) -> None:
        self._targets = targets
        self._shares = np.full(len(targets.symbols), 1 / targets.size)
        self._places = np.zeros(len(targets.symbols), np.int32)
        self._length = 0

    def lengthen(self, level: _Level) -> None:
        """Look one symbol further back: ``level`` has the contexts of that length."""
        if self._length:
            far, before = self._targets.back(self._length)
            found = np.full(len(self._places), -1, np.int32)
            found[far] = level.find(self._places[far], before)
            self._places = found
        seen = np.flatnonzero(self._places >= 0)
        places, symbols = self._places[seen], self._targets.symbols[seen]
        starts, ends = level.starts[places], level.starts[places + 1]
        totals = np.concatenate([[0], np.cumsum(level.counts, dtype=np.int64)])
        total, kinds = totals[ends] - totals[starts], ends - starts
        mixed = kinds * self._shares[seen] + _count(level, places, symbols)
        self._shares[seen] = mixed / (total + kinds)
        self._length += 1

    @property
    def loss(self) -> float:
        """The mean of -log P, in nats."""
        return float(-np.log(self._shares).mean())


def _count(level: _Level, places: Ints, symbols: Ints) -> Ints:
    """How often each symbol followed its context."""
    owners = np.repeat(np.arange(len(level.contexts)), np.diff(level.starts))
    pairs, wanted = (
        _paired(each, level.size, symbol)
        for each, symbol in ((owners, level.symbols), (places, symbols))
    )
    at = np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)
    return np.where(pairs[at] == wanted, level.counts[at], 0)


class NGramStepper:
    """An n-gram that says the next symbol as a network does, so that it can be sampled from.

    Its one state "before" (n - 1, m) holds the symbols that went in last, the newest at the end.
    """

    def __init__(self, ngram: NGram, vocabulary: Sequence[str]) -> None:
        self._ngram, self._vocabulary = ngram, vocabulary
        self._reach = max(ngram.order - 1, 0)

    def start(self, m: int = 1) -> States:
        """Nothing but ends before the first letter: (n - 1, m)."""
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

    It is chosen on the very names it is evaluated on, which favours counting.
    """
    running, losses = _RunningLoss(_Targets(held_out, vocabulary)), dict[int, float]()
    levels = islice(_counted(_Targets(names, vocabulary)), LONGEST)
    for order, level in enumerate(levels, start=1):
        running.lengthen(level)
        losses[order] = running.loss
    order = min(losses, key=losses.__getitem__)
    return order, losses[order]
