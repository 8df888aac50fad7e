"""Is a sampled name new? In the list, one letter away from it, or further."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

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
        self._codes = np.zeros((len(self._names), longest), np.int32)
        for row, name in zip(self._codes, self._names, strict=True):
            row[: len(name)] = [ord(letter) for letter in name]
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

    def _distances(self, name: str) -> npt.NDArray[np.int32]:
        """Distance of ``name`` to every listed name: one row of Wagner and Fischer's table (1974)
        for all of them at once, letter by letter of ``name``.
        """
        count, longest = self._codes.shape
        columns = np.arange(longest + 1, dtype=np.int32)
        previous = np.broadcast_to(columns, (count, longest + 1))
        for place, letter in enumerate(name, start=1):
            changed = previous[:, :-1] + (self._codes != ord(letter))
            row = np.empty_like(previous)
            row[:, 0] = place
            np.minimum(changed, previous[:, 1:] + 1, out=row[:, 1:])
            # An insertion costs one a letter: a running minimum of what is left of that slope.
            previous = np.minimum.accumulate(row - columns, axis=1) + columns
        return np.asarray(previous[np.arange(count), self._lengths])
