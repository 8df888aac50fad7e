"""Going back in a training: any iteration's network, as it was to the last bit."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.errors import UserError
from rnnstudio.core.names import history
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.document import load_names, save_names
from rnnstudio.core.names.history import NamesCheckpoint, nearest, thinned
from rnnstudio.core.names.recipes import Spec
from rnnstudio.core.names.replay import PastNetwork, beside, replay, seconds_to_replay
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Checkpoint, Control, Event, Finished, Sampled, Started, Tuning
from tests.core.names.runs import (
    FAST,
    FEW,
    PAPER,
    StopAt,
    assert_same,
    collect,
    finished,
    stopped,
    with_checkpoints,
)

SPECS: list[Spec] = [PAPER, FAST, replace(FAST, cell="lstm"), replace(FAST, cell="rnn")]
RUNS = {spec: with_checkpoints(spec, [11, 12, 30]) for spec in SPECS}
SHOWN = {spec: finished(replace(spec, sample_every=1)) for spec in SPECS}
"""The same trainings, which show names after each of their iterations."""


def past(trained: TrainedNames, iteration: int) -> PastNetwork:
    """The network after an iteration."""
    *_, last = replay(trained, iteration, Control())
    assert isinstance(last, Finished)
    assert isinstance(last.result, PastNetwork)
    return last.result


def newest(state: TrainedNames) -> dict[str, bytes]:
    """The weights that a stopped training would go on from."""
    weights = NamesCheckpoint.of(state.step, (state.parameters, state.memory)).weights
    return {name: part.tobytes() for name, part in weights.items()}


@pytest.mark.parametrize("spec", SPECS)
def test_that_what_was_gone_back_to_is_near_what_comes_after_it(spec: Spec) -> None:
    trained = replace(RUNS[spec], seconds=100.0 * RUNS[spec].step)
    known = beside(past(trained, 24), trained)
    found, far = past(known, 27), past(trained, 27)
    assert (found.redone, far.redone) == (3, 16)
    assert (seconds_to_replay(known, 27), seconds_to_replay(trained, 27)) == (300.0, 1600.0)
    assert found.digest == far.digest
    assert found.same
    assert [each.step for each in known.checkpoints] == [11, 12, 25, 30]
    assert seconds_to_replay(trained, 9) == 1000.0
    assert seconds_to_replay(trained, trained.step - 1) == 0.0


def test_that_no_moment_of_another_training_or_machine_is_taken_for_a_checkpoint() -> None:
    trained, found = RUNS[PAPER], past(RUNS[PAPER], 24)
    for other in (None, replace(found, same=False), past(finished(replace(PAPER, seed=2)), 24)):
        assert beside(other, trained) is trained


@settings(max_examples=40)
@given(st.sampled_from(SPECS), st.data())
def test_that_every_iteration_comes_back_to_the_last_bit(spec: Spec, data: st.DataObject) -> None:
    trained = RUNS[spec]
    iteration = data.draw(st.integers(0, trained.step - 2))
    found, then = past(trained, iteration), stopped(spec, iteration + 1)
    weights = {name: part.tobytes() for name, part in found.trained.parameters.items()}
    assert weights == newest(then)
    assert_same(replace(found.trained, parameters=then.parameters, memory=then.memory), then)
    assert found.names == SHOWN[spec].samples[iteration].texts
    assert found.same
    assert found.redone == iteration + 1 - max(at for at in (0, 11, 12, 30) if at <= iteration + 1)


@pytest.mark.parametrize("spec", SPECS)
def test_that_it_comes_back_from_a_file_and_without_checkpoints_alike(
    spec: Spec, tmp_path: Path
) -> None:
    save_names(tmp_path / "run.rnnstudio", RUNS[spec])
    opened = load_names(tmp_path / "run.rnnstudio")
    one, other = past(opened, 33), past(replace(opened, checkpoints=()), 33)
    assert (one.redone, other.redone) == (4, 34)
    assert one.digest == other.digest != past(opened, 32).digest
    assert one.names == other.names


_FALTERING = replace(FAST, learning_rate=0.1, epochs=40, patience=1)
"""Its lowest held-out loss, whose weights it keeps, is not its last."""


@pytest.mark.parametrize(
    ("spec", "longer"),
    [
        (PAPER, replace(PAPER, iterations=200, sample_every=1)),
        (_FALTERING, replace(_FALTERING, patience=9, sample_every=1)),
    ],
)
def test_that_the_last_iteration_has_the_weights_that_it_would_have_gone_on_from(
    spec: Spec, longer: Spec
) -> None:
    trained = finished(spec)
    found, then = past(trained, trained.step - 1), stopped(longer, trained.step)
    weights = {name: part.tobytes() for name, part in found.trained.parameters.items()}
    assert weights == newest(then) == newest(trained)
    kept = {name: part.tobytes() for name, part in trained.parameters.items()}
    assert (weights == kept) == (spec is PAPER)
    assert found.names == then.samples[-1].texts
    assert found.same
    assert found.redone == 0


@pytest.mark.parametrize("spec", [PAPER, FAST])
def test_that_tunings_come_again_at_their_iterations(spec: Spec) -> None:
    tunings = {7: Tuning(0.003, 0.5), 19: Tuning(0.02, 2.0)}
    *_, last = train(spec, FEW, StopAt(10_000, dict(tunings)))
    *_, then = train(spec, FEW, StopAt(25, dict(tunings)))
    assert isinstance(last, Finished)
    assert isinstance(then, Checkpoint)
    found = past(last.result, 24)
    assert found.same
    assert {name: part.tobytes() for name, part in found.trained.parameters.items()} == newest(
        then.state
    )
    assert found.trained.tunings == last.result.tunings


def test_that_a_training_that_had_stopped_early_and_went_on_can_be_gone_back_in() -> None:
    short = finished(_FALTERING)
    long = finished(replace(_FALTERING, patience=3), begun=short)
    assert long.step > short.step + 2
    for iteration in (short.step - 1, short.step, long.step - 2):
        assert past(long, iteration).same


def test_that_losses_of_another_machine_are_not_taken_for_the_same() -> None:
    losses = RUNS[PAPER].losses.copy()
    losses[40] += 1e-9
    other = replace(RUNS[PAPER], losses=losses)
    assert past(other, 39).same
    assert not past(other, 40).same


def test_when_a_training_cannot_be_done_again_a_sentence_says_where() -> None:
    spec = replace(PAPER, learning_rate=1e3, clip=1e6)
    with pytest.raises(UserError, match="cannot be done again on this machine: its loss runs away"):
        list(replay(replace(RUNS[PAPER], spec=spec, checkpoints=()), 80, Control()))


@pytest.mark.parametrize("iteration", [-1, 90])
def test_when_there_is_no_such_iteration_a_sentence_says_which_there_are(iteration: int) -> None:
    with pytest.raises(UserError, match=r"has no iteration -?[0-9]+; its iterations are 0 to 89"):
        list(replay(RUNS[PAPER], iteration, Control()))


def test_when_it_is_stopped_it_ends_with_nothing() -> None:
    assert [type(each) for each in replay(RUNS[PAPER], 80, StopAt(5))] == [Started]


@pytest.fixture
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkpoint whenever one may be taken, which is at every sample at the latest."""
    monkeypatch.setattr(history, "SPACING_SECONDS", 0.0)
    monkeypatch.setattr(history, "CHECKPOINT_SHARE", float("inf"))


