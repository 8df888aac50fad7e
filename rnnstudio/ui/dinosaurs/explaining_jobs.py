"""The demonstration of clipping, and a name in stages; what is typed is a part of the state."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.clipping_demo import AT_A_HIGH_RATE, clipping_demo
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.core.names.replay import PastNetwork
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.ui.dinosaurs.explaining_state import (
    ClippingTyped,
    ExampleTyped,
    ExplainingEvent,
    ExplainingRefused,
    ExplainingState,
    NameAsked,
    StageStepped,
    reduce,
)
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.running import RunEvent, StartAsked
from rnnstudio.ui.widgets.bar_runner import SteeredRunner


class ExplainingJobs(QObject):
    """Explains by the names that are open and the network that is looked at.

    ``changed``: there is another ``state``. ``settings_changed``: something else was typed.
    """

    changed = Signal()
    settings_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.state = ExplainingState()
        self.corpus: Corpus | None = None
        self._network: TrainedNames | None = None
        self._past: PastNetwork | None = None
        self.runner = SteeredRunner(self._apply, self)

    def show_state(self, state: NamesState) -> None:
        """Take the list and the network; a name that is looked at stays while it learns."""
        if state.corpus is not self.corpus:
            self.corpus = state.corpus
            self._apply(ExampleTyped(None))
        self._network = state.looked_at
        shown, moved = self.state.trained, state.past is not self._past
        self._past = state.past
        stays = state.run.active and shown is not None and shown.same_training(self._network)
        stays = stays and not moved
        if self._network is not shown and not stays:
            self._apply(NameAsked(self._network))

    def look_anew(self) -> None:
        """Take the network as it is by now, where a name of an earlier moment was looked at."""
        if self._network is not self.state.trained:
            self._apply(NameAsked(self._network, self.state.seed))

    def show_settings(self, clipping: tuple[str, str], example: str | None) -> None:
        """Show what was typed in a session."""
        self._apply(ClippingTyped(*clipping))
        self._apply(ExampleTyped(example))

    @Slot(object)
    def take_typed(self, event: ClippingTyped | ExampleTyped) -> None:
        """Something was typed by a person."""
        self._apply(event)
        self.settings_changed.emit()

    @Slot()
    def start(self) -> None:
        """Train with clipping and without."""
        if self.corpus is None or self.runner.busy:
            return
        try:
            spec = self._spec()
        except UserError as error:
            self.refuse(language.text(error.message))
            return
        self._apply(StartAsked())
        self.runner.start(partial(clipping_demo, spec, self.corpus))

    def refuse(self, sentence: str) -> None:
        """Say why the demonstration cannot be run so; an empty sentence: it was read."""
        self._apply(ExplainingRefused(sentence))

    @Slot(int)
    def step(self, by: int) -> None:
        """Go on by so many stages."""
        self._apply(StageStepped(by))

    @Slot()
    def draw_another(self) -> None:
        """Look at another name."""
        self._apply(NameAsked(self._network, self.state.seed + 1))

    def shutdown(self) -> bool:
        """Stop the demonstration and wait for the thread; whether it has stopped."""
        return self.runner.shutdown()

    def _spec(self) -> PaperSpec:
        numbers = []
        for label, text in zip(
            (Message("Learning rate"), Message("Clip at ±")), self.state.clipping, strict=True
        ):
            try:
                numbers.append(float(text.strip().replace(",", ".")))
            except ValueError:
                raise UserError(
                    "{label} is {text!r}; it must be a number.", label=label, text=text
                ) from None
        return replace(AT_A_HIGH_RATE, learning_rate=numbers[0], clip=numbers[1])

    def _apply(self, event: ExplainingEvent | RunEvent) -> None:
        self.state = reduce(self.state, event)
        self.changed.emit()
