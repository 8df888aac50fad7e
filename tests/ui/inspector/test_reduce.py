"""Changes to a scene: interventions, typed numbers, injected faults, comparisons. No Qt."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.ui.inspector.events import (
    ArrayReplaced,
    CheckAsked,
    DirectionChosen,
    EntryChosen,
    FaultGuessed,
    FaultInjected,
    InterventionLifted,
    InterventionSet,
    NotationChosen,
    NumberEdited,
    OperationChosen,
    OperationStepped,
    PlayToggled,
    RowAccused,
    SceneChosen,
    SidesSwapped,
    Ticked,
    TimeChosen,
    TimeStepped,
    ValueTyped,
)
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start
from rnnstudio.ui.inspector.verdict_words import verdict_html


def started(cell: str = "lstm", **sizes: int) -> InspectorState:
    return start(random_scene(CELLS[cell], Sizes(**sizes), seed=5))


def at(state: InspectorState, name: str) -> InspectorState:
    rows = [operation.name for operation in state.table]
    return reduce(state, OperationChosen(rows.index(name)))


def test_that_a_closed_forget_gate_leaves_the_new_memory_alone_at_every_step() -> None:
    state = reduce(started(m=2, T_x=5), InterventionSet(Intervention("ft", 0.0)))
    for values in state.trace.forward:
        np.testing.assert_array_equal(values["ft"], 0)
        np.testing.assert_allclose(values["c_next"], values["it"] * values["cct"], rtol=1e-15)


def test_that_a_value_which_is_held_anew_is_held_once() -> None:
    state = started()
    for value in (0.0, 0.5, 1.0):
        state = reduce(state, InterventionSet(Intervention("ft", value)))
    state = reduce(state, InterventionSet(Intervention("ft", 0.25, step=1)))
    assert state.scene.interventions == (Intervention("ft", 1.0), Intervention("ft", 0.25, step=1))
    np.testing.assert_array_equal(state.trace.forward[1]["ft"], 0.25)


def test_that_letting_go_brings_the_old_numbers_back() -> None:
    state = started()
    held = reduce(state, InterventionSet(Intervention("ot", 0.0)))
    assert all((step["a_next"] == 0).all() for step in held.trace.forward)  # behind a closed gate
    assert (state.trace.forward[0]["a_next"] != 0).any()
    free = reduce(held, InterventionLifted(Intervention("ot", 0.0)))
    for before, after in zip(state.trace.forward, free.trace.forward, strict=True):
        np.testing.assert_array_equal(before["a_next"], after["a_next"])


@pytest.mark.parametrize(
    ("name", "array", "index"),
    [("Wf", "Wf", (1, 2)), ("xt", "x", (1, 0, 2)), ("bo", "bo", (1, 0))],
)
def test_that_typing_over_an_input_or_a_weight_changes_it(
    name: str, array: str, index: tuple[int, ...]
) -> None:
    state = reduce(started(), TimeChosen(2))
    column = 2 if name == "Wf" else 0
    typed = reduce(state, ValueTyped(name, 1, column, 7.5))
    assert typed.scene.array(array)[index] == 7.5
    assert np.sum(typed.scene.array(array) != state.scene.array(array)) == 1


def test_that_typing_over_a_computed_value_holds_that_entry_at_this_step_only() -> None:
    state = reduce(started(m=2), TimeChosen(1))
    typed = reduce(state, ValueTyped("it", 3, 1, 0.125))
    assert typed.trace.forward[1]["it"][3, 1] == 0.125
    changed = [
        int(np.sum(now["it"] != before["it"]))
        for now, before in zip(typed.trace.forward, state.trace.forward, strict=True)
    ]
    assert changed[:2] == [0, 1]
    assert changed[2] > 1  # what follows feels it


def test_that_typing_over_an_old_state_changes_where_it_came_from() -> None:
    first = reduce(started(), ValueTyped("a_prev", 0, 0, 0.5))
    assert first.scene.array("a0")[0, 0] == 0.5
    later = reduce(reduce(started(), TimeChosen(2)), ValueTyped("c_prev", 0, 0, 0.5))
    assert later.scene.interventions == (Intervention("c_next", 0.5, step=1, row=0, example=0),)
    assert later.values["c_prev"][0, 0] == 0.5


def test_that_a_gradient_cannot_be_typed_and_the_numbers_stay() -> None:
    state = reduce(started(), DirectionChosen(PassDirection.BACKWARD))
    typed = reduce(state, ValueTyped("dft", 0, 0, 1.0))
    assert "df⟨t⟩ follows from other numbers" in typed.message
    assert typed.trace is state.trace


@pytest.mark.parametrize(
    "event",
    [
        NumberEdited("Wf", (0, 0), float("nan")),
        ArrayReplaced("Wf", np.zeros((2, 2))),
        ArrayReplaced("x", np.full((3, 1, 4), np.inf)),
    ],
)
def test_that_numbers_which_make_no_scene_leave_the_last_one(event) -> None:
    state = started()
    after = reduce(state, event)
    assert after.trace is state.trace
    assert after.message.endswith(".")
    assert reduce(after, TimeChosen(1)).message == ""


@pytest.mark.parametrize("cell", CELLS)
def test_that_the_check_finds_no_fault_in_a_right_table(cell: str) -> None:
    state = reduce(started(cell, n_a=8, T_x=10), CheckAsked())
    assert state.checks is not None
    assert max(check.relative_error for check in state.checks) < 1e-7


@pytest.mark.parametrize("cell", CELLS)
def test_that_the_check_fails_for_every_fault_and_only_its_row_is_faulty(cell: str) -> None:
    for fault in CELLS[cell].faults:
        state = reduce(started(cell, T_x=5), FaultInjected(fault))
        state = reduce(reduce(state, DirectionChosen(PassDirection.BACKWARD)), CheckAsked())
        assert state.checks is not None
        assert max(check.relative_error for check in state.checks) > 1e-3
        for row in state.table:
            accused = reduce(at(state, row.name), RowAccused())
            assert accused.verdict is not None
            assert accused.verdict.right == (row.name == fault.name)


@pytest.mark.parametrize("cell", CELLS)
def test_that_a_guessed_fault_is_right_only_if_it_is_the_injected_one(cell: str) -> None:
    backward = reduce(started(cell), DirectionChosen(PassDirection.BACKWARD))
    assert backward.fault_choices == ()
    for fault in CELLS[cell].faults:
        state = reduce(backward, FaultInjected(fault, surprise=True))
        assert state.fault_choices == CELLS[cell].faults
        assert reduce(state, DirectionChosen(PassDirection.FORWARD)).fault_choices == ()
        assert reduce(backward, FaultInjected(fault)).fault_choices == ()  # told by its name
        for other in CELLS[cell].faults:
            guessed = reduce(state, FaultGuessed(other.key))
            assert guessed.verdict is not None
            assert guessed.verdict.right == (other == fault)
            said = verdict_html(guessed)
            assert said.startswith("Found: ") == (other == fault)
            assert (fault.meaning in said) == (other == fault)
            same_row = other.name == fault.name
            assert ("its fault is another" in said) == (same_row and other != fault)
        assert reduce(guessed, FaultInjected(None)).verdict is None


def test_that_a_check_does_not_outlive_the_numbers_it_was_made_for() -> None:
    state = reduce(started(), CheckAsked())
    assert reduce(state, TimeChosen(2)).checks is state.checks
    assert reduce(state, NumberEdited("Wf", (0, 0), 1.0)).checks is None


def test_that_a_check_which_would_take_too_long_is_refused_in_a_sentence() -> None:
    state = reduce(started(n_a=50, T_x=200), CheckAsked())
    assert state.checks is None
    assert "50 units over 200 steps" in state.message


def test_that_two_cells_are_compared_at_the_same_step_and_row() -> None:
    scenes = [random_scene(CELLS[name], Sizes(T_x=5), 1) for name in ("lstm", "gru")]
    state = at(reduce(reduce(started(), SceneChosen(*scenes)), TimeChosen(3)), "cct")
    other = state.compared
    assert other is not None
    assert (other.scene.cell.name, other.cursor.time) == ("gru", 3)
    assert other.operation.name == "cct"
    assert state.paired
    assert not at(state, "ft").paired
    swapped = reduce(state, SidesSwapped(1))
    assert (swapped.scene.cell.name, swapped.operation.name) == ("gru", "rt")
    assert swapped.swapped
    again = reduce(swapped, SidesSwapped(2))
    assert again.trace is state.trace
    assert not again.swapped


def test_that_one_scene_alone_has_nothing_to_swap() -> None:
    state = started()
    assert state.compared is None
    assert reduce(state, SidesSwapped(1)).trace is state.trace


NUMBERS = st.sampled_from([0.0, 1.0, -2.5, 1e308, float("nan")])
NAMES = st.sampled_from(["ft", "zt", "xt", "a_prev", "c_next", "Wf", "Waa", "dft", "da_next", "?"])
EVENTS = st.one_of(
    st.builds(OperationStepped, st.integers(-60, 60)),
    st.builds(TimeStepped, st.integers(-5, 5)),
    st.builds(TimeChosen, st.integers(-3, 9)),
    st.builds(OperationChosen, st.integers(-3, 40)),
    st.builds(EntryChosen, st.integers(0, 9), st.integers(0, 9)),
    st.builds(DirectionChosen, st.sampled_from(PassDirection)),
    st.builds(NotationChosen, st.sampled_from(Notation)),
    st.sampled_from([PlayToggled(), Ticked(), CheckAsked(), RowAccused(), FaultGuessed("sum")]),
    st.builds(ValueTyped, NAMES, st.integers(0, 1), st.just(0), NUMBERS),
    st.builds(
        SceneChosen,
        st.sampled_from([random_scene(cell, Sizes(2, 2, 2, 2, 3), 1) for cell in CELLS.values()]),
        st.sampled_from([None, random_scene(CELLS["gru"], Sizes(2, 2, 2, 2, 3), 1)]),
    ),
    st.builds(SidesSwapped, st.integers(0, 40)),
)


@settings(max_examples=60)
@given(st.lists(EVENTS, max_size=25))
def test_that_whatever_is_asked_there_is_something_to_look_at(events) -> None:
    state = started("rnn", n_x=2, n_a=2, n_y=1, m=2, T_x=4)
    for event in events:
        state = reduce(state, event)
        rows, columns = state.result.shape
        assert 0 <= state.cursor.time < state.steps
        assert state.entry[0] in range(rows)
        assert state.entry[1] in range(columns)
        assert state.example in range(2)
        assert all(name in state.operands for name in state.operation.inputs)
        if state.compared is not None:
            named = {operation.name for operation in state.compared.table}
            assert state.paired == (state.operation.name in named)
        assert state.message == "" or state.message.endswith(".")
