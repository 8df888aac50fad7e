"""The forecaster's part of the session: every edit is a change that can be shown back."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.session.kept_prices import StocksWork
from rnnstudio.core.session.session_file import open_session
from rnnstudio.core.session.undo_history import Change
from rnnstudio.core.stocks.data.csv_import import CsvOptions
from rnnstudio.ui.stocks.pages.shares_pages import PAGES
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.ui.stocks.tab_events import Role
from tests.ui.stocks.tabs import (
    QUICK,
    evaluate,
    open_file,
    start_long,
    train,
    wait_until_over,
    wait_until_read,
    write,
)
from tests.ui.work_history import WorkHistory, saved

_CHECKS = (Qt.CheckState.Checked, Qt.CheckState.Unchecked)
Edit = Callable[[], object]


def test_that_files_networks_and_evaluations_are_undone_to_the_fresh_tab(
    tab: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    kept = WorkHistory(tab)
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
    tab.pages.turn_to("runs")
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
    kept.require_undone()
    assert tab.work() == fresh
    assert not tab.form.isEnabled()


def test_that_another_tab_shows_what_a_session_s_file_has_even_when_the_prices_are_gone(
    ready: StocksTab, prices: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    open_file(ready, write(tmp_path / "newer.csv", slice(60, 100)), qtbot, Role.NEWER)
    wait_until_over(ready, qtbot)
    path, before = tmp_path / "work.rnnstudio", saved(ready.work())
    path.write_bytes(before)
    prices.unlink()
    work = open_session(path).stocks
    assert work is not None
    other = StocksTab({"numpy": fit})
    qtbot.addWidget(other)
    other.show_work(work)
    assert other.work() == work
    assert saved(other.work()) == before
    assert other.figures.sentence.text() == ready.figures.sentence.text()
    assert other.spans.note.text() == ready.spans.note.text()
    assert len(other.state.losses) == QUICK.epochs
    other._take_answer(CsvOptions(undo=frozenset({"negative-price"})))
    wait_until_read(other, qtbot)
    assert other.state.read_problem == ""
    assert other.work().prices is not work.prices
    other.shutdown()


def test_that_the_first_sample_is_nobody_s_change_and_a_training_is_kept_at_once(
    tab: StocksTab, qtbot: QtBot
) -> None:
    changes: list[Change] = []
    tab.work_changed.connect(changes.append)
    tab.show()
    wait_until_read(tab, qtbot)
    assert tab.work().prices is not None
    assert [change for change in changes if change.done is not None] == []
    assert any(change.by_itself for change in changes)
    tab.form.show_spec(QUICK)
    train(tab, qtbot)
    assert changes[-1].precious


def test_that_what_was_seen_of_a_test_span_stays_seen_when_its_evaluation_is_undone(
    ready: StocksTab, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    kept = WorkHistory(ready)
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


def settings(tab: StocksTab, pick: random.Random) -> list[Edit]:
    """What a person may set on each page, with the widgets there are."""
    form, further, days = tab.form, tab.further, tab.spans.day
    search, leaks = further.search.form, further.leaks
    return [
        lambda: form.window_length.setValue(pick.randrange(2, 9)),
        lambda: form.units.setValue(pick.randrange(1, 5)),
        lambda: form.seed.setValue(pick.randrange(90)),
        lambda: form.epochs.lineEdit().setText(pick.choice(["", "x", "1", "2", "3"])),
        lambda: form.dropout.setValue(pick.randrange(5) / 10),
        lambda: form.quantity.setCurrentIndex(pick.randrange(2)),
        lambda: form.cell.setCurrentIndex(pick.randrange(3)),
        lambda: form.features.item(0).setCheckState(pick.choice(_CHECKS)),
        lambda: form.target.setCurrentIndex(pick.randrange(2)),
        lambda: days.setDate(days.date().addDays(pick.randrange(-3, 4))),
        lambda: tab.spans.days.setValue(pick.randrange(1, 9)),
        lambda: tab.spans.nominal.setValue(pick.randrange(50, 99)),
        tab.spans.candles_box.click,
        lambda: further.walk.every.setValue(pick.randrange(1, 9)),
        lambda: further.walk.processes.setValue(pick.randrange(1, 9)),
        search.ticks["cell"].click,
        lambda: search.values["units"].setText(f"{pick.randrange(9)}, {pick.randrange(9)}"),
        lambda: search.way.setCurrentIndex(pick.randrange(2)),
        lambda: search.gap.setValue(pick.randrange(-1, 9)),
        leaks.form.boxes["scaler"].click,
        leaks.form.walk.click,
        leaks.guess.click,
        lambda: tab.turn_to(pick.randrange(len(PAGES))),
    ]


def with_runs(tab: StocksTab, pick: random.Random) -> list[Edit]:
    """What a person may do with the runs that there are."""
    runs = tab.further.runs
    names = runs.state.runs.names
    if not names:
        return []
    name = pick.choice(names)
    return [
        lambda: runs.table.renamed.emit(name, f"Run {pick.randrange(100)}"),
        lambda: runs.table.chosen.emit((name,)),
        runs.delete,
        runs.reuse,
    ]


def jobs(tab: StocksTab, pick: random.Random, files: list[Path], qtbot: QtBot) -> list[Edit]:
    """Files, trainings and evaluations."""
    found: list[Edit] = [tab.data.remove_button.click]
    if pick.random() < 0.5:
        found.append(lambda: open_file(tab, pick.choice(files), qtbot))
        found.append(lambda: open_file(tab, files[-1], qtbot, Role.TEST))
    if tab.state.ready:
        found.append(lambda: train(tab, qtbot))
    if tab.state.trained is not None:
        found.append(lambda: evaluate(tab, qtbot))
    return found


def test_that_undos_lead_back_through_the_same_bytes(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    kept, pick = WorkHistory(ready), random.Random(5)
    rows = {"a": slice(0, 60), "c": slice(10, 75), "later": slice(80, 100)}
    files = [write(tmp_path / f"{name}.csv", days) for name, days in rows.items()]
    for _ in range(120):
        kind = pick.choice(
            [settings(ready, pick), with_runs(ready, pick), jobs(ready, pick, files, qtbot)]
        )
        pick.choice(kind or [ready.data.remove_button.click])()
        ready._repainter.flush()
        wait_until_over(ready, qtbot)  # another question is answered at once
    assert len(kept.history.past) > 60
    kept.require_undone()
