"""The optimisers against their definitions, written out by hand or for a closed form."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.optimizers import (
    OPTIMIZERS,
    Adam,
    AdamW,
    OptimizerSettings,
    Sgd,
    make_optimizer,
)
from rnnstudio.core.engine.spec import FitSpec, FloatArray
from rnnstudio.core.engine.trained_model import loss_and_gradients
from rnnstudio.core.engine.trainer import Trainer
from rnnstudio.core.errors import UserError
from rnnstudio.core.training import Control
from tests.core.engine.heavy_ball import HEAVY_BALL, HeavyBall
from tests.core.engine.problems import examples_for, stacked, weights_for


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


def _loshchilov_and_hutter(values: FloatArray, gradients: list[FloatArray], s: AdamW) -> FloatArray:
    """Algorithm 2 of the paper: the decay is no part of the gradient, so Adam never sees it.

    Its schedule multiplier is the learning rate here and its alpha 1, as in Keras.
    """
    m = v = np.zeros_like(values)
    for t, g in enumerate(gradients, start=1):
        m = s.beta_1 * m + (1 - s.beta_1) * g
        v = s.beta_2 * v + (1 - s.beta_2) * g**2
        m_hat, v_hat = m / (1 - s.beta_1**t), v / (1 - s.beta_2**t)
        epsilon = s.epsilon / np.sqrt(1 - s.beta_2**t)  # Keras' stands before the correction
        decayed = m_hat / (np.sqrt(v_hat) + epsilon) + s.weight_decay * values
        values = values - s.learning_rate * decayed
    return values


def test_that_adamw_is_the_published_algorithm() -> None:
    settings = AdamW(0.01, 0.8, 0.95, 1e-3, weight_decay=0.5)
    rng = np.random.default_rng(1)
    start, gradients = rng.standard_normal(7), list(rng.standard_normal((20, 7)))
    values, optimizer = start.copy(), make_optimizer(settings, start)
    for gradient in gradients:
        optimizer.step(values, gradient)
    assert values == pytest.approx(_loshchilov_and_hutter(start, gradients, settings), rel=1e-12)


def test_that_without_a_gradient_adamw_still_shrinks_the_weights() -> None:
    values = np.array([8.0, -4.0])
    optimizer = make_optimizer(AdamW(0.5, weight_decay=0.5), values)
    optimizer.step(values, np.zeros(2))
    optimizer.step(values, np.zeros(2))
    assert values.tolist() == [4.5, -2.25]


def test_that_a_weight_decay_below_zero_is_refused() -> None:
    with pytest.raises(UserError, match=r"The weight decay is -0\.1"):
        AdamW(weight_decay=-0.1)


@pytest.mark.parametrize("settings", [Sgd(), Adam(), AdamW()])
def test_that_the_gradient_is_left_as_it_was(settings: OptimizerSettings) -> None:
    values, gradient = np.ones(4), np.arange(4.0)
    make_optimizer(settings, values).step(values, gradient)
    assert gradient.tolist() == [0, 1, 2, 3]


def test_that_an_optimiser_entered_in_the_registry_trains(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPTIMIZERS, "heavy ball", HEAVY_BALL)
    spec = stacked("gru")
    examples, weights = examples_for(spec), weights_for(spec)
    settings = FitSpec(epochs=4, batch_size=5, optimizer=HeavyBall(0.1, 0.5), dtype="float64")

    *_, last = fit(spec, settings, examples, control=Control(), start=weights)

    velocity = [{name: np.zeros_like(a) for name, a in layer.items()} for layer in weights]
    for _ in range(4):
        _, gradients = loss_and_gradients(spec, weights, examples, "float64")
        for values, speed, slope in zip(weights, velocity, gradients, strict=True):
            for name in values:
                speed[name] = 0.5 * speed[name] - 0.1 * slope[name]
                values[name] = values[name] + speed[name]
    for layer, by_hand in zip(last.result.weights, weights, strict=True):
        for name, values in by_hand.items():
            np.testing.assert_allclose(layer[name], values, rtol=0, atol=1e-12)


def test_that_its_training_can_be_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPTIMIZERS, "heavy ball", HEAVY_BALL)
    spec = stacked("lstm")
    settings = FitSpec(optimizer=HeavyBall(), dtype="float64")
    one, other = (Trainer(spec, settings, weights_for(spec)) for _ in range(2))
    one.step(examples_for(spec), np.arange(5))
    other.load_state(one.state(), steps=1)
    losses = [trainer.step(examples_for(spec), np.arange(5)) for trainer in (one, other)]
    assert losses[0] == losses[1]
    assert all(
        np.array_equal(values, other.weights()[at][name])
        for at, layer in enumerate(one.weights())
        for name, values in layer.items()
    )


def test_that_an_optimiser_outside_the_registry_is_refused_by_name() -> None:
    with pytest.raises(UserError, match=r"no optimiser named 'HeavyBall'.* Sgd, Adam, AdamW"):
        FitSpec(optimizer=HeavyBall())
