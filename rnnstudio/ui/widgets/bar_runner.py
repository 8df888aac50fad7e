"""A run and the bar that steers it: the part that every page with a ``RunBar`` has in common."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from rnnstudio.ui.running import CancelAsked, PauseAsked, ResumeAsked, RunEvent
from rnnstudio.ui.widgets.run_bar import RunBar
from rnnstudio.workers.run import Runner


class BarRunner(Runner):
    """A ``Runner`` that is stopped, paused and let go on by a ``RunBar``.

    ``take`` gets all that moves a ``Run``, in order and in the window's thread: what was pressed in
    the bar, before it is done, then each event of the training and its end. A start is the owner's
    own: it knows what to run, takes its event for it (such as ``StartAsked``) and calls ``start``.
    The owner also shows the run in the bar, with the rest of its state.
    """

    def __init__(
        self, bar: RunBar, take: Callable[[RunEvent], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._take = take
        bar.stop_clicked.connect(self._stop_asked)
        bar.pause_clicked.connect(self._pause_asked)
        bar.resume_clicked.connect(self._resume_asked)
        self.produced.connect(self._take_event)
        self.ended.connect(self._take_event)

    @Slot()
    def _stop_asked(self) -> None:
        self._take(CancelAsked())
        self.cancel()

    @Slot()
    def _pause_asked(self) -> None:
        self._take(PauseAsked())
        self.pause()

    @Slot()
    def _resume_asked(self) -> None:
        self._take(ResumeAsked())
        self.resume()

    @Slot(object)
    def _take_event(self, event: RunEvent) -> None:
        self._take(event)
