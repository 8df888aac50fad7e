"""The table of what a network's errors are, beside those of forecasts that need no network."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
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
from rnnstudio.core.stocks.evaluation.wording import figure, hit_rate_cell, percentage
from rnnstudio.ui.theme.tokens import sizes

ROWS = 4
"""The network, and three forecasts that need none."""


class FiguresTable(QTableWidget):
    """A row each for the network, persistence, drift and moving average, as high as they are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        columns = ("RMSE", "MAE", "MAPE", "MASE", self.tr("Direction hits"))
        self.setAccessibleName(self.tr("Figures"))
        self.setRowCount(ROWS)
        self.setColumnCount(len(columns))
        self.setHorizontalHeaderLabels(columns)
        self.setVerticalHeaderLabels(
            [
                self.tr("Network"),
                self.tr("Persistence"),
                self.tr("Drift"),
                self.tr("Moving average"),
            ]
        )
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._measure()
        self.horizontalHeader().setToolTip(
            language.filled(
                self.tr(
                    "MASE: mean absolute error over that of yesterday's price in the training "
                    "span. Direction hits: days called right, with a {0:.0%} interval."
                ),
                CONFIDENCE,
            )
        )

    def show_rows(self, rows: tuple[Figures, ...]) -> None:
        """Show the figures, the network's first; dashes where there are none."""
        for row in range(ROWS):
            cells = self._cells(rows[row]) if rows else ("–",) * self.columnCount()
            for column, text in enumerate(cells):
                item = QTableWidgetItem(language.shown(text))
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                font = self.font()
                font.setBold(row == 0)
                item.setFont(font)
                self.setItem(row, column, item)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap what the columns have no room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the rows, of which one takes more lines where its columns are narrow."""
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(row) for row in range(ROWS))
        self.setFixedHeight(self.horizontalHeader().height() + rows + 2 * self.frameWidth())

    def _cells(self, figures: Figures) -> tuple[str, ...]:
        errors = figures.errors
        return (
            figure(errors.rmse),
            figure(errors.mae),
            percentage(errors.mape),
            figure(errors.mase),
            language.text(hit_rate_cell(figures.hit_rate)),
        )

    def _measure(self) -> None:
        """Make the lines low and the table as high as they are."""
        font = self.font()
        font.setPixelSize(sizes().table)
        self.setFont(font)  # before anything asks for a size, which would fix the font for good
        self.setStyleSheet(f"QHeaderView {{ font-size: {sizes().table}px; }}")
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(True)
        height = self.fontMetrics().height() + sizes().half_gap + sizes().quarter_gap
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setMinimumSectionSize(height)
        self.horizontalHeader().setFixedHeight(height)
        self._fit()
