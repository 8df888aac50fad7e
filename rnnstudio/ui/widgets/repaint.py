"""Repaints at most every 33 ms, however fast the states come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 33

State = TypeVar("State")


class Repainter(QObject, Generic[State]):
    """Keeps the newest state and shows it when the next frame is due.

    ``show`` is called in the window's thread. ``flush`` shows a waiting state at once.
    """

    def __init__(self, show: Callable[[State], None], parent: QObject) -> None:
        super().__init__(parent)
        self._show = show
        self._waiting: list[State] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.flush)

    def put(self, state: State) -> None:
        """Take a state; it replaces one that still waits."""
        self._waiting = [state]
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Show the waiting state, if there is one."""
        self._timer.stop()
        if self._waiting:
            self._show(self._waiting.pop())
