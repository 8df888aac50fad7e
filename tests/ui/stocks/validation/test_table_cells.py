"""Figures in the tables of walks and searches claim no more than their days show."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from rnnstudio.core.stocks.evaluation.uncertainty import FEWEST_DAYS
from rnnstudio.ui.stocks.validation.table_cells import ratio_cell
from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.tokens import colours
from rnnstudio.ui.widgets.sort_table import SortTable, TableLine

SIDE = QSize(16, 16)


def shown(qtbot: QtBot, ratio: float, days: int) -> tuple[str, object, object]:
    """What a table has of the ratio: its text, its colour and its mark."""
    table = SortTable()
    qtbot.addWidget(table)
    table.show_lines(["Ratio"], [TableLine("a", (ratio_cell(ratio, days),))])
    cell = table.model().index(0, 0)
    roles = (Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.DecorationRole)
    colour, mark = (cell.data(role) for role in roles)
    return cell.data(), colour, None if mark is None else mark.pixmap(SIDE).toImage()


@pytest.mark.parametrize(
    ("ratio", "name", "role"),
    [(0.98, "tick", "good"), (1.0, "cross", "bad"), (1.02, "cross", "bad")],
)
def test_that_a_ratio_is_marked_by_sign_and_colour(
    ratio: float, name: str, role: str, qtbot: QtBot
) -> None:
    text, colour, mark = shown(qtbot, ratio, FEWEST_DAYS)
    assert text == f"{ratio:.4f}"
    assert colour == QColor({"good": colours().good, "bad": colours().bad}[role])
    assert mark == icon(name, role).pixmap(SIDE).toImage()


@pytest.mark.parametrize("ratio", [0.5, 1.5])
def test_that_a_ratio_over_too_few_days_is_not_marked(ratio: float, qtbot: QtBot) -> None:
    assert shown(qtbot, ratio, FEWEST_DAYS - 1) == (f"{ratio:.4f}", None, None)


def test_when_there_is_no_ratio_there_is_a_dash() -> None:
    assert ratio_cell(math.nan, 0).text == "–"
