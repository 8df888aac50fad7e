"""What the dinosaur generator shows, and how events change it; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Checkpoint, Ended, Finished, Gradient, Progress, Sampled
from rnnstudio.ui import running
from rnnstudio.ui.dinosaurs.curve import Curve
from rnnstudio.ui.dinosaurs.growing import Columns, Strip
from rnnstudio.ui.running import Run, RunEvent, StartAsked

MOST_RUNS = 20
"""Trainings that are kept for comparison, the newest ones."""


@dataclass(frozen=True)
class CorpusRead:
    """A list of names was read."""

    corpus: Corpus


@dataclass(frozen=True)
class CorpusRefused:
    """A file is no list of names: ``sentence`` says why."""

    sentence: str


@dataclass(frozen=True, eq=False)
class TrainingOpened:
    """A training was read from a file."""

    trained: TrainedNames


@dataclass(frozen=True)
class ModelRefused:
    """What was asked of the trained network cannot be done: ``sentence`` says why."""

    sentence: str


@dataclass(frozen=True)
class ModelSaved:
    """The training was written to a file."""


@dataclass(frozen=True)
class TrainAsked:
    """The user let a new training begin; its losses are counted in nats ``unit``."""

    unit: str


@dataclass(frozen=True)
class ContinueAsked:
    """The user let the training there is go on."""


DinosaursEvent = (
    RunEvent
    | CorpusRead
    | CorpusRefused
    | TrainingOpened
    | ModelRefused
    | ModelSaved
    | TrainAsked
    | ContinueAsked
)


@dataclass(frozen=True)
class State:
    """The names to learn from, the run, and what it drew so far.

    A refused file leaves the names that were there. What a run drew stays until the next starts,
    the network that it trained until the next one's is there. ``held_out`` (2, epochs) has the
    iterations and the held-out losses, ``gradients`` (4, measured) the iterations, the norms before
    and after clipping and the shares of clipped entries. ``gradient`` is the newest. ``runs`` are
    the trainings of this session, a continued one in its newest form; ``begun`` is the one that is
    being continued.
    """

    corpus: Corpus | None = None
    file_error: str = ""
    model_error: str = ""
    run: Run = field(default_factory=Run)
    unit: str = "a name"
    curve: Curve = field(default_factory=Curve)
    held_out: Columns = field(default_factory=lambda: Columns(2))
    gradients: Columns = field(default_factory=lambda: Columns(4))
    gradient: Gradient | None = None
    samples: Strip[Sampled] = field(default_factory=Strip[Sampled])
    trained: TrainedNames | None = None
    begun: TrainedNames | None = None
    runs: tuple[TrainedNames, ...] = ()


def reduce(state: State, event: DinosaursEvent) -> State:
    """The state after ``event``."""
    match event:
        case CorpusRead(corpus=corpus):
            return replace(state, corpus=corpus, file_error="")
        case CorpusRefused(sentence=sentence):
            return replace(state, file_error=sentence)
        case ModelRefused(sentence=sentence):
            return replace(state, model_error=sentence)
        case ModelSaved():
            return replace(state, model_error="")
        case TrainingOpened(trained=trained):
            return _opened(state, trained)
        case TrainAsked(unit=unit):
            run = running.reduce(state.run, StartAsked())
            return State(state.corpus, run=run, unit=unit, trained=state.trained, runs=state.runs)
        case ContinueAsked():
            return _continued(state)
    return _advance(replace(state, run=running.reduce(state.run, event)), event)


def _advance(state: State, event: RunEvent) -> State:
    """What an event of a run changes besides the run itself."""
    match event:
        case Progress():
            return _progressed(state, event)
        case Sampled():
            return replace(state, samples=state.samples.grown(event))
        case (
            Checkpoint(state=TrainedNames() as trained) | Finished(result=TrainedNames() as trained)
        ):
            return _learnt(state, trained)
        case Ended():
            return replace(state, begun=None)
    return state


def _progressed(state: State, event: Progress) -> State:
    held_out = [(p.step, p.held_out) for p in event.points if p.held_out is not None]
    if held_out:
        state = replace(state, held_out=state.held_out.grown(np.array(held_out, np.float64).T))
    if event.gradient is not None and event.gradient is not state.gradient:
        column = np.array([[event.step - 1], *([figure] for figure in event.gradient)])
        state = replace(state, gradients=state.gradients.grown(column), gradient=event.gradient)
    return replace(state, curve=state.curve.grown(event.points))


def _learnt(state: State, trained: TrainedNames) -> State:
    """The network is there: a continued training takes the place of what it was."""
    others = tuple(run for run in state.runs if run is not state.begun)
    return replace(state, trained=trained, unit=trained.unit, runs=(*others, trained)[-MOST_RUNS:])


def _opened(state: State, trained: TrainedNames) -> State:
    """A training from a file, as if it had just been stopped."""
    opened = _drawn(State(trained.corpus, trained=trained, runs=state.runs), trained)
    return replace(opened, runs=(*state.runs, trained)[-MOST_RUNS:])


def _continued(state: State) -> State:
    """The training goes on from the network there is; what came after it is forgotten."""
    if state.trained is None:
        return state
    begun = _drawn(replace(state, model_error="", begun=state.trained), state.trained)
    return replace(begun, run=running.reduce(state.run, StartAsked()))


def _drawn(state: State, trained: TrainedNames) -> State:
    """The curves and the samples of a training."""
    samples: Strip[Sampled] = Strip()
    for sample in trained.samples:
        samples = samples.grown(sample)
    held_out = np.array(trained.held_out, np.float64).reshape(-1, 2).T
    return replace(
        state,
        unit=trained.unit,
        curve=Curve.of(trained.losses, trained.smoothed),
        held_out=Columns(2).grown(held_out),
        samples=samples,
    )
