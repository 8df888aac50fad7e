"""Where scenes come from, and what is read off their traces for the views. No Qt."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.cells.gradient_sums import Sums
from rnnstudio.core.cells.published import examples
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes, trace
from rnnstudio.core.cells.scene_spec import SceneSpec, Source, scenes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.errors import UserError
from rnnstudio.ui.inspector.scales import Scales


def test_that_cells_which_are_compared_see_the_same_input() -> None:
    for source in (Source.RANDOM, Source.SINE, Source.TEXT):
        one, other = scenes(SceneSpec(("rnn", "gru"), source))
        np.testing.assert_array_equal(one.x, other.x)
        assert (one.cell.name, other.cell.name) == ("rnn", "gru")


def test_that_a_document_s_example_brings_its_own_cell_and_sizes() -> None:
    for example in examples():
        (scene,) = scenes(SceneSpec(("gru",), example, Sizes(n_a=9)))
        assert scene.cell.name == example.function.split("_")[0]
        assert scene.sizes.m == 10


def test_that_typed_scenes_begin_with_zeros_and_keep_what_still_fits() -> None:
    spec = SceneSpec(("lstm",), Source.TYPED, Sizes(n_a=2, T_x=3))
    (blank,) = scenes(spec)
    assert all(not blank.array(name).any() for name in blank.array_names if name != "da")
    typed = blank.with_entry("Wf", (0, 0), 2.0).with_entry("x", (0, 0, 0), 3.0)
    (longer,) = scenes(replace(spec, sizes=Sizes(n_a=2, T_x=4)), typed)
    assert longer.array("Wf")[0, 0] == 2.0
    assert not longer.x.any()


@pytest.mark.parametrize("text", ["", "x" * 201])
def test_that_a_text_without_letters_or_with_too_many_is_reported(text: str) -> None:
    with pytest.raises(UserError, match="must have 1 to 200"):
        scenes(SceneSpec(source=Source.TEXT, text=text))


def test_that_one_colour_means_one_number_at_every_step() -> None:
    traced = trace(random_scene(CELLS["lstm"], Sizes(T_x=6), 2))
    scales = Scales(traced)
    for name in ("c_next", "dWf", "da_prev", "Wf"):
        largest = max(np.abs(step[name]).max() for step in traced.backward)
        assert scales.limit(name) == pytest.approx(largest)
    assert scales.limit("ft") == 1.0


def test_that_colours_of_a_value_which_is_zero_everywhere_have_a_reach() -> None:
    scene = random_scene(CELLS["rnn"], Sizes(), 2)
    traced = trace(scene.with_array("da", np.zeros_like(scene.da)))
    assert Scales(traced).limit("dWaa") > 0


@pytest.mark.parametrize("cell", CELLS)
def test_that_the_sum_so_far_is_the_sum_of_the_steps_own_parts(cell: str) -> None:
    traced = trace(random_scene(CELLS[cell], Sizes(T_x=7, m=3), 2))
    sums = Sums(traced)
    for name in traced.cell.learned:
        growth = sums.entry(name, 1, 0)
        np.testing.assert_allclose(growth.so_far, np.cumsum(growth.own[::-1])[::-1], rtol=1e-9)
        size = sums.size(name)
        assert size.so_far[0] == pytest.approx(np.linalg.norm(traced.gradients[f"d{name}"]))
        assert size.own[-1] == pytest.approx(size.so_far[-1])
