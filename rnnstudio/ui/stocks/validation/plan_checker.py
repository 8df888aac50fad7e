"""Looks at what a search is asked for, in the background, and only at the newest."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from rnnstudio.core.training import Ended, Event, Finished
from rnnstudio.workers.run import MakeTraining, Runner


class PlanChecker(QObject):
    """Runs one check after the other; what is asked for meanwhile replaces what waits."""

    checked = Signal(object)
    """The result of a check after which nothing else was asked for."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = Runner(self)
        self._waiting: list[MakeTraining] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)
        self._runner.produced.connect(self._take)
        self._runner.ended.connect(self._end)

    def ask(self, check: MakeTraining) -> None:
        """Do ``check``, whose ``Finished`` carries the result, as soon as may be."""
        self._waiting = [check]
        self._timer.start()

    def shutdown(self) -> bool:
        """Look at nothing more, and wait for the thread; whether it has stopped."""
        self._waiting.clear()
        self._timer.stop()
        return self._runner.shutdown()

    @Slot()
    def _next(self) -> None:
        if self._waiting and not self._runner.busy:
            self._runner.start(self._waiting.pop())

    @Slot(object)
    def _take(self, event: Event) -> None:
        if isinstance(event, Finished) and not self._waiting:
            self.checked.emit(event.result)

    @Slot(object)
    def _end(self, _end: Ended) -> None:
        self._timer.start()  # the runner is free once this has returned
