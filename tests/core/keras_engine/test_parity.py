"""The two engines do the same arithmetic: weights and data equal, dropout 0."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from rnnstudio.core.engine.fit import fit as numpy_fit
from rnnstudio.core.engine.optimizers import Adam, AdamW, OptimizerSettings, Sgd
from rnnstudio.core.engine.spec import (
    ACTIVATIONS,
    ActivationName,
    CellName,
    ClipByNorm,
    ClipByValue,
    Dense,
    Dropout,
    Examples,
    Fit,
    FitSpec,
    LossName,
    ModelSpec,
    Recurrent,
    TrainedModel,
    Weights,
)
from rnnstudio.core.engine.trained_model import initial_weights, loss_and_gradients, predict
from rnnstudio.core.keras_engine.build import build_loss, build_model, run_model, set_weights
from rnnstudio.core.keras_engine.keras_fit import fit as keras_fit
from rnnstudio.core.keras_engine.weights import from_keras, to_keras
from rnnstudio.core.training import Control, Finished

pytestmark = [pytest.mark.keras, pytest.mark.slow]
CELLS: tuple[CellName, ...] = ("rnn", "lstm", "gru")
LOSSES: tuple[LossName, ...] = ("mean_squared_error", "softmax_cross_entropy")
N_X, STEPS, EXAMPLES, UNITS, N_Y = 2, 7, 6, 5, 3
LENGTHS = np.array([7, 1, 3, 5, 7, 2])


@dataclass(frozen=True)
class Case:
    """One model and data for it."""

    cell: CellName
    layers: int
    every_step: bool
    masked: bool
    loss: LossName

    def __str__(self) -> str:
        steps = "every" if self.every_step else "last"
        masked = "masked" if self.masked else "whole"
        return f"{self.cell}-{self.layers}-{steps}-{masked}-{self.loss.partition('_')[0]}"

    @property
    def spec(self) -> ModelSpec:
        last = self.layers - 1
        recurrent = [
            Recurrent(self.cell, UNITS, every_step=self.every_step or number < last)
            for number in range(self.layers)
        ]
        return ModelSpec(N_X, (*recurrent, Dropout(0), Dense(N_Y)), self.loss)

    def weights(self, dtype: str) -> Weights:
        """The first weights, biases no longer zero so that they count."""
        rng = np.random.default_rng(5)
        return [
            {
                name: (a + 0.1 * rng.standard_normal(a.shape)).astype(dtype)
                for name, a in arrays.items()
            }
            for arrays in initial_weights(self.spec, 1)
        ]

    def examples(self, dtype: str) -> Examples:
        rng = np.random.default_rng(7)
        x = rng.standard_normal((EXAMPLES, STEPS, N_X)).astype(dtype)
        shape = (EXAMPLES, STEPS) if self.every_step else (EXAMPLES,)
        y: npt.NDArray[Any] = rng.integers(N_Y, size=shape)
        if self.loss == "mean_squared_error":
            y = rng.standard_normal((*shape, N_Y)).astype(dtype)
        return Examples(x, y, LENGTHS if self.masked else None)


CASES = [
    Case(*settings)
    for settings in itertools.product(CELLS, (1, 3), (False, True), (False, True), LOSSES)
]


def in_keras(case: Case, dtype: str) -> tuple[npt.NDArray[Any], float, list[npt.NDArray[Any]]]:
    """Keras' outputs, loss and gradients."""
    import tensorflow as tf

    fit = FitSpec(dtype="float64" if dtype == "float64" else "float32")
    examples = case.examples(dtype)
    model = build_model(case.spec, STEPS, fit)
    set_weights(model, case.spec, case.weights(dtype))
    mask = tf.constant(np.arange(STEPS) < LENGTHS[:, np.newaxis]) if case.masked else None
    with tf.GradientTape() as tape:
        outputs = run_model(model, tf.constant(examples.x), mask, training=True)
        loss = build_loss(case.loss, dtype)(examples.y, outputs)
    gradients = tape.gradient(loss, [variable.value for variable in model.trainable_variables])
    if case.loss == "softmax_cross_entropy":
        outputs = tf.nn.softmax(outputs)
    return outputs.numpy(), float(loss), [gradient.numpy() for gradient in gradients]


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize(
    ("dtype", "near", "slope"), [("float32", 1e-6, 1e-5), ("float64", 1e-13, 1e-12)]
)
def test_that_outputs_loss_and_gradients_are_those_of_keras(
    case: Case, dtype: Any, near: float, slope: float
) -> None:
    outputs, loss, gradients = in_keras(case, dtype)
    weights, examples = case.weights(dtype), case.examples(dtype)

    ours = predict(case.spec, weights, examples.x, examples.lengths)
    our_loss, our_gradients = loss_and_gradients(case.spec, weights, examples, dtype)

    np.testing.assert_allclose(ours, outputs, rtol=0, atol=near)
    assert our_loss == pytest.approx(loss, abs=near)
    in_keras_layout = [
        array
        for layer, arrays in zip(case.spec.layers, our_gradients, strict=True)
        for array in to_keras(layer, arrays)
    ]
    for our_gradient, gradient in zip(in_keras_layout, gradients, strict=True):
        difference = np.linalg.norm(our_gradient - gradient)
        assert difference <= slope * np.linalg.norm(gradient)


