"""Figures in the tables of walks and searches claim no more than their days show."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from rnnstudio.core.stocks.evaluation.uncertainty import FEWEST_DAYS
from rnnstudio.ui.stocks.validation.table_cells import ratio_cell
from rnnstudio.ui.theme.tokens import colours
from rnnstudio.ui.widgets.sort_table import SortTable, TableCell, TableLine


def shown(qtbot: QtBot, cell: TableCell) -> tuple[object, object, QImage]:
    """What a table has of the cell: its text, its colour, and how its left part looks."""
    table = SortTable()
    qtbot.addWidget(table)
    table.resize(200, 80)
    table.show_lines(["Ratio"], [TableLine("a", (cell,))])
    table.show()
    index = table.model().index(0, 0)
    place = table.visualRect(index)
    left = QRect(place.topLeft(), QSize(place.height(), place.height()))
    colour = index.data(Qt.ItemDataRole.ForegroundRole)
    return index.data(), colour, table.viewport().grab(left).toImage()


@pytest.mark.parametrize(("ratio", "good"), [(0.98, True), (1.0, False), (1.02, False)])
def test_that_a_ratio_is_marked_by_sign_and_colour(ratio: float, good: bool, qtbot: QtBot) -> None:
    text, colour, left = shown(qtbot, ratio_cell(ratio, FEWEST_DAYS))
    assert text == f"{ratio:.4f}"
    assert colour == QColor(colours().good if good else colours().bad)
    seen = {left.pixelColor(x, y).name() for x in range(left.width()) for y in range(left.height())}
    assert colour.name() in seen  # painted, not typed: the text is at the right
    other = replace(ratio_cell(ratio, FEWEST_DAYS), good=not good)
    assert left != shown(qtbot, other)[2]


@pytest.mark.parametrize("ratio", [0.5, 1.5])
def test_that_a_ratio_over_too_few_days_is_not_marked(ratio: float, qtbot: QtBot) -> None:
    text, colour, left = shown(qtbot, ratio_cell(ratio, FEWEST_DAYS - 1))
    assert (text, colour) == (f"{ratio:.4f}", None)
    assert left == shown(qtbot, TableCell("", ratio))[2]


def test_when_there_is_no_ratio_there_is_a_dash() -> None:
    assert ratio_cell(math.nan, 0).text == "–"
