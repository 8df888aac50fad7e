"""The numbers of a matrix as Qt's tables read them: written, named, beside what they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from rnnstudio.core import language
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.symbols import Symbol
from rnnstudio.core.numbers import decimals, rounded
from rnnstudio.ui.widgets.number_text import old_numbers, parse, tidy

HTML = Qt.ItemDataRole.UserRole
"""A row's or column's name as rich text."""
_MOST_READ = 12
"""A screen reader is told so many changes."""
_LARGE = 1000
"""From this size on a number has no decimals that are worth their room."""
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, eq=False)
class Matrix:
    """Numbers (rows, columns), the names of both, and the same numbers before the last edit."""

    array: Array = field(default_factory=lambda: np.zeros((1, 1)))
    rows: Sequence[Symbol] = (Symbol("1"),)
    columns: Sequence[Symbol] = (Symbol(""),)
    old: Array | None = None


class NumberModel(QAbstractTableModel):
    """``edited(row, column, value)``: a number was typed. ``refused(sentence)``: something else."""

    edited = Signal(int, int, float)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.matrix = Matrix()
        self.limit = 1.0
        """The largest size of a number."""
        self._places = 2

    def show(self, matrix: Matrix) -> None:
        """Show other numbers; a field over one stays open where there are as many as before."""
        rows, columns = matrix.array.shape
        other = (rows, columns) != self.matrix.array.shape
        if other:
            self.beginResetModel()
        self.matrix = matrix
        finite = np.abs(matrix.array[np.isfinite(matrix.array)])
        self.limit = float(finite.max(initial=0.0)) or 1.0
        self._places = decimals([self.limit]) if self.limit < _LARGE else 0
        if other:
            self.endResetModel()
            return
        self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, columns - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, columns - 1)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, rows - 1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The number of rows."""
        return 0 if parent.isValid() else int(self.matrix.array.shape[0])

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The number of columns."""
        return 0 if parent.isValid() else int(self.matrix.array.shape[1])

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every number can be chosen and typed over."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def value(self, index: Index) -> float:
        """The number in a cell."""
        return float(self.matrix.array[index.row(), index.column()])

    def written(self, value: float) -> str:
        """A number with the decimals that all of the table have."""
        return language.number(rounded(value, self._places))

    def was(self, index: Index) -> float | None:
        """The number of a cell before the last edit, where it was written otherwise."""
        if self.matrix.old is None:
            return None
        was = float(self.matrix.old[index.row(), index.column()])
        return None if tidy(was) == tidy(self.value(index)) else was

    def changes(self) -> list[str]:
        """The first numbers that are others than before, each in words."""
        changed = old_numbers(self.matrix.old, self.matrix.array)
        return [self._named(self.index(*place)) for place, _ in islice(changed, _MOST_READ)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The number: short in its cell, whole in the field over it, named where it is read out."""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.written(self.value(index))
            case Qt.ItemDataRole.EditRole:
                return repr(self.value(index))
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._named(index)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for the number that was typed; it is shown once it holds."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        try:
            number = parse(str(value))
        except ValueError:
            sentence = self.tr("“{0}” is not a number; {1} stays.")
            self.refused.emit(language.filled(sentence, value, _exactly(self.value(index))))
            return False
        if number != self.value(index):
            self.edited.emit(index.row(), index.column(), number)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """A row's or column's name; Qt asks for some that were there before a change."""
        names = (
            self.matrix.columns if orientation is Qt.Orientation.Horizontal else self.matrix.rows
        )
        if section >= len(names):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return names[section].text
        return names[section].html if role == HTML else None

    def _named(self, index: Index) -> str:
        """``row 2, C: −1.5, was −2.205``."""
        values = (
            self.matrix.rows[index.row()].text,
            self.matrix.columns[index.column()].text or str(index.column() + 1),
            _exactly(self.value(index)),
        )
        was = self.was(index)
        if was is None:
            return language.filled(self.tr("row {0}, column {1}: {2}"), *values)
        return language.filled(self.tr("row {0}, column {1}: {2}, was {3}"), *values, _exactly(was))


def _exactly(value: float) -> str:
    return language.number(tidy(value))