@pytest.mark.parametrize("cell", CELLS)
def test_that_a_layer_made_by_keras_alone_predicts_the_same_here(cell: CellName) -> None:
    import keras

    kinds = {"rnn": keras.layers.SimpleRNN, "lstm": keras.layers.LSTM, "gru": keras.layers.GRU}
    theirs = kinds[cell](UNITS, return_sequences=True, bias_initializer="random_normal")
    dense = keras.layers.Dense(N_Y, bias_initializer="random_normal")
    spec = ModelSpec(N_X, (Recurrent(cell, UNITS, every_step=True), Dense(N_Y)))
    x = np.random.default_rng(3).standard_normal((EXAMPLES, STEPS, N_X)).astype(np.float32)
    expected = dense(theirs(x)).numpy()

    weights = [
        from_keras(layer, made.get_weights())
        for layer, made in zip(spec.layers, (theirs, dense), strict=True)
    ]
    np.testing.assert_allclose(predict(spec, weights, x), expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_that_a_stack_of_dense_layers_is_that_of_keras(activation: ActivationName) -> None:
    layers = (Recurrent("gru", UNITS), Dense(4, activation), Dense(N_Y, activation))
    spec, steps = ModelSpec(N_X, layers), STEPS
    weights = initial_weights(spec, 3)
    network = build_model(spec, steps, FitSpec())
    set_weights(network, spec, weights)
    x = np.random.default_rng(3).standard_normal((EXAMPLES, steps, N_X)).astype(np.float32)
    ours = predict(spec, weights, x)
    np.testing.assert_allclose(ours, network(x).numpy(), rtol=0, atol=1e-6)


CLIPS = (None, ClipByValue(0.01), ClipByNorm(0.05))
OPTIMIZERS = (Adam(0.01), AdamW(0.01, weight_decay=0.5), Sgd(0.1))


def trained(fit: Fit, case: Case, settings: FitSpec) -> TrainedModel:
    *_, last = fit(
        case.spec,
        settings,
        case.examples("float32"),
        control=Control(),
        start=case.weights("float32"),
    )
    assert isinstance(last, Finished)
    result = last.result
    assert isinstance(result, TrainedModel)
    return result


def assert_trained_alike(case: Case, settings: FitSpec) -> None:
    ours, theirs = trained(numpy_fit, case, settings), trained(keras_fit, case, settings)
    assert len(theirs.losses) == settings.epochs
    np.testing.assert_allclose(ours.losses, theirs.losses, rtol=0, atol=1e-4)
    for our_layer, their_layer in zip(ours.weights, theirs.weights, strict=True):
        for name, array in our_layer.items():
            np.testing.assert_allclose(array, their_layer[name], rtol=0, atol=2e-3)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize("masked", [False, True])
def test_that_losses_over_twenty_adam_steps_are_those_of_keras(
    cell: CellName, layers: int, masked: bool
) -> None:
    case = Case(cell, layers, every_step=masked, masked=masked, loss=LOSSES[masked])
    assert_trained_alike(case, FitSpec(epochs=20, batch_size=EXAMPLES, optimizer=Adam(0.01)))


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda o: type(o).__name__)
@pytest.mark.parametrize("clip", CLIPS, ids=lambda c: type(c).__name__)
def test_that_small_batches_clipped_or_not_train_as_in_keras(
    optimizer: OptimizerSettings, clip: ClipByValue | ClipByNorm | None
) -> None:
    case = Case("lstm", 1, every_step=True, masked=True, loss="softmax_cross_entropy")
    settings = FitSpec(epochs=5, batch_size=4, optimizer=optimizer, clip=clip)
    assert_trained_alike(case, settings)
