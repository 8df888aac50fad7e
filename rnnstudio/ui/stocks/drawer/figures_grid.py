"""The table of what a network's errors are, beside those of forecasts that need no network.

A column each, so that it fits into a drawer.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.stocks.evaluation.summary import Figures
from rnnstudio.core.stocks.evaluation.uncertainty import CONFIDENCE
from rnnstudio.core.stocks.evaluation.wording import (
    figure,
    hit_rate_cell,
    hit_rate_share,
    percentage,
)
from rnnstudio.ui.theme.tokens import sizes

DIRECTION = 4
"""The row of the direction."""


class FiguresGrid(QTableWidget):
    """A column each for the network, persistence, drift and moving average, as high as it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = ("RMSE", "MAE", "MAPE", "MASE", self.tr("Direction"))
        columns = (
            self.tr("Network"),
            self.tr("Yesterday"),
            self.tr("Drift"),
            self.tr("Average"),
        )
        self.setRowCount(len(rows))
        self.setColumnCount(len(columns))
        self.setVerticalHeaderLabels(rows)
        self.setHorizontalHeaderLabels(columns)
        self.setAccessibleName(self.tr("Errors beside those of forecasts without a network"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(
            f"QTableView, QHeaderView {{ font-size: {sizes().label}px; }}"
            f"QHeaderView::section {{ padding: {sizes().half_gap}px 0; }}"
            f"QHeaderView::section:vertical {{ padding-left: {sizes().quarter_gap}px; }}"
        )
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setToolTip(
            language.filled(
                self.tr(
                    "MASE: mean absolute error over that of yesterday's price in the training "
                    "span. Direction hits: days called right, with a {0:.0%} interval."
                ),
                CONFIDENCE,
            )
        )
        self.show_rows(())

    def show_rows(self, rows: tuple[Figures, ...]) -> None:
        """Show the figures, the network's first; dashes where there are none."""
        for column in range(self.columnCount()):
            cells = _cells(rows[column]) if rows else ("–",) * self.rowCount()
            for row, text in enumerate(cells):
                item = QTableWidgetItem(language.shown(text))
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                font = self.font()
                font.setBold(column == 0)
                item.setFont(font)
                if rows and row == DIRECTION:
                    item.setToolTip(language.text(hit_rate_cell(rows[column].hit_rate)))
                self.setItem(row, column, item)
        high = sum(self.rowHeight(row) for row in range(self.rowCount()))
        self.setFixedHeight(high + self.horizontalHeader().sizeHint().height() + 4)


def _cells(figures: Figures) -> tuple[str, ...]:
    errors = figures.errors
    return (
        figure(errors.rmse),
        figure(errors.mae),
        percentage(errors.mape),
        figure(errors.mase),
        language.text(hit_rate_share(figures.hit_rate)),
    )
