"""A training that was stopped and continued is one that was never stopped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.engine.environment import environment
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.document import load_names, save_names
from rnnstudio.core.names.recipes import FastSpec, PaperSpec, Spec
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import Tuned
from rnnstudio.core.training import Control, Finished, LossPoint, Progress, Started, Tuning
from tests.core.names.runs import (
    FAST,
    FEW,
    PAPER,
    StopAt,
    assert_same,
    finished,
    stopped,
)

SPECS: list[Spec] = [PAPER, FAST, replace(FAST, cell="lstm"), replace(FAST, cell="rnn")]
WHOLE = {spec: finished(spec) for spec in SPECS}


@settings(max_examples=40)
@given(st.sampled_from(SPECS), st.data())
def test_that_a_training_stopped_anywhere_goes_on_to_the_last_bit_as_if_it_had_not_been(
    spec: Spec, data: st.DataObject
) -> None:
    whole = WHOLE[spec]
    stops = data.draw(st.lists(st.integers(0, whole.step - 1), min_size=1, max_size=3, unique=True))
    state = None
    for stop in sorted(stops):
        state = stopped(spec, stop, state)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "run.rnnstudio"
            save_names(path, state)
            state = load_names(path)
    assert_same(finished(spec, begun=state), whole)


@pytest.mark.parametrize("spec", [PAPER, FAST])
def test_that_the_curve_goes_on_where_it_stopped(spec: Spec) -> None:
    begun = stopped(spec, 20)
    events = list(train(spec, FEW, Control(), begun))
    assert isinstance(events[0], Started)
    points: list[LossPoint] = [
        point for event in events if isinstance(event, Progress) for point in event.points
    ]
    last = events[-1]
    assert isinstance(last, Finished)
    assert [point.step for point in points] == list(range(20, last.step))
    assert [*begun.losses, *(point.loss for point in points)] == WHOLE[spec].losses.tolist()
    assert last.result.seconds == last.seconds > begun.seconds


@pytest.mark.parametrize("spec", [PAPER, FAST])
def test_that_a_tuning_counts_from_its_iteration_on_and_stays_when_continued(spec: Spec) -> None:
    tuning = Tuning(0.003, 0.5)
    *_, last = train(spec, FEW, StopAt(10_000, {17: tuning}))
    assert isinstance(last, Finished)
    tuned = last.result
    assert tuned.tunings == (Tuned(17, tuning),)
    assert tuned.losses[:18].tolist() == WHOLE[spec].losses[:18].tolist()
    assert tuned.losses[18] != WHOLE[spec].losses[18]
    *_, checkpoint = train(spec, FEW, StopAt(30, {17: tuning}))
    assert_same(finished(spec, begun=checkpoint.state), tuned)


def test_that_more_iterations_can_be_given_to_a_training_that_has_ended() -> None:
    longer = replace(PAPER, iterations=PAPER.iterations + 40)
    whole = finished(longer)
    continued = finished(longer, begun=WHOLE[PAPER])
    assert continued.losses.tobytes() == whole.losses.tobytes()
    for name, array in whole.parameters.items():
        assert array.tobytes() == continued.parameters[name].tobytes()


def test_that_more_patience_can_be_given_to_a_training_that_stopped_early() -> None:
    spec = replace(FAST, learning_rate=0.1, epochs=40, patience=1)
    short = finished(spec)
    assert short.step < 40 * spec.epoch_steps(FEW)
    patient = replace(spec, patience=4)
    assert_same(
        replace(finished(patient, begun=short), samples=()), replace(finished(patient), samples=())
    )


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        (PAPER, "The training has done 90 iterations; give more to continue it."),
        (replace(PAPER, iterations=50), "The training has done 90 iterations; give more"),
        (replace(PAPER, units=7), "Hidden units: the training was begun with 6 and cannot be"),
        (replace(PAPER, seed=2), "Seed: the training was begun with 1 and cannot be continued"),
        (FAST, "The training was begun with the recipe 'paper' and cannot be continued with"),
    ],
)
def test_that_a_training_is_not_continued_by_another(spec: Spec, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        list(train(spec, FEW, Control(), WHOLE[PAPER]))


def test_that_a_training_that_stopped_early_goes_on_with_its_patience_again() -> None:
    spec = FastSpec(units=6, batch_size=8, learning_rate=0.1, epochs=40, patience=2)
    begun = finished(spec)
    losses = [loss for _, loss in begun.held_out]
    assert len(losses) - 1 - losses.index(min(losses)) == 2
    went_on = finished(spec, begun=begun)
    more = [loss for _, loss in went_on.held_out][len(losses) :]
    assert len(more) >= 2
    assert went_on.losses[: begun.step].tobytes() == begun.losses.tobytes()
    unbroken = finished(replace(spec, patience=39))
    assert went_on.losses.tobytes() == unbroken.losses[: went_on.step].tobytes()


def test_that_it_goes_on_alike_whether_or_not_it_is_stopped_after_that() -> None:
    spec = FastSpec(units=6, batch_size=8, learning_rate=0.1, epochs=40, patience=2)
    begun = finished(spec)
    whole = finished(spec, begun=begun)
    assert_same(finished(spec, begun=stopped(spec, begun.step + 9, begun)), whole)


def test_when_all_epochs_are_done_the_sentence_asks_for_more() -> None:
    spec = replace(FAST, patience=10)
    begun = finished(spec)
    with pytest.raises(UserError, match="has done 5 epochs; give it more to continue it"):
        list(train(spec, FEW, Control(), begun))


def test_that_a_training_is_not_continued_with_other_names() -> None:
    with pytest.raises(UserError, match="begun with the names of few; it can only be continued"):
        list(train(PAPER, Corpus("other", ("rex", "anzu")), Control(), WHOLE[PAPER]))


def test_that_the_same_names_in_a_file_of_another_name_will_do() -> None:
    begun = stopped(PAPER, 10)
    assert_same(finished(PAPER, Corpus("moved", FEW.names), begun), WHOLE[PAPER])


def test_that_a_whole_training_of_the_recipes_counts_its_time_without_pauses() -> None:
    control = Control()
    control.held_seconds = 1_000.0
    *_, last = train(PaperSpec(iterations=5), FEW, control)
    assert isinstance(last, Finished)
    assert 0 < last.seconds < 100


def test_that_a_training_keeps_each_environment_that_a_part_of_it_was_done_in() -> None:
    begun = stopped(PAPER, 20)
    here, there = environment(), replace(environment(), numpy="1.0")
    assert begun.environments == (here,)
    assert finished(PAPER, begun=begun).environments == (here,)
    assert finished(PAPER, begun=replace(begun, environments=(there,))).environments == (
        there,
        here,
    )
    assert finished(PAPER, begun=replace(begun, environments=())).environments == ()
