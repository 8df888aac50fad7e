"""The table of errors wraps what its columns have no room for, and is as high as that takes."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.ui.stocks.figures_table import ROWS, FiguresTable


@pytest.mark.parametrize("width", [760, 430])
def test_that_in_a_narrow_table_the_days_called_right_wrap_and_nothing_is_cut(
    width: int, qtbot: QtBot, evaluation: Evaluation
) -> None:
    table = FiguresTable()
    qtbot.addWidget(table)
    table.show_rows(evaluation.summary.rows)
    table.resize(width, table.height())
    table.show()
    QApplication.processEvents()
    last = table.columnCount() - 1
    wraps = table.sizeHintForColumn(last) > table.columnWidth(last)
    assert wraps == (width == 430)
    lines = [table.rowHeight(row) for row in range(ROWS)]
    assert (max(lines) > min(lines) or min(lines) > table.fontMetrics().height() * 2) == wraps
    assert table.viewport().height() >= sum(lines)
