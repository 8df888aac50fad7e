"""Scenes: where their numbers come from, what may be put in, and what follows."""

import numpy as np
import pytest

from rnnstudio.core.cells import published
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.gru import GRU
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.lstm import LSTM
from rnnstudio.core.cells.published import Example
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.rnn import RNN
from rnnstudio.core.cells.scene import Mark, Scene, Sizes, check_scene, trace
from rnnstudio.core.cells.scenes import paper_scene, random_scene, sine_scene, text_scene
from rnnstudio.core.cells.table import Cell, Fault
from rnnstudio.core.errors import UserError

SIZES = Sizes(n_x=3, n_a=4, n_y=2, m=2, T_x=5)


def worst(scene: Scene) -> float:
    return max(tensor.relative_error for tensor in check_scene(scene))


def shown(scene: Scene, mark: Mark) -> Array:
    """The entries of a trace that a mark points at, as the document prints them."""
    steps = trace(scene).backward
    chosen = steps if mark.step is None else [steps[mark.step]]
    column = slice(None) if mark.column is None else mark.column
    return np.squeeze(np.array([values[mark.name][mark.row, column] for values in chosen]))


@pytest.mark.parametrize("example", published.examples(), ids=lambda example: example.function)
def test_that_every_marked_entry_is_the_figure_printed_in_the_document(example: Example) -> None:
    scene = paper_scene(example)
    printed = [value for name, value in example.printed.items() if "[" in name]
    assert len(scene.marks) == len(printed)
    for mark, expected in zip(scene.marks, printed, strict=True):
        np.testing.assert_allclose(shown(scene, mark), np.squeeze(expected), rtol=0, atol=1e-8)


@pytest.mark.parametrize("cell", CELLS.values(), ids=lambda cell: cell.name)
@pytest.mark.parametrize("make", [random_scene, sine_scene])
def test_that_a_made_scene_has_its_sizes_and_passes_the_check(cell: Cell, make) -> None:
    scene = make(cell, SIZES, 7)
    assert scene.sizes == SIZES
    assert worst(scene) < 1e-7


def test_that_the_same_seed_gives_the_same_numbers_and_another_gives_others() -> None:
    one, same, other = (random_scene(LSTM, SIZES, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.x, same.x)
    np.testing.assert_array_equal(one.array("Wf"), same.array("Wf"))
    assert not np.array_equal(one.array("Wf"), other.array("Wf"))


def test_that_a_text_becomes_one_letter_a_step() -> None:
    scene = text_scene(LSTM, "banana", n_a=4, seed=1)
    assert scene.labels == tuple("banana")
    assert scene.sizes == Sizes(3, 4, 3, 1, 6)
    np.testing.assert_array_equal(scene.x[:, 0, :].argmax(0), [1, 0, 2, 0, 2, 0])
    np.testing.assert_array_equal(scene.x.sum(0), np.ones((1, 6)))


@pytest.mark.parametrize("text", ["", "a" * 201])
def test_that_a_text_without_letters_or_with_too_many_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="must have 1 to 200"):
        text_scene(LSTM, text, n_a=4, seed=1)


@pytest.mark.parametrize("size", ["n_x", "n_a", "n_y", "m", "T_x"])
@pytest.mark.parametrize("value", [0, -3, 100_000])
def test_that_a_size_out_of_bounds_is_refused_by_name(size: str, value: int) -> None:
    with pytest.raises(UserError, match=size):
        Sizes(**{size: value})


def test_that_an_array_of_the_wrong_shape_or_with_a_hole_is_refused_by_name() -> None:
    scene = random_scene(LSTM, SIZES, 1)
    with pytest.raises(UserError, match=r"Wf has the shape \(4, 6\); here it must be \(4, 7\)"):
        scene.with_array("Wf", np.zeros((4, 6)))
    with pytest.raises(UserError, match=r"c0 holds nan at \(1, 0\)"):
        scene.with_entry("c0", (1, 0), float("nan"))


def test_that_an_edited_number_changes_what_follows_and_not_the_first_scene() -> None:
    scene = random_scene(LSTM, SIZES, 1)
    edited = scene.with_entry("x", (0, 0, 2), 9.0)
    before, after = trace(scene).forward, trace(edited).forward
    assert edited.x[0, 0, 2] == 9.0
    assert scene.x[0, 0, 2] != 9.0
    np.testing.assert_array_equal(before[1]["a_next"], after[1]["a_next"])
    assert not np.allclose(before[2]["a_next"][:, 0], after[2]["a_next"][:, 0])


def test_that_an_open_forget_gate_and_a_closed_input_gate_carry_the_memory_through() -> None:
    scene = random_scene(LSTM, SIZES, 1).with_entry("c0", (2, 1), 0.75)
    scene = scene.with_intervention(Intervention("ft", 1.0)).with_intervention(
        Intervention("it", 0.0)
    )
    for values in trace(scene).forward:
        np.testing.assert_array_equal(values["c_next"], scene.initial["c"])


@pytest.mark.parametrize("cell", [RNN, LSTM, GRU], ids=lambda cell: cell.name)
@pytest.mark.parametrize("step", [None, 2])
@pytest.mark.parametrize(("row", "example"), [(None, None), (1, 0)])
def test_that_gradients_stay_right_whatever_is_held_fixed(
    cell: Cell, step: int | None, row: int | None, example: int | None
) -> None:
    scene = random_scene(cell, SIZES, 3)
    for name in cell.gradients:
        held = scene.with_intervention(Intervention(name, 0.3, step, row, example))
        assert worst(held) < 1e-7, name


CASES = [(cell, fault) for cell in CELLS.values() for fault in cell.faults]


@pytest.mark.parametrize(("cell", "fault"), CASES, ids=[f"{c.name}-{b.key}" for c, b in CASES])
def test_that_an_injected_fault_fails_the_check_and_leaves_the_forward_pass_alone(
    cell: Cell, fault: Fault
) -> None:
    scene = random_scene(cell, SIZES, 5)
    injected = scene.with_fault(fault)
    assert worst(injected) > 1e-3
    np.testing.assert_array_equal(
        trace(scene).forward[-1]["a_next"], trace(injected).forward[-1]["a_next"]
    )
    assert worst(injected.with_fault(None)) < 1e-7


def test_that_running_sums_end_in_the_gradient_of_the_whole_sequence() -> None:
    result = trace(random_scene(LSTM, SIZES, 1))
    own = sum(values["dWf"] for values in result.backward[2:])
    np.testing.assert_allclose(result.backward[2]["dWf_sum"], own, rtol=1e-12)
    np.testing.assert_array_equal(result.backward[0]["dWf_sum"], result.gradients["dWf"])
