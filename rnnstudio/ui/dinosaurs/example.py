"""Short trainings' states: what a view shows when it is opened alone."""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.core.names.clipping_demo import AT_A_HIGH_RATE, clipping_demo
from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.evaluate import EvaluationPlan, evaluate
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.recipes import FastSpec, PaperSpec
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.sampling_job import Drawn
from rnnstudio.core.names.statistics import statistics_of
from rnnstudio.core.names.train import train
from rnnstudio.core.session.data_file import data_file
from rnnstudio.core.session.kept_names import OpenedList
from rnnstudio.core.training import Control, Ended
from rnnstudio.ui.dinosaurs import evaluation_state, explaining_state
from rnnstudio.ui.dinosaurs.evaluation_state import EvaluationState
from rnnstudio.ui.dinosaurs.events import CorpusRead, TrainAsked
from rnnstudio.ui.dinosaurs.explaining_state import ExplainingState, NameAsked
from rnnstudio.ui.dinosaurs.sampling_state import SamplingState
from rnnstudio.ui.dinosaurs.state import NamesState, reduce


def trained_state(iterations: int = 4_000) -> NamesState:
    """The state after a real training on the shipped dinosaurs; takes a moment."""
    corpus = read_corpus(SHIPPED)
    spec = PaperSpec(iterations=iterations, sample_every=max(1, iterations // 4))
    state = reduce(
        NamesState(), CorpusRead(OpenedList(data_file(SHIPPED), corpus), statistics_of(corpus))
    )
    state = reduce(state, TrainAsked("a name"))
    for event in train(spec, corpus, Control()):
        state = reduce(state, event)
    return reduce(state, Ended(1, "finished"))


def drawn_state(name: int = 0) -> SamplingState:
    """The sampling page after names were drawn, with one of them half-way looked at."""
    trained, sampling = trained_state().trained, Sampling(count=20)
    if trained is None:
        raise RuntimeError("the training left no network")
    letters = tuple(NameSampler(trained).letters(sampling, name))
    verdicts = NameSampler(trained).names(sampling)
    drawn = Drawn(trained, sampling, verdicts)
    return SamplingState(trained, drawn=drawn, letters=letters, place=3)


def evaluated_state() -> EvaluationState:
    """The page of evaluation after a recipe was evaluated on one split."""
    plan = EvaluationPlan({"fast": FastSpec(epochs=3)}, (1,), samples=100)
    state = EvaluationState()
    for event in evaluate(plan, read_corpus(SHIPPED), Control()):
        state = evaluation_state.reduce(state, event)
    return state


def explained_state() -> ExplainingState:
    """The page of explanations after the demonstration, at the stage of drawing."""
    corpus = read_corpus(SHIPPED)
    state = explaining_state.reduce(ExplainingState(), NameAsked(trained_state().trained))
    for event in clipping_demo(replace(AT_A_HIGH_RATE, iterations=500), corpus, Control()):
        state = explaining_state.reduce(state, event)
    return replace(state, place=2)
