"""Is a sampled name new? In the list, one letter away from it, or further."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np
import numpy.typing as npt


class Kind(Enum):
    """How far a name is from the list that was learned from."""

    LISTED = "in the list"
    NEAR = "one letter away"
    NEW = "new"


@dataclass(frozen=True)
class Verdict:
    """A name, its nearest listed neighbour and the number of letters to change between them."""

    name: str
    nearest: str
    distance: int

    @property
    def kind(self) -> Kind:
        """Listed, near or new."""
        return (Kind.LISTED, Kind.NEAR)[self.distance] if self.distance < 2 else Kind.NEW


class Neighbours:
    """Finds the nearest name of a list by Levenshtein's distance (1966): letters to insert, drop
    or change. Of names equally near the first in the list is taken.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = list(dict.fromkeys(names))
        self._places = {name: place for place, name in enumerate(self._names)}
        longest = max(map(len, self._names), default=0)
        # A column a name: what is done to a row is done to all names at once.
        self._codes = np.zeros((longest, len(self._names)), np.int32)
        for column, name in enumerate(self._names):
            self._codes[: len(name), column] = [ord(letter) for letter in name]
        self._lengths = np.array([len(name) for name in self._names])

    def verdict(self, name: str) -> Verdict:
        """The nearest name to ``name`` and how far it is."""
        if name in self._places:
            return Verdict(name, name, 0)
        distances = self._distances(name)
        nearest = int(distances.argmin())
        return Verdict(name, self._names[nearest], int(distances[nearest]))

    def verdicts(self, names: Iterable[str]) -> tuple[Verdict, ...]:
        """A verdict for each name."""
        return tuple(map(self.verdict, names))

    def kind(self, name: str) -> Kind:
        """The kind of ``verdict(name)``, without looking for the nearest: much sooner."""
        if name in self._places:
            return Kind.LISTED
        changed, longer = self._one_letter_less
        for place, shorter in _one_letter_less(name):
            if (place, shorter) in changed or shorter in self._places:
                return Kind.NEAR
        return Kind.NEAR if name in longer else Kind.NEW

    @cached_property
    def _one_letter_less(self) -> tuple[set[tuple[int, str]], set[str]]:
        """Every listed name without one of its letters, with the letter's place and without."""
        changed = {each for name in self._names for each in _one_letter_less(name)}
        return changed, {shorter for _, shorter in changed}

    def _distances(self, name: str) -> npt.NDArray[np.int16]:
        """Distance of ``name`` to every listed name: one column of Wagner and Fischer's table
        (1974) for all of them at once, letter by letter of ``name``.
        """
        longest, count = self._codes.shape
        rows = np.arange(longest + 1, dtype=np.int16)[:, np.newaxis]
        previous = np.broadcast_to(rows, (longest + 1, count))
        for place, letter in enumerate(name, start=1):
            changed = previous[:-1] + (self._codes != ord(letter))
            column = np.empty_like(previous)
            column[0] = place
            np.minimum(changed, previous[1:] + 1, out=column[1:])
            # An insertion costs one a letter: a running minimum of what is left of that slope.
            previous = np.minimum.accumulate(column - rows, axis=0) + rows
        return np.asarray(previous[self._lengths, np.arange(count)])


def _one_letter_less(name: str) -> Iterator[tuple[int, str]]:
    """``name`` without each of its letters in turn, and the letter's place."""
    return ((place, name[:place] + name[place + 1 :]) for place in range(len(name)))
