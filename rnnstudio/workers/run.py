"""One training at a time in a thread of its own: the window's side and the thread's side.

The ``Producer`` lives in the thread: it loops over the training and emits each event through one
queued signal, then exactly one end. The ``Runner`` lives with the window: it owns at most one run,
drops what a foreign run still sends, and joins the thread before it announces the end.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal, Slot

from rnnstudio.core.errors import UserError
from rnnstudio.core.training import Control, Ended, Event, Training, Tuning
from rnnstudio.workers.jobs import Claim

MakeTraining = Callable[[Control], Training]
_STACK_BYTES = 16 * 2**20  # macOS gives a thread 512 KB, too little for NumPy and pandas


class Producer(QObject):
    """Loops over one training in the thread it was moved to."""

    produced = Signal(object)  # (run id, event)
    ended = Signal(object)  # Ended

    def __init__(self, run_id: int, make: MakeTraining, control: Control) -> None:
        super().__init__()
        self._run_id = run_id
        self._make = make
        self._control = control

    @Slot()
    def work(self) -> None:
        """Emit every event, then the one end. The only place that catches an exception."""
        try:
            with contextlib.closing(self._make(self._control)) as training:
                for event in training:
                    self.produced.emit((self._run_id, event))
        except Exception as error:
            self.ended.emit(Ended(self._run_id, "failed", error))
        else:
            cancelled = self._control.cancelled
            self.ended.emit(Ended(self._run_id, "cancelled" if cancelled else "finished"))


class Runner(QObject):
    """Owns at most one run.

    Signals: ``produced`` with each event of the training, then ``ended`` with one ``Ended``, both
    in the window's thread. An error that is neither a ``UserError`` nor want of memory is ours: it
    also goes to ``sys.excepthook``. A new run may be started once the handlers of ``ended`` have
    returned.
    """

    produced = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last_id = 0
        self._control: Control | None = None
        self._thread: QThread | None = None
        self._producer: Producer | None = None
        self._claim: Claim | None = None

    @property
    def busy(self) -> bool:
        """Whether a run is under way."""
        return self._thread is not None

    def start(self, make: MakeTraining, claim: Claim | None = None) -> int:
        """Run the training that ``make`` gives for a control; the run's id is returned.

        ``claim`` is what the run has claimed; it is released before the end is announced. Raises
        RuntimeError while another run is under way.
        """
        if self.busy:
            raise RuntimeError("a run is under way")
        self._last_id += 1
        self._claim = claim
        self._control = Control()
        self._thread = QThread()
        self._thread.setStackSize(_STACK_BYTES)
        self._producer = Producer(self._last_id, make, self._control)
        self._producer.moveToThread(self._thread)
        self._thread.started.connect(self._producer.work)
        self._producer.produced.connect(self._receive)
        self._producer.ended.connect(self._finish)
        self._thread.start()
        return self._last_id

    def cancel(self) -> None:
        """Ask the run to stop; its end is announced when it has."""
        if self._control is not None:
            self._control.cancel()

    def pause(self) -> None:
        """Hold the run at its next step."""
        if self._control is not None:
            self._control.pause()

    def resume(self) -> None:
        """Let a held run go on."""
        if self._control is not None:
            self._control.resume()

    def tune(self, tuning: Tuning) -> None:
        """Change what a running training lets change, from its next step on."""
        if self._control is not None:
            self._control.tuning = tuning

    def set_pace(self, steps_per_second: float | None) -> None:
        """Hold the run back to so many steps a second; None lets it be as fast as it can."""
        if self._control is not None:
            self._control.steps_per_second = steps_per_second

    def shutdown(self, milliseconds: int = 10_000) -> bool:
        """Cancel and join without announcing an end; whether the thread stopped in time."""
        if self._thread is None:
            return True
        self.cancel()
        self._thread.quit()
        stopped = self._thread.wait(milliseconds)
        if stopped:
            self._forget()
        return stopped

    @Slot(object)
    def _receive(self, message: tuple[int, Event]) -> None:
        run_id, event = message
        if self.busy and run_id == self._last_id:
            self.produced.emit(event)

    @Slot(object)
    def _finish(self, end: Ended) -> None:
        if self._thread is None or end.run_id != self._last_id:
            return
        self._thread.quit()
        self._thread.wait()
        self._release()
        self.ended.emit(end)
        self._forget()
        if end.error is not None and not isinstance(end.error, UserError | MemoryError):
            sys.excepthook(type(end.error), end.error, end.error.__traceback__)

    def _forget(self) -> None:
        self._release()
        self._thread = self._producer = self._control = None

    def _release(self) -> None:
        claim, self._claim = self._claim, None
        if claim is not None:
            claim.release()
