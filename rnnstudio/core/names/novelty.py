"""Is a sampled name new? In the list, one letter away from it, or further."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import groupby

import numpy as np
import numpy.typing as npt

from rnnstudio.core.messages import Message

Words = npt.NDArray[np.uint64]

ROWS = 16_384
"""Names that are compared at a time: what is computed of them stays in a processor's cache."""
_BITS = 64
"""Letters of a name that one machine word has a bit for."""


class Novelty(Enum):
    """How far a name is from the training list, or that it is not a name.

    EMPTY has no letter. CUT had not ended when it was as long as names may get. The values are
    what files and JSON hold.
    """

    LISTED = "in the list"
    NEAR = "one letter away"
    NEW = "new"
    EMPTY = "empty"
    CUT = "cut off"

    @property
    def whole(self) -> bool:
        """Whether it is a name at all."""
        return self not in (Novelty.EMPTY, Novelty.CUT)

    @property
    def label(self) -> Message:
        """The kind as it is shown."""
        return _LABELS[self]


_LABELS = {
    Novelty.LISTED: Message("in the list"),
    Novelty.NEAR: Message("one letter away"),
    Novelty.NEW: Message("new"),
    Novelty.EMPTY: Message("empty"),
    Novelty.CUT: Message("cut off"),
}


@dataclass(frozen=True)
class NoveltyVerdict:
    """A name, its nearest listed neighbour and the number of letters to change between them.

    ``cut``: the name had not ended, there may have been more of it.
    """

    name: str
    nearest: str
    distance: int
    cut: bool = False

    @property
    def kind(self) -> Novelty:
        """Listed, near or new, if it is a whole name."""
        if self.cut:
            return Novelty.CUT
        if not self.name:
            return Novelty.EMPTY
        return (Novelty.LISTED, Novelty.NEAR)[self.distance] if self.distance < 2 else Novelty.NEW


class Neighbours:
    """Finds the nearest name of a list by Levenshtein's distance (1966): letters to insert, drop
    or change. Of names equally near the first in the list is taken.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = list(dict.fromkeys(names))
        self._listed = frozenset(self._names)

    def verdict(self, name: str, *, cut: bool = False) -> NoveltyVerdict:
        """The nearest name to ``name`` and how far it is."""
        if name in self._listed:
            return NoveltyVerdict(name, name, 0, cut)
        best, place = self._search(name)
        return NoveltyVerdict(name, self._names[place], best, cut)

    def kind(self, name: str) -> Novelty:
        """The kind of ``verdict(name)``, without looking for the nearest: much sooner."""
        if not name:
            return Novelty.EMPTY
        if name in self._listed:
            return Novelty.LISTED
        near = (_is_near(name, self._names[place]) for place in self._candidates(name))
        return Novelty.NEAR if any(near) else Novelty.NEW

    def _search(self, name: str) -> tuple[int, int]:
        """The least distance to ``name``, and the first listed name that has it."""
        best, place = len(name) + self._longest, 0
        for length in sorted(self._blocks, key=lambda length: abs(length - len(name))):
            # So many letters must be inserted or dropped at least.
            if abs(length - len(name)) > best:
                break
            for block in self._blocks[length]:
                distances = block.distances(self._symbols(name))
                least = int(distances.min())
                first = int(block.places[distances.argmin()])
                best, place = min((best, place), (least, first))
        return best, place

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._names))

    @cached_property
    def _index(self) -> dict[str, int]:
        """A number from 1 on for each letter of the list."""
        letters = sorted(set().union(*self._names))
        return {letter: number for number, letter in enumerate(letters, start=1)}

    def _symbols(self, name: str) -> list[int]:
        """``name`` as numbers; 0 is a letter that no listed name has."""
        return [self._index.get(letter, 0) for letter in name]

    @cached_property
    def _blocks(self) -> dict[int, list[_SameLength]]:
        """The names in blocks of one length."""
        places = sorted(range(len(self._names)), key=lambda place: len(self._names[place]))
        letters = np.array([ord(letter) for letter in self._index], np.uint32)
        blocks: dict[int, list[_SameLength]] = {}
        for length, group in groupby(places, lambda place: len(self._names[place])):
            same = list(group)
            for first in range(0, len(same), ROWS):
                part = same[first : first + ROWS]
                text = "".join(self._names[place] for place in part)
                codes = np.frombuffer(text.encode("utf-32-le"), np.dtype("<u4"))
                symbols = np.searchsorted(letters, codes).astype(np.uint16) + np.uint16(1)
                columns = np.ascontiguousarray(symbols.reshape(len(part), length).T)
                block = _SameLength(np.array(part), columns, len(self._index) + 1)
                blocks.setdefault(length, []).append(block)
        return blocks

    def _candidates(self, name: str) -> Iterator[int]:
        """Places of the names that may be a letter away: one half of such a name is unchanged."""
        hashes, places = self._halves
        for length in (len(name) - 1, len(name), len(name) + 1):
            half = length // 2
            end = name[len(name) - length + half :]
            for key in (hash(("<", length, name[:half])), hash((">", length, end))):
                first, last = np.searchsorted(hashes, [key, key + 1])
                yield from map(int, places[first:last])

    @cached_property
    def _halves(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Hashes of both halves of each name, in order, and the places of the names."""
        hashes = np.empty(2 * len(self._names), np.int64)
        for place, name in enumerate(self._names):
            half = len(name) // 2
            hashes[2 * place] = hash(("<", len(name), name[:half]))
            hashes[2 * place + 1] = hash((">", len(name), name[half:]))
        order = np.argsort(hashes, kind="stable")
        return hashes[order], order // 2


