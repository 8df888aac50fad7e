"""What the keys of the cell do is what their sentences say."""

from __future__ import annotations

import pytest

from rnnstudio.core.cells.scene_spec import SceneSpec, scenes
from rnnstudio.ui.inspector.events import OperationChosen, TimeChosen, UnitStepped
from rnnstudio.ui.inspector.keys import ZoomChosen, cell_keys
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start

OPENING = start(*scenes(SceneSpec()))
SECOND_ROW = 1


def at_forget_gate() -> InspectorState:
    """Step 3 of 5, value 2 of 8, unit 1."""
    state = OPENING
    for event in (TimeChosen(2), OperationChosen(SECOND_ROW)):
        state = reduce(state, event)
    return state


def event_of(key: str, state: InspectorState, *, in_class: bool = False) -> object:
    (found,) = [each for each in cell_keys() if key in each.keys]
    return found.event(state, in_class)


def after(*keys: str, state: InspectorState | None = None, in_class: bool = False):
    state = at_forget_gate() if state is None else state
    for key in keys:
        state = reduce(state, event_of(key, state, in_class=in_class))
    return state


def test_that_no_key_does_two_things() -> None:
    keys = [key for each in cell_keys() for key in each.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("key", ["Space", "PgDown", "Right", "N", "Return", "Enter"])
def test_that_the_next_value_is_shown_and_in_front_of_a_class_asked_for_first(key: str) -> None:
    assert after(key).operation.name == "it"
    assert not after(key).concealed
    asked = after(key, in_class=True)
    assert asked.operation.name == "it"
    assert asked.concealed
    shown = after(key, state=asked, in_class=True)
    assert shown.position == asked.position
    assert not shown.concealed


@pytest.mark.parametrize("key", ["PgUp", "Left", "Shift+Space"])
def test_that_a_key_goes_one_value_back(key: str) -> None:
    assert after(key).operation.name == "concat"
    assert after(key, key).cursor.time == 1


@pytest.mark.parametrize(
    ("key", "time"), [("Ctrl+Right", 3), ("Ctrl+Left", 1), ("Home", 0), ("End", 4)]
)
def test_that_a_key_goes_to_a_time_step(key: str, time: int) -> None:
    assert after(key).cursor.time == time
    assert after(key).operation.name == "ft"


def test_that_a_whole_step_on_goes_on_in_the_backward_pass_too() -> None:
    assert after("R", "Ctrl+Right").cursor.time == 3
    assert after("R", "Ctrl+Right", "Ctrl+Left").cursor.time == 4


def test_that_the_arrows_go_to_the_unit_below_and_above() -> None:
    assert after("Down").entry == (1, 0)
    assert after("Down", "Down").entry == (1, 0)
    assert after("Down", "Up").entry == (0, 0)
    assert event_of("Up", OPENING) == UnitStepped(-1)


def test_that_a_guess_is_asked_for_by_its_key_and_hands_by_their_numbers() -> None:
    asked = after("G")
    assert asked.concealed
    assert after("1", "1", "3", "Shift+1", state=asked).votes.hands == (1, 0, 1)
    assert after("4", "Shift+2", state=asked).votes.hands == (0, 0, 0)
    revealed = after("2", "Return", state=asked)
    assert revealed.votes.revealed
    assert revealed.votes.score.total == 1


def test_that_keys_play_and_turn_to_the_other_pass() -> None:
    assert after("P").cursor.playing
    assert not after("P", "P").cursor.playing
    assert after("R").backward
    assert not after("R", "R").backward


def test_that_the_zoom_is_left_to_the_view() -> None:
    assert event_of("Z", OPENING) == ZoomChosen(box=True)
    assert event_of("0", OPENING) == ZoomChosen(box=False)


@pytest.mark.parametrize("key", ["1", "Shift+1"])
def test_when_nothing_is_asked_a_digit_counts_no_hand(key: str) -> None:
    assert event_of(key, at_forget_gate()) is None
