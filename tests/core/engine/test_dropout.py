"""Dropout: what is dropped, what is scaled, and when nothing happens."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.engine.dropout import DropoutLayer
from rnnstudio.core.engine.spec import FloatArray
from rnnstudio.core.engine.steps import BatchSize, StepSpan

SIZE = BatchSize(steps=20, batch=32, dtype="float64")
ONES = np.ones((20, 50, 32))


def _span(seed: int | None) -> StepSpan:
    return StepSpan(20, None, [None] * 21, None if seed is None else np.random.default_rng(seed))


def _dropped(rate: float, seed: int | None, rounds: int = 1) -> FloatArray:
    layer, span = DropoutLayer(rate, 50, SIZE), _span(seed)
    return np.stack([layer.forward(ONES, span).copy() for _ in range(rounds)])


@pytest.mark.parametrize("rate", [0.2, 0.5, 0.9])
def test_that_the_rate_is_dropped_and_the_rest_scaled_so_that_the_mean_stays(rate: float) -> None:
    y = _dropped(rate, 1, rounds=30)
    assert np.unique(y) == pytest.approx([0, 1 / (1 - rate)], rel=1e-4)
    deviation = np.sqrt(rate * (1 - rate) / y.size)
    assert abs(np.mean(y == 0) - rate) < 5 * deviation


def test_that_every_forward_pass_draws_anew_and_every_seed_differently() -> None:
    first, second = _dropped(0.5, 1, rounds=2)
    assert 0.4 < np.mean(first != second) < 0.6
    assert 0.4 < np.mean(first != _dropped(0.5, 2)[0]) < 0.6


def test_that_one_seed_drops_the_same() -> None:
    assert (_dropped(0.5, 7, rounds=3) == _dropped(0.5, 7, rounds=3)).all()


def test_that_neighbours_are_dropped_independently() -> None:
    zero = _dropped(0.5, 3, rounds=10) == 0
    for axis in (1, 2, 3):
        rolled = np.roll(zero, 1, axis)
        assert abs(np.mean(zero & rolled) - 0.25) < 0.005


def test_that_the_gradient_goes_where_the_input_went() -> None:
    layer, span = DropoutLayer(0.3, 50, SIZE), _span(1)
    y = layer.forward(ONES, span).copy()
    assert (layer.backward(ONES.copy(), span) == y).all()


@pytest.mark.parametrize(("rate", "seed"), [(0.0, 1), (0.5, None)])
def test_that_nothing_is_dropped_at_rate_zero_or_outside_training(
    rate: float, seed: int | None
) -> None:
    assert (_dropped(rate, seed) == 1).all()
