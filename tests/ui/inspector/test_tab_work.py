"""The inspector's part of the session: every edit is a change that can be shown back."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.ui.inspector.events import (
    AnswerRevealed,
    ArrayReplaced,
    DirectionChosen,
    EntryChosen,
    FaultGuessed,
    FaultInjected,
    HandsCounted,
    InterventionSet,
    NumberEdited,
    NumbersRestored,
    OperationStepped,
    PassDirection,
    RowAccused,
)
from rnnstudio.ui.inspector.pages.inspector_pages import PAGES
from rnnstudio.ui.inspector.tab import InspectorTab
from tests.ui.work_history import WorkHistory


@pytest.fixture
def tab(qtbot: QtBot) -> Iterator[InspectorTab]:
    tab = InspectorTab()
    qtbot.addWidget(tab)
    yield tab
    tab.shutdown()


def edits(tab: InspectorTab, pick: random.Random) -> list[Callable[[], object]]:
    """What a person may do on each page, with the widgets there are."""
    cell = tab.state.scene.cell
    name = pick.choice(tab.state.scene.array_names)
    array = tab.state.scene.array(name)
    row = pick.choice(cell.forward).name
    return [
        lambda: tab.dispatch(NumberEdited(name, (0,) * array.ndim, pick.random())),
        lambda: tab.dispatch(ArrayReplaced(name, np.full(array.shape, pick.random()))),
        lambda: tab.dispatch(InterventionSet(Intervention(row, pick.random()))),
        lambda: tab.dispatch(FaultInjected(pick.choice(cell.faults))),
        lambda: tab.dispatch(NumbersRestored()),
        lambda: tab.dispatch(RowAccused()),
        lambda: tab.dispatch(FaultGuessed(pick.choice(cell.faults).key)),
        lambda: tab.dispatch(OperationStepped(pick.randrange(-5, 9))),
        lambda: tab.dispatch(EntryChosen(pick.randrange(3), 0)),
        lambda: tab.dispatch(DirectionChosen(pick.choice(list(PassDirection)))),
        lambda: tab.form.seed.setValue(pick.randrange(1, 100)),
        lambda: tab.form.sizes["n_a"].setValue(pick.randrange(1, 6)),
        lambda: tab.form.cell.setCurrentIndex(pick.randrange(3)),
        lambda: tab.pages.flow.units.slider.setValue(pick.randrange(5)),
        lambda: tab.pages.clipping.limit.slider.setValue(pick.randrange(9)),
        lambda: tab.pages.questions.questions.setCurrentRow(pick.randrange(5)),
        lambda: tab.dispatch(HandsCounted(0, pick.randrange(30))),
        lambda: tab.dispatch(AnswerRevealed()),
        lambda: tab.workbench.open_section(pick.choice(("scene", "check", "terms", "code"))),
        lambda: tab.pages.turn_to(pick.choice(PAGES[:3])),
    ]


def test_that_undos_lead_back_through_the_same_bytes(tab: InspectorTab) -> None:
    tab.pages.turn_to("questions")
    kept, pick = WorkHistory(tab), random.Random(5)
    for _ in range(60):
        pick.choice(edits(tab, pick))()
    assert len(kept.history.past) > 30
    kept.require_undone()


def test_that_going_to_a_wrong_box_is_undone_to_the_scene_that_was_left(tab: InspectorTab) -> None:
    kept = WorkHistory(tab)
    tab.dispatch(NumberEdited("Wf", (0, 0), 1.0))
    tab.pages.turn_to("bug")
    tab.pages.bug.panel.visit.click()
    assert tab.state.scene.array("Wf")[0, 0] != 1.0
    kept.undo()
    assert tab.state.scene.array("Wf")[0, 0] == 1.0


def test_that_a_hold_that_is_dragged_is_one_change(tab: InspectorTab) -> None:
    kept = WorkHistory(tab)
    tab.dispatch(NumberEdited("Wf", (0, 0), 1.0))
    for value in (0.1, 0.2, 0.3):
        tab.dispatch(InterventionSet(Intervention("ft", value)))
    kept.undo()
    assert tab.state.scene.interventions == ()
    assert tab.state.scene.array("Wf")[0, 0] == 1.0
    kept.undo()
    assert tab.state.scene is tab.state.side.chosen
    assert kept.history.undoes is None


def test_that_a_fresh_tab_s_work_is_shown_as_a_fresh_tab(tab: InspectorTab) -> None:
    fresh = tab.work()
    tab.form.cell.setCurrentIndex(2)
    tab.pages.turn_to("sums")
    tab.show_work(fresh)
    assert tab.work() == fresh
    assert tab.form.cell.currentIndex() != 2
    assert tab.pages.key == "cell"
