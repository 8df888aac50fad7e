"""Pages of the forecaster's tab that need the same thing: one gets it, the other says why not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rnnstudio.core.engine.fit import fit
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.workers.jobs import Jobs, Resource
from tests.ui.stocks.tabs import (
    QUICK,
    evaluate,
    open_file,
    save,
    start_long,
    train,
    wait_until_over,
)


@pytest.fixture
def walking(ready: StocksTab, qtbot: QtBot) -> StocksTab:
    """The tab with a trained network, while another page is at its test span."""
    train(ready, qtbot)
    ready.form.epochs.setValue(100_000)
    ready.further.walk.every.setValue(4)
    ready._repainter.flush()
    ready.further.walk.start()
    assert ready.further.walk.busy
    ready._repainter.flush()
    return ready


@pytest.mark.slow
def test_that_an_evaluation_waits_for_a_walk_over_the_test_span_and_says_so(
    walking: StocksTab, qtbot: QtBot
) -> None:
    tab = walking
    assert not tab.evaluate_button.isEnabled()
    assert tab.evaluate_button.toolTip().startswith("A walk is at the test span")
    tab.evaluate()
    assert tab.problem.text().startswith("A walk is at the test span; stop that or wait")
    assert tab.state.evaluation is None
    tab.further.walk.run_bar.stop_clicked.emit()
    qtbot.waitUntil(lambda: not tab.further.walk.busy, timeout=10_000)
    evaluate(tab, qtbot)
    assert tab.state.evaluation is not None
    assert tab.problem.text() == ""


@pytest.mark.slow
def test_that_leakage_demos_and_another_file_wait_for_a_walk(
    walking: StocksTab, prices: Path, qtbot: QtBot
) -> None:
    tab, leaks = walking, walking.further.leaks
    assert not leaks.run_bar.start_button.isEnabled()
    assert leaks.run_bar.start_button.toolTip().startswith("A walk is at the test span")
    said: list[str] = []
    tab.status.connect(said.append)
    leaks.start()
    tab.open_file(prices)
    assert not leaks.busy
    assert not tab.state.reading
    assert [each.split(";")[0] for each in said] == 2 * ["A walk is at the test span"]


def test_that_no_file_is_opened_and_no_network_taken_while_one_is_trained(
    ready: StocksTab, prices: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    first, saved = ready.state.trained, tmp_path / "made.rnnstudio"
    save(ready, saved, qtbot)
    start_long(ready, qtbot)
    said: list[str] = []
    ready.status.connect(said.append)
    ready.open_file(prices)
    ready.open_network(saved)
    assert [each.split(";")[0] for each in said if "Done" not in each] == (
        2 * ["The network is being trained"]
    )
    assert ready.state.run.phase is Phase.RUNNING
    assert ready.state.trained is first
    ready.run_bar.stop_button.click()
    wait_until_over(ready, qtbot)


def test_that_a_training_waits_for_the_keras_process_only_if_it_needs_it(
    qtbot: QtBot, prices: Path
) -> None:
    jobs = Jobs()
    tab = StocksTab({"numpy": fit, "keras": fit}, jobs)
    qtbot.addWidget(tab)
    open_file(tab, prices, qtbot)
    tab.form.show_spec(QUICK)
    leaks = jobs.claim("Networks are compared; stop that or wait for it.", Resource.KERAS)
    tab._repainter.flush()
    assert tab.run_bar.start_button.isEnabled()
    tab.form.show_spec(replace(QUICK, engine="keras"))
    tab._repainter.flush()
    assert not tab.run_bar.start_button.isEnabled()
    assert tab.run_bar.start_button.toolTip() == "Networks are compared; stop that or wait for it."
    tab.start()
    assert not tab.state.run.active
    assert tab.problem.text() == "Networks are compared; stop that or wait for it."
    leaks.release()
    tab._repainter.flush()
    assert tab.run_bar.start_button.isEnabled()
    tab.shutdown()
