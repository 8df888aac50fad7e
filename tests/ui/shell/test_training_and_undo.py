"""Undo takes back what a person did, and nothing that a training came to meanwhile."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from rnnstudio.core.messages import Message
from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.ui.dinosaurs.home.pace import FASTEST
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.running import Phase
from tests.ui.shell.windows import edit


def begin(window: MainWindow, qtbot: QtBot) -> DinosaursTab:
    """Begin a training that takes minutes."""
    window.show_tab(1)
    tab = window.dinosaurs
    tab.form.show_spec(PaperSpec(iterations=1_000_000, sample_every=50_000))
    tab.jobs.set_pace(FASTEST)
    tab.start()
    learnt_more(tab, qtbot)
    return tab


def step(tab: DinosaursTab) -> int:
    return 0 if tab.state.network is None else tab.state.network.step


def learnt_more(tab: DinosaursTab, qtbot: QtBot) -> None:
    before = step(tab)
    qtbot.waitUntil(lambda: step(tab) > before + 100, timeout=30_000)


def test_that_edits_are_undone_while_a_training_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    tab = begin(window, qtbot)
    edit(window)
    learnt_more(tab, qtbot)
    with qtbot.assertNotEmitted(window.studio.refused):
        window.studio.undo()
    assert window.studio.undoes == Message("Training on names")
    learnt_more(tab, qtbot)
    assert tab.state.run.phase is Phase.RUNNING
    with qtbot.waitSignal(window.studio.refused):
        window.studio.undo()
    assert tab.state.run.active


def test_that_edits_are_undone_while_a_training_is_paused(window: MainWindow, qtbot: QtBot) -> None:
    tab = begin(window, qtbot)
    tab.jobs.runner.ask_pause()
    qtbot.waitUntil(lambda: tab.state.run.phase is Phase.PAUSED)
    edit(window)
    window.studio.undo()
    assert window.studio.undoes == Message("Training on names")
    assert tab.state.run.phase is Phase.PAUSED
    tab.jobs.runner.ask_resume()
    learnt_more(tab, qtbot)


def test_that_an_edit_undone_later_leaves_a_training_as_far_as_it_has_come(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab = begin(window, qtbot)
    edit(window)
    learnt_more(tab, qtbot)
    tab.jobs.runner.ask_stop()
    qtbot.waitUntil(lambda: not tab.state.run.active)
    trained = tab.state.trained
    window.studio.undo()
    assert tab.state.trained is trained
    assert tab.state.runs == (trained,)
    window.studio.undo()
    assert tab.state.trained is None
    window.studio.redo()
    assert tab.state.trained is trained
