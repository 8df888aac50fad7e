"""What the dinosaur generator shows, and how events change it; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Checkpoint, Finished, Progress, Sampled
from rnnstudio.ui import running
from rnnstudio.ui.dinosaurs.curve import Curve
from rnnstudio.ui.running import Run, RunEvent, StartAsked


@dataclass(frozen=True)
class CorpusRead:
    """A list of names was read."""

    corpus: Corpus


@dataclass(frozen=True)
class CorpusRefused:
    """A file is no list of names: ``sentence`` says why."""

    sentence: str


DinosaursEvent = RunEvent | CorpusRead | CorpusRefused


@dataclass(frozen=True)
class State:
    """The names to learn from, the run, and what it drew so far.

    A refused file leaves the names that were there. What a run drew stays until the next starts,
    the network that it trained until the next one's is there.
    """

    corpus: Corpus | None = None
    file_error: str = ""
    run: Run = field(default_factory=Run)
    curve: Curve = field(default_factory=Curve)
    samples: tuple[Sampled, ...] = ()
    trained: TrainedNames | None = None


def reduce(state: State, event: DinosaursEvent) -> State:
    """The state after ``event``."""
    match event:
        case CorpusRead(corpus=corpus):
            return replace(state, corpus=corpus, file_error="")
        case CorpusRefused(sentence=sentence):
            return replace(state, file_error=sentence)
    state = replace(state, run=running.reduce(state.run, event))
    match event:
        case StartAsked():
            return replace(state, curve=Curve(), samples=())
        case Progress(points=points):
            return replace(state, curve=state.curve.grown(points))
        case Sampled():
            return replace(state, samples=(*state.samples, event))
        case (
            Checkpoint(state=TrainedNames() as trained) | Finished(result=TrainedNames() as trained)
        ):
            return replace(state, trained=trained)
    return state
