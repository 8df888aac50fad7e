"""Two networks on names side by side: the same random numbers, and the same place in a name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.cells.scene import trace
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.pairing import first_pair, networks_to_pair
from rnnstudio.core.names.recipes import FastSpec, PaperSpec
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Control, Finished


def trained(spec: object) -> TrainedNames:
    *_, end = train(spec, read_corpus(SHIPPED), Control())  # type: ignore[arg-type]
    assert isinstance(end, Finished)
    return end.result


PAPER = PaperSpec(iterations=60, sample_every=60)


@pytest.fixture(scope="module")
def trainings() -> tuple[TrainedNames, ...]:
    return trained(PAPER), trained(FastSpec(cell="lstm", units=6, epochs=1, seed=4))


def test_that_every_training_is_there_before_and_after_it(
    trainings: tuple[TrainedNames, ...],
) -> None:
    networks = networks_to_pair(trainings)
    assert [str(each.label) for each in networks] == [
        "1: RNN, seed 1, before its training",
        "1: RNN, seed 1, after 60 iterations",
        "2: LSTM, seed 4, before its training",
        f"2: LSTM, seed 4, after {trainings[1].step} iterations",
    ]
    begun = trained(replace(PAPER, iterations=1))
    assert networks[0].network.step == 0
    assert networks[1].network is trainings[0]
    assert not np.array_equal(networks[0].network.parameters["Waa"], begun.parameters["Waa"])
    assert first_pair(networks) == (1, 3)
    assert first_pair(networks[:2]) == (0, 1)
    assert first_pair(()) is None


def test_that_of_a_large_network_fifty_units_are_shown_and_all_computed() -> None:
    each = networks_to_pair((trained(FastSpec(cell="gru", units=60, epochs=1)),))[1]
    scene = each.scene("rex")
    assert scene.sizes.n_a == 50
    assert str(scene.origin) == f"rex, {each.label}: 50 of 60 units"
    said = dict(each.likeliest("re", Sampling()))
    predicted = trace(scene).forward[2][scene.cell.predicted.name][:, 0]
    order = [said[symbol] for symbol in each.network.vocabulary]
    np.testing.assert_allclose(order, predicted, atol=1e-6)


def test_that_both_read_the_same_name_and_predict_what_each_says_alone(
    trainings: tuple[TrainedNames, ...],
) -> None:
    for each in networks_to_pair(trainings):
        scene = each.scene("rex")
        assert scene.labels[1:] == ("r", "e", "x")
        assert str(scene.origin) == f"rex, {each.label}"
        said = dict(each.likeliest("re", Sampling()))
        predicted = trace(scene).forward[2][scene.cell.predicted.name][:, 0]
        order = [said[symbol] for symbol in each.network.vocabulary]
        np.testing.assert_allclose(order, predicted, atol=1e-6)
        verdicts = NameSampler(each.network).names(Sampling(count=3))
        assert each.names(Sampling(count=3)) == tuple(verdict.name for verdict in verdicts)
        with pytest.raises(UserError, match="no name of the list has"):
            each.scene("r3x")
