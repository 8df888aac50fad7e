"""Fifty units of a large cell: their numbers are those of the whole."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.cells.output import with_outputs
from rnnstudio.core.cells.partial import is_large, part_of
from rnnstudio.core.cells.scene import LargeScene, trace
from rnnstudio.core.cells.table import OutputLayer, Variant
from rnnstudio.core.cells.variants import varied

N_X, N_A, N_Y, T = 60, 70, 90, 5
UNITS = tuple(range(10, 45))
HEADS = {
    "dense": [OutputLayer("dense", 0)],
    "softmax": [OutputLayer("dense", 80, "relu"), OutputLayer("dense", 0, "softmax")],
    "joined": [
        OutputLayer("concat", 2 * N_A),
        OutputLayer("normalise", 2 * N_A, constant=1e-3),
        OutputLayer("scale", 2 * N_A),
        OutputLayer("activation", 2 * N_A, "leaky_relu", 0.3),
        OutputLayer("dense", 0, "softmax"),
    ],
    "below": [OutputLayer("concat below", 2 * N_A), OutputLayer("dense", 0)],
    "steps": [OutputLayer("mean", N_A), OutputLayer("max", N_A), OutputLayer("flatten", 0)],
}


def large(name: str, variant: Variant, head: list[OutputLayer]) -> LargeScene:
    cell = with_outputs(varied(name, variant), head)
    draw = np.random.default_rng(0).standard_normal
    shapes = cell.parameter_shapes(N_X, N_A, N_Y)
    rows = {"mask": 1, "oy": N_Y, "sy1": 1}
    given = {name: np.abs(draw((rows.get(name, N_A), 1, T))) for name in cell.outside}
    if "mask" in given:
        given["mask"][:] = np.array([1, 1, 0, 1, 1])
    return LargeScene(
        cell,
        draw((N_X, 1, T)),
        {name: draw(shape) / np.sqrt(shape[1]) for name, shape in shapes.items()},
        {state: np.zeros((N_A, 1)) for state in cell.states},
        draw((N_A, 1, T)),
        given=given,
    )


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(
    ("name", "variant"),
    [
        ("rnn", Variant("sigmoid", "relu")),
        ("lstm", Variant()),
        ("lstm", Variant("hard_sigmoid", "elu", masked=True)),
        ("gru", Variant(masked=True)),
        ("gru", Variant(reset_before=True)),
    ],
)
def test_that_the_shown_units_have_the_numbers_of_the_whole(
    name: str, variant: Variant, head: str
) -> None:
    scene = large(name, variant, HEADS[head])
    whole, part = trace(scene), trace(part_of(scene, UNITS))
    own = set(part.cell.gradients) | set(part.cell.gradients.values())
    own -= {"concat", "dconcat"}
    for step in range(T):
        for backward in (False, True):
            values, shown = (each.values(step, backward=backward) for each in (whole, part))
            for value in own & shown.keys():
                np.testing.assert_allclose(shown[value], values[value][list(UNITS)], atol=1e-12)
        predicted = part.forward[step]["yt_pred"][:, 0]
        if part.cell.predicted.function == "softmax":
            assert predicted.sum() == pytest.approx(1, abs=1e-12)
            assert part.scene.outputs[-1] == "…"
            predicted = predicted[:-1]
        everything = whole.forward[step]["yt_pred"][:, 0]
        assert all(np.abs(everything - number).min() < 1e-12 for number in predicted)


def test_that_the_units_that_move_most_are_chosen() -> None:
    scene = large("lstm", Variant(), HEADS["dense"])
    weights = dict(scene.parameters)
    quiet = np.arange(0, N_A, 4)
    for array in weights.values():
        if len(array) == N_A:
            array[quiet] = 0
    part = part_of(scene)
    assert part.sizes.n_a == 50
    moves = np.ptp([values["a_next"] for values in trace(part).forward], axis=0)
    assert (moves > 0).all()


def test_that_a_small_scene_stays_whole_unless_units_are_chosen() -> None:
    small = part_of(large("gru", Variant(), HEADS["dense"]), (3, 1, 2))
    assert small.sizes.n_a == 3
    assert not is_large(small)
    assert part_of(small) is small
