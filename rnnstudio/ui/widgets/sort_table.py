"""A table that a click on a title sorts, and that keeps its order and its choice while it grows."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from rnnstudio.ui.theme import THEME
from rnnstudio.ui.widgets.labels import plain_tip

Key = float | str | None
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class TableCell:
    """What is written, what it is sorted by (None and NaN: nothing), a tip, and a colour."""

    text: str
    key: Key = None
    tip: str = ""
    colour: str = ""


@dataclass(frozen=True)
class TableLine:
    """A row's cells, and the name by which it is known."""

    name: Hashable
    cells: tuple[TableCell, ...]


def sorted_lines(
    lines: Sequence[TableLine], column: int, descending: bool = False
) -> list[TableLine]:
    """The lines by the keys in ``column``; equal ones keep their order, those without come last.

    A negative ``column`` leaves them as they were given. Numbers come before words.
    """
    if column < 0:
        return list(lines)
    there = [line for line in lines if _has_key(line.cells[column])]
    missing = [line for line in lines if not _has_key(line.cells[column])]
    return [
        *sorted(there, key=lambda line: _order(line.cells[column]), reverse=descending),
        *missing,
    ]


def _has_key(cell: TableCell) -> bool:
    return cell.key is not None and not (isinstance(cell.key, float) and math.isnan(cell.key))


def _order(cell: TableCell) -> tuple[bool, Any]:
    return isinstance(cell.key, str), cell.key


class SortTable(QTableView):
    """Shows lines under titles; text is on the left, numbers on the right."""

    chosen = Signal(object)
    """The name of the line that was chosen by hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Lines()
        self.setModel(self._model)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self._name: Hashable = None
        self._measure()
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.selectionModel().selectionChanged.connect(self._tell)
        self._model.modelReset.connect(self._choose_again)

    def show_lines(
        self, titles: Sequence[str], lines: Sequence[TableLine], tips: Sequence[str] = ()
    ) -> None:
        """Show ``lines`` in the order that was chosen; the titles may have ``tips``."""
        place = self.verticalScrollBar().value()
        if titles != self._model.titles:
            self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self._model.take(titles, tips, lines)
        self.verticalScrollBar().setValue(place)

    def choose(self, name: Hashable) -> None:
        """Mark the line ``name`` without emitting a signal."""
        self._name = name
        self._choose_again()

    def lines(self) -> list[TableLine]:
        """The lines as they stand, the uppermost first."""
        return list(self._model.lines)

    @Slot()
    def _choose_again(self) -> None:
        """The selection goes with the lines when they are replaced or moved."""
        self.selectionModel().clear()
        names = [line.name for line in self._model.lines]
        if self._name in names:
            with QSignalBlocker(self):
                self.selectRow(names.index(self._name))

    @Slot(QItemSelection, QItemSelection)
    def _tell(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        rows = selected.indexes()
        if rows:
            self._name = self._model.lines[rows[0].row()].name
            self.chosen.emit(self._name)

    def _measure(self) -> None:
        font = self.font()
        font.setPointSize(THEME.small_points)
        self.setFont(font)
        self.horizontalHeader().setFont(font)
        height = self.fontMetrics().height() + 4
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(50)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)


class _Lines(QAbstractTableModel):
    """The lines in the order of one column."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []
        self.lines: list[TableLine] = []
        self._tips: list[str] = []
        self._given: list[TableLine] = []
        self._order = (-1, False)

    def take(self, titles: Sequence[str], tips: Sequence[str], lines: Sequence[TableLine]) -> None:
        """Replace all."""
        self.beginResetModel()
        self.titles, self._tips, self._given = list(titles), list(tips), list(lines)
        self.lines = sorted_lines(self._given, *self._order)
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the lines into the order of ``column``."""
        self.beginResetModel()
        self._order = (column, order is Qt.SortOrder.DescendingOrder)
        self.lines = sorted_lines(self._given, *self._order)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The number of titles."""
        return 0 if parent.isValid() else len(self.titles)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        cell = self.lines[index.row()].cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(cell.tip)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _LEFT if isinstance(cell.key, str) else _RIGHT
            case Qt.ItemDataRole.ForegroundRole if cell.colour:
                return QColor(cell.colour)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """A column's title or its tip."""
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.titles[section]
            if role == Qt.ItemDataRole.ToolTipRole and section < len(self._tips):
                return plain_tip(self._tips[section])
        return None