@pytest.mark.usefixtures("_often")
@pytest.mark.parametrize("spec", SPECS)
def test_that_taking_checkpoints_changes_no_number(spec: Spec) -> None:
    trained = finished(spec)
    assert_same(trained, RUNS[spec])
    assert len(trained.checkpoints) > 2
    for each in trained.checkpoints:
        then = stopped(spec, each.step)
        assert {name: part.tobytes() for name, part in each.weights.items()} == newest(then)


@pytest.mark.usefixtures("_often")
def test_that_a_continued_training_keeps_the_checkpoints_from_before(tmp_path: Path) -> None:
    before = stopped(FAST, 20)
    save_names(tmp_path / "run.rnnstudio", before)
    whole = finished(FAST, begun=load_names(tmp_path / "run.rnnstudio"))
    steps = [each.step for each in whole.checkpoints]
    assert steps == sorted(set(steps))
    assert 10 in steps
    assert steps[-1] > 20
    assert past(whole, 12).same


@pytest.mark.usefixtures("_often")
def test_when_a_training_runs_away_no_checkpoint_lies_behind_its_last_good_state() -> None:
    spec = replace(PAPER, iterations=5_000, learning_rate=1.0, clip=1e9, sample_every=10)
    events: list[Event] = []
    with pytest.raises(UserError, match="exploded"):
        collect(train(spec, FEW, Control()), events)
    last = events[-1]
    assert isinstance(last, Checkpoint)
    assert last.state.step == last.step
    assert 0 < last.state.checkpoints[-1].step <= last.step
    assert any(isinstance(each, Sampled) and each.step > last.step for each in events)


@given(st.sets(st.integers(1, 10_000), min_size=1), st.integers(1, 50))
def test_that_of_too_many_checkpoints_as_many_stay_as_there_may_be(
    steps: set[int], most: int
) -> None:
    given = [NamesCheckpoint(step, {}) for step in sorted(steps)]
    kept = thinned(given, most)
    assert len(kept) == min(most, len(given))
    assert set(kept) <= set(given)


@pytest.mark.parametrize("most", [1, 2, 3, 8, 40])
def test_that_gaps_stay_alike_however_long_a_training_takes(most: int) -> None:
    kept: tuple[NamesCheckpoint, ...] = ()
    for step in range(1, 1_001):
        kept = thinned((*kept, NamesCheckpoint(step, {})), most)
        gaps = [b - a for a, b in pairwise((0, *(each.step for each in kept), step))]
        assert max(gaps) <= max(1, 2 * (step + 1) / (most + 1))


def test_that_the_nearest_checkpoint_is_not_a_later_one() -> None:
    kept = RUNS[PAPER].checkpoints
    found = [nearest(kept, step) for step in (10, 11, 12, 29, 90)]
    assert [each and each.step for each in found] == [None, 11, 12, 12, 30]


def test_that_a_list_is_not_asked_for_since_the_names_are_in_the_file(tmp_path: Path) -> None:
    corpus = Corpus("gone", ("aba", "bab", "abab"))
    save_names(tmp_path / "run.rnnstudio", finished(PAPER, corpus))
    assert past(load_names(tmp_path / "run.rnnstudio"), 50).same
