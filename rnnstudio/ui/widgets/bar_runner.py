"""A run that is steered by what a person presses, and the bar that most pages have for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from rnnstudio.ui.running import CancelAsked, PauseAsked, ResumeAsked, RunEvent
from rnnstudio.ui.widgets.run_bar import RunBar
from rnnstudio.workers.run import Runner


class SteeredRunner(Runner):
    """A ``Runner`` whose stops and pauses are told before they are done.

    ``take`` gets all that moves a ``Run``, in order and in the window's thread: what was asked for,
    then each event of the training and its end. A start is the owner's own: it knows what to run,
    takes its event for it (such as ``StartAsked``) and calls ``start``.
    """

    def __init__(self, take: Callable[[RunEvent], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._take = take
        self.produced.connect(self._take_event)
        self.ended.connect(self._take_event)

    @Slot()
    def ask_stop(self) -> None:
        """Stop the run."""
        self._take(CancelAsked())
        self.cancel()

    @Slot()
    def ask_pause(self) -> None:
        """Hold the run."""
        self._take(PauseAsked())
        self.pause()

    @Slot()
    def ask_resume(self) -> None:
        """Let the run go on."""
        self._take(ResumeAsked())
        self.resume()

    @Slot(object)
    def _take_event(self, event: RunEvent) -> None:
        self._take(event)


class BarRunner(SteeredRunner):
    """Steered by a ``RunBar``; the owner shows the run there, with the rest of its state."""

    def __init__(
        self, bar: RunBar, take: Callable[[RunEvent], None], parent: QObject | None = None
    ) -> None:
        super().__init__(take, parent)
        bar.stop_clicked.connect(self.ask_stop)
        bar.pause_clicked.connect(self.ask_pause)
        bar.resume_clicked.connect(self.ask_resume)
