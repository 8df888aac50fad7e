"""Old values stand beside new ones from an edit until the next step."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Scene, Sizes, trace
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.session.kept_scene import InspectorWork
from rnnstudio.ui.inspector.events import (
    ArrayReplaced,
    DirectionChosen,
    EntryChosen,
    Event,
    FaultInjected,
    InputRefused,
    InterventionLifted,
    InterventionSet,
    NotationChosen,
    NumberEdited,
    NumbersRestored,
    OperationChosen,
    OperationStepped,
    PlayToggled,
    RowAccused,
    SceneChosen,
    SidesSwapped,
    Ticked,
    TimeChosen,
    ValueTyped,
)
from rnnstudio.ui.inspector.inspector_work import side_in_work, state_of
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start

LSTM = CELLS["lstm"]
SCENE = random_scene(LSTM, Sizes(n_x=2, n_a=2, T_x=3, m=2), 5)
CLOSED = Intervention("ft", 0.0)
EDITS: tuple[Event, ...] = (
    NumberEdited("Wf", (0, 0), 2.0),
    NumberEdited("x", (0, 0, 0), -1.0),
    ArrayReplaced("bi", np.full((2, 1), 0.5)),
    ValueTyped("xt", 1, 1, 3.0),
    InterventionSet(CLOSED),
    InterventionSet(Intervention("ft", 0.5)),
    InterventionSet(Intervention("it", 1.0, step=1, row=0)),
    InterventionLifted(CLOSED),
    FaultInjected(LSTM.faults[0]),
    FaultInjected(None),
    NumbersRestored(),
)
LOOKS: tuple[Event, ...] = (
    EntryChosen(1, 1),
    NotationChosen(Notation.KERAS),
    InputRefused("no"),
    RowAccused(),
)
MOVES: tuple[Event, ...] = (
    OperationStepped(1),
    OperationStepped(-2),
    OperationChosen(4),
    TimeChosen(2),
    PlayToggled(),
    Ticked(),
    DirectionChosen(PassDirection.BACKWARD),
)
UNDO = "undo"


def started() -> InspectorState:
    return start(SCENE)


def after(*events: Event) -> InspectorState:
    state = started()
    for event in events:
        state = reduce(state, event)
    return state


def work(state: InspectorState) -> InspectorWork:
    beside = None if state.beside is None else side_in_work(state.beside)
    return InspectorWork(side_in_work(state.side), beside, state.swapped, state.cursor)


def shown(state: InspectorState) -> dict[str, Array | None]:
    return {name: state.old_value(name) for name in state.values}


def expected(state: InspectorState, before: Scene | None) -> dict[str, Array | None]:
    """By a trace of the older scene, made anew."""
    if before is None:
        return dict.fromkeys(state.values)
    old = trace(before).values(state.cursor.time, backward=state.backward)
    new = trace(state.scene).values(state.cursor.time, backward=state.backward)
    return {name: None if np.array_equal(old[name], new[name]) else old[name] for name in new}


@settings(max_examples=50)
@given(st.lists(st.sampled_from((*EDITS, *EDITS, *LOOKS, *MOVES, UNDO)), max_size=12))
def test_that_old_values_are_those_before_the_last_edit_until_the_next_step(
    happening: list[Event | str],
) -> None:
    state, before, kept = started(), None, [work(started())]
    last: Event | None = None
    for event in happening:
        old = state
        if isinstance(event, str):
            state = state_of(kept.pop() if len(kept) > 1 else kept[0], state)
        else:
            state = reduce(state, event)
        if state.scene is not old.scene:
            drags = isinstance(event, InterventionSet) and isinstance(last, InterventionSet)
            same = drags and event.intervention.name == last.intervention.name
            before = before if same and before is not None else old.scene
            kept.append(work(old))
            last = None if isinstance(event, str) else event
        elif state.cursor.place != old.cursor.place:
            before = None
        wanted, found = expected(state, before), shown(state)
        assert found.keys() == wanted.keys()
        for name, array in wanted.items():
            np.testing.assert_equal(found[name], array)


@pytest.mark.parametrize("look", LOOKS)
def test_that_a_look_at_the_same_operation_keeps_the_old_values(look: Event) -> None:
    state = after(OperationChosen(4), InterventionSet(CLOSED))
    looked = reduce(state, look)
    np.testing.assert_array_equal(looked.old_value("ft"), started().values["ft"])


def test_that_a_hold_that_is_dragged_keeps_the_value_from_before_the_drag() -> None:
    drag = [InterventionSet(Intervention("ft", value)) for value in (0.1, 0.2, 0.3)]
    np.testing.assert_array_equal(after(*drag).old_value("ft"), started().values["ft"])
    other = after(*drag, InterventionSet(Intervention("ft", 0.9, step=0)))
    np.testing.assert_array_equal(other.old_value("ft"), np.full((2, 2), 0.3))


def test_that_an_edit_after_a_step_has_the_numbers_of_that_step_as_old_ones() -> None:
    drag = [InterventionSet(Intervention("ft", value)) for value in (0.1, 0.2)]
    state = after(drag[0], OperationStepped(1), drag[1])
    np.testing.assert_array_equal(state.old_value("ft"), np.full((2, 2), 0.1))


def test_that_a_fault_changes_no_value_of_the_forward_pass() -> None:
    state = after(FaultInjected(LSTM.faults[0]))
    assert all(old is None for old in shown(state).values())
    there = (DirectionChosen(PassDirection.BACKWARD), TimeChosen(0))
    backward = after(*there, FaultInjected(LSTM.faults[0]))
    name = LSTM.faults[0].name
    np.testing.assert_array_equal(backward.old_value(name), after(*there).values[name])


def test_that_a_number_has_its_old_one_in_its_own_table_only() -> None:
    state = after(NumberEdited("Wf", (0, 1), 9.0))
    np.testing.assert_array_equal(state.old_array("Wf"), SCENE.array("Wf"))
    assert [n for n in SCENE.array_names if state.old_array(n) is not None] == ["Wf"]


def test_that_an_old_running_sum_still_lacks_this_step_as_the_new_one_does() -> None:
    backward = after(DirectionChosen(PassDirection.BACKWARD), TimeChosen(1))
    rows = [operation.name for operation in backward.table]
    summing = reduce(backward, OperationChosen(rows.index("dWf_sum")))
    state = reduce(summing, NumberEdited("Wf", (0, 0), 2.0))
    np.testing.assert_array_equal(state.old_operand("dWf_sum"), summing.operands["dWf_sum"])


def test_that_another_scene_has_no_old_values() -> None:
    other = random_scene(LSTM, Sizes(n_x=2, n_a=2, T_x=3, m=2), 6)
    state = after(InterventionSet(CLOSED), SceneChosen(other))
    assert all(old is None for old in shown(state).values())


def test_that_the_scene_beside_keeps_its_own_old_values() -> None:
    beside = random_scene(CELLS["gru"], Sizes(n_x=2, n_a=2, T_x=3, m=2), 5)
    state = after(SceneChosen(SCENE, beside), InterventionSet(CLOSED))
    assert state.compared is not None
    assert all(old is None for old in shown(state.compared).values())
    swapped = reduce(state, SidesSwapped(0))
    assert swapped.compared is not None
    assert swapped.compared.old_value("ft") is not None
    assert reduce(swapped, OperationStepped(1)).compared.old_value("ft") is None
