"""The page of walk-forward, in the tab, with real processes and real clicks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.engine.threads import ONE_THREAD
from rnnstudio.core.session.kept_prices import StocksWork
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.validation.walk_forward import Walk, walk_forward_job
from rnnstudio.core.training import Control
from rnnstudio.ui.pictures.picture_file import PictureKind, write_picture
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.ui.stocks.validation.walk_page import WalkPage
from rnnstudio.ui.widgets.labelled_chart import LabelledLine
from rnnstudio.ui.widgets.number_text import tidy
from rnnstudio.ui.widgets.sort_table import SORT_ROLE
from rnnstudio.ui.widgets.view_picture import PicturePart
from rnnstudio.workers.jobs import Resource
from tests.core.stocks.validation.pools import InTurn, result
from tests.ui.pictures.drawn_picture import FRAME, SHAPES, SVG, elements, words
from tests.ui.stocks.tabs import QUICK, children, save, texts, train, write

pytestmark = pytest.mark.slow
LONG = replace(QUICK, epochs=1500)
"""Settings whose training takes about a second."""


@pytest.fixture
def page(ready: StocksTab) -> Iterator[WalkPage]:
    """The page, looked at, over eight test days in blocks of two."""
    ready.resize(1280, 640)
    ready.show()
    ready._repainter.flush()
    page = ready.further.walk
    ready.pages.turn_to("walk")
    page.every.setValue(2)
    page.processes.setValue(1)
    yield page
    ready.hide()


def start(page: WalkPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.run_bar.start_button, Qt.MouseButton.LeftButton)
    assert page.busy


def wait_until_over(page: WalkPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.busy, timeout=60_000)
    page._repainter.flush()


def wait_for_blocks(page: WalkPage, qtbot: QtBot, count: int = 1) -> None:
    qtbot.waitUntil(
        lambda: page.state.walk is not None and page.state.walk.refits >= count, timeout=60_000
    )
    page._repainter.flush()


def walk_of(page: WalkPage) -> Walk:
    assert page.state.walk is not None
    return page.state.walk


def lines(page: WalkPage) -> dict[str, LabelledLine]:
    return {line.name: line for line in page.view.chart.lines if line.name}


def by_core(walk: Walk) -> Walk:
    with ONE_THREAD:  # as in the processes
        found: Walk = result(
            walk_forward_job(walk.spec, walk.split, walk.every, InTurn(), Control())
        )
    return found


def split_of(tab: StocksTab) -> Split:
    assert tab.state.split is not None
    return tab.state.split


def test_that_the_page_shows_what_the_core_finds_and_the_access_is_counted(
    ready: StocksTab, page: WalkPage, qtbot: QtBot
) -> None:
    assert "Walk-forward trains it anew" in page.outline.about.text()
    assert page.outline.isVisible()
    emitted: list[AccessLog] = []
    page.opened.connect(emitted.append)
    start(page, qtbot)
    qtbot.waitUntil(lambda: bool(emitted), timeout=60_000)
    assert page.state.run.active, "the access is counted with the first figures"
    wait_until_over(page, qtbot)
    walk, view = walk_of(page), page.view
    expected = by_core(walk)
    assert np.array_equal(walk.predicted, expected.predicted)
    assert ready.pages.walk.sentence.text() == str(expected.verdict)
    for row, figures in enumerate(expected.figures):
        assert view.figures.item(row, 0).text() == tidy(figures.errors.rmse)
        assert view.figures.item(row, 3).text() == tidy(figures.errors.mase)
    for line, block in zip(texts(view.blocks), expected.blocks, strict=True):
        assert line[:4] == [block.first, block.last, str(block.epochs), tidy(block.rmse or 0)]
        assert line[5] == f"{block.ratio:.4f}"  # two days show nothing, either way
    drawn = lines(page)
    assert list(drawn["network"].x) == list(walk.rows)
    assert np.array_equal(drawn["network"].y, expected.predicted)
    assert np.array_equal(drawn["yesterday's price"].y, expected.persistence)
    assert np.array_equal(drawn["truth"].y, expected.actual)
    assert list(view.chart.refits.xvals) == [row - 0.5 for row in walk.rows[::2]]
    assert emitted == [ready.state.accesses]
    assert ready.state.times_opened == 1
    split = split_of(ready)
    assert emitted[0].spans == ((str(split.table.dates[72]), str(split.table.dates[79])),)


def test_that_a_click_sorts_the_blocks_and_a_change_of_settings_is_reported(
    ready: StocksTab, page: WalkPage, qtbot: QtBot
) -> None:
    start(page, qtbot)
    wait_until_over(page, qtbot)
    page.view.blocks.sortByColumn(5, Qt.SortOrder.DescendingOrder)
    ratios = [block.ratio for block in walk_of(page).blocks]
    rows = page.view.blocks.model()
    shown = [rows.index(row, 5).data(SORT_ROLE) for row in range(rows.rowCount())]
    assert shown == sorted(ratios, reverse=True)
    assert not page.stale.isVisible()
    ready.form.units.setValue(5)
    ready._repainter.flush()
    assert page.stale.isVisible()


def test_that_a_block_is_seen_closer_when_it_is_chosen(page: WalkPage, qtbot: QtBot) -> None:
    start(page, qtbot)
    wait_until_over(page, qtbot)
    view, rows = page.view, walk_of(page).rows
    place = view.blocks.visualRect(view.blocks.model().index(1, 0)).center()
    qtbot.mouseClick(view.blocks.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.chart.in_sight == range(rows.start + 1, rows.start + 5)
    qtbot.mouseClick(view.whole_button, Qt.MouseButton.LeftButton)
    assert view.chart.in_sight == rows
    assert view.blocks.selectionModel().selectedRows() == []


def test_that_a_stopped_walk_keeps_its_blocks_and_no_process(
    ready: StocksTab, page: WalkPage, qtbot: QtBot
) -> None:
    ready.form.show_spec(LONG)
    ready._repainter.flush()
    page.every.setValue(1)
    before = children()
    start(page, qtbot)
    wait_for_blocks(page, qtbot)
    qtbot.mouseClick(page.run_bar.stop_button, Qt.MouseButton.LeftButton)
    wait_until_over(page, qtbot)
    walk = walk_of(page)
    assert page.state.run.phase is Phase.CANCELLED
    assert 0 < walk.refits < 8
    lines = texts(page.view.blocks)
    assert [line[3] != "–" for line in lines] == [each is not None for each in walk.outcomes]
    assert f"{walk.days_done} of 8 test days" in page.finding
    assert children() == before
    assert ready.state.times_opened == 1


def test_that_a_killed_process_loses_nothing(
    ready: StocksTab, page: WalkPage, qtbot: QtBot
) -> None:
    ready.form.show_spec(LONG)
    ready._repainter.flush()
    page.every.setValue(2)
    before = children()
    start(page, qtbot)
    wait_for_blocks(page, qtbot)
    [worker] = children() - before
    psutil.Process(worker).kill()
    wait_until_over(page, qtbot)
    assert page.state.run.phase is Phase.FINISHED
    assert worker not in children()
    walk = walk_of(page)
    assert walk.whole
    assert np.array_equal(walk.predicted, by_core(walk).predicted)


def test_that_no_other_file_or_network_is_taken_during_a_walk_and_closing_ends_it(
    ready: StocksTab, page: WalkPage, prices: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    save(ready, tmp_path / "kept.rnnstudio", qtbot)
    trained = ready.state.trained
    ready.form.show_spec(replace(QUICK, epochs=100_000))
    ready._repainter.flush()
    before = children()
    start(page, qtbot)
    qtbot.waitUntil(lambda: children() != before, timeout=60_000)
    with qtbot.waitSignal(ready.status):
        ready.open_file(prices)
    with qtbot.waitSignal(ready.status):
        ready.open_network(tmp_path / "kept.rnnstudio")
    assert ready.state.trained is trained
    assert not ready.state.reading
    ready.shutdown()
    assert not page.busy
    assert children() == before
    assert ready.state.times_opened == 0


def test_that_an_impossible_number_of_days_is_one_sentence(page: WalkPage, qtbot: QtBot) -> None:
    page.every.setValue(9)
    start(page, qtbot)
    wait_until_over(page, qtbot)
    assert "anew every 9 days" in page.run_bar.error.text()
    assert page.run_bar.error.isVisible()
    assert page.outline.isVisible()
    assert page.run_bar.start_button.isEnabled()


def test_that_who_has_to_wait_for_the_test_span_is_told_once(page: WalkPage, qtbot: QtBot) -> None:
    page._jobs.claim("It is taken.", Resource.TEST_SPAN)
    with qtbot.assertNotEmitted(page.status):
        page.start()
    assert page.problem.text() == "It is taken."
    assert not page.busy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "shares"
    folder.mkdir()
    write(folder / "one.csv", slice(0, 80))
    write(folder / "two.csv", slice(20, 100))
    write(folder / "short.csv", slice(0, 9))
    (folder / "words.csv").write_text("nothing\nof\nuse")
    (folder / "notes.md").write_text("no prices")
    return folder


def test_that_a_folder_is_walked_and_the_bad_files_are_listed(
    ready: StocksTab, page: WalkPage, folder: Path, qtbot: QtBot
) -> None:
    page.walk_folder(folder)
    wait_until_over(page, qtbot)
    view, shares = page.view, page.state.shares
    assert shares is not None
    assert shares.names == ("one.csv", "two.csv")
    assert page.finding == str(shares.summary.sentence)
    assert [line[:2] for line in texts(view.shares.table)] == [
        ["one.csv", "8 of 8"], ["two.csv", "8 of 8"],
    ]  # fmt: skip
    refused = [view.shares.refused.item(row).text() for row in range(2)]
    assert view.shares.refused.count() == 2
    assert [text.split(":")[0] for text in refused] == ["short.csv", "words.csv"]
    first, second = shares.parts
    assert np.array_equal(lines(page)["network"].y, first.predicted)
    table = view.shares.table
    place = table.visualRect(table.model().index(1, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    page._repainter.flush()
    assert np.array_equal(lines(page)["network"].y, second.predicted)
    assert view.share_sentence.text() == f"two.csv: {second.verdict}"
    assert ready.state.times_opened == 0


@pytest.mark.parametrize("content", [None, "nothing\nof\nuse"])
def test_when_a_folder_has_no_prices_the_page_says_so(
    page: WalkPage, tmp_path: Path, content: str | None, qtbot: QtBot
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    if content is not None:
        (empty / "words.csv").write_text(content)
    page.walk_folder(empty)
    wait_until_over(page, qtbot)
    assert page.state.run.phase is Phase.FAILED
    assert ("words.csv" if content else os.fspath(empty)) in page.run_bar.error.text()


def test_when_a_folder_fails_after_a_walk_nothing_is_said_of_trainings(
    page: WalkPage, tmp_path: Path, qtbot: QtBot
) -> None:
    start(page, qtbot)
    wait_until_over(page, qtbot)
    emitted: list[str] = []
    page.status.connect(emitted.append)
    page.walk_folder(tmp_path / "not there")
    wait_until_over(page, qtbot)
    assert page.state.run.phase is Phase.FAILED
    assert emitted == []


def test_when_a_file_lacks_the_chosen_column_the_page_says_whose_price_is_walked_over(
    ready: StocksTab, page: WalkPage, folder: Path, qtbot: QtBot
) -> None:
    text = (folder / "two.csv").read_text().replace("Date,Open,High", "Date,Close,High")
    (folder / "two.csv").write_text(text)
    page.walk_folder(folder)
    wait_until_over(page, qtbot)
    note = page.view.shares.own_columns
    assert note.isVisible()
    assert note.text() == ("two.csv lacks a chosen column (Open, High); its own High is forecast.")
    assert page.stale.isHidden()


def test_that_a_stopped_walk_goes_on_in_another_session_and_is_counted_once(
    ready: StocksTab, page: WalkPage, qtbot: QtBot
) -> None:
    ready.form.show_spec(LONG)
    ready._repainter.flush()
    start(page, qtbot)
    wait_for_blocks(page, qtbot)
    page.run_bar.stop_button.click()
    wait_until_over(page, qtbot)
    stopped, work = walk_of(page), ready.work()
    assert 0 < stopped.refits < 4
    ready.show_work(StocksWork())
    assert page.state.work is None
    ready.show_work(work)
    counted = ready.state.times_opened
    start(page, qtbot)
    wait_until_over(page, qtbot)
    whole = walk_of(page)
    assert whole.whole
    first = [each is not None for each in stopped.outcomes].index(True)
    assert whole.outcomes[first] is stopped.outcomes[first]
    assert np.array_equal(whole.predicted, by_core(whole).predicted)
    assert ready.state.times_opened == counted == 1


def test_that_a_picture_of_a_walk_has_its_verdict_its_figures_and_its_blocks(
    ready: StocksTab, page: WalkPage, qtbot: QtBot, tmp_path: Path
) -> None:
    start(page, qtbot)
    wait_until_over(page, qtbot)
    parts = (PicturePart.TITLE, PicturePart.SENTENCE)
    write_picture(tmp_path / "walk.svg", ready.picture(), PictureKind.SVG, parts)
    tags = {each.tag.removeprefix(SVG) for each in elements(tmp_path / "walk.svg")}
    assert tags <= FRAME | SHAPES
    said = words(tmp_path / "walk.svg")
    for text in (page.finding.split(":")[0], "Walk forward", "trained anew", "yesterday's price"):
        assert text[:40] in said
    for block in walk_of(page).blocks:
        assert block.first in said
    assert tidy(walk_of(page).figures[0].errors.rmse) in said
    assert "Start" not in said
