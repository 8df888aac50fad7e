from __future__ import annotations

import numpy as np

from rnnstudio.core.cells.gates import input_names, over_time, reactions, saturation, watched
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes, trace
from rnnstudio.core.cells.scenes import random_scene, text_scene


def test_that_the_gates_are_the_sigmoids_and_the_candidate_is_none() -> None:
    assert CELLS["lstm"].gates == ("ft", "it", "ot")
    assert CELLS["gru"].gates == ("zt", "rt")
    assert CELLS["rnn"].gates == ()
    assert watched(CELLS["lstm"]) == ("ft", "it", "ot", "cct", "c_next", "a_next")


def test_that_a_forget_gate_with_a_large_bias_counts_as_open() -> None:
    scene = random_scene(CELLS["lstm"], Sizes(T_x=7), 1)
    zeros = np.zeros_like(scene.parameters["Wf"])
    for bias, expected in ((10.0, (0.0, 1.0)), (-10.0, (1.0, 0.0)), (0.0, (0.0, 0.0))):
        held = scene.with_array("Wf", zeros).with_array("bf", np.full((5, 1), bias))
        found = saturation(over_time(trace(held), "ft", 0))
        assert (found.closed, found.open) == expected


def test_that_saturation_counts_entries_beyond_the_limits_only() -> None:
    found = saturation(np.array([[0.04, 0.05, 0.5, 0.95, 0.96, 0.99]]))
    assert (found.closed, found.open) == (1 / 6, 2 / 6)


def test_that_each_unit_finds_the_input_that_it_follows() -> None:
    draw = np.random.default_rng(1).standard_normal
    x = draw((3, 40))
    values = np.stack([2 * x[2] + 1, -x[0], x[2] + 0.5 * draw(40), np.full(40, 0.1), x[0]])
    found = reactions(values, x)
    assert found.to[:3] == (2, 0, 2)
    np.testing.assert_allclose(found.strength[[0, 1, 4]], [1, -1, 1])
    np.testing.assert_allclose(found.strength[2], np.corrcoef(values[2], x[2])[0, 1])
    assert found.strength[3] == 0
    assert found.order[-2:] == (0, 2)


def test_that_the_rows_of_a_text_bear_its_letters_and_others_a_number() -> None:
    assert input_names(text_scene(CELLS["rnn"], "noon", 3, 1)) == ("n", "o")
    assert input_names(random_scene(CELLS["rnn"], Sizes(n_x=2), 1)) == ("x[1]", "x[2]")
