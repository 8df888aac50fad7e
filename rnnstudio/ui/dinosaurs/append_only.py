"""Values that grow at their end without being copied: numbers and events; knows no Qt.

Growing gives a new value and leaves the old one as it is, though both share memory. What is added
costs the same however much there is already.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]
Item = TypeVar("Item")


class _Store:
    """Space for columns, of which ``used`` are taken."""

    def __init__(self, rows: int, capacity: int) -> None:
        self.values = np.empty((rows, capacity))
        self.used = 0


class Columns:
    """Numbers (rows, size), float64, that columns are added to."""

    def __init__(self, rows: int, size: int = 0, store: _Store | None = None) -> None:
        self.size = size
        self._store = _Store(rows, 1024) if store is None else store

    @property
    def values(self) -> Array:
        """All columns (rows, size)."""
        return self._store.values[:, : self.size]

    def grown(self, columns: Array) -> Columns:
        """These numbers with ``columns`` (rows, more) after the last one."""
        size, store = self.size + columns.shape[1], self._store
        if store.used != self.size or store.values.shape[1] < size:
            # Another value took the memory behind this one, or there is none left.
            store = _Store(len(columns), 2 * size)
            store.values[:, : self.size] = self.values
        store.values[:, self.size : size] = columns
        store.used = size
        return Columns(len(columns), size, store)


@dataclass(frozen=True, eq=False)
class Strip(Generic[Item]):
    """Events in order, which one is added to at a time."""

    size: int = 0
    _items: list[Item] = field(default_factory=list)

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, place: int) -> Item:
        return self._items[: self.size][place] if place < 0 else self._items[place]

    def grown(self, item: Item) -> Strip[Item]:
        """This strip with ``item`` at its end."""
        items = self._items if len(self._items) == self.size else self._items[: self.size]
        items.append(item)
        return Strip(self.size + 1, items)

    def follows(self, other: Strip[Item]) -> bool:
        """Whether this strip is ``other`` or was grown from it."""
        return self._items is other._items and self.size >= other.size
