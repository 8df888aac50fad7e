"""Saves of a training under way, so that little is lost if it is killed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from rnnstudio.cli.console import say_meanwhile
from rnnstudio.core.errors import UserError

SAVE_SECONDS = 30.0
"""Between two saves of a training under way; ``SAVE_SHARE`` of the time may go into them."""
SAVE_SHARE = 0.02


class PacedSaves:
    """Lets ``save`` write what a training has come to, from time to time."""

    def __init__(self, save: Callable[[Any], object]) -> None:
        self._save = save
        self._due = time.perf_counter() + SAVE_SECONDS

    def offer(self, state: Any) -> bool:
        """Save ``state`` if it is time; whether it was saved.

        A disk that is full for now is no reason to stop training: that is only said.
        """
        start = time.perf_counter()
        if start < self._due:
            return False
        saved = True
        try:
            self._save(state)
        except UserError as error:
            say_meanwhile(error.message)
            saved = False
        now = time.perf_counter()
        self._due = now + max(SAVE_SECONDS, (now - start) / SAVE_SHARE)
        return saved
