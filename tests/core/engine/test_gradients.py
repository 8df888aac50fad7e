"""Every gradient of the engine against central differences, in float64."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.engine.spec import (
    ACTIVATIONS,
    ActivationName,
    CellName,
    Dense,
    Dropout,
    Examples,
    LossName,
    ModelSpec,
    Recurrent,
)
from rnnstudio.core.engine.trained_model import initial_weights, loss_and_gradients
from tests.core.engine.problems import (
    CELLS,
    LOSSES,
    central_differences,
    examples_for,
    relative_difference,
    stacked,
    weights_for,
)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("every_step", [False, True])
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("cell", CELLS)
def test_that_gradients_are_those_of_central_differences(
    cell: CellName, layers: int, every_step: bool, masked: bool, loss: LossName
) -> None:
    spec = stacked(cell, layers=layers, units=3, every_step=every_step, loss=loss)
    examples, weights = examples_for(spec, count=3, steps=4, masked=masked), weights_for(spec)
    _, gradients = loss_and_gradients(spec, weights, examples)
    measured = central_differences(spec, weights, examples)
    assert relative_difference(gradients, measured) < 1e-7


@settings(max_examples=60)
@given(
    cell=st.sampled_from(CELLS),
    layers=st.integers(1, 3),
    n_x=st.integers(1, 3),
    units=st.integers(1, 4),
    outputs=st.integers(1, 3),
    every_step=st.booleans(),
    masked=st.booleans(),
    count=st.integers(1, 4),
    steps=st.integers(1, 5),
    seed=st.integers(0, 99),
)
def test_that_the_loss_changes_as_its_gradient_says_for_any_shape(
    cell: CellName,
    layers: int,
    n_x: int,
    units: int,
    outputs: int,
    every_step: bool,
    masked: bool,
    count: int,
    steps: int,
    seed: int,
) -> None:
    spec = stacked(
        cell, layers=layers, n_x=n_x, units=units, outputs=outputs, every_step=every_step
    )
    examples = examples_for(spec, count=count, steps=steps, seed=seed, masked=masked)
    weights, direction = weights_for(spec, seed), weights_for(spec, seed + 1)
    _, gradients = loss_and_gradients(spec, weights, examples)
    pairs = [(g[name], d[name]) for g, d in zip(gradients, direction, strict=True) for name in g]
    expected = sum(float(np.sum(g * d)) for g, d in pairs)
    size = sum(float(np.linalg.norm(g) * np.linalg.norm(d)) for g, d in pairs)
    move = 1e-5
    above, below = (
        loss_and_gradients(
            spec,
            [{k: w[k] + s * d[k] for k in w} for w, d in zip(weights, direction, strict=True)],
            examples,
        )[0]
        for s in (move, -move)
    )
    assert abs((above - below) / (2 * move) - expected) < 1e-7 * (size + 1e-3)


@pytest.mark.parametrize("cell", CELLS)
def test_that_float32_gradients_are_those_of_float64_to_its_precision(cell: CellName) -> None:
    spec = stacked(cell, layers=2, units=20)
    examples, weights = examples_for(spec, count=16, steps=30), initial_weights(spec, 1)
    loss, exact = loss_and_gradients(spec, weights, examples, "float64")
    loss_32, gradients = loss_and_gradients(spec, weights, examples, "float32")
    assert loss_32 == pytest.approx(loss, rel=1e-5)
    assert relative_difference(gradients, exact) < 1e-5
    assert gradients[0][next(iter(gradients[0]))].dtype == np.float32


@pytest.mark.parametrize("every_step", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_that_what_stands_in_the_padding_does_not_matter(cell: CellName, every_step: bool) -> None:
    spec = stacked(cell, layers=2, every_step=every_step)
    clean, weights = examples_for(spec, masked=True), weights_for(spec)
    assert clean.lengths is not None
    x, y = clean.x.copy(), clean.y.copy()
    for example, length in enumerate(clean.lengths):
        x[example, length:] = np.nan
        if every_step:
            y[example, length:] = np.nan
    loss, gradients = loss_and_gradients(spec, weights, Examples(x, y, clean.lengths))
    expected, expected_gradients = loss_and_gradients(spec, weights, clean)
    assert loss == expected
    assert relative_difference(gradients, expected_gradients) == 0


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_that_dense_layers_with_activations_stand_anywhere(activation: ActivationName) -> None:
    hidden = Dense(3, activation)
    spec = ModelSpec(2, (hidden, Recurrent("lstm", 3), hidden, Dropout(0.5), Dense(2, activation)))
    examples, weights = examples_for(spec, masked=True), weights_for(spec)
    _, gradients = loss_and_gradients(spec, weights, examples)
    assert relative_difference(gradients, central_differences(spec, weights, examples)) < 1e-7


def test_that_a_dense_layer_may_stand_between_recurrent_ones() -> None:
    layers = (Recurrent("lstm", 3, True), Dense(2), Dropout(0.5), Recurrent("gru", 3), Dense(1))
    spec = ModelSpec(2, layers)
    examples, weights = examples_for(spec, masked=True), weights_for(spec)
    _, gradients = loss_and_gradients(spec, weights, examples)
    assert relative_difference(gradients, central_differences(spec, weights, examples)) < 1e-7
