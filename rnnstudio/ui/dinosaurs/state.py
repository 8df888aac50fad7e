"""What the dinosaur generator shows, and how events change it; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from rnnstudio.core.cells.quiz import Votes
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.filmstrip import Film
from rnnstudio.core.names.letter_quiz import LetterQuestion
from rnnstudio.core.names.loss_references import LossReferences
from rnnstudio.core.names.replay import PastNetwork
from rnnstudio.core.names.statistics import Statistics
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.kept_names import OpenedList
from rnnstudio.core.training import (
    Checkpoint,
    Ended,
    Finished,
    Gradient,
    Progress,
    Sampled,
    Snapshot,
)
from rnnstudio.ui import running
from rnnstudio.ui.dinosaurs.append_only import Columns, Strip
from rnnstudio.ui.dinosaurs.curve import Curve
from rnnstudio.ui.dinosaurs.events import (
    ContinueAsked,
    CorpusRead,
    CorpusRefused,
    DinosaursEvent,
    FilmMade,
    FilmRefused,
    GoBackAsked,
    LetterAsked,
    LetterHandCounted,
    LetterRevealed,
    ListReadAsked,
    ListReadEnded,
    ModelRefused,
    ModelSaved,
    NewestAsked,
    ReferencesFound,
    TrainAsked,
    TrainingOpened,
    WentBack,
)
from rnnstudio.ui.running import Run, RunEvent, StartAsked, unsaved_while

MOST_RUNS = 20
"""Trainings that are kept for comparison, the newest ones."""


@dataclass(frozen=True)
class NamesState:
    """The names to learn from, the run, and what it drew so far.

    A refused file leaves the names that were there. What a run drew stays until the next starts,
    the network that it trained until the next one's is there. ``held_out`` (2, epochs) has the
    iterations and the held-out losses, ``gradients`` (4, measured) the iterations, the norms before
    and after clipping and the shares of clipped entries. ``gradient`` is the newest. ``runs`` are
    the trainings of this session, a continued one in its newest form; ``begun`` is the one that is
    being continued. ``snapshot`` is the network that is learning, as it was a moment ago;
    ``opened`` is the list with its file; None where it came with a network.
    ``reading`` names the file that is being read, ``refused`` is one that was no list, as long as
    ``file_error`` says so. ``past`` is the network of an earlier iteration, looked at in the place
    of the newest, and ``going_back`` the iteration that is being gone back to, which takes about
    ``seconds_back`` in all. ``film`` has the names in sight, ``film_error`` why others cannot be
    drawn; ``references`` is what the losses on ``corpus`` are compared with, once that is known.
    ``question`` is before the class, whose hands and score are in ``votes``.
    """

    corpus: Corpus | None = None
    statistics: Statistics | None = None
    opened: OpenedList | None = None
    reading: str = ""
    file_error: str = ""
    refused: Path | None = None
    model_error: str = ""
    run: Run = field(default_factory=Run)
    unit: str = "a name"
    curve: Curve = field(default_factory=Curve)
    held_out: Columns = field(default_factory=lambda: Columns(2))
    gradients: Columns = field(default_factory=lambda: Columns(4))
    gradient: Gradient | None = None
    samples: Strip[Sampled] = field(default_factory=Strip[Sampled])
    trained: TrainedNames | None = None
    snapshot: TrainedNames | None = None
    begun: TrainedNames | None = None
    runs: tuple[TrainedNames, ...] = ()
    past: PastNetwork | None = None
    going_back: int | None = None
    seconds_back: float = 0.0
    film: Film | None = None
    film_error: str = ""
    references: LossReferences | None = None
    question: LetterQuestion | None = None
    votes: Votes = field(default_factory=Votes)

    @property
    def network(self) -> TrainedNames | None:
        """The network to save and to evaluate: the one that is learning, else the last."""
        return self.snapshot if self.run.active else self.trained

    @property
    def foreign(self) -> bool:
        """Whether that network learns or has learnt from another list than the one that is open."""
        network, corpus = self.network, self.corpus
        return network is not None and corpus is not None and network.corpus != corpus

    @property
    def asked(self) -> Path | None:
        """The file of names that was asked for last, refused or open."""
        return self.refused or (None if self.opened is None else self.opened.data.path)

    @property
    def looked_at(self) -> TrainedNames | None:
        """The network to draw from and to look into: one of an earlier iteration, or the newest."""
        return self.network if self.past is None else self.past.trained

    @property
    def unsaved_work(self) -> tuple[Message, ...]:
        """What is lost when the window closes."""
        return unsaved_while(
            self.run, Message("A network is being trained on names; closing stops it.")
        )


def reduce(state: NamesState, event: DinosaursEvent) -> NamesState:
    """The state after ``event``."""
    match event:
        case ListReadAsked() | ListReadEnded() | CorpusRead() | CorpusRefused():
            return _reading(state, event)
        case ModelRefused(sentence=sentence):
            return replace(state, model_error=sentence)
        case ModelSaved():
            return replace(state, model_error="")
        case TrainingOpened() | TrainAsked() | ContinueAsked():
            return _other_curves(state, event)
        case GoBackAsked() | WentBack() | NewestAsked():
            return _moved(state, event)
        case FilmMade() | FilmRefused() | ReferencesFound():
            return _found(state, event)
        case LetterAsked() | LetterHandCounted() | LetterRevealed():
            return _guessed(state, event)
    return _advance(replace(state, run=running.reduce(state.run, event)), event)


def _reading(
    state: NamesState, event: ListReadAsked | ListReadEnded | CorpusRead | CorpusRefused
) -> NamesState:
    """A list is being read, is there, or is none."""
    match event:
        case ListReadAsked(name=name):
            return replace(state, reading=name)
        case ListReadEnded():
            return replace(state, reading="")
        case CorpusRead():
            return _read(state, event)
        case CorpusRefused(sentence=sentence, path=path):
            return replace(state, file_error=sentence, refused=path)


def _other_curves(
    state: NamesState, event: TrainingOpened | TrainAsked | ContinueAsked
) -> NamesState:
    """Curves of another training; the newest network is looked at."""
    match event:
        case TrainingOpened():
            return _opened(state, event)
        case TrainAsked(unit=unit):
            return _begun(state, unit)
        case ContinueAsked():
            return _continued(replace(state, past=None, going_back=None))


def _moved(state: NamesState, event: GoBackAsked | WentBack | NewestAsked) -> NamesState:
    """Another moment of the training is looked at; a network nobody waits for is dropped."""
    match event:
        case GoBackAsked(iteration=iteration, seconds=seconds):
            return replace(state, going_back=iteration, seconds_back=seconds, model_error="")
        case WentBack(past=past):
            awaited = past.iteration == state.going_back
            return replace(state, past=past, going_back=None) if awaited else state
        case NewestAsked():
            return replace(state, past=None, going_back=None)


def _found(state: NamesState, event: FilmMade | FilmRefused | ReferencesFound) -> NamesState:
    """What the names in sight are, or what losses are compared with."""
    match event:
        case FilmMade(film=film):
            return replace(state, film=film, film_error="")
        case FilmRefused(sentence=sentence):
            return replace(state, film_error=sentence)
        case ReferencesFound(references=references):
            return replace(state, references=references)


def _guessed(
    state: NamesState, event: LetterAsked | LetterHandCounted | LetterRevealed
) -> NamesState:
    """A class guesses the next letter."""
    question, votes = state.question, state.votes
    match event:
        case LetterAsked(question=asked):
            choices = 0 if asked is None else len(asked.letters)
            return replace(state, question=asked, votes=votes.asked(choices))
        case LetterHandCounted(choice=choice, by=by):
            return replace(state, votes=votes.with_hands(choice, by))
        case LetterRevealed() if question is not None:
            return replace(state, votes=votes.reveal(question.right))
    return state


def _advance(state: NamesState, event: RunEvent) -> NamesState:
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
        case Snapshot(state=TrainedNames() as trained):
            return replace(state, snapshot=trained)
        case Ended():
            past = state.past
            stays = past is not None and past.trained.same_training(state.trained)
            return replace(state, begun=None, snapshot=None, past=past if stays else None)
    return state


def _progressed(state: NamesState, event: Progress) -> NamesState:
    held_out = [(p.step, p.held_out) for p in event.points if p.held_out is not None]
    if held_out:
        state = replace(state, held_out=state.held_out.grown(np.array(held_out, np.float64).T))
    if event.gradient is not None and event.gradient is not state.gradient:
        column = np.array([[event.step - 1], *([figure] for figure in event.gradient)])
        state = replace(state, gradients=state.gradients.grown(column), gradient=event.gradient)
    return replace(state, curve=state.curve.grown(event.points))


def _learnt(state: NamesState, trained: TrainedNames) -> NamesState:
    """The network is there: a continued training takes the place of what it was."""
    others = tuple(run for run in state.runs if run is not state.begun)
    return replace(
        state,
        trained=trained,
        snapshot=trained,
        unit=trained.unit,
        runs=(*others, trained)[-MOST_RUNS:],
    )


def _read(state: NamesState, event: CorpusRead) -> NamesState:
    """Other names are open; the network keeps those that it was trained on."""
    return replace(
        state,
        opened=event.opened,
        corpus=event.opened.corpus,
        references=None,
        statistics=event.statistics,
        file_error="",
        refused=None,
    )


def _opened(state: NamesState, event: TrainingOpened) -> NamesState:
    """A training from a file, as if it had just been stopped."""
    trained = event.trained
    opened = NamesState(
        trained.corpus,
        event.statistics,
        reading=state.reading,
        trained=trained,
        runs=(*state.runs, trained)[-MOST_RUNS:],
    )
    return with_curves(opened, trained)


def _begun(state: NamesState, unit: str) -> NamesState:
    """A new training begins with empty curves; the network there was stays until it has one."""
    return NamesState(
        state.corpus,
        state.statistics,
        opened=state.opened,
        run=running.reduce(state.run, StartAsked()),
        unit=unit,
        trained=state.trained,
        runs=state.runs,
        references=state.references,
        votes=state.votes.asked(0),
    )


def _continued(state: NamesState) -> NamesState:
    """The training continues from the present network; later checkpoints are discarded."""
    if state.trained is None:
        return state
    begun = with_curves(replace(state, model_error="", begun=state.trained), state.trained)
    return replace(begun, run=running.reduce(state.run, StartAsked()))


def with_curves(state: NamesState, trained: TrainedNames) -> NamesState:
    """The state with the curves and the samples of a training."""
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
