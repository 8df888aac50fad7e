"""Cells with other activations, another reset or a mask are whole tables: forward and backward."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Scene, Sizes, check_scene, trace
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.table import Cell, Variant
from rnnstudio.core.cells.variants import varied

SMOOTH = ("linear", "softplus", "silu", "gelu", "elu", "hard_sigmoid", "hard_sigmoid_2", "relu")


def scene(cell: Cell) -> Scene:
    """Random numbers, with an initial state so that no relu stands on its corner."""
    made = random_scene(cell, Sizes(), 1)
    draw = np.random.default_rng(3).standard_normal
    return replace(made, initial={name: draw(a.shape) for name, a in made.initial.items()})


def worst(scene: Scene) -> float:
    return max(each.relative_error for each in check_scene(scene))


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("squash", SMOOTH)
def test_that_the_derivatives_follow_the_activation(name: str, squash: str) -> None:
    gate = "hard_sigmoid" if squash == "relu" else squash
    assert worst(scene(varied(name, Variant(gate, squash)))) < 1e-6


@pytest.mark.parametrize("variant", [Variant(reset_before=True), Variant("silu", "elu", True)])
def test_that_the_reset_may_stand_before_the_product(variant: Variant) -> None:
    cell = varied("gru", variant)
    assert worst(scene(cell)) < 1e-6
    for fault in cell.faults:
        assert worst(replace(scene(cell), fault=fault)) > 1e-3


def test_that_a_row_shows_the_function_that_is_computed() -> None:
    cell = varied("lstm", Variant("hard_sigmoid", "relu"))
    formulas = {row.name: row.formula for row in (*cell.forward, *cell.backward)}
    assert formulas["ft"] == "hard_sigmoid(Wf @ concat + bf)"
    assert formulas["a_next"] == "ot * relu(c_next)"
    assert formulas["dit"] == "dc * cct * hard_sigmoid_slope(Wi @ concat + bi)"
    assert cell.gates == ("ft", "it", "ot")
    assert not any("tanh" in formula for formula in formulas.values())
    meanings = " ".join(str(row.meaning) for row in (*cell.forward, *cell.backward))
    assert "tanh" not in meanings
    assert "tanh" not in " ".join(fault.meaning for fault in cell.faults)


def test_that_the_usual_activations_are_the_registry_s_cell() -> None:
    assert varied("lstm", Variant()) == CELLS["lstm"]


@pytest.mark.parametrize("name", CELLS)
def test_that_a_masked_step_leaves_every_state_as_it_was(name: str) -> None:
    cell, steps = CELLS[name], [0, 2, 3]
    plain = scene(cell)
    mask = np.ones((1, 1, 4))
    mask[..., 1] = 0
    masked = replace(plain, cell=varied(name, Variant(masked=True)), given={"mask": mask})
    short = replace(plain, x=plain.x[..., steps], da=plain.da[..., steps])
    np.testing.assert_array_equal(
        trace(masked).forward[-1]["a_next"], trace(short).forward[-1]["a_next"]
    )
    assert worst(masked) < 1e-7
    for state in cell.states:
        assert worst(masked.with_intervention(Intervention(f"{state}_next", 0.3, 1))) < 1e-7


def test_when_a_cell_has_no_reset_gate_it_cannot_stand_before() -> None:
    with pytest.raises(ValueError, match="no reset"):
        varied("lstm", Variant(reset_before=True))
