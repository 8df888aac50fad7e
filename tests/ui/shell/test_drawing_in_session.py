"""Rounds of drawing belong to the session: saved, opened, and not taken back by undo."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from rnnstudio.core.stocks.teaching.drawing_rounds import DAYS
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.stocks.drawing_state import StrokeDrawn
from tests.core.stocks import made
from tests.ui.shell.windows import opened, save
from tests.ui.stocks.tabs import QUICK, open_file, wait_until_over


def test_that_rounds_outlive_undo_and_come_back_with_their_session(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    tab = window.stocks
    open_file(tab, made.write(tmp_path / "made.csv", made.walk(350, 300).table), qtbot)
    window.tabs.setCurrentWidget(tab)
    tab.form.show_spec(QUICK)
    assert tab._network_jobs.train()
    wait_until_over(tab, qtbot)
    tab.form.epochs.setValue(5)
    tab.form.epochs.setValue(QUICK.epochs)
    tab.pages.turn_to("draw")
    tab.pages.draw.asked.emit(StrokeDrawn(tuple((day, 100.0 + day) for day in range(DAYS))))
    tab._repainter.flush()
    tab.pages.draw.button.click()
    rounds = tab.state.drawing.rounds
    assert len(rounds) == 1
    for _ in window.studio.history.past:
        window.menus.undo.trigger()
        assert tab.state.drawing.rounds == rounds
    assert window.studio.undoes is None
    window.menus.redo.trigger()
    save(window, qtbot, tmp_path / "class.rnnstudio")
    window.studio.begin_anew()
    assert window.stocks.state.drawing.rounds == ()
    opened(window, qtbot, tmp_path / "class.rnnstudio")
    assert window.stocks.state.drawing.rounds == rounds
