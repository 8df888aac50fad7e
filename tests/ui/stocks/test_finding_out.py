"""From an open share to the verdict of five seeds: real files, real processes, keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rnnstudio.core.engine.fit import fit
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.home_state import DaysChosen, HandRaised, LectureStepped
from rnnstudio.ui.stocks.tab import StocksTab
from tests.core.stocks import made
from tests.ui.stocks.tabs import QUICK, children, open_file, wait_until_over

pytestmark = pytest.mark.slow
_NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def share(tab: StocksTab, tmp_path: Path, qtbot: QtBot) -> StocksTab:
    """The tab with a share of 200 days, of which twenty are for testing."""
    open_file(tab, made.write(tmp_path / "share.csv", made.walk(200, 100).table), qtbot)
    tab.form.show_spec(QUICK)
    tab._repainter.flush()
    return tab


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow()
    qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)
    window.resize(1366, 768)
    window.show()
    return window


def find_out(tab: StocksTab, qtbot: QtBot) -> None:
    tab.verdict.button.click()
    wait_until_over(tab, qtbot)


def test_that_one_press_trains_five_seeds_in_processes_and_opens_the_test_once(
    share: StocksTab, qtbot: QtBot
) -> None:
    seen: set[int] = set()
    share.verdict.button.click()
    while share.state.run.active:
        qtbot.wait(5)
        seen |= children()
    share._repainter.flush()
    assert len(seen) >= 2
    assert not children()
    assert share.state.evaluation is not None
    spread = share.state.evaluation.summary.seeds
    assert spread is not None
    assert len(spread.rmses) == 5
    assert share.state.times_opened == 1
    assert share.verdict.card.known.checks_button.accessibleName().startswith("8 of 8")
    assert share.verdict.button.accessibleName() == "Next 10 days"
    assert [run.trained for run in share.further.runs.state.runs.kept] == [share.state.trained]


def test_that_days_ahead_and_intervals_act_at_once_and_open_nothing(
    share: StocksTab, qtbot: QtBot
) -> None:
    find_out(share, qtbot)
    before = share.state.evaluation
    assert before is not None
    share.spans.days.setValue(4)
    qtbot.waitUntil(
        lambda: share.state.evaluation is not None and len(share.state.evaluation.future.dates) == 4
    )
    wait_until_over(share, qtbot)
    assert share.state.evaluation is not None
    assert share.state.evaluation.summary.seeds == before.summary.seeds
    assert share.state.times_opened == 1
    assert share.verdict.button.accessibleName() == "Next 4 days"


def test_when_stopped_what_was_judged_stays_and_no_process_is_left(
    share: StocksTab, qtbot: QtBot
) -> None:
    share.form.epochs.setValue(20_000)
    share._repainter.flush()
    share.verdict.button.click()
    qtbot.waitUntil(lambda: share.state.run.step > 0, timeout=30_000)
    share._repainter.flush()
    assert share.verdict.card.sides.currentWidget() is share.verdict.card.busy
    share.verdict.card.busy.stop_button.click()
    wait_until_over(share, qtbot)
    assert share.state.run.phase is Phase.CANCELLED
    assert not children()
    assert share.verdict.card.sides.currentWidget() is share.verdict.card.before


def test_that_a_sample_is_opened_found_out_and_read_with_keys_alone(
    window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    tab = window.stocks
    qtbot.waitUntil(lambda: tab.state.ready, timeout=30_000)
    tab.form.show_spec(tab.form.spec())
    tab.form.epochs.setValue(1)
    tab._repainter.flush()

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, key, modifier)
        tab._repainter.flush()

    press(Qt.Key.Key_Return)
    assert tab.state.run.active
    wait_until_over(tab, qtbot)
    known = tab.verdict.card.known
    assert tab.verdict.card.sides.currentWidget() is known
    for _ in range(40):
        if QApplication.focusWidget() is known.checks_button:
            break
        press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is known.checks_button
    press(Qt.Key.Key_Space)
    assert known.list.isVisible()
    assert len(known.checks.lines) == 8
    assert tab.verdict.seen is not None
    before = tab.verdict.seen.days
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert tab.verdict.seen.days.start == before.start - 5
    press(Qt.Key.Key_Return)
    assert not known.list.isVisible()


def test_that_what_a_class_was_shown_and_its_hands_come_back_with_the_work(
    share: StocksTab, qtbot: QtBot
) -> None:
    find_out(share, qtbot)
    for event in (DaysChosen((20, 90)), LectureStepped(2), HandRaised(1, 1)):
        share._take_page_event(event)
    other = StocksTab({"numpy": fit})
    qtbot.addWidget(other)
    other.show_work(share.work())
    assert other.state.home.days == (20, 90)
    assert other.state.home.stage == 2
    assert other.state.home.hands == (0, 1, 0)
    assert other.work().view == share.work().view
    other.shutdown()
