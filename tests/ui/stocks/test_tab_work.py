"""The forecaster's part of the session: every edit is a change that can be shown back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.documents.document_file import packed
from rnnstudio.core.session.session import InspectorWork, SceneInWork, Session, StocksWork
from rnnstudio.core.session.session_file import session_document
from rnnstudio.core.session.undo_history import Change, History
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.ui.stocks.tab_events import Role
from tests.ui.stocks.tabs import (
    QUICK,
    evaluate,
    open_file,
    start_long,
    train,
    wait_until_over,
    write,
)

_PATH = Path("session.rnnstudio")
_SCENE = random_scene(CELLS["lstm"], Sizes(), 1)


class Kept:
    """The history of a tab, as the window keeps it."""

    def __init__(self, tab: StocksTab) -> None:
        self.tab, self.history, self.showing = tab, History(tab.work()), False
        tab.work_changed.connect(self.take)

    def take(self, change: Change) -> None:
        if not self.showing:
            self.history = self.history.changed(self.tab.work(), change)

    def undo(self) -> None:
        self.history, self.showing = self.history.undone(), True
        self.tab.show_work(self.history.value)
        self.showing = False


def saved(work: StocksWork) -> bytes:
    inspector = InspectorWork(SceneInWork(_SCENE, _SCENE))
    return packed(session_document(Session(inspector, stocks=work), _PATH), _PATH)


def require_undone(kept: Kept) -> None:
    """Every value comes back, equal and with the same bytes."""
    values = [*(step.value for step in kept.history.past), kept.history.value]
    assert kept.tab.work() == kept.tab.work() == values[-1]
    before = [saved(value) for value in values]
    while kept.history.undoes is not None:
        kept.undo()
        assert kept.tab.work() == kept.history.value
        assert saved(kept.tab.work()) == before[len(kept.history.past)]


def test_that_files_networks_and_evaluations_are_undone_to_the_fresh_tab(
    tab: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    kept = Kept(tab)
    fresh = tab.work()
    assert fresh == StocksWork()
    open_file(tab, write(tmp_path / "made.csv", slice(0, 70)), qtbot)
    tab.form.show_spec(QUICK)
    open_file(tab, write(tmp_path / "test.csv", slice(70, 80)), qtbot, Role.TEST)
    train(tab, qtbot)
    evaluate(tab, qtbot)
    open_file(tab, write(tmp_path / "newer.csv", slice(60, 100)), qtbot, Role.NEWER)
    wait_until_over(tab, qtbot)
    assert tab.work().newer is not None
    tab.pages.show_page(tab.further.runs)
    tab.further.runs.delete()
    tab.data.remove_button.click()
    names = [str(step.done) for step in kept.history.past]
    assert names == [
        "Opening of made.csv",
        "Settings of the forecast",
        "Opening of test.csv",
        "Training",
        "Evaluation",
        "Forecast of newer days",
        "Deletion of runs",
        "Removal of the test file",
    ]
    require_undone(kept)
    assert tab.work() == fresh
    assert not tab.form.isEnabled()


def test_that_what_was_seen_of_a_test_span_stays_seen_when_its_evaluation_is_undone(
    ready: StocksTab, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    kept = Kept(ready)
    evaluate(ready, qtbot)
    kept.undo()
    assert ready.state.evaluation is None
    assert ready.state.times_opened == 1
    evaluate(ready, qtbot)
    assert ready.state.times_opened == 2


def test_that_a_network_that_ran_away_keeps_nothing_from_being_saved(
    ready: StocksTab, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    network = ready.state.trained
    assert network is not None
    for array in network.model.weights[0].values():
        array[...] = np.inf
    assert saved(ready.work())


def test_that_other_work_waits_for_a_training(ready: StocksTab, qtbot: QtBot) -> None:
    assert ready.obstacle() == ""
    start_long(ready, qtbot)
    assert "is being trained" in ready.obstacle()
    ready.run_bar.stop_button.click()
    wait_until_over(ready, qtbot)
    assert ready.obstacle() == ""
