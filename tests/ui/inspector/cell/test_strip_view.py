"""The strip: what is read stays readable, what was not reached stays covered."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from rnnstudio.core import language
from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.inspector.cell.strip_content import scale_words, tile_content
from rnnstudio.ui.inspector.cell.strip_view import MOST_TILES, StripView, Tile
from rnnstudio.ui.inspector.events import (
    CoverChosen,
    DirectionChosen,
    EntryChosen,
    Event,
    InterventionSet,
    TimeChosen,
)
from rnnstudio.ui.inspector.example import example_state
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start


@pytest.fixture
def strip(qtbot: QtBot) -> StripView:
    """As wide as beside the words of a window of 1280 pixels."""
    strip = StripView()
    qtbot.addWidget(strip)
    strip.resize(664, strip.sizeHint().height())
    strip.show()
    return strip


def after(state: InspectorState, *events: Event) -> InspectorState:
    for event in events:
        state = reduce(state, event)
    return state


def at_row(state: InspectorState, time: int, name: str) -> InspectorState:
    names = [row.name for row in state.table]
    return state.at(time=time, operation=names.index(name))


def random(cell: str, **sizes: int) -> InspectorState:
    return start(random_scene(CELLS[cell], Sizes(**sizes), 1))


def shown(strip: StripView) -> list[Tile]:
    return [tile for tile in strip.tiles if tile.isVisible()]


def test_that_a_tile_shows_the_memory_once_it_is_computed_and_covers_what_comes() -> None:
    state = example_state()
    tiles = [tile_content(state, time) for time in range(5)]
    assert [tile.lines for tile in tiles] == [("A",), ("b",), ("C",), ("a",), ("?",)]
    assert [tile.values is not None for tile in tiles] == [True, True, False, False, False]
    assert [tile.covered for tile in tiles] == [False, False, False, True, True]
    assert [tile.current for tile in tiles] == [False, False, True, False, False]
    np.testing.assert_allclose(tiles[1].values, state.trace.forward[1]["c_next"][:, 0])
    computed = tile_content(at_row(state, 2, "c_next"), 2)
    assert computed.values is not None


def test_that_a_memory_that_is_asked_for_is_not_shown() -> None:
    state = at_row(example_state(), 2, "c_next").asking()
    assert tile_content(state, 2).values is None
    uncovered = reduce(state, CoverChosen(covered=False))
    assert tile_content(uncovered, 2).values is None
    assert tile_content(uncovered, 4).values is not None


def test_that_backward_the_gradient_comes_from_the_right_on_a_scale_that_is_told() -> None:
    state = after(example_state(), DirectionChosen(PassDirection.BACKWARD), TimeChosen(3))
    tiles = [tile_content(state, time) for time in range(5)]
    assert [tile.values is not None for tile in tiles] == [False] * 4 + [True]
    assert [tile.covered for tile in tiles] == [True, True, True, False, False]
    gradient = state.trace.backward[4]["dc_prev"][:, 0]
    np.testing.assert_allclose(tiles[4].values, gradient / 4)
    assert language.text(scale_words(state)) == "bars from −4 to +4"


@pytest.mark.parametrize("direction", PassDirection)
@pytest.mark.parametrize("cell", CELLS)
def test_that_no_bar_is_longer_than_its_track(cell: str, direction: PassDirection) -> None:
    state = reduce(random(cell, n_a=4, T_x=5), DirectionChosen(direction))
    state = after(state, CoverChosen(covered=False))
    shares = [tile_content(state, time).values for time in range(5)]
    assert 0 < np.abs(shares).max() <= 1


def test_that_numbers_are_read_where_there_are_no_letters() -> None:
    state = random("lstm", n_x=2, m=2, T_x=3)
    first, second = state.scene.x[:, 0, 1], state.scene.x[:, 1, 1]
    assert tile_content(state, 1).lines == tuple(f"{x:+.2f}".replace("-", "−") for x in first)
    other = reduce(state, EntryChosen(0, 1))
    assert tile_content(other, 1).lines == tuple(f"{x:+.2f}".replace("-", "−") for x in second)
    assert tile_content(random("lstm", n_x=9), 1).lines == ("9 numbers",)


def test_that_a_step_at_which_a_gate_is_held_says_so_in_the_gate_s_colour() -> None:
    state = reduce(example_state(), InterventionSet(Intervention("ft", 1.0, step=2)))
    held = [tile_content(state, time).held for time in range(5)]
    assert held == ["", "", "forget", "", ""]


def test_that_a_click_goes_to_a_step_that_was_reached_and_to_no_other(
    strip: StripView, qtbot: QtBot
) -> None:
    asked: list[object] = []
    strip.asked.connect(asked.append)
    strip.show_state(example_state())
    for tile in shown(strip):
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert asked == [TimeChosen(0), TimeChosen(1), TimeChosen(2)]
    strip.show_state(reduce(example_state(), CoverChosen(covered=False)))
    qtbot.mouseClick(strip.tiles[4], Qt.MouseButton.LeftButton)
    assert asked[-1] == TimeChosen(4)


@pytest.mark.parametrize("steps", [1, 2, 5, 50])
@pytest.mark.parametrize("width", [300, 420, 664, 1300])
def test_that_the_current_step_is_in_sight_and_in_the_middle_where_it_can_be(
    strip: StripView, steps: int, width: int
) -> None:
    strip.resize(width, strip.height())
    state = random("gru", T_x=steps)
    for time in range(steps):
        strip.show_state(state.at(time=time, operation=0))
        tiles = shown(strip)
        places = [tile.time for tile in tiles]
        assert time in places
        assert len(tiles) <= min(steps, MOST_TILES)
        assert all(strip.rect().contains(tile.geometry().center()) for tile in tiles)
        if places[0] > 0 and places[-1] < steps - 1:
            assert places.index(time) == len(places) // 2


def test_that_a_screen_reader_says_each_tile_and_whether_it_is_covered(strip: StripView) -> None:
    strip.show_state(example_state())
    names = [tile.accessibleName() for tile in shown(strip)]
    assert names[1:4] == ["t = 2, b", "t = 3, C", "t = 4, a, covered"]
    assert strip.accessibleDescription() == "t = 3, C"


def test_that_nothing_of_the_future_is_drawn_until_it_is_uncovered(strip: StripView) -> None:
    """The input of the fourth step changes what comes, but its letter stays."""
    scene = example_state().scene
    other = start(scene.with_array("x", scene.x * np.array([1, 1, 1, 0, 0])))

    def drawn(state: InspectorState, *events: Event) -> QImage:
        strip.show_state(after(state.at(time=2, operation=4), *events))
        return strip.grab().toImage()

    assert drawn(other) == drawn(start(scene))
    uncovered = CoverChosen(covered=False)
    assert drawn(other, uncovered) != drawn(start(scene), uncovered)
