"""The rows of a file as it has them, and beside each what was read; a model for two views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from rnnstudio.core import language
from rnnstudio.core.numbers import MINUS, NumberText
from rnnstudio.core.stocks.data.csv_import import CellPlace, Excerpt, Reading
from rnnstudio.ui.theme.fonts import raw_font, words
from rnnstudio.ui.theme.tokens import colours, sizes

Index = QModelIndex | QPersistentModelIndex
SPANS_ROLE = Qt.ItemDataRole.UserRole
"""Where the marked cells of a raw row begin and end."""
NUMBER_ROLE = Qt.ItemDataRole.UserRole + 1
"""The number of a row as text; empty where rows are left out."""
_LONGEST = 2000
"""Letters of a row that are shown: prices have fewer."""
_WHOLE = 1e9
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class FileRow:
    """A line of a file by its number, and what was read of it; 0: lines that are not shown."""

    number: int
    text: str
    values: tuple[str, ...] = ()


class FileRowsModel(QAbstractTableModel):
    """Column 0 has the raw rows, the others the dates and numbers that were read of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.titles: tuple[str, ...] = ()
        self.rows: list[FileRow] = []
        self._preferred = -1
        self._spans: dict[int, list[tuple[int, int]]] = {}
        self._excerpt = Excerpt()

    def show_file(self, excerpt: Excerpt, reading: Reading | None) -> None:
        """Show the rows of a file."""
        self.beginResetModel()
        self._excerpt, self._spans = excerpt, {}
        self.titles = () if reading is None else ("Date", *reading.table.names)
        self._preferred = -1 if reading is None else self.titles.index(reading.preferred) + 1
        read = {} if reading is None else _values(reading, excerpt.numbers())
        self.rows = []
        before = 0
        for number in excerpt.numbers():
            if number > before + 1:
                self.rows.append(FileRow(0, self._between(number - before - 1)))
            text = excerpt.lines[number][:_LONGEST]
            self.rows.append(FileRow(number, text, read.get(number, ())))
            before = number
        self.endResetModel()

    def mark(self, cells: Sequence[CellPlace]) -> int:
        """Mark these cells and no others; the place of the first one's row, -1 if none is there."""
        self._spans = {cell.line: [] for cell in cells}
        for cell in cells:
            if (span := self._excerpt.span(cell)) is not None:
                self._spans[cell.line].append(span)
        if self.rows:
            last = self.index(len(self.rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        first = cells[0].line if cells else 0
        return next((at for at, row in enumerate(self.rows) if row.number == first > 0), -1)

    def _between(self, count: int) -> str:
        return language.filled(
            self.tr("{0} rows are not shown"), language.number(NumberText(f"{count:,}"))
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The raw row, the date, and the columns of the table."""
        return 0 if parent.isValid() else 1 + len(self.titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, where it is marked, and how."""
        row, column = self.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _shown(row, column)
            case Qt.ItemDataRole.AccessibleTextRole if column == 0 and row.number:
                return language.filled(self.tr("Row {0}: {1}"), row.number, row.text)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _LEFT if column < 2 else _RIGHT
            case Qt.ItemDataRole.FontRole:
                if column == 0:
                    return raw_font(sizes().label)
                return words(sizes().text, bold=column == self._preferred)
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(colours().ink if row.number else colours().muted)
            case Qt.ItemDataRole.BackgroundRole if row.number in self._spans:
                return QColor(colours().you_soft)
        if role == SPANS_ROLE:
            return self._spans.get(row.number, [])
        return str(row.number or "") if role == NUMBER_ROLE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The line that names the columns, and the names of the table's own."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.titles[section - 1] if section else self.tr("The file")
            case Qt.ItemDataRole.TextAlignmentRole:
                return _LEFT if section < 2 else _RIGHT
            case Qt.ItemDataRole.FontRole:
                return words(sizes().text, bold=True)
        return None


def _shown(row: FileRow, column: int) -> str:
    if column == 0:
        return row.text
    return row.values[column - 1] if column <= len(row.values) else ""


def _values(reading: Reading, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The date and the numbers of each row, as they are written, by its line in the file."""
    rows = np.flatnonzero(np.isin(reading.lines, numbers))
    offsets = None if reading.offsets is None else reading.offsets[rows]
    part = replace(reading, table=reading.table.part(rows), offsets=offsets)
    columns = [part.timestamps, *(map(_number, values) for values in part.table.columns.values())]
    return dict(zip(reading.lines[rows].tolist(), zip(*columns, strict=True), strict=True))


def _number(value: float) -> str:
    """A price or a volume with its thousands apart, in the language that is spoken."""
    text = language.number(
        NumberText(f"{value:,.0f}" if abs(value) >= _WHOLE else f"{value:,.10g}")
    )
    return language.number(NumberText(text.replace("-", MINUS)))
