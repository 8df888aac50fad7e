"""The table that sorts: what has no key stays last, and the choice goes with its line."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from rnnstudio.ui.widgets.sort_table import NAME_ROLE, Key, SortTable, TableCell, TableLine


def line(name: str, *keys: Key) -> TableLine:
    return TableLine(name, tuple(TableCell(str(key), key) for key in keys))


LINES = [line("a", 2, "x"), line("b", None, "z"), line("c", 10.5, "y"), line("d", math.nan, "w")]


def names(table: SortTable) -> str:
    rows = table.model()
    return "".join(rows.index(row, 0).data(NAME_ROLE) for row in range(rows.rowCount()))


@pytest.fixture
def table(qtbot: QtBot) -> SortTable:
    table = SortTable()
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()
    table.show_lines(["Number", "Word"], LINES)
    return table


@pytest.mark.parametrize(
    ("column", "descending", "order"),
    [
        (-1, False, "abcd"),
        (0, False, "acbd"),
        (0, True, "cabd"),
        (1, False, "dacb"),
        (1, True, "bcad"),
    ],
)
def test_that_lines_are_sorted_by_a_column_and_what_is_missing_comes_last(
    table: SortTable, column: int, descending: bool, order: str
) -> None:
    orders = Qt.SortOrder
    table.sortByColumn(column, orders.DescendingOrder if descending else orders.AscendingOrder)
    assert names(table) == order


@pytest.mark.parametrize(("descending", "order"), [(False, "pqsrt"), (True, "rspqt")])
def test_that_numbers_come_before_words_and_equal_lines_keep_their_order(
    table: SortTable, descending: bool, order: str
) -> None:
    keys = {"p": 10.0, "q": 10, "t": None, "s": "10", "r": "9"}
    table.show_lines(["Mixed"], [line(name, key) for name, key in keys.items()])
    orders = Qt.SortOrder
    table.sortByColumn(0, orders.DescendingOrder if descending else orders.AscendingOrder)
    assert names(table) == order


def click_title(table: SortTable, column: int, qtbot: QtBot) -> None:
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 5, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def click_row(table: SortTable, row: int, qtbot: QtBot) -> None:
    place = table.visualRect(table.model().index(row, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def chosen(table: SortTable) -> list[int]:
    return [index.row() for index in table.selectionModel().selectedRows()]


def test_that_clicks_on_a_title_sort_up_and_down(table: SortTable, qtbot: QtBot) -> None:
    assert names(table) == "abcd"
    click_title(table, 0, qtbot)
    assert names(table) == "acbd"
    click_title(table, 0, qtbot)
    assert names(table) == "cabd"


def test_that_the_order_and_the_choice_stay_while_lines_come(
    table: SortTable, qtbot: QtBot
) -> None:
    click_title(table, 0, qtbot)
    with qtbot.waitSignal(table.chosen) as emitted:
        click_row(table, 1, qtbot)
    assert emitted.args == ["c"]
    with qtbot.assertNotEmitted(table.chosen):
        table.show_lines(["Number", "Word"], [*LINES, line("e", 3, "v")])
    assert names(table) == "aecbd"
    assert chosen(table) == [2]
    with qtbot.assertNotEmitted(table.chosen):
        click_title(table, 0, qtbot)
    assert names(table) == "ceabd"
    assert chosen(table) == [0]


def test_that_other_columns_begin_in_the_order_that_they_are_given(
    table: SortTable, qtbot: QtBot
) -> None:
    click_title(table, 0, qtbot)
    table.show_lines(["Word"], [line("a", "z"), line("b", "y")])
    assert names(table) == "ab"
    with qtbot.assertNotEmitted(table.chosen):
        table.choose("b")
    assert chosen(table) == [1]
