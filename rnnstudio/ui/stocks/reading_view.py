"""The report on a reading: what was found in the file, what was done, and a switch to undo it.

``python -m rnnstudio.ui.stocks.reading_view`` opens it alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.session.kept_prices import OpenedPrices
from rnnstudio.core.stocks.data.csv_import import Finding
from rnnstudio.ui.stocks.question_view import QuestionView
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.labels import PlainLabel

SHOWN_ROWS = 5
"""Row numbers written out; the tooltip has more."""
MOST_ROWS = 200
UNDO, ROWS, ACTION = range(3)


class ReadingView(QWidget):
    """One line a finding; ticking its first cell asks for the other outcome."""

    undo_toggled = Signal(str, bool)
    """Kind of finding, and whether its other outcome is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = QuestionView()
        self.read_as = PlainLabel(wrap=True)
        self.table = self._make_table()
        self._shown: OpenedPrices | None = None
        layout = QVBoxLayout(self)
        layout.addWidget(self.question)
        layout.addWidget(self.read_as)
        layout.addWidget(self.table, stretch=1)
        self.table.itemChanged.connect(self._emit_undo)

    def show_state(self, state: StocksState) -> None:
        """Show what was found in the training file."""
        self.question.show_state(state)
        self.table.setEnabled(not state.run.active and not state.reading)
        file = state.file
        if file is self._shown:
            return
        self._shown = file
        self.read_as.setText("" if file is None else language.text(file.reading.description))
        blocked = self.table.blockSignals(True)
        self._show_findings(file)
        self.table.blockSignals(blocked)

    def _show_findings(self, file: OpenedPrices | None) -> None:
        findings: tuple[Finding, ...] = () if file is None else file.reading.findings
        undone = frozenset[str]() if file is None else file.options.undo
        gone = sorted(undone - {finding.kind for finding in findings})
        self.table.setRowCount(len(findings) + len(gone))
        for row, finding in enumerate(findings):
            self._show_switch(row, finding.kind, finding.undoable, finding.kind in undone)
            rows = QTableWidgetItem(_numbers(finding.rows, SHOWN_ROWS))
            rows.setToolTip(_numbers(finding.rows, MOST_ROWS))
            self.table.setItem(row, ROWS, rows)
            self.table.setItem(row, ACTION, QTableWidgetItem(language.text(finding.action)))
        for row, kind in enumerate(gone, start=len(findings)):
            self._show_switch(row, kind, undoable=True, undone=True)
            self.table.setItem(row, ROWS, QTableWidgetItem(""))
            self.table.setItem(row, ACTION, QTableWidgetItem(self.tr("Left as it is, as asked.")))

    def _show_switch(self, row: int, kind: str, undoable: bool, undone: bool) -> None:
        item = QTableWidgetItem(kind)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        if undoable:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if undone else Qt.CheckState.Unchecked)
            item.setToolTip(self.tr("Tick to have the file read the other way"))
        self.table.setItem(row, UNDO, item)

    def _emit_undo(self, item: QTableWidgetItem) -> None:
        if item.column() == UNDO:
            self.undo_toggled.emit(item.text(), item.checkState() is Qt.CheckState.Checked)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setHorizontalHeaderLabels(
            [self.tr("Finding (tick to undo)"), self.tr("Rows"), self.tr("What was done")]
        )
        table.verticalHeader().hide()
        table.setWordWrap(True)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        return table


def _numbers(rows: Sequence[int], most: int) -> str:
    """As in "3, 8, 9 and 41 more"."""
    more = f" +{len(rows) - most:,}" if len(rows) > most else ""
    return ", ".join(map(str, rows[:most])) + more


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.preview import preview

    preview(ReadingView, finished_state())
