"""What a list of names looks like, and why a network learns from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rnnstudio.core.names.corpus import END, Corpus


@dataclass(frozen=True)
class Statistics:
    """``letters`` are (letter, how often), the commonest first; ``lengths[n]`` counts the names of
    n letters.
    """

    names: int
    distinct: int
    letters: tuple[tuple[str, int], ...]
    lengths: tuple[int, ...]
    mean_length: float
    shortest: str
    longest: str


def statistics_of(corpus: Corpus) -> Statistics:
    """Count the names of ``corpus``, their letters and their lengths."""
    names = corpus.names
    letters = Counter("".join(names))
    return Statistics(
        names=len(names),
        distinct=len(set(names)),
        letters=tuple(sorted(letters.items(), key=lambda each: (-each[1], each[0]))),
        lengths=length_counts(names),
        mean_length=letters.total() / len(names),
        shortest=min(names, key=len),
        longest=max(names, key=len),
    )


def length_counts(names: Iterable[str]) -> tuple[int, ...]:
    """How many names have 0, 1, 2, ... letters, up to the longest."""
    counts = Counter(map(len, names))
    return tuple(counts[length] for length in range(max(counts, default=-1) + 1))


class ShiftStep(NamedTuple):
    """One step of an example: at ``t`` the network sees ``x`` (None: nothing yet), remembers what
    it has ``seen`` before and with it, and has to say ``y`` (END: the name is over).
    """

    t: int
    x: str | None
    seen: str
    y: str


def shift(name: str) -> tuple[ShiftStep, ...]:
    """The example that a name makes: Y is the same name as X, but one letter ahead.

    So no step is asked for the letter it is shown, and there is something to learn.
    """
    return tuple(
        ShiftStep(t, name[t - 1] if t else None, name[:t], y) for t, y in enumerate(name + END)
    )
