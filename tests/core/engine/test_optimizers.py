"""The optimisers against their definitions, written out by hand or for a closed form."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.engine.optimizers import make_optimizer
from rnnstudio.core.engine.spec import Adam, FloatArray, Sgd


def test_that_descent_subtracts_the_scaled_gradient() -> None:
    values = np.array([1.0, -2.0])
    make_optimizer(Sgd(0.1), values).step(values, np.array([3.0, 4.0]))
    assert values == pytest.approx([0.7, -2.4], abs=1e-15)


def _kingma_and_ba(values: FloatArray, gradients: list[FloatArray], s: Adam) -> FloatArray:
    """Algorithm 1 of the paper, with the step size and epsilon of the end of its section 2."""
    m = v = np.zeros_like(values)
    for t, g in enumerate(gradients, start=1):
        m = s.beta_1 * m + (1 - s.beta_1) * g
        v = s.beta_2 * v + (1 - s.beta_2) * g**2
        alpha = s.learning_rate * np.sqrt(1 - s.beta_2**t) / (1 - s.beta_1**t)
        values = values - alpha * m / (np.sqrt(v) + s.epsilon)
    return values


def test_that_adam_is_the_published_algorithm() -> None:
    settings = Adam(0.01, 0.8, 0.95, 1e-3)
    rng = np.random.default_rng(1)
    start, gradients = rng.standard_normal(7), list(rng.standard_normal((20, 7)))
    values, optimizer = start.copy(), make_optimizer(settings, start)
    for gradient in gradients:
        optimizer.step(values, gradient)
    assert values == pytest.approx(_kingma_and_ba(start, gradients, settings), rel=1e-12)


def test_that_adams_first_step_is_the_learning_rate_in_the_gradients_direction() -> None:
    values = np.zeros(3)
    make_optimizer(Adam(0.001), values).step(values, np.array([5.0, -0.01, 0.0]))
    assert values == pytest.approx([-0.001, 0.001, 0], rel=1e-3)


def test_that_epsilon_is_added_to_the_uncorrected_root_as_in_keras() -> None:
    # After one step sqrt(v) is |g| sqrt(1 - beta_2): a gradient of epsilon / sqrt(1 - beta_2)
    # makes both terms of the denominator equal, so the step is half the learning rate.
    settings = Adam(0.001)
    values = np.zeros(1)
    gradient = np.array([settings.epsilon / np.sqrt(1 - settings.beta_2)])
    make_optimizer(settings, values).step(values, gradient)
    assert values == pytest.approx([-0.0005], rel=1e-12)


def test_that_under_a_constant_gradient_adam_walks_at_the_learning_rate() -> None:
    # Both bias corrections are exact then: every step is lr g / |g|, but for epsilon.
    values = np.zeros(1)
    optimizer = make_optimizer(Adam(0.01, epsilon=1e-12), values)
    for _ in range(50):
        optimizer.step(values, np.array([0.3]))
    assert values == pytest.approx([-0.5], rel=1e-8)


@pytest.mark.parametrize("settings", [Sgd(), Adam()])
def test_that_the_gradient_is_left_as_it_was(settings: Sgd | Adam) -> None:
    values, gradient = np.ones(4), np.arange(4.0)
    make_optimizer(settings, values).step(values, gradient)
    assert gradient.tolist() == [0, 1, 2, 3]
