"""The fast recipe: what it learns, what it never sees, and how it ends."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import SHIPPED, Corpus, read_corpus
from rnnstudio.core.names.held_out import MOST_HELD_OUT, split_names
from rnnstudio.core.names.ngram import best_order
from rnnstudio.core.names.recipes import FastSpec
from rnnstudio.core.names.sampler import Sampling, sample_names
from rnnstudio.core.names.stepper import Stepper, nats_per_character
from rnnstudio.core.names.train import train
from rnnstudio.core.training import Checkpoint, Control, Event, Finished, Progress, Sampled
from tests.core.names.runs import FAST, FEW, collect, finished


@pytest.mark.slow
def test_that_it_beats_the_best_n_gram_on_names_it_has_not_seen() -> None:
    corpus = read_corpus(SHIPPED)
    trained = finished(FastSpec(), corpus)
    model = Stepper("gru", trained.parameters)
    loss = nats_per_character(model, corpus, trained.held_out_names)
    assert loss == pytest.approx(trained.best_held_out, rel=1e-4)
    _, counted = best_order(trained.training_names, trained.held_out_names, corpus.vocabulary)
    assert loss < counted - 0.03


@given(
    st.lists(st.text("abc", min_size=1, max_size=4), min_size=2, max_size=60),
    st.floats(0.01, 0.5),
    st.integers(0, 2**32 - 1),
)
def test_that_no_held_out_name_is_trained_on(names: list[str], share: float, seed: int) -> None:
    if len(set(names)) < 2:
        with pytest.raises(UserError, match="All names are the same"):
            split_names(names, share, seed)
        return
    train_names, held_out = split_names(names, share, seed)
    assert not set(train_names) & set(held_out)
    assert sorted(train_names + held_out) == sorted(set(names))
    assert train_names
    assert held_out


def test_that_a_held_out_name_has_no_part_in_the_training() -> None:
    spec = replace(FAST, patience=100)
    trained = finished(spec)

    def changed(name: str) -> Corpus:
        """The same list with ``name`` written backwards, and every name twice."""
        names = tuple(each[::-1] if each == name else each for each in FEW.names)
        return Corpus("changed", names * 2, FEW.vocabulary)

    other = finished(spec, changed(trained.held_out_names[0]))
    assert other.losses.tobytes() == trained.losses.tobytes()
    assert other.memory["now.Wy"].tobytes() == trained.memory["now.Wy"].tobytes()
    assert other.held_out != trained.held_out
    assert finished(spec, changed(trained.training_names[0])).losses[-1] != trained.losses[-1]


def test_that_a_long_list_holds_out_no_more_than_can_be_judged_in_time() -> None:
    names = tuple(f"{n:x}" for n in range(20_000))
    assert len(split_names(names, 0.1, 1)[1]) == MOST_HELD_OUT


def test_that_held_out_losses_come_at_the_ends_of_epochs() -> None:
    events = list(train(FAST, FEW, Control()))
    last = events[-1]
    assert isinstance(last, Finished)
    trained = last.result
    steps = FAST.epoch_steps(FEW)
    points = [point for event in events if isinstance(event, Progress) for point in event.points]
    judged = [(point.step, point.held_out) for point in points if point.held_out is not None]
    assert judged == list(trained.held_out)
    assert [step + 1 for step, _ in judged] == [steps * (n + 1) for n in range(len(judged))]
    sampled = [event.step for event in events if isinstance(event, Sampled)]
    assert sampled == sorted({*range(0, trained.step, FAST.sample_every), trained.step - 1})


def test_that_it_stops_early_with_the_best_weights() -> None:
    spec = replace(FAST, learning_rate=0.1, epochs=60, patience=2)
    trained = finished(spec)
    losses = [loss for _, loss in trained.held_out]
    assert len(losses) < 60
    assert len(losses) - 1 - int(np.argmin(losses)) == 2
    model = Stepper("gru", trained.parameters)
    assert nats_per_character(model, FEW, trained.held_out_names) == pytest.approx(
        min(losses), rel=1e-4
    )
    assert sample_names(model, FEW.vocabulary, Sampling(seed=1)) == trained.samples[-1].texts


def test_that_equal_seeds_give_equal_bits_and_others_do_not() -> None:
    first, again, other = (finished(replace(FAST, seed=seed)) for seed in (1, 1, 2))
    assert first.losses.tobytes() == again.losses.tobytes()
    assert first.losses.tobytes() != other.losses.tobytes()


@settings(max_examples=20)
@given(
    st.lists(st.text("abcé ", min_size=1, max_size=30), min_size=2, max_size=9, unique=True),
    st.sampled_from(["rnn", "lstm", "gru"]),
)
def test_that_any_list_of_names_can_be_trained_on(names: list[str], cell: str) -> None:
    spec = FastSpec(cell=cell, units=3, epochs=2, batch_size=4)  # type: ignore[arg-type]
    trained = finished(spec, Corpus("made", tuple(names)))
    assert np.isfinite(trained.losses).all()


@pytest.mark.parametrize("learning_rate", [3.0, 1e6, 1e300])
def test_when_the_loss_explodes_it_says_so_and_keeps_what_was_good(learning_rate: float) -> None:
    events: list[Event] = []
    with pytest.raises(UserError, match=r"The loss exploded at iteration \d+; lower the learning"):
        collect(train(replace(FAST, learning_rate=learning_rate), FEW, Control()), events)
    checkpoint = events[-1]
    assert isinstance(checkpoint, Checkpoint)
    assert len(checkpoint.state.losses) == checkpoint.step
    assert all(np.isfinite(array).all() for array in checkpoint.state.parameters.values())
    model = Stepper("gru", checkpoint.state.parameters)
    assert nats_per_character(model, FEW, FEW.names) < 1.5 * math.log(len(FEW.vocabulary))


def test_that_a_progress_measures_the_gradient_and_its_clipping() -> None:
    spec = replace(FAST, clip=0.01, epochs=200, patience=200)
    measured = [
        event.gradient
        for event in train(spec, FEW, Control())
        if isinstance(event, Progress) and event.gradient is not None
    ]
    assert measured
    for gradient in measured:
        assert gradient.before > 0.01
        assert gradient.after == pytest.approx(0.01, rel=1e-4)
        assert gradient.share == 1
