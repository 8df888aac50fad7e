"""A value goes along its edge when a step is taken, and never keeps anybody waiting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.scene_spec import SceneSpec, scenes
from rnnstudio.ui.inspector.cell.cell_view import CellView
from rnnstudio.ui.inspector.events import OperationStepped, TimeStepped
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start
from rnnstudio.ui.theme import motion


@pytest.fixture
def view(qtbot: QtBot) -> CellView:
    view = CellView()
    qtbot.addWidget(view)
    view.resize(1208, 514)
    view.show()
    return view


@pytest.fixture
def moving() -> Iterator[None]:
    before = motion.is_reduced()
    motion.keep_reduced(False)
    yield
    motion.keep_reduced(before)


def at_candidate() -> InspectorState:
    return reduce(start(*scenes(SceneSpec())), OperationStepped(3))


@pytest.mark.usefixtures("moving")
def test_that_a_step_sends_each_value_along_its_edge_until_it_is_there(
    view: CellView, qtbot: QtBot
) -> None:
    state = at_candidate()
    view.show_state(state)
    assert view.travel.dots == []
    view.show_state(reduce(state, OperationStepped(1)))
    sources = {"ft", "it", "cct", "c_prev", "c_next"}
    assert len(view.travel.dots) >= len(sources)
    qtbot.waitUntil(lambda: bool(view.travel.dots))
    qtbot.waitUntil(lambda: view.travel.dots == [])


@pytest.mark.usefixtures("moving")
def test_that_any_key_and_any_further_step_let_it_be_there(view: CellView, qtbot: QtBot) -> None:
    state = at_candidate()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.show_state(state)
    for interrupt in (
        lambda: qtbot.keyClick(view, Qt.Key.Key_X),
        lambda: view.show_state(state),
    ):
        view.show_state(reduce(state, OperationStepped(1)))
        qtbot.waitUntil(lambda: bool(view.travel.dots))
        interrupt()
        assert view.travel.dots == []
        view.show_state(state)


@pytest.mark.usefixtures("moving")
def test_that_nothing_travels_to_another_time_back_or_to_what_is_asked_for(view: CellView) -> None:
    state = at_candidate()
    for other in (
        reduce(state, TimeStepped(1)),
        reduce(state, OperationStepped(-1)),
        reduce(state, OperationStepped(1)).asking(),
    ):
        view.show_state(state)
        view.show_state(other)
        assert view.travel.motion.state() is view.travel.motion.State.Stopped


def test_that_nothing_moves_where_motion_is_reduced(view: CellView) -> None:
    before = motion.is_reduced()
    motion.keep_reduced(True)
    state = at_candidate()
    view.show_state(state)
    for _ in range(3):
        state = reduce(state, OperationStepped(1))
        view.show_state(state)
        assert view.travel.dots == []
        assert view.travel.motion.state() is view.travel.motion.State.Stopped
    motion.keep_reduced(before)
