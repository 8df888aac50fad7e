"""The inspector's state: knows no Qt."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.published import examples
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scene_spec import SceneSpec, scenes
from rnnstudio.core.cells.scenes import paper_scene, random_scene
from rnnstudio.core.cells.table import run
from rnnstudio.ui.inspector.events import (
    DirectionChosen,
    EntryChosen,
    NumberEdited,
    OperationChosen,
    OperationStepped,
    PlayToggled,
    SceneChosen,
    Ticked,
    TimeChosen,
    TimeStepped,
    ValueTyped,
)
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start


def started(cell: str = "lstm", **sizes: int) -> InspectorState:
    return start(random_scene(CELLS[cell], Sizes(**sizes), seed=3))


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("direction", PassDirection)
def test_that_stepping_visits_every_operation_of_every_step_in_the_order_of_the_pass(
    cell: str, direction: PassDirection
) -> None:
    state = reduce(started(cell, T_x=3), DirectionChosen(direction))
    seen = []
    for _ in range(3 * len(state.table)):
        seen.append((state.cursor.time, state.operation.name))
        state = reduce(state, OperationStepped(1))
    times = [0, 1, 2] if direction is PassDirection.FORWARD else [2, 1, 0]
    assert seen == [(time, row.name) for time in times for row in state.table]
    assert reduce(state, OperationStepped(1)).cursor == state.cursor


@pytest.mark.parametrize("direction", PassDirection)
def test_that_stepping_back_undoes_stepping_on(direction: PassDirection) -> None:
    state = reduce(started(), DirectionChosen(direction))
    there = [state.cursor]
    for _ in range(30):
        state = reduce(state, OperationStepped(1))
        there.append(state.cursor)
    for cursor in reversed(there):
        assert state.cursor == cursor
        state = reduce(state, OperationStepped(-1))


def test_that_a_step_in_time_goes_left_in_the_backward_pass() -> None:
    state = reduce(started(T_x=5), DirectionChosen(PassDirection.BACKWARD))
    assert state.cursor.time == 4
    assert reduce(state, TimeStepped(1)).cursor.time == 3
    assert reduce(state, TimeStepped(-1)).cursor.time == 4


@pytest.mark.parametrize("cell", CELLS)
def test_that_the_operands_give_the_result_by_the_row_s_own_formula(cell: str) -> None:
    for direction in PassDirection:
        state = reduce(started(cell, m=2), DirectionChosen(direction))
        for _ in range(state.last_position + 1):
            computed = run((state.operation,), state.operands)[state.operation.name]
            np.testing.assert_array_equal(computed, state.result)
            state = reduce(state, OperationStepped(1))


def test_that_a_gradient_s_running_sum_begins_with_the_last_step() -> None:
    state = reduce(started(T_x=3), DirectionChosen(PassDirection.BACKWARD))
    row = [operation.name for operation in state.table].index("dWf_sum")
    state = reduce(state, OperationChosen(row))
    np.testing.assert_array_equal(state.operands["dWf_sum"], 0)
    state = reduce(state, TimeChosen(0))
    values = state.trace.backward
    np.testing.assert_allclose(
        state.operands["dWf_sum"], values[2]["dWf"] + values[1]["dWf"], rtol=1e-12
    )


def test_that_playing_ends_at_the_last_operation_and_starts_over_when_asked_again() -> None:
    state = reduce(started(T_x=2), PlayToggled())
    for ticks in range(1, 2 * len(state.table)):
        state = reduce(state, Ticked())
        assert state.cursor.playing == (ticks < 2 * len(state.table) - 1)
    assert state.position == state.last_position
    again = reduce(state, PlayToggled())
    assert again.cursor.playing
    assert again.position == 0


def test_that_a_late_tick_after_stopping_moves_nothing() -> None:
    state = reduce(reduce(started(), PlayToggled()), PlayToggled())
    assert reduce(state, Ticked()).cursor == state.cursor


def test_that_an_entry_that_was_chosen_comes_back_after_a_smaller_result() -> None:
    state = reduce(started(n_a=5, n_y=2), EntryChosen(4, 0))
    names = [operation.name for operation in state.table]
    assert state.entry == (4, 0)
    prediction = reduce(state, OperationChosen(names.index("yt_pred")))
    assert prediction.entry == (1, 0)
    assert reduce(prediction, OperationChosen(names.index("ft"))).entry == (4, 0)


def test_that_a_shorter_scene_keeps_the_cursor_within_it() -> None:
    state = reduce(started(T_x=9), TimeChosen(8))
    shorter = reduce(state, SceneChosen(random_scene(CELLS["rnn"], Sizes(T_x=2), 1)))
    assert (shorter.cursor.time, shorter.cursor.operation) == (1, 0)


def test_that_edited_numbers_keep_the_place_and_change_what_follows() -> None:
    state = reduce(reduce(started(), TimeChosen(2)), OperationChosen(4))
    edited = reduce(state, NumberEdited("bf", (0, 0), 9.0))
    assert edited.cursor == state.cursor
    assert edited.result[0, 0] != state.result[0, 0]


def test_that_a_value_is_known_from_its_operation_on() -> None:
    state = reduce(started(T_x=3), DirectionChosen(PassDirection.BACKWARD))
    state = reduce(state, TimeChosen(1))
    assert state.known("da_prev", 2)
    assert not state.known("da_prev", 1)
    assert not state.known("da_prev", 0)
    row = [operation.name for operation in state.table].index("da_prev")
    assert reduce(state, OperationChosen(row)).known("da_prev", 1)


def test_that_the_printed_figures_of_an_example_are_marked_where_they_were_printed() -> None:
    example = next(e for e in examples() if e.function == "rnn_cell_forward")
    state = start(paper_scene(example))
    marks = state.marks("a_next")
    assert marks == tuple((4, column) for column in range(10))
    printed = example.printed["a_next[4]"]
    np.testing.assert_allclose([state.result[mark] for mark in marks], printed, atol=1e-8)


def test_that_typing_leaves_the_state_before_it_alone() -> None:
    state, same = started(), started()
    for name in ("Wf", "xt"):
        reduce(state, ValueTyped(name, 1, 0, 7.5))
    np.testing.assert_array_equal(state.scene.x, same.scene.x)
    for name, array in same.scene.parameters.items():
        np.testing.assert_array_equal(state.scene.parameters[name], array)


def beside(cell: str, other: str, name: str) -> InspectorState:
    """Two cells at the second step, at the row ``name`` of the first."""
    scenes = [random_scene(CELLS[each], Sizes(T_x=3), 1) for each in (cell, other)]
    state = reduce(reduce(started(), SceneChosen(*scenes)), TimeChosen(1))
    names = [operation.name for operation in state.table]
    return reduce(state, OperationChosen(names.index(name)))


@pytest.mark.parametrize(
    ("cell", "other", "rows"),
    [
        ("lstm", "gru", ["zt", "rt", "mt", "cct", "cct", "cct", "a_next", "yt_pred"]),
        ("gru", "lstm", ["concat", "ft", "it", "cct", "a_next", "yt_pred"]),
        ("rnn", "lstm", ["a_next", "yt_pred"]),
    ],
)
def test_that_a_cell_beside_another_has_come_as_far(cell: str, other: str, rows: list[str]) -> None:
    seen = []
    for row in CELLS[cell].forward:
        compared = beside(cell, other, row.name).compared
        assert compared is not None
        seen.append(compared.operation.name)
        known = [each.name for each in compared.table if compared.known(each.name, 1)]
        assert known == [each.name for each in compared.table[: compared.cursor.operation + 1]]
        assert ("yt_pred" in known) == (row.name == "yt_pred")
    assert seen == rows


def test_when_a_value_is_asked_for_it_is_concealed_in_both_cells_and_nothing_else_is() -> None:
    shared = beside("lstm", "gru", "cct").asking()
    assert shared.compared is not None
    assert not shared.known("cct", 1)
    assert not shared.compared.known("cct", 1)
    own = beside("lstm", "gru", "c_next").asking()
    assert own.compared is not None
    assert not own.known("c_next", 1)
    assert own.compared.known("cct", 1)


def test_that_an_rnn_beside_an_lstm_has_no_new_state_before_the_lstm_has_one() -> None:
    state = reduce(started(), SceneChosen(*scenes(SceneSpec(cells=("lstm", "rnn")))))
    for name in ("ft", "ot"):
        at = [row.name for row in state.table].index(name)
        here = reduce(state, OperationChosen(at))
        assert here.compared is not None
        assert not here.compared.known("a_next", 0)
        assert not here.paired
    end = [row.name for row in state.table].index("a_next")
    other = reduce(state, OperationChosen(end)).compared
    assert other is not None
    assert other.known("a_next", 0)