@dataclass(frozen=True, eq=False)
class _SameLength:
    """Names of one length: ``places`` (n,) in the list, ``columns`` (length, n) of symbols below
    ``size``.
    """

    places: npt.NDArray[np.int64]
    columns: npt.NDArray[np.uint16]
    size: int

    def distances(self, name: Sequence[int]) -> npt.NDArray[np.int64]:
        """Levenshtein's distance of ``name``, as symbols, to each of them (n,).

        The table of Wagner and Fischer (1974) is gone through column by column, for all names at
        once. A column is two machine words a name: in which rows the distance rises by one and in
        which it falls, as Myers has it (1999), with Hyyrö's words behind each other (2003).
        """
        if not name:
            return np.full(len(self.places), len(self.columns))
        count = len(self.places)
        words = [_Word(name[i : i + _BITS], self.size, count) for i in range(0, len(name), _BITS)]
        distances = np.full(count, len(name), np.int64)
        for column in self.columns:
            # Above the first row every column adds a letter of the listed name.
            rise, fall = np.ones(count, np.uint64), np.zeros(count, np.uint64)
            for word in words:
                rise, fall = word.advance(column, rise, fall)
            distances += rise.astype(np.int64) - fall.astype(np.int64)
        return distances


class _Word:
    """Up to 64 rows of the table, for ``count`` names at once."""

    def __init__(self, letters: Sequence[int], size: int, count: int) -> None:
        self._last = np.uint64(len(letters) - 1)
        self._equal = np.zeros(size, np.uint64)
        """For each symbol the rows whose letter it is."""
        for row, letter in enumerate(letters):
            self._equal[letter] |= np.uint64(1) << np.uint64(row)
        self._equal[0] = 0
        self._up = np.full(count, ~np.uint64(0))
        self._down = np.zeros(count, np.uint64)

    def advance(
        self, column: npt.NDArray[np.uint16], rise: Words, fall: Words
    ) -> tuple[Words, Words]:
        """Take the next letter of each name; 0 or 1 for whether the row above rises or falls.

        Gives the same of the last row.
        """
        one, up, down = np.uint64(1), self._up, self._down
        equal = self._equal[column]
        either = equal | down
        equal |= fall
        diagonal = (((equal & up) + up) ^ up) | equal
        rises, falls = down | ~(diagonal | up), up & diagonal
        out = (rises >> self._last) & one, (falls >> self._last) & one
        rises, falls = (rises << one) | rise, (falls << one) | fall
        self._up, self._down = falls | ~(either | rises), rises & either
        return out


def _is_near(name: str, other: str) -> bool:
    """Whether one letter has to be inserted, dropped or changed between two different names."""
    shorter, longer = sorted((name, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    same = 0
    while same < len(shorter) and shorter[same] == longer[same]:
        same += 1
    return shorter[same + (len(shorter) == len(longer)) :] == longer[same + 1 :]
