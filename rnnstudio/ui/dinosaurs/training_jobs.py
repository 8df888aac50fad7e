"""Trains the tab's network on names, continues it, and goes back in its training."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from rnnstudio.core.names.recipes import PaperSpec, Spec
from rnnstudio.core.names.replay import beside
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Control, Training, Tuning
from rnnstudio.ui.dinosaurs.replay_runner import ReplayRunner
from rnnstudio.ui.dinosaurs.state import (
    ContinueAsked,
    DinosaursEvent,
    ModelRefused,
    NamesState,
    TrainAsked,
)
from rnnstudio.ui.widgets.bar_runner import BarRunner
from rnnstudio.ui.widgets.run_bar import RunBar


class TrainingJobs(QObject):
    """Starts what the state that it was shown last allows: ``bar`` steers the training.

    ``take`` gets the events for that state: what was asked for and all that comes of it.
    ``status`` has a line for the window.
    """

    status = Signal(str)

    def __init__(
        self, bar: RunBar, take: Callable[[DinosaursEvent], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._take = take
        self._state = NamesState()
        self._runner = BarRunner(bar, take, self)
        self._replayer = ReplayRunner(take, self)

    def show_state(self, state: NamesState) -> None:
        """Take the state whose network is to be trained."""
        self._state = state

    def train(self, spec: Spec) -> None:
        """Train on the names that are open, unless a training or a reading is under way."""
        corpus = self._state.corpus
        if corpus is None or self._runner.busy or self._state.reading:
            return
        self.come_back()
        self._take(TrainAsked("a name" if isinstance(spec, PaperSpec) else "a character"))
        self._runner.start(partial(train, spec, corpus))

    def go_on(self, spec: Spec) -> None:
        """Continue the training there is, with what ``spec`` says now."""
        trained, corpus = self._state.trained, self._state.corpus
        if trained is None or corpus is None or self._runner.busy:
            return
        if self._state.foreign:
            text = self.tr(
                "This network was trained on {0}, but {1} is open. Open {0} to continue it, or "
                "press Train for a new one on {1}."
            )
            self._take(ModelRefused(text.format(trained.corpus.source, corpus.source)))
            return
        self.come_back()
        self._take(ContinueAsked())
        self._runner.start(partial(_continued, spec, trained))

    @Slot(object)
    def tune(self, tuning: Tuning) -> None:
        """Let the training take another learning rate and clipping limit from now on."""
        self._runner.tune(tuning)
        text = self.tr("From now on: learning rate {0:g}, clipping limit {1:g}")
        self.status.emit(text.format(tuning.learning_rate, tuning.clip))

    @Slot(int)
    def go_back(self, iteration: int) -> None:
        """Look at the network after ``iteration``, or after the last that has been kept."""
        network = self._state.network
        if network is not None and network.step:
            known = beside(self._state.past, network)
            self._replayer.go_back(known, min(iteration, network.step - 1))

    @Slot()
    def come_back(self) -> None:
        """Look at the newest network."""
        self._replayer.come_back()

    def shutdown(self) -> bool:
        """Stop what is under way and wait for it; whether all of it has stopped."""
        stopped = [each.shutdown() for each in (self._replayer, self._runner)]
        return all(stopped)


def _continued(spec: Spec, begun: TrainedNames, control: Control) -> Training:
    """Continue the training; a changed setting is a tuning, and the spec stays as it was."""
    control.tuning = Tuning(spec.learning_rate, spec.clip)
    own = replace(spec, learning_rate=begun.spec.learning_rate, clip=begun.spec.clip)
    return train(own, begun.corpus, control, begun)
