"""Draws many names at once, looks at one letter by letter, and writes them to a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.samples_export import write_names
from rnnstudio.core.names.sampling_job import Drawn
from rnnstudio.core.training import Checkpoint, Finished
from rnnstudio.ui.dinosaurs.sampling_state import (
    DrawAsked,
    DrawnShown,
    LetterStepped,
    NameChosen,
    NetworkChanged,
    SamplingEvent,
    SamplingRefused,
    SamplingState,
    draw_job,
    reduce,
)
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.running import CancelAsked
from rnnstudio.workers.run import Runner


class DrawingJobs(QObject):
    """Draws from the network that is looked at.

    ``changed``: there is another ``state``. ``names_drawn``: other names are there. ``status`` has
    a line for the window.
    """

    changed = Signal()
    names_drawn = Signal()
    status = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.state = SamplingState()
        self._runner = Runner(self)
        self._runner.produced.connect(self._apply)
        self._runner.ended.connect(self._apply)

    def show_state(self, state: NamesState) -> None:
        """Draw from the network there is; what was drawn from another training's goes."""
        network, learning = state.looked_at, state.run.active and state.past is None
        if network is self.state.trained and learning is self.state.learning:
            return
        if network is None or not network.same_training(self.state.trained):
            self._runner.cancel()
        self._apply(NetworkChanged(network, learning))

    @property
    def busy(self) -> bool:
        """Whether names are being drawn."""
        return self._runner.busy

    def show_drawn(self, drawn: Drawn | None) -> None:
        """Show what was drawn before from the training there is."""
        if drawn is not self.state.drawn:
            self._apply(DrawnShown(drawn))

    def draw(self, sampling: Sampling) -> None:
        """Draw names, if there is a network."""
        if self.state.trained is not None and not self._runner.busy:
            self._apply(DrawAsked())
            self._runner.start(partial(draw_job, self.state.trained, sampling))

    def refuse(self, sentence: str) -> None:
        """Say why names cannot be drawn so; an empty sentence: it was read."""
        self._apply(SamplingRefused(sentence))

    def export(self, path: Path) -> None:
        """Write the names that were drawn; say why when that is not possible."""
        try:
            write_names(self.state.verdicts, path)
        except UserError as error:
            self.refuse(language.text(error.message))
        else:
            self.status.emit(language.filled(self.tr("Wrote {0}"), path.name))

    @Slot(int)
    def choose(self, number: int) -> None:
        """Look at a name letter by letter."""
        drawn = self.state.drawn
        if drawn is not None:
            sampler = NameSampler(drawn.trained)
            self._apply(NameChosen(tuple(sampler.letters(drawn.sampling, number))))

    @Slot(int)
    def step(self, by: int) -> None:
        """Go on by so many letters."""
        self._apply(LetterStepped(by))

    @Slot()
    def stop(self) -> None:
        """Stop drawing."""
        self._apply(CancelAsked())
        self._runner.cancel()

    def shutdown(self) -> bool:
        """Stop drawing and wait for the thread; whether it has stopped."""
        return self._runner.shutdown()

    @Slot(object)
    def _apply(self, event: SamplingEvent) -> None:
        before, self.state = self.state.drawn, reduce(self.state, event)
        self.changed.emit()
        if isinstance(event, Checkpoint | Finished) and self.state.drawn is not before:
            self.names_drawn.emit()
