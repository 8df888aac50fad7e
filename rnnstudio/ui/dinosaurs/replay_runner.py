"""The job that goes back in a training: only the iteration asked for last is of interest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot

from rnnstudio.core.names.replay import PastNetwork, replay, seconds_to_replay
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.ui.dinosaurs.events import (
    DinosaursEvent,
    GoBackAsked,
    ModelRefused,
    NewestAsked,
    WentBack,
)
from rnnstudio.ui.dinosaurs.latest_runner import LatestRunner


class ReplayRunner(LatestRunner):
    """Runs ``replay``; ``take`` gets what it changes, in the window's thread."""

    def __init__(
        self, take: Callable[[DinosaursEvent], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._take = take
        self.found.connect(self._take_past)
        self.refused.connect(self._take_refusal)

    def go_back(self, trained: TrainedNames, iteration: int) -> None:
        """Go back to an iteration; a run to another one is given up."""
        self._take(GoBackAsked(iteration, seconds_to_replay(trained, iteration)))
        self.ask(partial(replay, trained, iteration))

    @Slot()
    def come_back(self) -> None:
        """Look at the newest network; a run that is under way is given up."""
        self.forget()
        self._take(NewestAsked())

    @Slot(object)
    def _take_past(self, past: PastNetwork) -> None:
        self._take(WentBack(past))

    @Slot(str)
    def _take_refusal(self, sentence: str) -> None:
        self._take(NewestAsked())
        self._take(ModelRefused(sentence))
