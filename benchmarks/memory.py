"""How much memory this process and all it started hold at once."""

from __future__ import annotations

import threading
from collections.abc import Collection
from contextlib import suppress
from typing import Self

import psutil

INTERVAL = 0.05
"""Seconds between two looks."""


class PeakMemory:
    """While the ``with`` lasts: the largest sum of resident memory that was seen.

    What processes share is counted for each, so that the sum is an upper bound. Children whose
    process numbers are ``apart`` are left out.
    """

    def __init__(self, apart: Collection[int] = ()) -> None:
        self.megabytes = 0.0
        self._apart = frozenset(apart)
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._watcher.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._watcher.join()

    def _watch(self) -> None:
        while True:
            self.megabytes = max(self.megabytes, resident_megabytes(self._apart))
            if self._over.wait(INTERVAL):
                return


def resident_megabytes(apart: Collection[int]) -> float:
    """The resident memory of this process and its children, without those ``apart``, now."""
    total = 0
    this = psutil.Process()
    for process in (this, *this.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            total += 0 if process.pid in apart else process.memory_info().rss
    return total / 2**20
