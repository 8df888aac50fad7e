"""The candidates of a search in a table, what the best one shows, and how it did fold by fold."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.validation.search import SearchTable
from rnnstudio.core.stocks.validation.search_scores import SearchRow
from rnnstudio.core.stocks.validation.search_space import format_value
from rnnstudio.ui.stocks.validation.fold_chart import FoldChart
from rnnstudio.ui.stocks.validation.parts import Problem
from rnnstudio.ui.stocks.validation.search_state import SearchState
from rnnstudio.ui.stocks.validation.table_cells import figure, ratio_cell
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.sort_table import SortTable, TableCell, TableLine


class SearchView(QWidget):
    """Shows a search as far as it has come; ``titles`` are what the settings are called."""

    def __init__(self, titles: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = titles
        self.table = SortTable()
        self.table.setAccessibleName(self.tr("Search"))
        self.grounds = PlainLabel(wrap=True)
        self.failures = Problem()
        self.chart = FoldChart()
        self._shown: object = None
        self._cells: dict[str, tuple[SearchRow, tuple[TableCell, ...]]] = {}
        for_pictures(self.table, self.grounds)
        self._lay_out()

    def show_state(self, state: SearchState) -> None:
        """Show what is new of it."""
        table, row = state.table, state.row
        if table is None or row is None or self._shown == (table, state.name):
            return
        self._shown = (table, state.name)
        self.table.choose(row.candidate.name)
        self._show_rows(table)
        self.grounds.setText(language.text(Message.joined(table.grounds)))
        failures = " ".join(map(language.text, row.failures))
        self.failures.show_sentence(f"{row.candidate.name}: {failures}" if failures else "")
        self.chart.show_rows(table, row)

    def _show_rows(self, table: SearchTable) -> None:
        failed = any(row.failures for row in table.rows)
        titles = [
            self.tr("Rank"),
            *(self._titles[name] for name in table.settings),
            self.tr("Ratio"),
            self.tr("RMSE"),
            self.tr("Folds"),
            self.tr("Seconds"),
            *([self.tr("Failed")] if failed else []),
        ]
        tips = [
            self.tr("By the mean ratio, the lowest first"),
            *("" for _ in table.settings),
            self.tr("RMSE over that of persistence, mean ± deviation over folds: a tick below 1"),
            self.tr("Mean over the folds, in prices"),
            self.tr("Folds that have a score, of all"),
            self.tr("All trainings of the candidate"),
            self.tr("Why trainings came to nothing"),
        ]
        days = sum(len(fold.rows) for fold in table.spans)
        lines = [
            TableLine(
                row.candidate.name,
                (self._rank(rank, row), *self._cells_of(row, days)[: len(titles) - 1]),
            )
            for rank, row in enumerate(table.rows, start=1)
        ]
        self.table.show_lines(titles, lines, tips)

    def _rank(self, rank: int, row: SearchRow) -> TableCell:
        return figure(rank, "d") if row.whole else figure(None)

    def _cells_of(self, row: SearchRow, days: int) -> tuple[TableCell, ...]:
        """What is written of a row; that of a row which has not changed is kept."""
        known, cells = self._cells.get(row.candidate.name, (None, ()))
        if known is not row:
            cells = self._written(row, days)
            self._cells[row.candidate.name] = (row, cells)
        return cells

    def _written(self, row: SearchRow, days: int) -> tuple[TableCell, ...]:
        """The cells of a row that is scored on so many ``days``."""
        done = language.filled(self.tr("{0} of {1}"), len(row.ratios), len(row.scores))
        failed = TableCell("")
        if row.failures:
            reasons = list(map(language.text, row.failures))
            text = " ".join(reasons)
            failed = TableCell(text, text, "\n".join(reasons), good=False)
        return (
            *map(_setting, row.candidate.changed.values()),
            ratio_cell(row.mean, days, row.std),
            figure(row.rmse),
            TableCell(done, len(row.ratios)),
            figure(row.seconds, ".1f"),
            failed,
        )

    def _lay_out(self) -> None:
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(self.chart)
        halves.addWidget(self.table)
        halves.setSizes([280, 220])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        layout.addWidget(self.grounds)
        layout.addWidget(halves, stretch=1)
        layout.addWidget(self.failures)


def _setting(value: object) -> TableCell:
    """A value that was tried; numbers are sorted as numbers."""
    if isinstance(value, int | float):
        return TableCell(format_value(value), value)
    return TableCell(format_value(value), format_value(value))
