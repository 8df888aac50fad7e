"""Sampling in pieces gives what sampling at once gives, and stops when it is cancelled."""

from dataclasses import replace

import pytest

from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.recipes import FastSpec, PaperSpec
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.sampling_job import draw
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Checkpoint, Control, Finished, Started


def trained() -> TrainedNames:
    corpus = Corpus("three.txt", ("rex", "anzu", "raptor"))
    *_, finished = train(PaperSpec(iterations=60, units=6), corpus, Control())
    assert isinstance(finished, Finished)
    assert isinstance(finished.result, TrainedNames)
    return finished.result


def test_that_the_names_are_those_of_the_room_in_their_order() -> None:
    network, sampling = trained(), Sampling(count=30, beginning="ra", temperature=0.7)
    events = list(draw(network, sampling, Control()))
    assert events[0] == Started(30, sampling.seed)
    assert isinstance(events[-1], Finished)
    assert events[-1].result == NameSampler(network).names(sampling)


def test_when_stopped_it_gives_what_it_has() -> None:
    control = Control()
    control.cancel()
    *_, last = draw(trained(), Sampling(count=30), control)
    assert isinstance(last, Checkpoint)
    assert last.state == ()


@pytest.mark.parametrize("seed", [2**31, 2**32 - 1])
@pytest.mark.parametrize(
    "spec", [PaperSpec(iterations=20, units=4), FastSpec(epochs=1, units=4)], ids=["paper", "fast"]
)
def test_that_the_largest_seeds_train_and_sample_and_do_the_same_twice(
    spec: PaperSpec | FastSpec, seed: int
) -> None:
    corpus = Corpus("names.txt", ("rex", "anzu", "raptor", "ajka", "zuni", "tupan") * 3)
    drawn = []
    for _ in range(2):
        *_, finished = train(replace(spec, seed=seed), corpus, Control())
        assert isinstance(finished, Finished)
        drawn.append(NameSampler(finished.result).names(Sampling(count=5, seed=seed)))
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 5
