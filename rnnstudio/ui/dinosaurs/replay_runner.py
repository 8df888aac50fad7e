"""The job that goes back in a training: only the iteration asked for last is of interest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from rnnstudio.core.names.replay import PastNetwork, replay, seconds_to_replay
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Ended, Event, Finished
from rnnstudio.ui.dinosaurs.state import (
    DinosaursEvent,
    GoBackAsked,
    ModelRefused,
    NewestAsked,
    WentBack,
)
from rnnstudio.ui.running import sentence
from rnnstudio.workers.run import Runner


class ReplayRunner(Runner):
    """A ``Runner`` of ``replay``; ``take`` gets what it changes, in the window's thread."""

    def __init__(
        self, take: Callable[[DinosaursEvent], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._take = take
        self._wanted: tuple[TrainedNames, int] | None = None
        self._under_way: tuple[TrainedNames, int] | None = None
        # A run may be started only when the handlers of the last one's end have returned.
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._start_wanted)
        self.produced.connect(self._take_event)
        self.ended.connect(self._take_end)

    def go_back(self, trained: TrainedNames, iteration: int) -> None:
        """Go back to an iteration; a run to another one is given up."""
        self._wanted = trained, iteration
        self._take(GoBackAsked(iteration, seconds_to_replay(trained, iteration)))
        if self.busy:
            self.cancel()
        else:
            self._start_wanted()

    @Slot()
    def come_back(self) -> None:
        """Look at the newest network; a run that is under way is given up."""
        self._wanted = None
        self.cancel()
        self._take(NewestAsked())

    def shutdown(self, milliseconds: int = 10_000) -> bool:
        """As ``Runner.shutdown``; nothing is begun after it."""
        self._wanted = None
        self._next.stop()
        return super().shutdown(milliseconds)

    @Slot()
    def _start_wanted(self) -> None:
        if self._wanted is not None and not self.busy:
            self._under_way = self._wanted
            self.start(partial(replay, *self._wanted))

    @Slot(object)
    def _take_event(self, event: Event) -> None:
        match event:
            case Finished(result=PastNetwork() as past) if self._under_way is self._wanted:
                self._take(WentBack(past))

    @Slot(object)
    def _take_end(self, end: Ended) -> None:
        if self._wanted is None:
            return
        if self._under_way is not self._wanted:
            self._next.start()
        elif end.error is not None:
            self._wanted = None
            self._take(NewestAsked())
            self._take(ModelRefused(sentence(end.error)))
