"""Sampling in pieces gives what sampling at once gives, and stops when it is cancelled."""

from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.recipes import PaperSpec
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
