"""Reports when a window is first painted, and what its process holds then."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from benchmarks.children import emit, foreign_imports


class FirstPaint(QObject):
    """Waits for the event loop and the main window's first paint, reports it, closes the window."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        QTimer.singleShot(0, self, self._watch)

    def _watch(self) -> None:
        # Only now: a filter on all that happens before would cost as much as half of it.
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QMainWindow):
                widget.installEventFilter(self)
                widget.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the window's events, keep none back."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            watched.removeEventFilter(self)
            # Due when this event and the other widgets' paints are done.
            QTimer.singleShot(0, watched, lambda: report(watched))
        return False


def report(window: QMainWindow) -> None:
    """Say what the process holds now, and end it as the user would."""
    used = time.process_time()
    import psutil  # late, for the window does not wait for it

    emit(
        processor_s=used,
        rss_mb=psutil.Process().memory_info().rss / 2**20,
        tensorflow_imports=foreign_imports(),
        platform=QGuiApplication.platformName(),
    )
    window.close()
