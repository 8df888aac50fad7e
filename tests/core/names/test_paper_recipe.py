"""The paper's recipe: published losses, events, stops and explosions."""

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import SHIPPED, Corpus, read_corpus
from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.core.names.sampler import Sampling, sample_names
from rnnstudio.core.names.stepper import Stepper
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import (
    Checkpoint,
    Control,
    Event,
    Finished,
    LossPoint,
    Progress,
    Sampled,
    Started,
)
from tests.core.names.runs import collect

PUBLISHED = {0: 23.087336, 2_000: 27.884160, 4_000: 25.901815, 10_000: 23.844446}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus(SHIPPED)


def points(events: list[Event]) -> list[LossPoint]:
    return [point for event in events if isinstance(event, Progress) for point in event.points]


def test_that_the_published_losses_reproduce_to_six_decimals(shared_data) -> None:
    spec = PaperSpec(iterations=10_001)
    events = list(train(spec, read_corpus(shared_data("dinos.txt")), Control()))
    smoothed = {point.step: point.smoothed for point in points(events)}
    assert {step: round(smoothed[step], 6) for step in PUBLISHED} == PUBLISHED


def test_that_the_events_are_those_of_the_protocol_and_lose_no_point(corpus: Corpus) -> None:
    events = list(train(PaperSpec(iterations=120, sample_every=50), corpus, Control()))
    assert events[0] == Started(total=120, seed=1)
    assert isinstance(events[-1], Finished)
    assert [point.step for point in points(events)] == list(range(120))
    assert [event.step for event in events if isinstance(event, Sampled)] == [0, 50, 100, 119]
    result = events[-1].result
    assert result.losses.tolist() == [point.loss for point in points(events)]
    assert result.smoothed.tolist() == [point.smoothed for point in points(events)]
    assert result.samples == tuple(event for event in events if isinstance(event, Sampled))


def test_that_the_result_samples_the_names_that_were_shown_last(corpus: Corpus) -> None:
    *_, finished = train(PaperSpec(iterations=200), corpus, Control())
    assert isinstance(finished, Finished)
    trained: TrainedNames = finished.result
    model = Stepper("rnn", trained.parameters)
    assert sample_names(model, trained.vocabulary, Sampling(seed=1)) == trained.samples[-1].texts
    assert {name: array.shape for name, array in trained.parameters.items()} == {
        "Wax": (50, 27),
        "Waa": (50, 50),
        "Wya": (27, 50),
        "ba": (50, 1),
        "by": (27, 1),
    }


@settings(max_examples=30)
@given(st.lists(st.text("abcdefghij ", min_size=1, max_size=30), min_size=2, max_size=9))
def test_that_any_list_of_names_can_be_trained_on(names: list[str]) -> None:
    spec = PaperSpec(iterations=30, sample_every=10, units=3)
    *_, finished = train(spec, Corpus("made", tuple(names)), Control())
    assert isinstance(finished, Finished)
    assert np.isfinite(finished.result.losses).all()


def test_that_equal_seeds_give_equal_bits_and_others_do_not(corpus: Corpus) -> None:
    def weights(seed: int) -> bytes:
        *_, finished = train(PaperSpec(iterations=60, seed=seed), corpus, Control())
        assert isinstance(finished, Finished)
        return b"".join(array.tobytes() for array in finished.result.parameters.values())

    assert weights(1) == weights(1)
    assert weights(1) != weights(2)


def test_that_the_network_learns_to_beat_a_blind_guess_and_ends_names_like_the_list(
    corpus: Corpus,
) -> None:
    *_, finished = train(PaperSpec(iterations=6_000, learning_rate=0.02), corpus, Control())
    assert isinstance(finished, Finished)
    assert finished.result.losses[-1000:].mean() < 0.7 * corpus.blind_loss
    late = " ".join(text for sample in finished.result.samples[-2:] for text in sample.texts)
    assert "us" in late


def test_when_cancelled_it_stops_at_the_next_iteration_with_its_state(corpus: Corpus) -> None:
    control = Control()
    events = []
    for event in train(PaperSpec(iterations=1_000_000), corpus, control):
        events.append(event)
        if isinstance(event, Progress) and event.step > 50:
            control.cancel()
    checkpoint = events[-1]
    assert isinstance(checkpoint, Checkpoint)
    assert len(checkpoint.state.losses) == checkpoint.step == len(points(events))
    assert not any(isinstance(event, Finished) for event in events)


def test_when_cancelled_before_it_begins_nothing_is_trained(corpus: Corpus) -> None:
    control = Control()
    control.cancel()
    events = list(train(PaperSpec(), corpus, control))
    assert isinstance(events[-1], Checkpoint)
    assert events[-1].step == 0
    assert points(events) == []


def test_when_cancelled_from_another_thread_between_two_events_it_stops(corpus: Corpus) -> None:
    control = Control()
    threading.Timer(0.05, control.cancel).start()
    *_, last = train(PaperSpec(iterations=10_000_000, units=5), corpus, control)
    assert isinstance(last, Checkpoint)


@pytest.mark.parametrize("learning_rate", [0.2, 10.0, 1e6, 1e300])
def test_when_the_loss_explodes_it_says_where_and_keeps_the_last_good_state(
    corpus: Corpus, learning_rate: float
) -> None:
    spec = PaperSpec(iterations=20_000, learning_rate=learning_rate)
    events: list[Event] = []
    with pytest.raises(UserError) as refused:
        collect(train(spec, corpus, Control()), events)
    checkpoint = events[-1]
    assert isinstance(checkpoint, Checkpoint)
    assert all(np.isfinite(array).all() for array in checkpoint.state.parameters.values())
    assert np.isfinite(checkpoint.state.memory["a_prev"]).all()
    assert len(checkpoint.state.losses) == checkpoint.step
    iteration = points(events)[-1].step
    assert str(refused.value).startswith(f"The loss exploded at iteration {iteration}; lower the")


def test_that_the_state_kept_from_an_explosion_is_that_of_a_run_that_ended_there(
    corpus: Corpus,
) -> None:
    events: list[Event] = []
    with pytest.raises(UserError):
        collect(train(PaperSpec(learning_rate=0.2), corpus, Control()), events)
    kept = events[-1]
    assert isinstance(kept, Checkpoint)
    assert kept.step > 0
    *_, finished = train(PaperSpec(kept.step, learning_rate=0.2), corpus, Control())
    assert isinstance(finished, Finished)
    for name, array in finished.result.parameters.items():
        assert np.array_equal(array, kept.state.parameters[name])
