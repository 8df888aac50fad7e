"""A short training's state: what a view shows when it is opened alone."""

from __future__ import annotations

from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.spec import PaperSpec
from rnnstudio.core.names.train import train
from rnnstudio.core.training import Control, Ended
from rnnstudio.ui.dinosaurs.state import CorpusRead, State, TrainAsked, reduce


def trained_state(iterations: int = 4_000) -> State:
    """The state after a real training on the shipped dinosaurs; takes a moment."""
    corpus = read_corpus(SHIPPED)
    spec = PaperSpec(iterations=iterations, sample_every=max(1, iterations // 4))
    state = reduce(reduce(State(), CorpusRead(corpus)), TrainAsked("a name"))
    for event in train(spec, corpus, Control()):
        state = reduce(state, event)
    return reduce(state, Ended(1, "finished"))
