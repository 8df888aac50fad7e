"""A job of which only the result that was asked for last is of interest."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from rnnstudio.core.training import Ended, Event, Finished
from rnnstudio.ui.running import sentence
from rnnstudio.workers.run import MakeTraining, Runner


class LatestRunner(Runner):
    """Runs what was asked for last, at most once in ``rest_ms``.

    ``found`` has the result of a job, ``refused`` the sentence why there is none.
    """

    found = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None, *, rest_ms: int = 0) -> None:
        super().__init__(parent)
        self._rest_ms = rest_ms
        self._wanted: MakeTraining | None = None
        self._under_way: MakeTraining | None = None
        self._given_up = False
        self._since = QElapsedTimer()
        # A run may be started only when the handlers of the last one's end have returned.
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._start_wanted)
        self.produced.connect(self._take_event)
        self.ended.connect(self._take_end)

    def ask(self, make: MakeTraining, *, give_up: bool = True) -> None:
        """Run ``make`` next; ``give_up``: what is under way is of no interest any more."""
        self._wanted = make
        if self.busy and give_up:
            self._given_up = True
            self.cancel()
        elif not self.busy:
            self._plan()

    def forget(self) -> None:
        """Want nothing; what is under way is given up."""
        self._wanted = None
        self._given_up = True
        self._next.stop()
        self.cancel()

    def shutdown(self, milliseconds: int = 10_000) -> bool:
        """As ``Runner.shutdown``; nothing is begun after it."""
        self._wanted = None
        self._next.stop()
        return super().shutdown(milliseconds)

    def _plan(self) -> None:
        """Start what is wanted once the last start has rested."""
        if not self._next.isActive():
            passed = self._since.elapsed() if self._since.isValid() else self._rest_ms
            self._next.start(max(0, self._rest_ms - passed))

    @Slot()
    def _start_wanted(self) -> None:
        if self._wanted is not None and not self.busy:
            self._under_way, self._wanted = self._wanted, None
            self._given_up = False
            self._since.start()
            self.start(self._under_way)

    @Slot(object)
    def _take_event(self, event: Event) -> None:
        if isinstance(event, Finished) and not self._given_up:
            self.found.emit(event.result)

    @Slot(object)
    def _take_end(self, end: Ended) -> None:
        if end.error is not None and not self._given_up:
            self.refused.emit(sentence(end.error))
        if self._wanted is not None:
            self._plan()
