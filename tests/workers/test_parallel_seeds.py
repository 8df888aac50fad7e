"""Seeds in processes of their own: real processes, really killed."""

from __future__ import annotations

import multiprocessing
from contextlib import closing
from dataclasses import replace

import psutil
import pytest

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.evaluation.seeds import train_seeds
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.training import Checkpoint, Control, Finished, Progress, Started
from rnnstudio.workers.parallel_seeds import train_seeds_here
from tests.core.stocks import made

pytestmark = pytest.mark.slow
SPLIT = made.walk(120, 90)


def children() -> list[int]:
    return [child.pid for child in multiprocessing.active_children() if child.pid is not None]


def test_that_the_networks_are_those_of_one_after_the_other_to_the_last_bit() -> None:
    control = Control()
    events = list(train_seeds_here(made.SOUND, SPLIT, 2, control))
    *_, expected = train_seeds(made.SOUND, SPLIT, control, fit)
    started, finished = events[0], events[-1]
    assert isinstance(started, Started)
    assert isinstance(finished, Finished)
    assert isinstance(expected, Finished)
    for here, there in zip(finished.result, expected.result, strict=True):
        assert here.spec == there.spec
        assert here.shrinkage == there.shrinkage
        for one, other in zip(here.model.weights, there.model.weights, strict=True):
            assert {name: array.tobytes() for name, array in one.items()} == {
                name: array.tobytes() for name, array in other.items()
            }
    steps = [event.step for event in events if isinstance(event, Progress)]
    assert steps == sorted(steps)
    assert steps[-1] == finished.step
    points = [point for event in events if isinstance(event, Progress) for point in event.points]
    assert [point.loss for point in points] == expected.result[0].model.losses.tolist()


def test_that_each_seed_comes_as_soon_as_it_is_trained_and_no_process_is_left() -> None:
    seen = [
        event.state
        for event in train_seeds_here(made.SOUND, SPLIT, 2, Control(), count=3)
        if isinstance(event, Checkpoint)
    ]
    assert [sum(each is not None for each in state) for state in seen] == [1, 2, 3]
    seeds = {each.spec.seed for each in seen[-1] if isinstance(each, TrainedForecaster)}
    assert seeds == {made.SOUND.seed, made.SOUND.seed + 1, made.SOUND.seed + 2}
    assert children() == []


def test_that_two_seeds_are_trained_at_the_same_time_and_a_stop_ends_both() -> None:
    endless = replace(made.SOUND, epochs=100_000, patience=None)
    control = Control()
    with closing(train_seeds_here(endless, SPLIT, 2, control)) as training:
        while not isinstance(next(training), Progress):
            pass
        assert len(children()) == 2
        control.cancel()
        assert not any(isinstance(event, Checkpoint | Finished) for event in training)
    assert children() == []


def test_when_a_process_dies_its_sentence_says_how() -> None:
    endless = replace(made.SOUND, epochs=100_000, patience=None)
    training = train_seeds_here(endless, SPLIT, 2, Control())
    while not isinstance(next(training), Progress):
        pass
    for pid in children():
        psutil.Process(pid).kill()
    with pytest.raises(UserError, match="A process that trained died of signal 9"):
        list(training)
    assert children() == []


def test_when_there_are_too_few_days_that_is_said_as_by_one_training() -> None:
    with pytest.raises(UserError) as here:
        list(train_seeds_here(replace(made.SOUND, window=400), SPLIT, 2, Control()))
    with pytest.raises(UserError) as there:
        list(train_seeds(replace(made.SOUND, window=400), SPLIT, Control(), fit))
    assert str(here.value) == str(there.value)
