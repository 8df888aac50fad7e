"""A matrix as coloured cells that can be read, chosen and edited."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolTip, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.numbers import NumberText
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.cell_field import CellField
from rnnstudio.ui.widgets.cell_marks import paint_frame, paint_mark, paint_sources
from rnnstudio.ui.widgets.cell_numbers import fitting, paint_old_below
from rnnstudio.ui.widgets.heat import heat_colours, paint_heat
from rnnstudio.ui.widgets.number_text import old_numbers, parse, written

Entry = tuple[int, int]
WIDEST_CELL, TALLEST_CELL = 88.0, 34.0
_LONGEST_NAME = 12
"""So many letters of a row's name stand beside it; the hint has all."""
_SPACE = 6.0
"""From a cell to what stands beside it."""
_MOST_READ = 12
"""A screen reader is told so many changes."""
_ROOMY = 76.0, 28.0
"""From this width and height on a cell has larger digits."""
_SHORTEST = "−0e−0"
"""Cells that cannot hold this show no numbers."""


class HeatMap(QWidget):
    """Shows a (rows, columns) array; numbers stand in the cells where they fit.

    ``chosen(row, column)``: a cell was clicked or reached with the arrow keys.
    ``edited(row, column, value)``: a number was typed over a cell (double click or Return).
    ``refused(sentence)``: something else was typed; the cell keeps its number.
    """

    chosen = Signal(int, int)
    edited = Signal(int, int, float)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, editable: bool = False) -> None:
        super().__init__(parent)
        self._array: Array = np.zeros((1, 1))
        self._limit = 1.0
        self._entry: Entry | None = None
        self._sources: Collection[Entry] = ()
        self._marks: Collection[Entry] = ()
        self._rows: Sequence[str] = ()
        self._old: Mapping[Entry, float] = {}
        self._editable = editable
        self._editor: QLineEdit | None = None
        self._font = QFont(self.font())
        self._font.setPixelSize(sizes().label)
        self._metrics = QFontMetricsF(self._font)
        self._large = QFont(self._font)
        self._large.setPixelSize(sizes().text + 1)
        self._large_metrics = QFontMetricsF(self._large)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_array(
        self,
        array: Array,
        limit: float,
        *,
        entry: Entry | None = None,
        sources: Collection[Entry] = (),
        marks: Collection[Entry] = (),
        rows: Sequence[str] = (),
        old: Array | None = None,
    ) -> None:
        """Show the array with colours from -limit to limit.

        ``entry`` is framed, ``sources`` are underlaid, ``marks`` carry a corner; ``rows`` are
        called by these names where there are any, by their numbers else. Numbers that differ from
        ``old`` have the old one beside them.
        """
        self._rows = rows
        self._array, self._limit = array, limit
        self._entry, self._sources, self._marks = entry, sources, marks
        self._old = dict(old_numbers(old, array))
        changes = [self._change(*cell) for cell in list(self._old)[:_MOST_READ]]
        self.setAccessibleDescription("\n".join(changes))
        self._close_editor()
        self.update()

    def cell_text(self, row: int, column: int) -> str:
        """The number as it is written in its cell."""
        return written(float(self._array[row, column]))

    def row_name(self, row: int) -> str:
        """What stands beside a row."""
        return self._rows[row] if self._rows else str(row + 1)

    @property
    def entry(self) -> Entry | None:
        """The framed cell."""
        return self._entry

    @property
    def marks(self) -> Collection[Entry]:
        """The cells that carry a mark."""
        return self._marks

    @property
    def sources(self) -> Collection[Entry]:
        """The cells that are underlaid."""
        return self._sources

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Where a cell stands."""
        grid, width, height = self._grid()
        return QRectF(grid.x() + column * width, grid.y() + row * height, width, height)

    def cell_at(self, place: QPointF) -> Entry | None:
        """The cell under a point."""
        grid, width, height = self._grid()
        row = math.floor((place.y() - grid.y()) / height)
        column = math.floor((place.x() - grid.x()) / width)
        rows, columns = self._array.shape
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None

    def sizeHint(self) -> QSize:
        """The same for every array: a step to another one moves nothing."""
        return QSize(240, 160)

    def minimumSizeHint(self) -> QSize:
        """Space for coloured cells without numbers."""
        return QSize(56, 40)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Cells, then numbers, then frames."""
        with QPainter(self) as painter:
            painter.setFont(self._font)
            grid, width, height = self._grid()
            if self._has_numbers():
                self._paint_cells(painter)
            else:
                paint_heat(painter, grid, self._array, self._limit)
                painter.setPen(QColor(colours().outline))
                painter.drawRect(grid)
            self._paint_heads(painter, grid, width, height)
            paint_sources(painter, (self.cell_rect(*cell) for cell in self._sources))
            if self._entry is not None:
                paint_frame(painter, self.cell_rect(*self._entry))
            for row, column in self._marks:
                paint_mark(painter, self.cell_rect(row, column))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell."""
        cell = self.cell_at(event.position())
        if cell is not None:
            self.chosen.emit(*cell)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the cell."""
        cell = self.cell_at(event.position())
        if cell is not None and self._editable:
            self.edit(*cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move the choice, Return edits it."""
        moves = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }
        key = Qt.Key(event.key())
        row, column = self._entry or (0, 0)
        if key in moves:
            rows, columns = self._array.shape
            down, right = moves[key]
            row = min(max(row + down, 0), rows - 1)
            column = min(max(column + right, 0), columns - 1)
            self.chosen.emit(row, column)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._editable:
            self.edit(row, column)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The number under the mouse in full."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self.cell_at(QPointF(event.pos()))
            text = "" if cell is None else self._hint(*cell)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def edit(self, row: int, column: int) -> QLineEdit:
        """Open a field over the cell: Return or leaving it takes its number, Escape does not."""
        self._close_editor()
        editor = CellField(repr(float(self._array[row, column])), self)
        editor.setFont(self._font)
        rect = self.cell_rect(row, column).toRect()
        wide = max(rect.width(), round(self._metrics.horizontalAdvance("−0.00000000")) + 12)
        tall = max(rect.height(), round(self._metrics.height()) + 8)
        left = max(0, min(rect.x(), self.width() - wide))
        editor.setGeometry(left, max(0, min(rect.y(), self.height() - tall)), wide, tall)
        editor.selectAll()
        editor.editingFinished.connect(lambda: self._take(row, column))
        editor.cancelled.connect(self._close_editor)
        editor.show()
        editor.setFocus()
        self._editor = editor
        return editor

    def _take(self, row: int, column: int) -> None:
        if self._editor is None:
            return
        text = self._editor.text()
        self._close_editor()
        try:
            value = parse(text)
        except ValueError:
            kept = self.cell_text(row, column)
            self.refused.emit(
                language.filled(self.tr("“{0}” is not a number; {1} stays."), text, kept)
            )
            return
        if value != self._array[row, column]:
            self.edited.emit(row, column, value)

    def _close_editor(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            if editor.hasFocus():
                self.setFocus()
            editor.deleteLater()
            editor.hide()

    def _hint(self, row: int, column: int) -> str:
        text = language.filled(
            self.tr("row {0}, column {1}: {2}"),
            self.row_name(row),
            column + 1,
            NumberText(repr(float(self._array[row, column])).replace("-", "−")),
        )
        if (row, column) in self._old:
            text = self._change(row, column)
        if (row, column) in self._marks:
            text += "\n" + self.tr("printed in the document")
        return text

    def _change(self, row: int, column: int) -> str:
        return language.filled(
            self.tr("row {0}, column {1}: {2}, was {3}"),
            self.row_name(row),
            column + 1,
            self.cell_text(row, column),
            written(self._old[row, column]),
        )

    def _head(self) -> float:
        names = ("00", *(name[:_LONGEST_NAME] for name in self._rows))
        return max(map(self._metrics.horizontalAdvance, names)) + 6

    def _grid(self) -> tuple[QRectF, float, float]:
        """The cells' place, and the width and height of one."""
        rows, columns = self._array.shape
        left, top = self._head(), self._metrics.height()
        width = min((self.width() - left - 2) / columns, WIDEST_CELL)
        height = min((self.height() - top - 2) / rows, TALLEST_CELL)
        return QRectF(left, top, width * columns, height * rows), width, height

    def _has_numbers(self) -> bool:
        _, width, height = self._grid()
        needed = self._metrics.horizontalAdvance(_SHORTEST) + 2
        return width >= needed and height >= self._metrics.height()

    def _has_space_beside(self) -> bool:
        """Whether old numbers can stand at the right of a column that is the only one."""
        right = self.cell_rect(0, self._array.shape[1] - 1).right()
        texts = map(written, self._old.values())
        needed = max(map(self._large_metrics.horizontalAdvance, texts), default=0.0)
        return self._array.shape[1] == 1 and right + _SPACE + needed <= self.width()

    def _paint_cells(self, painter: QPainter) -> None:
        rows, columns = self._array.shape
        rect = self.cell_rect(0, 0)
        beside = self._has_space_beside()
        roomy = beside or not self._old
        font, metrics = self._cell_font(rect) if roomy else (self._font, self._metrics)
        painter.setFont(font)
        border, middle = QColor(colours().outline), Qt.AlignmentFlag.AlignCenter
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        fills, numbers = heat_colours(self._array, self._limit), self._array.tolist()
        for row in range(rows):
            for column in range(columns):
                fill, ink = fills[row][column]
                painter.setPen(border)
                painter.setBrush(fill)
                cell = rect.translated(column * rect.width(), row * rect.height())
                painter.drawRect(cell)
                painter.setPen(ink)
                text = fitting(numbers[row][column], rect.width() - 2, metrics)
                old = self._old.get((row, column))
                if old is not None and not beside:
                    paint_old_below(painter, cell, text, old)
                    continue
                painter.drawText(cell, middle, text)
                if old is not None:
                    painter.setPen(QColor(colours().muted))
                    painter.drawText(cell.translated(rect.width() + _SPACE, 0), left, written(old))
        painter.setFont(self._font)

    def _cell_font(self, cell: QRectF) -> tuple[QFont, QFontMetricsF]:
        """Larger where there is space: the numbers are read from the last row of a classroom."""
        roomy = cell.height() >= _ROOMY[1] and cell.width() >= _ROOMY[0]
        return (self._large, self._large_metrics) if roomy else (self._font, self._metrics)

    def _paint_heads(self, painter: QPainter, grid: QRectF, width: float, height: float) -> None:
        """Numbers of rows and columns, as many as fit."""
        painter.setPen(QColor(colours().muted))
        rows, columns = self._array.shape
        line = self._metrics.height()
        every = max(1, math.ceil(line / height))
        for row in range(0, rows, every):
            rect = QRectF(0, grid.y() + (row + 0.5) * height - line / 2, grid.x() - 4, line)
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight, self.row_name(row)[:_LONGEST_NAME])
        every = max(1, math.ceil(self._metrics.horizontalAdvance("00 ") / width))
        for column in range(0, columns, every):
            middle = grid.x() + (column + 0.5) * width
            if middle + self._metrics.horizontalAdvance("0") > self.width():
                break
            rect = QRectF(middle - 20, 0, 40, line)
            painter.drawText(rect, Qt.AlignmentFlag.AlignHCenter, str(column + 1))
