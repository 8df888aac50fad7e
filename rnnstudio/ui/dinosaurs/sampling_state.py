"""What the sampling room shows, and how events change it; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.names.corpus import END
from rnnstudio.core.names.novelty import Verdict
from rnnstudio.core.names.sampler import Letter, Sampling
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Checkpoint, Finished
from rnnstudio.ui import running
from rnnstudio.ui.running import Run, RunEvent, StartAsked


@dataclass(frozen=True, eq=False)
class NetworkChanged:
    """Another network is to be drawn from."""

    trained: TrainedNames | None


@dataclass(frozen=True)
class DrawAsked:
    """The user wants names."""

    sampling: Sampling


@dataclass(frozen=True, eq=False)
class NameChosen:
    """The user looks at a name letter by letter."""

    letters: tuple[Letter, ...]


@dataclass(frozen=True)
class LetterStepped:
    """Go on by so many letters, back if negative."""

    by: int


@dataclass(frozen=True)
class Refused:
    """What was asked for cannot be done: ``sentence`` says why."""

    sentence: str


SamplingEvent = RunEvent | NetworkChanged | DrawAsked | NameChosen | LetterStepped | Refused


@dataclass(frozen=True)
class SamplingState:
    """The network, what was drawn from it by ``sampling``, and the name that is looked at.

    ``asked`` is how names are being drawn now; until they are there the last ones stay.
    ``place`` counts the letters of the name that have been drawn, the one being looked at included.
    """

    trained: TrainedNames | None = None
    run: Run = field(default_factory=Run)
    asked: Sampling | None = None
    sampling: Sampling | None = None
    verdicts: tuple[Verdict, ...] = ()
    letters: tuple[Letter, ...] = ()
    place: int = 0
    error: str = ""

    @property
    def letter(self) -> Letter | None:
        """The letter that is looked at."""
        return self.letters[self.place - 1] if self.letters else None

    @property
    def written(self) -> str:
        """The name as far as it has been drawn."""
        if self.trained is None:
            return ""
        drawn = (self.trained.vocabulary[each.drawn] for each in self.letters[: self.place])
        return "".join(drawn).rstrip(END)

    @property
    def hidden(self) -> Array:
        """The hidden state after each letter so far (letters, n_a)."""
        return np.array([each.states["a"][:, 0] for each in self.letters[: self.place]])


def reduce(state: SamplingState, event: SamplingEvent) -> SamplingState:
    """The state after ``event``."""
    match event:
        case NetworkChanged(trained=trained):
            return SamplingState(trained, run=state.run)
        case DrawAsked(sampling=sampling):
            run = running.reduce(state.run, StartAsked())
            return replace(state, run=run, asked=sampling, error="")
        case NameChosen(letters=letters):
            return replace(state, letters=letters, place=1, error="")
        case LetterStepped(by=by):
            last = len(state.letters)
            return replace(state, place=max(min(1, last), min(last, state.place + by)))
        case Refused(sentence=sentence):
            return replace(state, error=sentence)
    state = replace(state, run=running.reduce(state.run, event))
    match event:
        case Checkpoint(state=tuple() as verdicts) | Finished(result=tuple() as verdicts):
            return replace(state, verdicts=verdicts, sampling=state.asked, letters=(), place=0)
    return state
