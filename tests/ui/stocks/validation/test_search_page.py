"""The page of searches, in the tab, with real processes and real clicks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from rnnstudio.core.engine.threads import ONE_THREAD
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.validation.search import SearchTable, search_job
from rnnstudio.core.training import Control
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.ui.stocks.validation.search_form import LONGEST_WINDOW
from rnnstudio.ui.stocks.validation.search_page import SearchPage
from rnnstudio.ui.stocks.validation.search_state import WHOLE
from rnnstudio.ui.theme.tokens import colours
from rnnstudio.ui.widgets.number_text import tidy
from rnnstudio.ui.widgets.sort_table import NAME_ROLE
from tests.core.stocks.validation.pools import InTurn, result
from tests.ui.stocks.tabs import QUICK, children, open_file, texts, write

pytestmark = pytest.mark.slow
LONG = replace(QUICK, epochs=1500)
"""Settings whose training takes some tenths of a second."""


@pytest.fixture
def page(ready: StocksTab, qtbot: QtBot) -> Iterator[SearchPage]:
    """The page, looked at, with four candidates on two folds."""
    ready.resize(1280, 640)
    ready.show()
    ready._repainter.flush()
    page = ready.further.search
    ready.pages.turn_to("search")
    page.form.values["window"].setText("3, 5")
    page.form.values["units"].setText("2, 10")
    page.form.folds.setValue(2)
    page.processes.setValue(1)
    wait_until_checked(page, qtbot)
    yield page
    ready.hide()


def wait_until_checked(page: SearchPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.state.checked is not None, timeout=60_000)
    page._repainter.flush()


def click(button: QAbstractButton, qtbot: QtBot) -> None:
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def search(page: SearchPage, qtbot: QtBot) -> SearchTable:
    click(page.run_bar.start_button, qtbot)
    wait_until_over(page, qtbot)
    return table_of(page)


def wait_until_over(page: SearchPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page._runner.busy, timeout=60_000)
    page._repainter.flush()


def wait_for_folds(page: SearchPage, qtbot: QtBot, count: int) -> None:
    qtbot.waitUntil(
        lambda: page.state.table is not None and len(done(page.state.table)) >= count,
        timeout=60_000,
    )
    page._repainter.flush()


def start_long(ready: StocksTab, page: SearchPage, qtbot: QtBot) -> None:
    ready.form.show_spec(LONG)
    page.form.values["units"].setText("2")
    ready._repainter.flush()
    wait_until_checked(page, qtbot)
    click(page.run_bar.start_button, qtbot)


def table_of(page: SearchPage) -> SearchTable:
    assert page.state.table is not None
    return page.state.table


def done(table: SearchTable) -> list[int]:
    return [place for place, outcome in enumerate(table.outcomes) if outcome is not None]


def by_core(table: SearchTable, tab: StocksTab) -> SearchTable:
    assert tab.state.split is not None
    with ONE_THREAD:  # as in the processes
        found: SearchTable = result(search_job(table.plan, tab.state.split, InTurn(), Control()))
    return found


def ratios(table: SearchTable) -> list[tuple[float, ...]]:
    return [row.ratios for row in table.rows]


def test_that_the_page_says_how_many_trainings_it_makes_before_it_starts(
    page: SearchPage, qtbot: QtBot
) -> None:
    assert page.outline.isVisible()
    assert page.form.count.text() == "4 candidates × 2 folds = 8 trainings, gap 5 days"
    assert page.form.gap.text() == "longest window"
    page.form.way.setCurrentIndex(1)
    page.form.draws.setValue(3)
    page.form.gap.setValue(7)
    wait_until_checked(page, qtbot)
    assert page.form.count.text() == "3 candidates × 2 folds = 6 trainings, gap 7 days"
    assert page.outline.cost.text() == "Not computed yet: 6 trainings."
    assert page.state.checked is not None
    assert page.state.checked.gap == 7


def test_that_the_table_has_what_the_core_finds_and_the_test_span_is_not_evaluated(
    ready: StocksTab, page: SearchPage, qtbot: QtBot
) -> None:
    table = search(page, qtbot)
    expected = by_core(table, ready)
    assert page.state.run.phase is Phase.FINISHED
    assert ratios(table) == ratios(expected)
    for rank, (line, row) in enumerate(
        zip(texts(page.view.table), expected.rows, strict=True), start=1
    ):
        assert line[:4] == [
            str(rank),
            str(row.candidate.changed["window"]),
            str(row.candidate.changed["units"]),
            f"{row.mean:.4f} ± {row.std:.4f}",
        ]
        assert line[4:6] == [tidy(row.rmse), "2 of 2"]
    assert ready.pages.search.sentence.text() == str(expected.claim)
    assert f"{expected.claim} {page.view.grounds.text()}" == str(expected.verdict)
    chosen, flat = page.view.chart.lines
    assert chosen.name == expected.rows[0].candidate.name
    assert np.array_equal(chosen.y, expected.rows[0].ratios)
    assert set(flat.y.tolist()) == {1.0}
    assert ready.state.times_opened == 0


def test_that_a_column_sorts_and_the_chosen_candidates_settings_become_the_tabs(
    ready: StocksTab, page: SearchPage, qtbot: QtBot
) -> None:
    table, view = search(page, qtbot), page.view.table
    header = view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(2) + 5, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [line[2] for line in texts(view)] == ["2", "2", "10", "10"]
    wanted = view.model().index(3, 0).data(NAME_ROLE)
    cell = view.visualRect(view.model().index(3, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    page._repainter.flush()
    [row] = [row for row in table.rows if row.candidate.name == wanted]
    assert np.array_equal(page.view.chart.lines[0].y, row.ratios)
    click(page.use_button, qtbot)
    assert ready.form.spec() == row.candidate.spec
    assert ready.pages.key == "verdict"


def test_that_settings_that_the_form_cannot_hold_are_reported_and_fine_ones_are_held(
    ready: StocksTab, page: SearchPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(ready.status) as emitted:
        page.spec_wanted.emit(replace(QUICK, target="No such column"))
    assert "cannot hold all" in emitted.args[0]
    fine = replace(QUICK, learning_rate=0.0000012)
    with qtbot.assertNotEmitted(ready.status):
        page.spec_wanted.emit(fine)
    assert ready.form.spec() == fine


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("units", "8, 0", "units=0 cannot be tried"),
        ("window", "3, 300", "window=300 cannot be tried"),
        ("dropout", "a half", "dropout takes a number"),
    ],
)
def test_that_an_impossible_value_is_reported_at_its_field_and_nothing_starts(
    page: SearchPage, name: str, text: str, words: str, qtbot: QtBot
) -> None:
    field, problem = page.form.values[name], page.form.problems[name]
    before, ticked = field.text(), page.form.ticks[name].isChecked()
    field.clear()
    qtbot.keyClicks(field, text)
    wait_until_checked(page, qtbot)
    assert page.form.ticks[name].isChecked()
    assert words in problem.text()
    assert problem.isVisible()
    assert not page.run_bar.start_button.isEnabled()
    assert words in page.run_bar.start_button.toolTip()
    assert page.form.count.text() == ""
    field.setText(before)
    page.form.ticks[name].setChecked(ticked)
    wait_until_checked(page, qtbot)
    assert not problem.isVisible()
    assert page.run_bar.start_button.isEnabled()


def test_that_folds_that_do_not_fit_and_invalid_settings_are_reported_of_the_whole(
    ready: StocksTab, page: SearchPage, qtbot: QtBot
) -> None:
    page.form.gap.setValue(99)
    wait_until_checked(page, qtbot)
    assert "gap of 99 days" in page.form.problems[WHOLE].text()
    page.form.gap.setValue(LONGEST_WINDOW)
    ready.form.window_length.setValue(900)
    ready._repainter.flush()
    assert "a window that takes 900 days" in page.problem.text()
    assert not page.run_bar.start_button.isEnabled()


def test_that_a_stopped_search_keeps_its_table_and_no_process(
    ready: StocksTab, page: SearchPage, tmp_path: Path, qtbot: QtBot
) -> None:
    before = children()
    start_long(ready, page, qtbot)
    wait_for_folds(page, qtbot, 1)
    click(page.run_bar.stop_button, qtbot)
    wait_until_over(page, qtbot)
    table = table_of(page)
    assert page.state.run.phase is Phase.CANCELLED
    assert 0 < len(done(table)) < 4
    assert sum(int(line[5][0]) for line in texts(page.view.table)) == len(done(table))
    assert children() == before
    page.export(tmp_path / "search.csv")
    lines = list(csv.DictReader((tmp_path / "search.csv").read_text("utf-8").splitlines()))
    assert [line["mean"] == "" for line in lines] == [not row.whole for row in table.rows]


def test_that_a_killed_process_loses_nothing(
    ready: StocksTab, page: SearchPage, qtbot: QtBot
) -> None:
    before = children()
    start_long(ready, page, qtbot)
    wait_for_folds(page, qtbot, 1)
    [worker] = children() - before
    psutil.Process(worker).kill()
    wait_until_over(page, qtbot)
    assert page.state.run.phase is Phase.FINISHED
    assert worker not in children()
    assert ratios(table_of(page)) == ratios(by_core(table_of(page), ready))


def test_that_closing_during_a_search_leaves_nothing_running(
    ready: StocksTab, page: SearchPage, qtbot: QtBot
) -> None:
    before = children()
    start_long(ready, page, qtbot)
    qtbot.waitUntil(lambda: children() != before, timeout=60_000)
    ready.shutdown()
    assert not page._runner.busy
    assert children() == before


def test_that_a_failed_candidate_is_marked_with_its_reason(page: SearchPage, qtbot: QtBot) -> None:
    table = search(page, qtbot)
    broken = table.put(0, UserError("It ran away."))
    page.view.show_state(replace(page.state, table=broken))
    lines = texts(page.view.table)
    assert [line[-1] for line in lines] == ["", "", "", "It ran away."]
    assert lines[3][0] == lines[3][3] == "–"
    rows = page.view.table.model()
    reason = rows.index(3, rows.columnCount() - 1)
    assert reason.data(Qt.ItemDataRole.ForegroundRole) == QColor(colours().bad)
    assert not page.view.failures.isVisible()
    failed = reason.data(NAME_ROLE)
    page.view.show_state(replace(page.state, table=broken, name=failed))
    assert page.view.failures.isVisible()
    assert page.view.failures.text() == f"{failed}: It ran away."


def test_when_the_table_cannot_be_written_the_page_says_so(
    page: SearchPage, tmp_path: Path, qtbot: QtBot
) -> None:
    search(page, qtbot)
    page.export(tmp_path)
    assert page.problem.isVisible()
    assert "is a folder; give the name of a file" in page.problem.text()
    with qtbot.waitSignal(page.status):
        page.export(tmp_path / "search.csv")
    assert not page.problem.isVisible()


def test_that_no_other_file_is_opened_under_a_search_and_its_table_is_marked_afterwards(
    ready: StocksTab, page: SearchPage, tmp_path: Path, qtbot: QtBot
) -> None:
    other = write(tmp_path / "other.csv", slice(0, 90))
    said: list[str] = []
    ready.status.connect(said.append)
    page.start()
    ready.open_file(other)
    assert said == ["A search is under way on this file; stop that or wait for it."]
    qtbot.waitUntil(lambda: not page.state.run.active, timeout=60_000)
    qtbot.waitUntil(page.run_bar.start_button.isEnabled)
    assert page.stale.isHidden()
    open_file(ready, other, qtbot)
    ready.pages.turn_to("search")
    qtbot.waitUntil(lambda: not page.stale.isHidden(), timeout=10_000)
