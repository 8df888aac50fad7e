"""The planted fault: what the check says, and guesses at it."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.ui.inspector.cell.fault_panel import FaultPanel
from rnnstudio.ui.inspector.events import (
    CheckAsked,
    DirectionChosen,
    Event,
    FaultGuessed,
    FaultInjected,
    NotationChosen,
)
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start
from rnnstudio.ui.theme.tokens import colours

ROOMS = (676, 182), (480, 168), (480, 46)


def after(*events: Event, cell: str = "lstm") -> InspectorState:
    state = start(random_scene(CELLS[cell], Sizes(n_a=2), 1))
    for event in (DirectionChosen(PassDirection.BACKWARD), *events):
        state = reduce(state, event)
    return state


def planted(place: int, *events: Event, cell: str = "lstm") -> InspectorState:
    return after(FaultInjected(CELLS[cell].faults[place], surprise=True), *events, cell=cell)


@pytest.fixture
def panel(qtbot: QtBot) -> FaultPanel:
    panel = FaultPanel()
    qtbot.addWidget(panel)
    panel.resize(*ROOMS[0])
    panel.show()
    return panel


def parts(panel: FaultPanel) -> list[QWidget]:
    options = Qt.FindChildOption.FindDirectChildrenOnly
    found = panel.findChildren(QWidget, options=options)
    return [part for part in found if not part.isHidden() and not part.geometry().isEmpty()]


def test_that_the_panel_is_that_of_the_picture(panel: FaultPanel) -> None:
    panel.show_state(planted(1, CheckAsked()))
    assert panel.question.text() == "A fault is hidden in one row. Which?"
    assert panel.outcome.text() == "10 of 11 gradients agree"
    assert [pill.symbol.text for pill in panel.pills.pills if not pill.agrees] == ["dW_f"]
    assert len(panel.pills.pills) == 11
    assert "dW_f does not agree" in panel.pills.accessibleDescription()
    assert [choice.face.key for choice in panel.choices] == ["1", "2", "3", "4"]
    assert panel.choices[1].face.words == "the sum over time is forgotten"


def test_that_a_fault_that_is_told_by_its_name_is_not_asked_for(panel: FaultPanel) -> None:
    panel.show_state(after(FaultInjected(CELLS["lstm"].faults[1])))
    assert panel.question.text() == "Is every gradient right?"
    assert "Injected: the sum over time is forgotten." in panel.verdict.text()
    assert all(choice.isHidden() for choice in panel.choices)


def test_that_a_choice_guesses_its_fault_by_click_key_and_number(
    panel: FaultPanel, qtbot: QtBot
) -> None:
    asked: list[Event] = []
    panel.asked.connect(asked.append)
    panel.show_state(planted(1))
    qtbot.mouseClick(panel.choices[0], Qt.MouseButton.LeftButton)
    qtbot.keyClick(panel.choices[1], Qt.Key.Key_Space)
    assert panel.choose(4)
    assert not panel.choose(5)
    assert asked == [FaultGuessed("memory"), FaultGuessed("sum"), FaultGuessed("tanh")]


def test_that_a_guess_is_marked_and_answered_in_a_sentence(panel: FaultPanel) -> None:
    panel.show_state(planted(1, FaultGuessed("tanh")))
    wrong = panel.choices[3]
    assert wrong.face.right is False
    assert "not this one" in wrong.accessibleName()
    assert "is right. Look on." in panel.verdict.text()
    assert colours().bad in inks(wrong)
    panel.show_state(planted(1, FaultGuessed("sum")))
    assert [choice.face.right for choice in panel.choices] == [None, True, None, None]
    assert "Found: the sum over time is forgotten" in panel.verdict.text()
    assert colours().good in inks(panel.choices[1])
    assert colours().bad not in inks(wrong)


def inks(widget: QWidget) -> set[str]:
    picture = widget.grab().toImage()
    columns = range(min(picture.width(), 60))
    return {picture.pixelColor(x, y).name() for x in columns for y in range(picture.height())}


def test_when_nothing_is_planted_the_check_can_be_run_and_nothing_is_asked(
    panel: FaultPanel, qtbot: QtBot
) -> None:
    asked: list[Event] = []
    panel.asked.connect(asked.append)
    panel.show_state(after())
    assert not panel.choose(1)
    assert not any(choice.isVisible() for choice in panel.choices)
    qtbot.mouseClick(panel.check, Qt.MouseButton.LeftButton)
    assert asked == [CheckAsked()]
    panel.show_state(after(CheckAsked()))
    assert panel.outcome.text() == "All 11 gradients agree"
    assert not panel.check.isVisible()


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("cell", CELLS)
def test_that_in_every_state_of_every_cell_nothing_is_cut_or_covered(
    panel: FaultPanel, room: tuple[int, int], cell: str
) -> None:
    panel.resize(*room)
    states = [after(cell=cell), after(CheckAsked(), cell=cell)]
    for place in range(len(CELLS[cell].faults)):
        states += [planted(place, cell=cell), planted(place, CheckAsked(), cell=cell)]
        for fault in CELLS[cell].faults:
            states.append(planted(place, CheckAsked(), FaultGuessed(fault.key), cell=cell))
    for state in states:
        panel.show_state(state)
        name = state.scene.fault and state.scene.fault.key, state.verdict
        for part in parts(panel):
            assert panel.rect().contains(part.geometry()), (name, part)
        for one, other in combinations(parts(panel), 2):
            assert not one.geometry().intersects(other.geometry()), (name, one, other)
        for choice in panel.choices:
            if not choice.isHidden():
                assert choice.height() >= choice.heightForWidth(choice.width())


def test_that_the_gradients_of_input_and_first_states_have_their_symbols(
    panel: FaultPanel,
) -> None:
    panel.show_state(after(CheckAsked()))
    assert [pill.symbol.text for pill in panel.pills.pills][:4] == ["dx", "da⟨0⟩", "dc⟨0⟩", "dW_f"]
    panel.show_state(after(CheckAsked(), NotationChosen(Notation.IFOG)))
    assert panel.pills.pills[1].symbol.text.startswith("dh")
