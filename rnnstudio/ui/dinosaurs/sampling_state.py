"""What the sampling page shows, and how events change it; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.names.corpus import END
from rnnstudio.core.names.novelty import NoveltyVerdict
from rnnstudio.core.names.sampler import Letter, Sampling
from rnnstudio.core.names.sampling_job import Drawn, draw
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Checkpoint, Control, Finished, Training
from rnnstudio.ui import running
from rnnstudio.ui.running import Run, RunEvent, StartAsked


@dataclass(frozen=True, eq=False)
class NetworkChanged:
    """Another network is to be drawn from, which is still ``learning`` or not."""

    trained: TrainedNames | None
    learning: bool = False


@dataclass(frozen=True)
class DrawAsked:
    """The user wants names."""


@dataclass(frozen=True, eq=False)
class DrawnShown:
    """What was drawn before from the training that is drawn from is shown again, or nothing."""

    drawn: Drawn | None


@dataclass(frozen=True, eq=False)
class NameChosen:
    """The user looks at a name letter by letter."""

    letters: tuple[Letter, ...]


@dataclass(frozen=True)
class LetterStepped:
    """Go on by so many letters, back if negative."""

    by: int


@dataclass(frozen=True)
class SamplingRefused:
    """What was asked for cannot be done: ``sentence`` says why."""

    sentence: str


SamplingEvent = (
    RunEvent
    | NetworkChanged
    | DrawAsked
    | DrawnShown
    | NameChosen
    | LetterStepped
    | SamplingRefused
)


@dataclass(frozen=True)
class SamplingState:
    """The network to draw from, what was ``drawn`` last, and the name of it that is looked at.

    ``drawn`` is from this network, or from an earlier moment of the same training, and knows which.
    ``place`` counts the letters of the name that have been drawn, the one being looked at included.
    """

    trained: TrainedNames | None = None
    learning: bool = False
    run: Run = field(default_factory=Run)
    drawn: Drawn | None = None
    letters: tuple[Letter, ...] = ()
    place: int = 0
    error: str = ""

    @property
    def verdicts(self) -> tuple[NoveltyVerdict, ...]:
        """The names that were drawn, each with its nearest neighbour."""
        return () if self.drawn is None else self.drawn.verdicts

    @property
    def letter(self) -> Letter | None:
        """The letter that is looked at."""
        return self.letters[self.place - 1] if self.letters else None

    @property
    def written(self) -> str:
        """The name as far as it has been drawn."""
        if self.drawn is None:
            return ""
        drawn = (self.drawn.trained.vocabulary[each.drawn] for each in self.letters[: self.place])
        return "".join(drawn).rstrip(END)

    @property
    def hidden(self) -> Array:
        """The hidden state after each letter so far (letters, n_a)."""
        return np.array([each.states["a"][:, 0] for each in self.letters[: self.place]])


def reduce(state: SamplingState, event: SamplingEvent) -> SamplingState:
    """The state after ``event``."""
    match event:
        case NetworkChanged(trained=trained, learning=learning):
            if trained is not None and trained.same_training(state.trained):
                return replace(state, trained=trained, learning=learning)
            return SamplingState(trained, learning, run=state.run)
        case DrawAsked():
            return replace(state, run=running.reduce(state.run, StartAsked()), error="")
        case DrawnShown(drawn=drawn):
            return replace(state, drawn=drawn, letters=(), place=0)
        case NameChosen(letters=letters):
            return replace(state, letters=letters, place=1, error="")
        case LetterStepped(by=by):
            last = len(state.letters)
            return replace(state, place=max(min(1, last), min(last, state.place + by)))
        case SamplingRefused(sentence=sentence):
            return replace(state, error=sentence, run=replace(state.run, error=""))
    state = replace(state, run=running.reduce(state.run, event))
    match event:
        case Checkpoint(state=Drawn() as drawn) | Finished(result=Drawn() as drawn) if (
            drawn.trained.same_training(state.trained)
        ):
            return replace(state, drawn=drawn, letters=(), place=0)
    return state


def draw_job(trained: TrainedNames, sampling: Sampling, control: Control) -> Training:
    """``draw``, whose results know what they are: a ``Drawn``."""
    for event in draw(trained, sampling, control):
        match event:
            case Checkpoint(step=step, state=verdicts):
                yield Checkpoint(step, Drawn(trained, sampling, verdicts))
            case Finished(step=step, seconds=seconds, result=verdicts):
                yield Finished(step, seconds, Drawn(trained, sampling, verdicts))
            case _:
                yield event
