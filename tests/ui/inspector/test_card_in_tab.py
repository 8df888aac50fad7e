"""The card and the faults on the inspector's page: where their links lead, when they are seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene_spec import SceneSpec, scenes
from rnnstudio.ui.inspector.events import (
    CheckAsked,
    DirectionChosen,
    FaultInjected,
    GuessAsked,
    OperationStepped,
    SceneChosen,
)
from rnnstudio.ui.inspector.tab import InspectorTab
from tests.ui.inspector.steps import go_to

TANH = next(fault for fault in CELLS["lstm"].faults if fault.key == "tanh")


@pytest.fixture(autouse=True)
def last_capital(tab: InspectorTab) -> None:
    """Every test finds the scene that the inspector opens with, in a window of the usual size."""
    tab.resize(1280, 720)
    tab.workbench.fold()
    tab.dispatch(SceneChosen(scenes(SceneSpec())[0]))


@pytest.mark.parametrize(
    ("link", "name", "backward", "section", "page"),
    [
        ("terms", "ft", False, "terms", "cell"),
        ("code", "ft", False, "code", "cell"),
        ("more", "ft", False, "", "gates"),
        ("more", "dc", True, "", "flow"),
        ("more", "dWf", True, "", "sums"),
    ],
)
def test_that_a_link_of_the_card_opens_what_it_names(
    tab: InspectorTab,
    qtbot: QtBot,
    link: str,
    name: str,
    backward: bool,
    section: str,
    page: str,
) -> None:
    if backward:
        tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
    go_to(tab, name)
    qtbot.mouseClick(tab.cell.card.links[link], Qt.MouseButton.LeftButton)
    assert (tab.workbench.shown, tab.pages.key) == (section, page)


def test_that_a_hidden_fault_is_asked_for_backward_and_the_check_seen_while_it_is_open(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    panel = tab.cell.panel
    tab.workbench.open_section("check")
    assert panel.isHidden()
    tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
    assert panel.isVisible()
    assert not panel.geometry().intersects(tab.cell.card.geometry())
    tab.dispatch(FaultInjected(TANH, surprise=True))
    tab.dispatch(CheckAsked())
    qtbot.mouseClick(panel.choices[0], Qt.MouseButton.LeftButton)
    assert tab.state.verdict is not None
    assert not tab.state.verdict.right
    qtbot.mouseClick(panel.choices[3], Qt.MouseButton.LeftButton)
    assert tab.state.verdict.right
    assert "Found: a wrong derivative" in panel.verdict.text()
    assert "Found: a wrong derivative" in tab.check.verdict.text()
    qtbot.keyClick(tab, "1")
    assert not tab.state.verdict.right
    tab.workbench.fold()
    assert panel.isVisible()
    tab.dispatch(FaultInjected(None))
    assert panel.isHidden()
    tab.dispatch(DirectionChosen(PassDirection.FORWARD))
    qtbot.keyClick(tab, "4")
    assert tab.state.verdict is None


def test_that_a_guess_makes_the_card_low_and_a_step_brings_its_numbers_back(
    tab: InspectorTab,
) -> None:
    card = tab.cell.card
    go_to(tab, "ft")
    assert not card.compact
    tab.dispatch(GuessAsked())
    assert card.compact
    assert card.frame.height() < card.height()
    tab.dispatch(OperationStepped(1))
    assert tab.state.asked
    assert not tab.state.concealed
