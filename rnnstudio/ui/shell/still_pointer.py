"""The mouse's pointer, hidden while it stands still."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

STILL_MS = 3_000
"""For so long a pointer that does not move stays in sight."""
_LOOK_MS = 100
"""Widgets hear of moves only where they asked for them, so the pointer is looked at."""


class StillPointer(QObject):
    """Hides the pointer after ``milliseconds`` without a move, as long as it is watched."""

    def __init__(self, parent: QObject, milliseconds: int = STILL_MS) -> None:
        super().__init__(parent)
        self._milliseconds = milliseconds
        self._place, self._since = QPoint(), QElapsedTimer()
        self.hidden = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def watch(self, on: bool) -> None:
        """Watch it from now on, or let it be seen for good."""
        if on:
            self._place = QCursor.pos()
            self._since.start()
            self._timer.start()
        else:
            self._timer.stop()
            self._set_hidden(False)

    @Slot()
    def _look(self) -> None:
        if QCursor.pos() != self._place:
            self._place = QCursor.pos()
            self._since.restart()
        self._set_hidden(self._since.elapsed() >= self._milliseconds)

    def _set_hidden(self, hidden: bool) -> None:
        if hidden == self.hidden:
            return
        self.hidden = hidden
        if hidden:
            QApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)
        else:
            QApplication.restoreOverrideCursor()
