"""The file page: its checklist, the rows that show it, and its keys."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from rnnstudio.core.errors import UserError
from rnnstudio.core.session.data_file import data_file
from rnnstudio.core.session.kept_prices import OpenedPrices
from rnnstudio.core.stocks.data.csv_import import (
    CsvOptions,
    UndecidedError,
    UnreadableError,
    read_csv,
)
from rnnstudio.ui.stocks.file.file_rows import NUMBER_ROLE
from rnnstudio.ui.stocks.pages.file_page import FilePage
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.tab_events import ReadAsked, Role
from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.page_keys import press

SPLIT = """Tanggal;Terakhir;Pembukaan;Tertinggi;Terendah;Vol.;Perubahan%
15/10/2021;1.825;1.785;1.835;1.785;49,93jt;2,53%
14/10/2021;1.780;1.750;1.785;1.740;1,13M;1,71%
13/10/2021;1.750;1.730;1.765;1.715;1,11M;-79,71%
12/10/2021;8.625;8.425;8.650;8.400;25,50jt;2,07%
11/10/2021;8.450;8.375;8.525;8.350;16,53jt;0,30%
"""
OPEN = "Date;Close\n01/02/2019;1,5\n02/02/2019;1,6\n"


def state_of(path: Path, text: str, options: CsvOptions | None = None) -> StocksState:
    """The state after a file with that text was opened."""
    options = options or CsvOptions()
    path.write_text(text, "utf-8")
    try:
        reading = read_csv(path, options)
    except UndecidedError as question:
        return StocksState(question=question, asked=ReadAsked(Role.TRAIN, path, options))
    except UnreadableError as wrong:
        return StocksState(wrong=wrong, asked=ReadAsked(Role.TRAIN, path, options))
    file = OpenedPrices(data_file(path), options, reading)
    return StocksState(file=file, train=reading.table)


@pytest.fixture
def page(qtbot: QtBot) -> FilePage:
    page = FilePage()
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def key(page: FilePage, pressed: Qt.Key) -> None:
    """Press a key as the tab gives it to its page."""
    event = QKeyEvent(QKeyEvent.Type.KeyPress, pressed, Qt.KeyboardModifier.NoModifier)
    assert press(page.keys(), event)


def place_of(page: FilePage, kind: str) -> int:
    return [row.line.kind for row in page.checklist.rows].index(kind)


def marked(page: FilePage) -> list[str]:
    """The numbers of the rows that are marked."""
    rows = page.tables.rows
    grounds = Qt.ItemDataRole.BackgroundRole
    return [
        rows.index(at, 0).data(NUMBER_ROLE)
        for at in range(rows.rowCount())
        if rows.index(at, 0).data(grounds) is not None
    ]


def test_that_the_line_in_focus_marks_its_evidence_on_both_sides(
    page: FilePage, tmp_path: Path
) -> None:
    page.show_state(state_of(tmp_path / "share.csv", SPLIT))
    page.checklist.go_to(place_of(page, "split"))
    assert marked(page) == ["4", "5"]
    rows = page.tables.rows
    assert [rows.index(3, column).data() for column in (1, 5)] == ["2021-10-13", "1,750"]
    assert "from 8,625 to 1,750" in page.tables.sentence.text()
    assert "divided by 5, it goes from 1,725 to 1,750" in page.tables.sentence.text()


def test_that_the_arrows_go_through_the_list_and_enter_presses_the_button(
    page: FilePage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.show_state(state_of(tmp_path / "share.csv", SPLIT))
    key(page, Qt.Key.Key_Home)
    for _ in range(place_of(page, "split")):
        key(page, Qt.Key.Key_Down)
    assert page.checklist.rows[place_of(page, "split")].hasFocus()
    with qtbot.waitSignal(page.answered) as answered:
        key(page, Qt.Key.Key_Return)
    assert answered.args == [CsvOptions(undo=frozenset({"split"}))]
    key(page, Qt.Key.Key_Up)
    assert page.checklist.current == place_of(page, "split") - 1


def test_that_enter_goes_from_one_row_of_a_finding_to_the_next(
    page: FilePage, tmp_path: Path
) -> None:
    days = "".join(f"2019-01-{day:02},{100 + day}\n" for day in (*range(1, 9), 3, 5))
    page.show_state(state_of(tmp_path / "share.csv", f"Date,Close\n{days}"))
    page.checklist.go_to(place_of(page, "duplicate"))
    seen = []
    for _ in range(3):
        key(page, Qt.Key.Key_Return)
        seen += marked(page)
    assert seen == ["10", "11", "10"]
    assert page.tables.sentence.text() == "Row 10 is not among the days."


def test_that_the_violet_button_waits_for_the_answer(
    page: FilePage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.show_state(state_of(tmp_path / "share.csv", OPEN))
    assert page.checklist.rows[0].is_asked
    assert not page.use.isEnabled()
    assert page.use.toolTip()
    with qtbot.waitSignal(page.answered) as answered:
        key(page, Qt.Key.Key_2)
    assert answered.args[0].date_order == "mdy"
    page.show_state(state_of(tmp_path / "share.csv", OPEN, answered.args[0]))
    assert page.use.isEnabled()
    with qtbot.waitSignal(page.home_wanted):
        key(page, Qt.Key.Key_U)


def test_that_an_answer_is_taken_back_by_one_press_and_asked_again(
    page: FilePage, tmp_path: Path, qtbot: QtBot
) -> None:
    said = CsvOptions(date_order="dmy")
    page.show_state(state_of(tmp_path / "share.csv", OPEN, said))
    page.checklist.go_to(place_of(page, "date_order"))
    with qtbot.waitSignal(page.answered) as answered:
        key(page, Qt.Key.Key_Return)
    page.show_state(state_of(tmp_path / "share.csv", OPEN, answered.args[0]))
    assert page.shown.is_asked


def test_that_each_column_can_be_given_a_role_in_the_unfolded_line(
    page: FilePage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.show_state(state_of(tmp_path / "share.csv", SPLIT))
    row = page.checklist.rows[place_of(page, "columns")]
    assert not row.more.isVisible()
    page.checklist.go_to(place_of(page, "columns"))
    key(page, Qt.Key.Key_Return)
    assert row.more.isVisible()
    assert isinstance(QApplication.focusWidget(), QComboBox)
    box = row.roles[2]
    assert box.currentText() == "Open"
    with qtbot.waitSignal(page.answered) as answered:
        box.activated.emit(box.findData("Close"))
    state = state_of(tmp_path / "share.csv", SPLIT, answered.args[0])
    assert state.train is not None
    assert state.train.column("Close")[-1] == 1785
    page.show_state(state)
    row = page.checklist.rows[place_of(page, "columns")]
    assert row.roles[1].isVisible()
    with qtbot.waitSignal(page.answered) as answered:
        key(page, Qt.Key.Key_Return)
    assert answered.args == [CsvOptions()]


def test_that_arrows_and_the_wheel_do_not_change_what_a_column_is(
    page: FilePage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.show_state(state_of(tmp_path / "share.csv", SPLIT))
    page.checklist.go_to(place_of(page, "columns"))
    page.checklist.press()
    row = page.checklist.rows[place_of(page, "columns")]
    row.roles[1].setFocus()
    with qtbot.assertNotEmitted(page.answered):
        qtbot.keyClick(row.roles[1], Qt.Key.Key_Down)
    assert row.roles[2].hasFocus()
    assert row.roles[1].currentText() == "Close"


def test_that_nothing_can_be_pressed_while_a_file_is_read(page: FilePage, tmp_path: Path) -> None:
    state = state_of(tmp_path / "share.csv", SPLIT)
    page.show_state(replace(state, percent=40))
    assert not page.use.isEnabled()
    assert not page.checklist.isEnabled()
    assert page.progress.isVisible()
    assert page.progress.value() == 40
    page.show_state(state)
    assert page.checklist.isEnabled()
    assert not page.progress.isVisible()


def test_that_every_line_and_every_control_is_named_for_a_screen_reader(
    page: FilePage, tmp_path: Path
) -> None:
    for text in (SPLIT, OPEN):
        page.show_state(state_of(tmp_path / "share.csv", text))
        assert all(row.accessibleName() for row in page.checklist.rows)
        controls = (*page.findChildren(QPushButton), *page.findChildren(QComboBox))
        assert all(each.accessibleName() or each.text() for each in controls)
        assert page.tables.raw.accessibleName()
        assert page.tables.read.accessibleName()
    first = page.tables.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert first == "Row 1: Date;Close"


def test_that_both_sides_scroll_together_and_stay_level(page: FilePage, tmp_path: Path) -> None:
    days = "".join(f"{20190101 + day},{100 + day},{7 * day}\n" for day in range(1, 27))
    page.resize(1000, 420)
    page.show_state(state_of(tmp_path / "share.csv", f"Date,Close,Volume\n{days}"))
    page.tables.read.verticalScrollBar().setValue(9)
    raw, read = page.tables.raw, page.tables.read
    assert raw.verticalScrollBar().value() == 9
    top = raw.viewport().mapToGlobal(raw.visualRect(page.tables.rows.index(12, 0)).topLeft())
    beside = read.viewport().mapToGlobal(read.visualRect(page.tables.rows.index(12, 1)).topLeft())
    assert top.y() == beside.y()


def test_that_of_a_long_file_the_rows_between_are_counted(page: FilePage, tmp_path: Path) -> None:
    rows = "".join(f"{10_000 + row},{100 + row % 7}\n" for row in range(7000))
    options = CsvOptions(day_numbers="1970")
    page.show_state(state_of(tmp_path / "share.csv", f"Date,Close\n{rows}", options))
    shown = [row for row in page.tables.rows.rows if not row.number]
    assert [row.text for row in shown] == ["6,651 rows are not shown"]
    assert page.tables.rows.rows[-1].number == 7001


@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    encoding=st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "cp1252"]),
    line=st.text(st.characters(codec="cp1252", exclude_categories=["C"]), max_size=80),
    rows=st.integers(1, 4),
)
def test_that_any_file_that_can_be_read_can_be_looked_at(
    page: FilePage, tmp_path: Path, encoding: str, line: str, rows: int
) -> None:
    days = "".join(f"2019-01-0{day + 1};{day + 1}.5\n" for day in range(rows))
    path = tmp_path / "odd.csv"
    path.write_bytes(f"{line}\nDate;Close\n{days}".encode(encoding))
    try:
        reading = read_csv(path)
    except UserError:
        return
    page.show_state(
        StocksState(file=OpenedPrices(data_file(path), CsvOptions(), reading), train=reading.table)
    )
    for place in range(len(page.checklist.rows)):
        page.checklist.go_to(place)
    assert page.tables.rows.rowCount() >= rows


def test_that_prices_without_a_file_are_said_to_have_none(page: FilePage) -> None:
    page.show_state(StocksState())
    assert "no file to look at" in page.sentence.text()
    assert not page.use.isEnabled()
    assert not page.checklist.rows
    assert not page.mark.isVisible()
    assert not page.counts.isVisible()


@pytest.mark.parametrize(
    ("text", "icon_name", "says"),
    [
        (
            SPLIT,
            ("tick", "good"),
            r"\d+ facts proved by the file itself · .* · nothing left to ask",
        ),
        (OPEN, ("question", "you"), r".*one thing left to ask"),
        ("These are no prices.\n", ("cross", "bad"), "nothing read"),
    ],
)
def test_that_what_the_list_comes_to_has_the_mark_of_its_outcome_and_counts_nothing_as_0(
    text: str, icon_name: tuple[str, str], says: str, page: FilePage, tmp_path: Path
) -> None:
    page.show_state(state_of(tmp_path / "share.csv", text))
    assert re.fullmatch(says, page.counts.text())
    assert not re.search(r"\b0 ", page.counts.text())
    side = sizes().target
    wanted = icon(*icon_name).pixmap(side, side).toImage()
    assert page.mark.isVisible()
    assert page.mark.pixmap().toImage() == wanted


def test_that_with_large_text_the_file_stands_below_its_list_and_nothing_is_cut(
    page: FilePage, tmp_path: Path
) -> None:
    page.show_state(state_of(tmp_path / "share.csv", SPLIT))
    page.resize(700, 600)
    QApplication.processEvents()
    below = page.tables.mapTo(page, page.tables.rect().topLeft()).y()
    assert below > page.checklist.mapTo(page, page.checklist.rect().bottomLeft()).y()
    assert page.use.toolTip() == page.use.accessibleName() == "Use these days"
    assert page.use.mapTo(page, page.use.rect().topRight()).x() <= page.width()
