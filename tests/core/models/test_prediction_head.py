"""What follows a cell: its rows make the model's output, and da is the gradient through them."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.cells.scene import trace
from rnnstudio.core.cells.table import run
from rnnstudio.core.models.opened_layers import (
    OpenedActivation,
    OpenedBidirectional,
    OpenedFlatten,
    OpenedIdentity,
    OpenedLayer,
    OpenedNormalisation,
    OpenedPooling,
    OpenedRepeat,
    OpenedReshape,
    OpenedScale,
)
from rnnstudio.core.models.scene import to_scene, wave
from tests.core.models.opened import N_X, cell, dense, draw, model

T = 5
EVERY = cell(every_step=True)


def both(merge: str, *, every_step: bool) -> OpenedBidirectional:
    first = cell(every_step=every_step)
    second = cell("gru", every_step=every_step, backwards=True)
    return OpenedBidirectional("both", "Bidirectional", first, second, merge)  # type: ignore[arg-type]


STACKS: dict[str, list[OpenedLayer]] = {
    "activations": [
        cell(),
        OpenedActivation("a", "Activation", "leaky_relu", 0.3),
        dense(5, 4),
        OpenedActivation("a", "Activation", "softplus"),
        OpenedActivation("a", "Activation", "elu", 0.5),
        OpenedActivation("a", "Activation", "relu", 0.4),
        OpenedActivation("a", "Activation", "softmax"),
        dense(3, 5),
    ],
    "normal": [
        cell(),
        OpenedScale("s", "BatchNormalization", draw(4), draw(4)),
        OpenedIdentity("d", "Dropout"),
        OpenedNormalisation("n", "LayerNormalization", draw(4), draw(4), 1e-3),
        dense(3, 4, "softmax"),
        dense(2, 3, "tanh"),
    ],
    "mean": [EVERY, OpenedPooling("p", "Pooling", "mean"), dense(2, 4)],
    "max": [EVERY, dense(6, 4, "silu"), OpenedPooling("p", "Pooling", "max"), dense(2, 6)],
    "flat": [EVERY, OpenedFlatten("f", "Flatten"), dense(2, 4 * T, "sigmoid"), dense(3, 2)],
    "flat last": [both("concat", every_step=True), OpenedFlatten("f", "F"), dense(2, 8 * T)],
    "shaped": [cell(), dense(6, 4), OpenedReshape("r", "Reshape", (2, 3))],
    **{
        f"{merge} {every_step}": [both(merge, every_step=every_step), dense(2, n)]
        for merge, n in (("concat", 8), ("sum", 4), ("mul", 4), ("ave", 4))
        for every_step in (False, True)
    },
}


@pytest.mark.parametrize("name", STACKS)
@pytest.mark.parametrize("direction", ["forward", "backward"])
def test_that_the_rows_make_the_output_and_da_is_its_gradient(name: str, direction: str) -> None:
    opened, x = model(*STACKS[name]), wave(N_X, T)
    scene = to_scene(opened, x, direction=direction)  # type: ignore[arg-type]
    steps = trace(scene).forward
    last = steps[-1]
    expected = opened.values(x).values
    if opened.values(x).values.ndim == 2 and name != "shaped":
        expected = expected[0 if direction == "backward" else -1]
    np.testing.assert_allclose(last["yt_pred"][:, 0], expected.reshape(-1), atol=1e-12)
    output = scene.cell.prediction

    def largest(a: np.ndarray) -> float:
        values = run(output, {**last, "a_next": a})
        return float(values["yt_pred"][int(np.argmax(last["yt_pred"])), 0])

    for row, slope in enumerate(scene.da[:, 0, -1]):
        move = np.zeros((len(scene.da), 1))
        move[row] = 1e-6
        measured = (largest(last["a_next"] + move) - largest(last["a_next"] - move)) / 2e-6
        assert slope == pytest.approx(measured, abs=1e-7)


def test_that_a_layer_that_cannot_be_followed_is_named() -> None:
    flat = [EVERY, OpenedFlatten("f", "Flatten"), OpenedScale("s", "Rescaling", draw(20), draw(20))]
    scene = to_scene(model(*flat, dense(1, 20)), wave(N_X, T))
    assert str(scene.origin) == "Model: model, up to the layer s (Rescaling)"


def test_that_an_encoder_ends_where_its_state_is_repeated() -> None:
    opened = model(cell(), OpenedRepeat("r", "RepeatVector", 3), cell("gru", 2, 4))
    scene = to_scene(opened, wave(N_X, T))
    assert str(scene.origin) == "Model: model"
    np.testing.assert_array_equal(scene.parameters["Wy"], np.eye(4))
    assert to_scene(opened, wave(N_X, T), place=2).sizes.T_x == 3
