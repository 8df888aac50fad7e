"""The baselines do what they say: a faster wrong one would make us look slow, or the reverse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from benchmarks.baselines import dinosaurs_loop
from benchmarks.baselines.floor import FloorEpochs, batch_calls
from benchmarks.dinosaurs import SHIPPED, train_engine
from benchmarks.models import Setting
from rnnstudio.core.names.corpus import read_corpus


@pytest.mark.parametrize("layers", [1, 3])
def test_that_the_floor_makes_each_product_and_tanh_of_an_lstm_once(layers: int) -> None:
    setting = Setting(steps=7, units=5, features=2, layers=layers, batch=4)
    calls = Counter(function for function, _ in batch_calls(setting, batch=4))
    assert calls == {np.matmul: layers * (7 + 7 + 1), np.tanh: layers * (7 + 7)}


def test_that_the_floor_multiplies_arrays_of_the_models_sizes() -> None:
    setting = Setting(steps=3, units=5, features=2, layers=2, batch=4)
    shapes = Counter(
        (arrays[0].shape, arrays[1].shape)
        for function, arrays in batch_calls(setting, batch=4)
        if function is np.matmul
    )
    assert shapes == {
        ((20, 8), (8, 4)): 3,  # forward, first layer
        ((20, 11), (11, 4)): 3,
        ((5, 20), (20, 4)): 3,  # backward, first layer: nobody needs its dx
        ((10, 20), (20, 4)): 3,
        ((20, 12), (12, 8)): 1,
        ((20, 12), (12, 11)): 1,
    }


def test_that_the_floors_last_batch_is_as_small_as_everybodys() -> None:
    epoch = FloorEpochs(Setting(windows=10, steps=2, units=3, batch=4), epochs=2)
    columns = [calls[0][1][1].shape[1] for calls in epoch.batches]
    assert columns == [4, 4, 2]
    assert len(epoch()) == 2


@pytest.mark.slow
def test_that_the_plain_loop_and_the_engine_have_the_same_losses() -> None:
    corpus = read_corpus(SHIPPED)
    losses = dinosaurs_loop.train(list(corpus.names), 2001)
    assert np.abs(train_engine(corpus, 2001).smoothed - losses).max() < 1e-9


@pytest.mark.slow
def test_that_the_plain_loop_reproduces_the_published_losses(
    shared_data: Callable[[str], Path],
) -> None:
    names = list(read_corpus(shared_data("dinos.txt")).names)
    losses = dinosaurs_loop.train(names, 2001)
    assert losses[0] == pytest.approx(23.087336, abs=5e-7)
    assert losses[2000] == pytest.approx(27.884160, abs=5e-7)
