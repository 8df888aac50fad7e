"""A forecaster's training that was stopped goes on, here and in another window."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.session.kept_prices import StocksWork
from rnnstudio.core.session.session_file import open_session
from rnnstudio.core.session.undo_history import Change
from rnnstudio.core.stocks.files.unfinished_file import save_unfinished
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.tab import StocksTab
from tests.core.stocks import made
from tests.core.stocks.unfinished import finished, require_same
from tests.ui.stocks.tabs import QUICK, reopen, start_long, train, wait_until_over
from tests.ui.work_history import WorkHistory, saved

LONG = ForecastSpec(window=5, units=4, layers=2, epochs=400, batch_size=8, validation=0.2)


def stop_long(tab: StocksTab, qtbot: QtBot) -> None:
    """Begin a training of some seconds, and stop it once it has a curve."""
    tab.form.show_spec(LONG)
    tab._repainter.flush()
    tab.run_bar.start_button.click()
    qtbot.waitUntil(lambda: len(tab.state.losses) > 2, timeout=60_000)
    tab._repainter.flush()
    tab.run_bar.stop_button.click()
    wait_until_over(tab, qtbot)


def go_on(tab: StocksTab, qtbot: QtBot) -> None:
    tab._repainter.flush()
    assert tab.run_bar.pause_button.text() == "Continue"
    tab.run_bar.pause_button.click()
    assert tab.state.run.active
    wait_until_over(tab, qtbot)


def test_that_a_stopped_training_goes_on_in_another_window_to_the_same_bits(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    stop_long(ready, qtbot)
    unfinished = ready.state.unfinished
    assert unfinished is not None
    assert 0 < unfinished.fit.step < unfinished.total
    path, before = tmp_path / "work.rnnstudio", saved(ready.work())
    path.write_bytes(before)
    work = open_session(path).stocks
    assert work is not None
    other = StocksTab({"numpy": fit})
    qtbot.addWidget(other)
    other.show_work(work)
    assert other.work() == work
    assert saved(other.work()) == before
    assert other.state.losses == ready.state.losses
    assert other.run_bar.status.text() == ready.run_bar.status.text()
    assert "Stopped at step" in other.run_bar.status.text()
    other.form.show_spec(QUICK)
    go_on(other, qtbot)
    trained = other.state.trained
    assert trained is not None
    require_same(trained, made.trained(unfinished.data.split, LONG))
    assert [point.step for point in other.state.losses] == list(range(LONG.epochs))
    assert other.state.unfinished is None
    assert not other.state.stale, "the form shows what was trained"
    assert other.run_bar.pause_button.text() == "Pause"
    other.shutdown()


def test_that_a_training_under_way_is_in_the_session_and_held_ones_at_once(
    ready: StocksTab, qtbot: QtBot
) -> None:
    changes: list[Change] = []
    start_long(ready, qtbot)
    qtbot.waitUntil(lambda: ready.work().unfinished is not None, timeout=60_000)
    first = ready.work().unfinished
    ready.work_changed.connect(changes.append)
    ready.run_bar.pause_button.click()

    def held() -> bool:
        unfinished = ready.work().unfinished
        assert unfinished is not None
        return unfinished is not first and unfinished.fit.step >= ready.state.run.step

    qtbot.waitUntil(held, timeout=60_000)
    assert changes[-1] == Change(precious=True)
    ready.run_bar.stop_button.click()
    wait_until_over(ready, qtbot)


def test_that_trainings_and_their_continuations_are_undone(ready: StocksTab, qtbot: QtBot) -> None:
    kept = WorkHistory(ready)
    stop_long(ready, qtbot)
    go_on(ready, qtbot)
    train(ready, qtbot)
    names = [str(step.done) for step in kept.history.past]
    assert names[-3:] == ["Training", "Continued training", "Training"]
    kept.require_undone()
    kept.history = kept.history.redone().redone()
    stopped: StocksWork = kept.history.value
    ready.show_work(stopped)
    assert ready.state.unfinished is stopped.unfinished is not None
    assert ready.state.run.phase is Phase.CANCELLED


def test_that_a_new_training_takes_the_place_of_one_that_was_stopped(
    ready: StocksTab, qtbot: QtBot
) -> None:
    stop_long(ready, qtbot)
    stopped = ready.state.unfinished
    ready.form.show_spec(QUICK)
    kept = WorkHistory(ready)
    train(ready, qtbot)
    assert ready.state.unfinished is None
    assert not ready.run_bar.pause_button.isEnabled()
    kept.undo()
    assert ready.state.unfinished is stopped is not None
    assert ready.run_bar.pause_button.isEnabled()


def test_that_a_file_of_an_unfinished_training_opens_and_goes_on(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    stop_long(ready, qtbot)
    unfinished = ready.state.unfinished
    assert unfinished is not None
    path = tmp_path / "unfinished.rnnstudio"
    save_unfinished(path, unfinished)
    other = StocksTab({"numpy": fit})
    qtbot.addWidget(other)
    reopen(other, path, qtbot)
    assert other.form.spec() == LONG
    assert other.state.losses == ready.state.losses
    go_on(other, qtbot)
    assert other.state.trained is not None
    require_same(other.state.trained, finished(unfinished))
    other.shutdown()
