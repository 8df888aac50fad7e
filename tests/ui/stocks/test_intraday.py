"""A share with several rows a day: split, trained on, evaluated, saved, reopened, looked at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from rnnstudio.core.engine.fit import fit
from rnnstudio.ui.stocks.tab import StocksTab
from tests.core.stocks import made
from tests.ui.stocks.tabs import QUICK, evaluate, forecast_of, open_file, reopen, save, train


def hourly(path: Path) -> Path:
    """Six hours of each of fifteen days."""
    table = made.walk(90, 60).table
    days = np.repeat(np.datetime64("2024-05-06") + np.arange(15), 6)
    hours = np.tile(np.arange(10, 16), 15)
    moments = days.astype("datetime64[s]") + hours.astype("timedelta64[h]")
    return made.write(path, replace(table, dates=moments))


def test_that_hours_are_saved_and_reopened_as_a_network_and_as_runs(
    tab: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    open_file(tab, hourly(tmp_path / "hours.csv"), qtbot)
    tab.form.show_spec(QUICK)
    assert tab.state.train is not None
    assert tab.state.train.rows == 90
    train(tab, qtbot)
    evaluate(tab, qtbot)
    first, ahead = forecast_of(tab), tab.state.evaluation
    assert ahead is not None
    assert str(ahead.future.dates[0]) == "2024-05-21T10:00:00"  # the hour at which it opens
    save(tab, tmp_path / "hours.rnnstudio", qtbot)
    tab.further.runs.save(tmp_path / "runs.rnnstudio")
    qtbot.waitUntil(lambda: not tab.further.runs.state.job.active)
    again = StocksTab({"numpy": fit})
    qtbot.addWidget(again)
    reopen(again, tmp_path / "hours.rnnstudio", qtbot)
    assert again.state.times_opened == 1
    assert again.state.split is not None
    assert again.state.split.rows_known == first.split.rows_known
    evaluate(again, qtbot)
    np.testing.assert_array_equal(forecast_of(again).predicted, first.predicted)
    runs = again.further.runs
    runs.open(tmp_path / "runs.rnnstudio")
    qtbot.waitUntil(lambda: not runs.state.job.active)
    kept = runs.state.runs.kept[-1]
    np.testing.assert_array_equal(kept.table.dates, first.table.dates)
    again.shutdown()


def test_that_arrows_go_from_day_to_day_also_where_a_day_has_hours(
    tab: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    open_file(tab, hourly(tmp_path / "hours.csv"), qtbot)
    tab.form.show_spec(QUICK)
    train(tab, qtbot)
    evaluate(tab, qtbot)
    tab.further.runs._repainter.flush()
    day = tab.further.runs.bar.day
    last = day.date()
    assert last.toString("yyyy-MM-dd") == "2024-05-20"
    assert day.row == 89
    day.setCurrentSection(day.Section.DaySection)
    day.stepBy(-1)
    assert (last.addDays(-1), 83) == (day.date(), day.row)
    day.stepBy(1)
    assert (last, 89) == (day.date(), day.row)
