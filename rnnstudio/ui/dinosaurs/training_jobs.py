"""Trains the tab's network on names, continues it, and goes back in its training."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from rnnstudio.core import language
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.recipes import PaperSpec, Spec
from rnnstudio.core.names.replay import beside
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Control, Training, Tuning
from rnnstudio.ui.dinosaurs.events import ContinueAsked, DinosaursEvent, ModelRefused, TrainAsked
from rnnstudio.ui.dinosaurs.home.pace import USUAL_PACE, steps_per_second
from rnnstudio.ui.dinosaurs.replay_runner import ReplayRunner
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.widgets.bar_runner import SteeredRunner


class TrainingJobs(QObject):
    """Starts what the state that it was shown last allows.

    ``runner`` is told to stop, to pause and to go on; ``pace`` is the place among the ``PACES``.
    ``take`` gets the events for that state: what was asked for and all that comes of it.
    ``status`` has a line for the window.
    """

    status = Signal(str)

    def __init__(self, take: Callable[[DinosaursEvent], None], parent: QObject) -> None:
        super().__init__(parent)
        self._take = take
        self._state = NamesState()
        self.pace = USUAL_PACE
        self.spec: Spec = PaperSpec()
        """The settings of the training that was begun last."""
        self.runner = SteeredRunner(take, self)
        self._replayer = ReplayRunner(take, self)

    def show_state(self, state: NamesState) -> None:
        """Take the state whose network is to be trained."""
        self._state = state

    def train(self, spec: Spec) -> None:
        """Train on the names that are open, unless a training or a reading is under way."""
        corpus = self._state.corpus
        if corpus is None or self.runner.busy or self._state.reading:
            return
        self.come_back()
        self._take(TrainAsked("a name" if isinstance(spec, PaperSpec) else "a character"))
        self.spec = spec
        self.runner.start(partial(_at_pace, steps_per_second(self.pace, spec), spec, corpus, None))

    def go_on(self, spec: Spec) -> None:
        """Continue the training there is, with what ``spec`` says now."""
        trained, corpus = self._state.trained, self._state.corpus
        if trained is None or corpus is None or self.runner.busy:
            return
        if self._state.foreign:
            text = self.tr(
                "This network was trained on {0}, but {1} is open. Open {0} to continue it, or "
                "press Train for a new one on {1}."
            )
            self._take(ModelRefused(language.filled(text, trained.corpus.source, corpus.source)))
            return
        self.come_back()
        self._take(ContinueAsked())
        self.spec = trained.spec
        pace = steps_per_second(self.pace, trained.spec)
        self.runner.start(partial(_continued, pace, spec, trained))

    @Slot(object)
    def tune(self, tuning: Tuning) -> None:
        """Let the training take another learning rate and clipping limit from now on."""
        self.runner.tune(tuning)
        text = self.tr("From now on: learning rate {0:g}, clipping limit {1:g}")
        self.status.emit(language.filled(text, tuning.learning_rate, tuning.clip))

    @Slot(int)
    def set_pace(self, pace: int) -> None:
        """Let the training go on as fast as that place among the ``PACES`` says."""
        self.pace = pace
        self.runner.set_pace(steps_per_second(pace, self.spec))

    @Slot(int)
    def go_back(self, iteration: int) -> None:
        """Look at the network after ``iteration``, or after the last that has been kept."""
        network = self._state.network
        if network is not None and network.step:
            known = beside(self._state.past, network)
            self._replayer.go_back(known, min(iteration, network.step - 1))

    def go_to_stage(self, by: int) -> None:
        """Look at the network of the next (1) or the last (-1) moment whose names were kept."""
        network, past = self._state.network, self._state.past
        if network is None:
            return
        stages = [sample.step for sample in network.samples]
        here = network.step if past is None else past.iteration
        if by < 0:
            before = [step for step in stages if step < here - (past is None)]
            if before:
                self.go_back(before[-1])
        elif past is not None:
            after = [step for step in stages if here < step < network.step - 1]
            if after:
                self.go_back(after[0])
            else:
                self.come_back()

    @Slot()
    def go_to_first_stage(self) -> None:
        """Look at the network after its first iteration."""
        self.go_back(0)

    @Slot()
    def come_back(self) -> None:
        """Look at the newest network."""
        self._replayer.come_back()

    def shutdown(self) -> bool:
        """Stop what is under way and wait for it; whether all of it has stopped."""
        stopped = [each.shutdown() for each in (self._replayer, self.runner)]
        return all(stopped)


def _at_pace(
    pace: float | None, spec: Spec, corpus: Corpus, begun: TrainedNames | None, control: Control
) -> Training:
    """Train from the first iteration on as fast as ``pace`` says, in iterations a second."""
    control.steps_per_second = pace
    return train(spec, corpus, control, begun)


def _continued(pace: float | None, spec: Spec, begun: TrainedNames, control: Control) -> Training:
    """Continue the training; a changed setting is a tuning, and the spec stays as it was."""
    control.tuning = Tuning(spec.learning_rate, spec.clip)
    own = replace(spec, learning_rate=begun.spec.learning_rate, clip=begun.spec.clip)
    return _at_pace(pace, own, begun.corpus, begun, control)
