"""One letter after the other, against the engine's whole sequences."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnstudio.core.engine.spec import CellName, Dense, ModelSpec, Recurrent, Weights
from rnnstudio.core.engine.trained_model import predict
from rnnstudio.core.names.batches import EncodedNames
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.stepper import Stepper, nats_per_character
from tests.core.engine.problems import weights_for

CORPUS = Corpus("made", ("abba", "c", "bad", "cab", "dab", "abcdabcd"))
UNITS = 7


def engine_model(cell: CellName) -> tuple[ModelSpec, Weights, Stepper]:
    """The same random weights for the engine and for the cell's table."""
    n_x = len(CORPUS.vocabulary)
    spec = ModelSpec(n_x, (Recurrent(cell, UNITS, True), Dense(n_x)), "softmax_cross_entropy")
    recurrent, dense = weights = weights_for(spec)
    W = "Wya" if cell == "rnn" else "Wy"
    return spec, weights, Stepper(cell, {**recurrent, W: dense["Wy"], "by": dense["by"]})


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_that_the_letters_probabilities_are_those_of_the_engine(cell: CellName) -> None:
    spec, weights, model = engine_model(cell)
    examples = EncodedNames(CORPUS.names, CORPUS, steps=9).examples(np.arange(6))
    expected = predict(spec, weights, examples.x, examples.lengths)
    for row, name in enumerate(CORPUS.names):
        x, _ = CORPUS.example(name)
        states = model.start()
        for t, symbol in enumerate(x):
            states, yt_pred = model.step(states, np.array([symbol]))
            assert yt_pred[:, 0] == pytest.approx(expected[row, t], rel=1e-10)


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_that_nats_per_character_are_the_mean_over_all_symbols(cell: CellName) -> None:
    spec, weights, model = engine_model(cell)
    examples = EncodedNames(CORPUS.names, CORPUS, steps=9).examples(np.arange(6))
    predicted = predict(spec, weights, examples.x, examples.lengths)
    assert examples.lengths is not None
    nats = [
        -math.log(predicted[row, t, examples.y[row, t]])
        for row, length in enumerate(examples.lengths)
        for t in range(length)
    ]
    assert nats_per_character(model, CORPUS, CORPUS.names) == pytest.approx(np.mean(nats))


def test_that_a_network_without_weights_costs_the_logarithm_of_the_alphabet() -> None:
    zeros = {"Wax": (3, 5), "Waa": (3, 3), "Wya": (5, 3), "ba": (3, 1), "by": (5, 1)}
    model = Stepper("rnn", {name: np.zeros(shape) for name, shape in zeros.items()})
    assert nats_per_character(model, CORPUS, CORPUS.names) == pytest.approx(math.log(5))


def test_that_names_are_encoded_as_the_examples_of_the_corpus() -> None:
    encoded = EncodedNames(CORPUS.names, CORPUS, steps=9)
    chosen = np.array([5, 0, 3])
    examples = encoded.examples(chosen)
    assert examples.lengths is not None
    for row, name in enumerate(CORPUS.names[i] for i in chosen):
        x, y = CORPUS.example(name)
        length = examples.lengths[row]
        assert length == len(name) + 1
        assert examples.y[row, :length].tolist() == y.tolist()
        assert not examples.x[row, 0].any()
        assert examples.x[row, 1:length].argmax(axis=1).tolist() == x[1:].tolist()
        assert (examples.x[row, 1:length].sum(axis=1) == 1).all()


def test_that_an_epoch_shows_every_name_once_and_epochs_differ() -> None:
    names = tuple("a" * (1 + n % 7) for n in range(50))
    encoded = EncodedNames(names, Corpus("made", names), steps=9)
    first, second = (encoded.batches(size=4, seed=1, epoch=epoch) for epoch in (0, 1))
    for batches in (first, second):
        assert sorted(np.concatenate(batches).tolist()) == list(range(50))
        assert [len(batch) for batch in batches].count(4) == 12
    assert np.concatenate(first).tolist() != np.concatenate(second).tolist()
    again = encoded.batches(size=4, seed=1, epoch=0)
    assert np.concatenate(first).tolist() == np.concatenate(again).tolist()
