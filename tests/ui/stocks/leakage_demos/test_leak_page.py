"""The page of leakage demonstrations with real trainings, switches and threads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.teaching.leaks import LEAKS, Leak
from rnnstudio.ui.pictures.picture_file import PictureKind, write_picture
from rnnstudio.ui.running import Phase
from rnnstudio.ui.stocks.leakage_demos.leak_page import LeakPage
from rnnstudio.ui.stocks.marks import MarkedLine
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.view_picture import ViewPicture
from tests.core.stocks import made
from tests.ui.pictures.drawn_picture import FRAME, SHAPES, SVG, elements, words

SPLIT = made.walk(120, 90)
ROOM = (1232, 572)
"""What the window leaves to the page's thing and its bar on a projector of 1280 x 720."""
QUICK = ForecastSpec(window=5, units=4, epochs=2)
READY = StocksState(train=SPLIT.table, spec=QUICK, split=SPLIT)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[LeakPage]:
    page = LeakPage({"numpy": fit})
    qtbot.addWidget(page)
    page.resize(*ROOM)
    page.show()
    page.show_state(READY)
    yield page
    page.shutdown()


def choose(page: LeakPage, *leaks: Leak, walk: bool = False) -> None:
    for leak, box in page.form.boxes.items():
        box.setChecked(leak in leaks)
    page.form.walk.setChecked(walk)


def compare(page: LeakPage, qtbot: QtBot) -> None:
    page.run_bar.start_button.click()
    assert page.state.run.active
    wait_until_over(page, qtbot)


def wait_until_over(page: LeakPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.state.run.active, timeout=60_000)
    page._repainter.flush()


def titles(page: LeakPage) -> list[str]:
    shown = [column.title for column in page.view.columns if column.title.isVisible()]
    return [f"{mark(title)}{title.sentence.text()}" for title in shown]


def mark(line: MarkedLine) -> str:
    """+ for a tick, - for a cross."""
    if line.mark.isHidden():
        return ""
    return {"passed": "+ ", "not passed": "- "}[line.mark.accessibleName()]


def checks(page: LeakPage, column: int) -> list[str]:
    lines = page.view.columns[column].checks.lines
    return [f"{mark(line)}{line.sentence.text()}" for line in lines]


@pytest.mark.parametrize(
    ("leak", "title", "red"),
    [
        ("scaler", "- Leak: scaler sees all", "- The scaler was fitted on 120 rows"),
        ("shuffle", "- Leak: shuffled split", "of the 30 days that it forecasts among them"),
        ("test", "- Leak: trains on the test", "30 of the 30 days that it forecasts among them"),
        ("smooth", "- Leak: smoothed target", "of 120 days the numbers used are not"),
    ],
)
def test_that_a_leak_is_red_beside_the_network_without_leakage(
    page: LeakPage, qtbot: QtBot, leak: Leak, title: str, red: str
) -> None:
    choose(page, leak)
    compare(page, qtbot)
    assert titles(page) == ["+ Honest", title]
    honest, lying = checks(page, 0), checks(page, 1)
    assert red in lying[0]
    assert lying[0].startswith("-")
    assert [line[:8] for line in honest] == ["+ Clean:"]


def test_that_leaks_are_combined_and_a_random_walk_stands_beside_them(
    page: LeakPage, qtbot: QtBot
) -> None:
    choose(page, *LEAKS, walk=True)
    compare(page, qtbot)
    assert titles(page) == [
        "+ Honest",
        "- scaler + shuffle + test + smooth",
        "+ Random walk, honest",
    ]
    assert [line[0] for line in checks(page, 1)] == ["-", "-", "-", "+"]


def test_that_charts_and_figures_are_cores_own(page: LeakPage, qtbot: QtBot) -> None:
    choose(page, "smooth")
    compare(page, qtbot)
    assert page.state.comparison is not None
    for column, shown in zip(page.view.columns, page.state.comparison.shown, strict=False):
        forecast = shown.evaluation.forecast
        drawn = {line.name: line.y for line in column.plot.lines if line.name}
        np.testing.assert_array_equal(drawn["truth"], forecast.actual)
        np.testing.assert_array_equal(drawn["network"], forecast.predicted)
        np.testing.assert_array_equal(drawn["yesterday's price"], forecast.persistence)
        assert f"RMSE {forecast.rmse:.4g}" in column.errors.text()
    opens = SPLIT.table.column("Open")
    np.testing.assert_array_equal(page.view.columns[0].plot.lines[-1].y, opens[90:])


def test_that_the_comparison_counts_as_one_access_and_says_so(page: LeakPage, qtbot: QtBot) -> None:
    dates = SPLIT.table.dates[90:]
    page.show_state(replace(READY, opened={SPLIT.table.digest: AccessLog().opened(dates)}))
    choose(page, "test", walk=True)
    emitted: list[AccessLog] = []
    page.opened.connect(emitted.append)
    compare(page, qtbot)
    [accesses] = emitted
    assert accesses.count(dates) == 2
    assert "evaluation 2 on the test span" in "\n".join(checks(page, 0))
    assert "opened" not in "\n".join(checks(page, 2))


