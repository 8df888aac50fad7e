"""The generator's state, without Qt."""

from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.core.names.train import train
from rnnstudio.core.session.data_file import DataFile
from rnnstudio.core.session.kept_names import OpenedList
from rnnstudio.core.training import Control, Ended, LossPoint, Progress, Sampled, Started
from rnnstudio.ui.dinosaurs.events import CorpusRead, CorpusRefused, TrainAsked
from rnnstudio.ui.dinosaurs.state import NamesState, reduce
from rnnstudio.ui.running import Phase

CORPUS = Corpus("two.txt", ("rex", "anzu"))


def drawn() -> NamesState:
    state = NamesState(corpus=CORPUS)
    for event in (
        TrainAsked("a name"),
        Started(total=9, seed=1),
        Progress(2, 9, 0.1, (LossPoint(0, 3.0, 23.0), LossPoint(1, 4.0, 22.0))),
        Sampled(1, ("a",)),
    ):
        state = reduce(state, event)
    return state


def test_that_every_event_of_a_real_training_ends_up_in_the_state() -> None:
    state = reduce(NamesState(corpus=CORPUS), TrainAsked("a name"))
    events = list(train(PaperSpec(iterations=40, sample_every=10, units=4), CORPUS, Control()))
    for event in events:
        state = reduce(state, event)
    state = reduce(state, Ended(1, "finished"))
    points = [point for event in events if isinstance(event, Progress) for point in event.points]
    assert state.curve.losses.tolist() == [point.loss for point in points]
    assert state.curve.smoothed.tolist() == [point.smoothed for point in points]
    sampled = [event for event in events if isinstance(event, Sampled)]
    assert [state.samples[i] for i in range(len(state.samples))] == sampled
    assert state.run.phase is Phase.FINISHED
    assert state.trained is not None
    assert state.trained.losses.tolist() == state.curve.losses.tolist()


def test_that_a_stopped_run_leaves_its_network_until_the_next_ones_is_there() -> None:
    state, control = reduce(NamesState(corpus=CORPUS), TrainAsked("a name")), Control()
    control.cancel()
    for event in train(PaperSpec(units=4), CORPUS, control):
        state = reduce(state, event)
    state = reduce(state, Ended(1, "cancelled"))
    assert state.trained is not None
    assert state.trained.parameters["Waa"].shape == (4, 4)
    assert reduce(state, TrainAsked("a name")).trained is state.trained


@pytest.mark.parametrize(
    ("end", "phase"),
    [
        (Ended(1, "cancelled"), Phase.CANCELLED),
        (Ended(1, "failed", UserError("The loss exploded.")), Phase.FAILED),
    ],
)
def test_that_a_run_that_did_not_finish_keeps_what_it_drew(end: Ended, phase: Phase) -> None:
    state = reduce(drawn(), end)
    assert state.run.phase is phase
    assert state.curve.losses.tolist() == [3.0, 4.0]
    assert [state.samples[i].texts for i in range(len(state.samples))] == [("a",)]


def test_that_the_next_run_begins_with_an_empty_curve() -> None:
    state = reduce(reduce(drawn(), Ended(1, "finished")), TrainAsked("a name"))
    assert state.curve.size == 0
    assert len(state.samples) == 0
    assert state.corpus is CORPUS


def test_that_a_refused_file_leaves_the_names_there_are_until_one_is_read() -> None:
    state = reduce(NamesState(corpus=CORPUS), CorpusRefused("one.txt holds only one name."))
    assert (state.corpus, state.file_error) == (CORPUS, "one.txt holds only one name.")
    other = Corpus("other", ("a", "b"))
    opened = OpenedList(DataFile(Path("other.txt"), "", 0), other)
    state = reduce(state, CorpusRead(opened))
    assert (state.corpus, state.file_error) == (other, "")
