"""The inspector's part of the session: every edit is a change that can be shown back."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.documents.document_file import packed
from rnnstudio.core.session.session import InspectorWork, Session
from rnnstudio.core.session.session_file import session_document
from rnnstudio.core.session.undo_history import Change, History
from rnnstudio.ui.inspector.events import (
    ArrayReplaced,
    DirectionChosen,
    EntryChosen,
    FaultInjected,
    InterventionSet,
    NumberEdited,
    NumbersRestored,
    OperationStepped,
    PassDirection,
    RowAccused,
)
from rnnstudio.ui.inspector.tab import InspectorTab

_PATH = Path("session.rnnstudio")


class Kept:
    """The history of a tab, as the window keeps it."""

    def __init__(self, tab: InspectorTab) -> None:
        self.tab, self.history, self.showing = tab, History(tab.work()), False
        tab.work_changed.connect(self.take)

    def take(self, change: Change) -> None:
        if not self.showing:
            self.history = self.history.changed(self.tab.work(), change)

    def undo(self) -> None:
        self.history, self.showing = self.history.undone(), True
        self.tab.show_work(self.history.value)
        self.showing = False


@pytest.fixture
def tab(qtbot: QtBot) -> Iterator[InspectorTab]:
    tab = InspectorTab()
    qtbot.addWidget(tab)
    yield tab
    tab.shutdown()


def saved(work: InspectorWork) -> bytes:
    return packed(session_document(Session(work), _PATH), _PATH)


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
        lambda: tab.dispatch(OperationStepped(pick.randrange(-5, 9))),
        lambda: tab.dispatch(EntryChosen(pick.randrange(3), 0)),
        lambda: tab.dispatch(DirectionChosen(pick.choice(list(PassDirection)))),
        lambda: tab.form.seed.setValue(pick.randrange(1, 100)),
        lambda: tab.form.sizes["n_a"].setValue(pick.randrange(1, 6)),
        lambda: tab.form.cell.setCurrentIndex(pick.randrange(3)),
        lambda: tab.flow.units.slider.setValue(pick.randrange(5)),
        lambda: tab.clipping.limit.slider.setValue(pick.randrange(9)),
        lambda: tab.questions.questions.setCurrentRow(pick.randrange(5)),
        lambda: tab.questions.guesses.hands[0].setValue(pick.randrange(30)),
        tab.questions.guesses.reveal.click,
        lambda: tab.pages.setCurrentIndex(pick.randrange(4)),
        lambda: tab.drawings.setCurrentIndex(pick.randrange(3)),
    ]


def test_that_undos_lead_back_through_the_same_bytes(tab: InspectorTab) -> None:
    kept, pick = Kept(tab), random.Random(5)
    for _ in range(60):
        pick.choice(edits(tab, pick))()
    values = [*(step.value for step in kept.history.past), kept.history.value]
    assert len(values) > 30
    assert tab.work() == tab.work() == values[-1]
    before = [saved(value) for value in values]
    while kept.history.undoes is not None:
        kept.undo()
        assert tab.work() == kept.history.value
        assert saved(tab.work()) == before[len(kept.history.past)]


def test_that_a_hold_that_is_dragged_is_one_change(tab: InspectorTab) -> None:
    kept = Kept(tab)
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
    tab.drawings.setCurrentIndex(1)
    tab.show_work(fresh)
    assert tab.work() == fresh
    assert tab.form.cell.currentIndex() != 2
    assert tab.drawings.currentIndex() == 0