def test_that_the_same_network_shown_again_is_no_further_access(
    page: LeakPage, qtbot: QtBot
) -> None:
    dates = SPLIT.table.dates[SPLIT.rows_known :]
    emitted: list[AccessLog] = []
    page.opened.connect(emitted.append)
    for leak in LEAKS:
        choose(page, leak)
        compare(page, qtbot)
        page.show_state(replace(READY, opened={SPLIT.table.digest: emitted[-1]}))
        assert emitted[-1].count(dates) == 1
        assert titles(page)[0] == "+ Honest"
    page.show_state(
        replace(READY, spec=replace(QUICK, seed=2), opened={SPLIT.table.digest: emitted[-1]})
    )
    compare(page, qtbot)
    assert emitted[-1].count(dates) == 2
    assert "- This is evaluation 2" in "\n".join(checks(page, 0))
    assert titles(page)[0] == "+ Honest"  # a second access is no leak of the network


def test_that_nobody_sees_which_network_has_leakage_until_it_is_revealed(
    page: LeakPage, qtbot: QtBot
) -> None:
    choose(page, "test", walk=True)
    page.guess.setChecked(True)
    assert not page.reveal.isEnabled()
    compare(page, qtbot)
    assert titles(page) == ["A", "B", "C"]
    assert not any(column.checks.isVisible() for column in page.view.columns)
    assert all(column.plot.isVisible() for column in page.view.columns)
    page.reveal.click()
    assert sorted(title[0] + title[3:] for title in titles(page)) == [
        "+: Honest",
        "+: Random walk, honest",
        "-: Leak: trains on the test",
    ]
    assert [title[2] for title in titles(page)] == ["A", "B", "C"]
    assert all(column.checks.isVisible() for column in page.view.columns)
    assert not page.reveal.isEnabled()


def test_that_there_is_nothing_to_start_without_a_switch_or_a_share(page: LeakPage) -> None:
    choose(page)
    assert not page.run_bar.start_button.isEnabled()
    choose(page, walk=True)
    assert page.run_bar.start_button.isEnabled()
    page.show_state(StocksState())
    assert not page.run_bar.start_button.isEnabled()
    page.start()
    assert not page.state.run.active


def test_that_switches_are_held_while_it_runs_and_a_stop_opens_nothing(
    page: LeakPage, qtbot: QtBot
) -> None:
    page.show_state(replace(READY, spec=replace(QUICK, epochs=100_000)))
    opened: list[AccessLog] = []
    page.opened.connect(opened.append)
    page.run_bar.start_button.click()
    qtbot.waitUntil(lambda: page.state.run.step > 0, timeout=60_000)
    page._repainter.flush()
    assert not page.form.isEnabled()
    page.run_bar.stop_button.click()
    wait_until_over(page, qtbot)
    assert page.state.run.phase is Phase.CANCELLED
    assert page.form.isEnabled()
    assert titles(page) == []
    assert opened == []


def test_that_what_cannot_be_compared_is_reported_in_the_page(page: LeakPage, qtbot: QtBot) -> None:
    table = SPLIT.table
    counts = PriceTable(
        table.source,
        table.dates,
        {"Open": table.column("Open"), "Volume": 1 + table.column("High")},
    )
    spec = replace(QUICK, features=("Open",), target="Volume")
    page.show_state(StocksState(train=counts, spec=spec, split=replace(SPLIT, table=counts)))
    choose(page, walk=True)
    page.run_bar.start_button.click()
    wait_until_over(page, qtbot)
    assert "Volume holds no prices" in page.run_bar.error.text()


def test_that_changed_settings_are_reported(page: LeakPage, qtbot: QtBot) -> None:
    choose(page, "scaler")
    compare(page, qtbot)
    assert page.hint.text() == "Open of made.csv, 30 test days."
    page.show_state(replace(READY, spec=replace(QUICK, seed=7)))
    assert page.hint.text().endswith("Settings have changed since.")


@pytest.mark.parametrize(("leaks", "walk"), [(("shuffle",), True), (LEAKS, False)])
def test_that_every_word_has_room_on_a_projector(
    page: LeakPage, qtbot: QtBot, leaks: tuple[Leak, ...], walk: bool
) -> None:
    page.show_state(replace(READY, spec=replace(QUICK, validation=0.25)))
    choose(page, *leaks, walk=walk)
    compare(page, qtbot)
    qtbot.waitUntil(lambda: page.view.columns[0].plot.width() < ROOM[0] / (2 + walk))
    assert (page.width(), page.height()) == ROOM
    labels = [each for each in page.findChildren(QLabel) if each.isVisible() and each.text()]
    qtbot.waitUntil(
        lambda: all(each.height() >= each.heightForWidth(each.width()) for each in labels)
    )
    for label in labels:
        assert page.rect().contains(label.mapTo(page, label.rect().bottomRight()))
    assert page.view.columns[0].plot.height() >= 90


def test_that_a_picture_of_lies_has_each_forecast_with_its_errors(
    page: LeakPage, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(page, "test")
    compare(page, qtbot)
    write_picture(tmp_path / "leaks.svg", ViewPicture(page, "leaks"), PictureKind.SVG)
    tags = {each.tag.removeprefix(SVG) for each in elements(tmp_path / "leaks.svg")}
    assert tags <= FRAME | SHAPES
    said = words(tmp_path / "leaks.svg")
    seen = [column for column in page.view.columns if column.plot.isVisible()]
    assert len(seen) == 2
    for column in seen:
        for label in (column.title.sentence, column.errors):
            assert label.text()[:20].replace(" ", "") in said.replace(" ", "")
