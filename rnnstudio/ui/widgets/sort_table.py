"""A table that a click on a title sorts, and that keeps its order and its choice while it grows."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.judged_cells import GOOD_ROLE, JudgedCells
from rnnstudio.ui.widgets.labels import plain_tip
from rnnstudio.ui.widgets.view_picture import (
    MOST_ROWS_IN_SIGHT,
    PicturePart,
    TextTable,
    ViewPicture,
)

Key = float | str | None
SORT_ROLE = Qt.ItemDataRole.UserRole
"""What a row is sorted by: a number, a word, or None for nothing."""
NAME_ROLE = Qt.ItemDataRole.UserRole + 1
"""The name of a line."""
Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class TableCell:
    """What is written, what it is sorted by (None and NaN: nothing), a tip, and a judgement.

    ``good``: with a tick or a cross, in its colour.
    """

    text: str
    key: Key = None
    tip: str = ""
    good: bool | None = None


@dataclass(frozen=True)
class TableLine:
    """A row's cells, and the name by which it is known."""

    name: str
    cells: tuple[TableCell, ...]


Numbers = tuple[Sequence[str], Sequence[TableLine]]
"""The titles of a table, and its lines."""


def with_table(view: ViewPicture, numbers: Callable[[], Numbers], in_sight: bool) -> ViewPicture:
    """A picture that may have a table of its view's numbers, and has it where that is in sight."""

    def texts() -> TextTable:
        titles, lines = numbers()
        return titles, [[cell.text for cell in line.cells] for line in lines]

    if not in_sight:
        return replace(view, table=texts)
    usual = view.usual | {PicturePart.TABLE}
    return replace(view, table=texts, usual=usual, most_rows=MOST_ROWS_IN_SIGHT)


def model_texts(model: QAbstractItemModel) -> TextTable:
    """What stands in every cell of a model, under its titles."""
    columns = range(model.columnCount())
    titles = [str(model.headerData(at, Qt.Orientation.Horizontal)) for at in columns]
    rows = range(model.rowCount())
    return titles, [[str(model.index(row, at).data() or "") for at in columns] for row in rows]


class SortedRows(QSortFilterProxyModel):
    """The rows of a model by SORT_ROLE: equal ones keep their order, those without come last."""

    def __init__(self, source: QAbstractItemModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSourceModel(source)
        self.setSortRole(SORT_ROLE)

    def lessThan(self, left: Index, right: Index) -> bool:
        """Whether ``left`` comes first where the order ascends; numbers come before words."""
        one, other = left.data(SORT_ROLE), right.data(SORT_ROLE)
        if one is None or other is None:
            last = other if self.sortOrder() is Qt.SortOrder.AscendingOrder else one
            return last is None and one is not other
        return bool((isinstance(one, str), one) < (isinstance(other, str), other))


class _Titles(QHeaderView):
    """Titles in one line or more; Qt leaves an arrow as much room as all lines are high."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setSectionsClickable(True)

    def sectionSizeFromContents(self, section: int) -> QSize:
        """The size of a title with its arrow."""
        size = super().sectionSizeFromContents(section)
        title = str(self.model().headerData(section, self.orientation()) or "")
        more = title.count("\n") * self.fontMetrics().height() if self.isSortIndicatorShown() else 0
        return QSize(size.width() - more, size.height())


class SortTable(QTableView):
    """Shows lines under titles; text is on the left, numbers on the right."""

    chosen = Signal(object)
    """The name of the line that was chosen by hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = _Lines()
        self.setHorizontalHeader(_Titles())
        self.setModel(SortedRows(self._lines, self))
        self.setItemDelegate(JudgedCells(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self._name: str | None = None
        self._measure()
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.selectionModel().selectionChanged.connect(self._emit_chosen)

    def show_lines(
        self, titles: Sequence[str], lines: Sequence[TableLine], tips: Sequence[str] = ()
    ) -> None:
        """Show ``lines`` in the order that was chosen; the titles may have ``tips``."""
        place = self.verticalScrollBar().value()
        if titles != self._lines.titles:
            self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self._lines.take(titles, tips, lines)
        self.choose(self._name)
        self.verticalScrollBar().setValue(place)

    def choose(self, name: str | None) -> None:
        """Mark the line ``name`` without emitting a signal."""
        self._name = name
        self.selectionModel().clear()
        rows = self.model()
        with QSignalBlocker(self):
            for row in range(rows.rowCount()):
                if rows.index(row, 0).data(NAME_ROLE) == name:
                    self.selectRow(row)

    @Slot(QItemSelection, QItemSelection)
    def _emit_chosen(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        if not selected.isEmpty():
            self._name = selected.indexes()[0].data(NAME_ROLE)
            self.chosen.emit(self._name)

    def _measure(self) -> None:
        font = self.font()
        font.setPixelSize(sizes().table)
        self.setFont(font)
        self.horizontalHeader().setFont(font)
        height = self.fontMetrics().height() + sizes().half_gap + sizes().quarter_gap
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(50)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)


class _Lines(QAbstractTableModel):
    """The lines as they were given."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []
        self._tips: list[str] = []
        self._lines: list[TableLine] = []

    def take(self, titles: Sequence[str], tips: Sequence[str], lines: Sequence[TableLine]) -> None:
        """Replace all."""
        self.beginResetModel()
        self.titles, self._tips, self._lines = list(titles), list(tips), list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The number of titles."""
        return 0 if parent.isValid() else len(self.titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, what it is sorted by, and the name of its line."""
        line = self._lines[index.row()]
        cell = line.cells[index.column()]
        if role == SORT_ROLE:
            return None if isinstance(cell.key, float) and math.isnan(cell.key) else cell.key
        if role == NAME_ROLE:
            return line.name
        if role == GOOD_ROLE:
            return cell.good
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(cell.tip)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _LEFT if isinstance(cell.key, str) else _RIGHT
            case Qt.ItemDataRole.ForegroundRole if cell.good is not None:
                return QColor(colours().good if cell.good else colours().bad)
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
