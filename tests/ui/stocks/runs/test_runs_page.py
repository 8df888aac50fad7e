"""The page of runs: real clicks and keys, real files, real threads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.stocks.files.runs import RunEntry
from rnnstudio.core.stocks.files.runs_file import Opened
from rnnstudio.core.training import Finished
from rnnstudio.ui.pictures.picture_file import PictureKind, write_picture
from rnnstudio.ui.stocks.runs.compare_view import RunsCompareView
from rnnstudio.ui.stocks.runs.runs_page import RunsPage
from rnnstudio.ui.stocks.runs.runs_table import CHECKS, NAME, RMSE
from rnnstudio.ui.stocks.runs.state import RunRenamed
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.ui.widgets.chart_overlay import LONGEST_LINE
from rnnstudio.ui.widgets.number_text import tidy
from rnnstudio.ui.widgets.view_picture import ViewPicture
from tests.core.stocks import made
from tests.core.stocks.files.examples import SPLIT, named, opened, unevaluated
from tests.ui.pictures.drawn_picture import FRAME, SHAPES, SVG, elements, words

A = named(opened(), "A")
B = named(opened(replace(made.SOUND, seed=2)), "B")
LONG = named(opened(made.SOUND, replace(SPLIT, rows_train=80)), "long")
UNEVALUATED = named(unevaluated(made.PAPER), "shut")


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[RunsPage]:
    page = RunsPage()
    qtbot.addWidget(page)
    page.resize(1260, 520)
    page.show()
    yield page
    page.shutdown()


@pytest.fixture
def filled(page: RunsPage) -> RunsPage:
    """The page with four runs, as if from a file."""
    page._take(Finished(4, 1.0, Opened(Path("runs.rnnstudio"), (A, B, LONG, UNEVALUATED))))
    page._repainter.flush()
    return page


def open_file(page: RunsPage, path: Path, qtbot: QtBot) -> None:
    page.open(path)
    wait(page, qtbot)


def wait(page: RunsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page._runner.busy)
    page._repainter.flush()


def see(page: RunsPage, run: RunEntry) -> None:
    """Show the page a network as the tab does."""
    page.show_state(StocksState(trained=run.trained))
    page.show_state(StocksState(trained=run.trained, evaluation=run.evaluation))
    page._repainter.flush()


def names(page: RunsPage) -> list[str]:
    """The names as they stand in the table, from top to bottom."""
    model = page.table.model()
    return [model.index(row, NAME).data() for row in range(model.rowCount())]


def click(
    page: RunsPage,
    name: str,
    qtbot: QtBot,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, keys, cell(page, name, RMSE))


def cell(page: RunsPage, name: str, column: int) -> QPoint:
    row = names(page).index(name)
    return page.table.visualRect(page.table.model().index(row, column)).center()


def press(page: RunsPage, key: Qt.Key, qtbot: QtBot) -> None:
    page.activateWindow()
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    qtbot.keyClick(page.table, key)


def editor(page: RunsPage, qtbot: QtBot) -> QLineEdit:
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    found = QApplication.focusWidget()
    assert isinstance(found, QLineEdit)
    return found


def test_that_an_empty_page_says_what_will_be_there(page: RunsPage) -> None:
    assert page.outline.isVisible()
    assert page.outline.about.text().startswith("No runs yet.")
    assert not page.bar.save.isEnabled()
    assert page.bar.open.isEnabled()


def test_that_networks_come_in_as_the_tab_shows_them_and_stay(page: RunsPage) -> None:
    see(page, A)
    see(page, B)
    see(page, B)
    page.show_state(StocksState())  # another file was opened
    page._repainter.flush()
    assert names(page) == ["made log return, seed 1", "made log return, seed 2"]
    assert [run.evaluation for run in page.state.runs.kept] == [A.evaluation, B.evaluation]
    assert not page.outline.isVisible()


def test_that_the_table_has_the_summarys_own_numbers(filled: RunsPage) -> None:
    model = filled.table.model()
    assert A.evaluation is not None
    summary = A.evaluation.summary
    row = names(filled).index("A")
    assert model.index(row, RMSE).data() == tidy(summary.network.errors.rmse)
    assert model.index(row, RMSE + 1).data() == tidy(summary.persistence.errors.rmse)
    assert model.index(row, CHECKS).data() == ("passed" if summary.clean else "not passed")
    assert model.index(names(filled).index("shut"), RMSE).data() == "–"


def test_that_a_click_on_a_heading_sorts_by_number(page: RunsPage, qtbot: QtBot) -> None:
    """As text an error of 15 would come before one of 3."""
    for factor in (3, 15, 1):
        columns = {name: factor * values for name, values in SPLIT.table.columns.items()}
        see(page, opened(made.SOUND, replace(SPLIT, table=replace(SPLIT.table, columns=columns))))
    see(page, UNEVALUATED)
    header = page.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(RMSE) + 10, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    model = page.table.model()
    shown = [model.index(row, RMSE).data() for row in range(model.rowCount())]
    errors = [float(text) for text in shown[:-1]]
    assert errors == sorted(errors) != sorted(errors, key=str)
    assert shown[-1] == "–"
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    turned = [model.index(row, RMSE).data() for row in range(model.rowCount())]
    assert turned == [*reversed(shown[:-1]), "–"]


def test_that_f2_names_a_run_in_its_cell(filled: RunsPage, qtbot: QtBot) -> None:
    click(filled, "B", qtbot)
    press(filled, Qt.Key.Key_F2, qtbot)
    field = editor(filled, qtbot)
    qtbot.keyClicks(field, "the best")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(filled) == ["A", "the best", "long", "shut"])
    assert filled.state.chosen == ("the best",)


def test_that_a_name_that_is_taken_is_refused_in_the_page(filled: RunsPage, qtbot: QtBot) -> None:
    viewport, place = filled.table.viewport(), cell(filled, "B", NAME)
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    field = editor(filled, qtbot)
    field.selectAll()
    qtbot.keyClicks(field, "A")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(filled.problem.isVisible)
    assert names(filled) == ["A", "B", "long", "shut"]
    assert filled.problem.text() == "There is a run named “A” already; choose another name."


def test_that_an_open_editor_outlives_the_next_network(filled: RunsPage, qtbot: QtBot) -> None:
    click(filled, "B", qtbot)
    filled.bar.rename.click()
    field = editor(filled, qtbot)
    field.setText("half typ")
    see(filled, opened(replace(made.SOUND, seed=3)))
    assert QApplication.focusWidget() is field
    assert field.text() == "half typ"
    assert len(names(filled)) == 5
    qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_that_runs_are_deleted_by_key_and_by_button(filled: RunsPage, qtbot: QtBot) -> None:
    click(filled, "B", qtbot)
    click(filled, "shut", qtbot, Qt.KeyboardModifier.ControlModifier)
    press(filled, Qt.Key.Key_Delete, qtbot)
    assert names(filled) == ["A", "long"]
    click(filled, "A", qtbot)
    filled.bar.delete.click()
    assert names(filled) == ["long"]


def test_that_chosen_runs_are_compared_below(filled: RunsPage, qtbot: QtBot) -> None:
    click(filled, "A", qtbot)
    click(filled, "B", qtbot, Qt.KeyboardModifier.ControlModifier)
    table = filled.compare.table
    rows = {
        table.verticalHeaderItem(row).text(): [table.item(row, at).text() for at in (0, 1)]
        for row in range(table.rowCount())
    }
    assert rows["seed"] == ["1", "2"]
    assert sorted(rows["Rank"]) == ["1.", "2."]
    assert A.evaluation is not None
    assert rows["RMSE"][0] == tidy(A.evaluation.summary.network.errors.rmse)
    assert rows["MASE"][0] == tidy(A.evaluation.summary.network.errors.mase)
    assert "window" not in rows
    assert "has the lowest RMSE of 2 runs" in filled.finding


def test_that_truth_and_yesterdays_price_are_always_drawn(filled: RunsPage, qtbot: QtBot) -> None:
    click(filled, "A", qtbot)
    click(filled, "long", qtbot, Qt.KeyboardModifier.ControlModifier)
    chart = filled.compare.chart
    drawn = {line.name: line.y for line in chart.plot.lines if line.name}
    assert list(drawn) == ["A", "long", "yesterday's price", "truth"]
    assert len({line.dashes for line in chart.plot.lines[:2]}) == 2
    assert A.evaluation is not None
    assert LONG.evaluation is not None
    np.testing.assert_array_equal(drawn["truth"], SPLIT.table.column("Open")[90:])
    np.testing.assert_array_equal(drawn["yesterday's price"], SPLIT.table.column("Open")[89:-1])
    np.testing.assert_array_equal(drawn["A"], A.evaluation.forecast.predicted)
    np.testing.assert_array_equal(drawn["long"], LONG.evaluation.forecast.predicted[10:])
    assert chart.plot.heading(0) == str(SPLIT.table.dates[90])
    assert "Not ranked against each other" in filled.finding


def test_that_a_long_name_is_wrapped_at_its_line_and_never_cut(
    filled: RunsPage, qtbot: QtBot
) -> None:
    name = "window 20, sixteen units, seed 7, without a validation span"
    filled._take(RunRenamed("A", name))
    filled._repainter.flush()
    click(filled, name, qtbot)
    plot = filled.compare.chart.plot
    assert plot.lines[0].name == name
    label = plot.overlay.labels[0]
    lines = [text for text, _ in plot.overlay._lines(label)]
    assert " ".join(lines) == name
    assert max(map(len, lines)) <= LONGEST_LINE
    [box, *_] = plot.overlay.label_boxes()
    assert plot.rect().contains(box.toAlignedRect())


def test_that_a_name_from_a_file_is_text_and_no_markup(qtbot: QtBot) -> None:
    view = RunsCompareView()
    qtbot.addWidget(view)
    view.show_state((named(opened(), "<b>bold</b>"),))
    assert view.chart.plot.overlay.labels[0].name == "<b>bold</b>"
    assert view.table.horizontalHeaderItem(0).text() == "<b>bold</b>"


def test_that_the_inspector_gets_the_window_before_the_last_test_day(
    filled: RunsPage, qtbot: QtBot
) -> None:
    click(filled, "A", qtbot)
    assert filled.bar.day.date().toString("yyyy-MM-dd") == str(SPLIT.table.dates[-1])
    with qtbot.waitSignal(filled.scene_wanted) as wanted:
        filled.bar.inspect.click()
    scene: Scene = wanted.args[0]
    assert scene.labels[-1] == str(SPLIT.table.dates[-2])
    assert len(scene.labels) == 5


def test_that_the_inspector_opens_on_the_day_that_was_chosen(
    filled: RunsPage, qtbot: QtBot
) -> None:
    click(filled, "A", qtbot)
    qtbot.keyClick(filled.bar.day, Qt.Key.Key_End)
    filled.bar.day.setDate(QDate(2019, 2, 3))
    with qtbot.waitSignal(filled.scene_wanted) as wanted:
        filled.bar.inspect.click()
    assert wanted.args[0].labels[-1] == "2019-02-02"


def test_that_days_of_an_unevaluated_test_span_are_not_offered(
    filled: RunsPage, qtbot: QtBot
) -> None:
    click(filled, "shut", qtbot)
    assert filled.bar.day.date().toString("yyyy-MM-dd") == str(SPLIT.table.dates[89])
    filled.bar.day.setDate(QDate(2019, 4, 15))
    assert filled.bar.day.date().toString("yyyy-MM-dd") == str(SPLIT.table.dates[89])


def test_that_arrows_go_by_trading_days(page: RunsPage, qtbot: QtBot) -> None:
    weekly = replace(SPLIT.table, dates=SPLIT.table.dates[0] + 7 * np.arange(110))
    see(page, opened(made.SOUND, replace(SPLIT, table=weekly)))
    day = page.bar.day
    day.setSelectedSection(day.Section.DaySection)
    day.stepDown()
    assert day.date().toString("yyyy-MM-dd") == str(weekly.dates[-2])
    day.setDate(day.date().addDays(3))
    assert day.date().toString("yyyy-MM-dd") == str(weekly.dates[-2])


def test_that_a_run_is_used_again_with_its_figures_and_accesses(
    filled: RunsPage, qtbot: QtBot
) -> None:
    tab = StocksTab({"numpy": fit})
    qtbot.addWidget(tab)
    filled.reopened.connect(tab._take_network)
    click(filled, "B", qtbot)
    filled.bar.reuse.click()
    tab._repainter.flush()
    run = filled.state.only
    assert run is not None
    assert tab.state.trained is run.trained
    assert tab.state.evaluation is run.evaluation
    assert tab.state.times_opened == 1
    assert tab.state.open
    filled.show_state(tab.state)
    assert len(filled.state.runs.kept) == 4
    tab.shutdown()


def test_that_a_run_is_not_used_while_the_tab_is_busy(filled: RunsPage, qtbot: QtBot) -> None:
    click(filled, "B", qtbot)
    assert filled.bar.reuse.isEnabled()
    filled.show_state(StocksState(percent=3))
    filled._repainter.flush()
    assert not filled.bar.reuse.isEnabled()


def test_that_runs_are_saved_and_opened_with_bit_equal_forecasts(
    page: RunsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    for run in (A, UNEVALUATED, LONG):
        see(page, run)
    said: list[str] = []
    page.status.connect(said.append)
    page.save(tmp_path / "work.rnnstudio")
    wait(page, qtbot)
    other = RunsPage()
    qtbot.addWidget(other)
    other.status.connect(said.append)
    open_file(other, tmp_path / "work.rnnstudio", qtbot)
    assert [run.name for run in other.state.runs.kept] == names(page)
    for before, now in zip(page.state.runs.kept, other.state.runs.kept, strict=True):
        assert (before.evaluation is None) == (now.evaluation is None)
        if before.evaluation is not None and now.evaluation is not None:
            np.testing.assert_array_equal(
                now.evaluation.forecast.ahead, before.evaluation.forecast.ahead
            )
    assert said == [f"{verb} 3 runs: {tmp_path / 'work.rnnstudio'}" for verb in ("Saved", "Opened")]
    other.shutdown()


def test_that_a_file_that_does_not_open_is_reported_and_nothing_changes(
    filled: RunsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "bad.rnnstudio").write_bytes(b"no zip")
    open_file(filled, tmp_path / "bad.rnnstudio", qtbot)
    assert filled.run_bar.isVisible()
    assert filled.run_bar.error.text().startswith("bad.rnnstudio is damaged")
    assert len(names(filled)) == 4
    assert filled.bar.open.isEnabled()


def test_that_the_page_leaves_room_for_what_other_pages_share(filled: RunsPage) -> None:
    """In a window of 1280 by 720 so much is left between the timeline and the summary."""
    filled.bar.delete.click()
    filled.problem.show()
    assert filled.minimumSizeHint().width() <= 1260
    assert filled.minimumSizeHint().height() <= 340


def test_that_a_picture_of_runs_has_their_names_and_no_button(
    filled: RunsPage, tmp_path: Path
) -> None:
    write_picture(tmp_path / "runs.svg", ViewPicture(filled, "runs"), PictureKind.SVG)
    said = words(tmp_path / "runs.svg")
    assert names(filled)
    for name in names(filled):
        assert name in said
    tags = {each.tag.removeprefix(SVG) for each in elements(tmp_path / "runs.svg")}
    assert tags <= FRAME | SHAPES
