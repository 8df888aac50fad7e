"""The numbers put in for a formula, aligned by where each comes from."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

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
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.substitution import MOST_ROWS, MOST_TERMS
from rnnstudio.ui.inspector.cell.numbers_table import NumbersColumn, NumbersTable, numbers_table
from rnnstudio.ui.inspector.events import EntryChosen, UnitStepped
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.fonts import with_symbols, words
from rnnstudio.ui.theme.tokens import TypeScale, colours, sizes
from rnnstudio.ui.widgets.rich_text import RichText

_LINES_KEPT = 500
_NEARLY = 0.93
"""Before terms are added up, all may be smaller by so much."""
_SMALLEST = 0.5
"""How much smaller than usual numbers may become that are too many for the width."""


class NumbersGrid(QWidget):
    """A row a unit; the chosen one on soft ground. ``asked(event)``: another one was chosen."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table: NumbersTable | None = None
        self._column = 0
        self._sizes, self._shrunk = sizes(), 1.0
        self._widths: list[float] = []
        """Of the table in hand: the width of the labels, and of each column with its gap."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("The numbers put in"))

    def set_sizes(self, scale: TypeScale) -> None:
        """Write in letters of these sizes from the next numbers on."""
        self._sizes = scale

    @property
    def overhang(self) -> int:
        """How far the ground of a row reaches beyond what is written, in pixels."""
        return round(self._gap() / 2)

    def height_of(self, rows: int) -> int:
        """How high so many rows with their heads are, in pixels."""
        return self._head_height() + rows * self._row_height()

    def show_state(self, state: InspectorState, room: QSize) -> None:
        """Show the numbers of as many rows and terms as there is room for.

        Where even the sums of the terms are too wide, all is smaller.
        """
        self._column = state.entry[1]
        fitting = (room.height() - self._head_height()) // self._row_height()
        rows = min(max(fitting, 1), MOST_ROWS)
        for terms in range(MOST_TERMS, 0, -1):
            table = self.table = numbers_table(state, terms, rows)
            self._widths = self._measured(table)
            needed = sum(self._widths) + self._gap()
            if _NEARLY * needed <= room.width():
                break
        self._shrunk = max(min(1.0, room.width() / needed), _SMALLEST)
        self.setAccessibleDescription(table.row_text(table.chosen))
        self.updateGeometry()
        self.update()

    def clear(self) -> None:
        """Show no number."""
        self.table = None
        self.setAccessibleDescription("")

    def sizeHint(self) -> QSize:
        """What the numbers need."""
        if self.table is None:
            return QSize(0, 0)
        height = self._head_height() + len(self.table.rows) * self._row_height()
        width = sum(self._widths) + self._gap()
        return QSize(round(width * self._shrunk + 0.5), round(height * self._shrunk + 0.5))

    def row_rect(self, place: int) -> QRectF:
        """Where a row of the table stands."""
        top = self._head_height() + place * self._row_height()
        height = self._row_height() * self._shrunk
        return QRectF(0, top * self._shrunk, self.width(), height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the row's entry."""
        place = self._place_at(event.position())
        if self.table is not None and place is not None:
            self.asked.emit(EntryChosen(self.table.rows[place], self._column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose the entry of the row above and below."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self.asked.emit(UnitStepped(steps[key]))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """What a number that stands for several is made of."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._hint_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Heads, then a row a unit."""
        table = self.table
        if table is None:
            return
        lefts = [0.0, *accumulate(self._widths)]
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours().you_soft))
            radius = self._sizes.half_gap
            painter.drawRoundedRect(self.row_rect(table.chosen), radius, radius)
            painter.scale(self._shrunk, self._shrunk)
            self._paint_labels(painter, table)
            for column, left, right in zip(table.columns, lefts[1:-1], lefts[2:], strict=True):
                self._paint_column(painter, column, left, right)

    def _paint_labels(self, painter: QPainter, table: NumbersTable) -> None:
        """What each row is called, and how many rows there are where these are not all."""
        width, metrics = self._widths[0], QFontMetricsF(self._font())
        if table.left_out:
            painter.setFont(words(self._sizes.label))
            painter.setPen(QColor(colours().muted))
            painter.drawText(QPointF(self._gap() / 2, self._head_line()), self._count(table))
        for place, html in enumerate(table.labels_html):
            label, cell = self._label(html), self._cell(place, self._gap() / 2, width)
            down = (cell.height() + metrics.ascent() - metrics.descent()) / 2
            top = QPointF(cell.left(), cell.top() + down - label.baseline)
            label.draw(painter, top, QColor(colours().ink))

    def _paint_column(
        self, painter: QPainter, column: NumbersColumn, left: float, right: float
    ) -> None:
        head = _rich(column.head_html, self._sizes.label)
        middle = (left + right) / 2
        top = self._head_line() - head.baseline
        head.draw(painter, QPointF(middle - head.width / 2, top), QColor(colours().muted))
        painter.setPen(QColor(colours().ink))
        aligned = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        needed = _widest(column, self._font(), self._font(bold=True))
        inset = max(0.0, right - left - self._gap() - needed) / 2
        for place, cell in enumerate(column.cells):
            painter.setFont(self._font(bold=cell.strong))
            rect = self._cell(place, left, right - left - self._gap() / 2 - inset)
            painter.drawText(rect, aligned, cell.text)

    def _cell(self, place: int, left: float, width: float) -> QRectF:
        top = self._head_height() + place * self._row_height()
        return QRectF(left, top, width, self._row_height())

    def _place_at(self, point: QPointF) -> int | None:
        rows = range(len(self.table.rows) if self.table else 0)
        return next((place for place in rows if self.row_rect(place).contains(point)), None)

    def _hint_at(self, point: QPointF) -> str:
        place = self._place_at(point)
        if self.table is None or place is None:
            return ""
        rights = list(accumulate(self._widths))[1:]
        reached = zip(self.table.columns, rights, strict=True)
        x = point.x() / self._shrunk
        return next((column.cells[place].hint for column, right in reached if x <= right), "")

    def _measured(self, table: NumbersTable) -> list[float]:
        """The width of a table's labels, and of each column with its gap."""
        plain, bold = self._font(), self._font(bold=True)
        small = QFontMetricsF(words(self._sizes.label))
        labels = [self._label(html).width for html in table.labels_html]
        if table.left_out:
            labels.append(small.horizontalAdvance(self._count(table)))
        widths = [max(labels) + self._gap() / 2]
        for column in table.columns:
            head = _rich(column.head_html, self._sizes.label).width
            widths.append(max(head, _widest(column, plain, bold)) + self._gap())
        return widths

    def _count(self, table: NumbersTable) -> str:
        return language.filled(self.tr("{0} of {1}"), len(table.rows), table.all_rows)

    def _label(self, html: str) -> RichText:
        return _rich(html, self._sizes.text + 1)

    def _font(self, *, bold: bool = False) -> QFont:
        return words(self._sizes.text + 1, bold)

    def _gap(self) -> float:
        return 1.75 * self._sizes.gap

    def _head_line(self) -> float:
        """From the top to the line on which the letters of the heads stand."""
        return 1.15 * self._sizes.label

    def _head_height(self) -> int:
        return round(1.6 * self._sizes.label)

    def _row_height(self) -> int:
        return self._sizes.target


def _widest(column: NumbersColumn, plain: QFont, bold: QFont) -> float:
    """The width of a column's widest number."""
    metrics = {False: QFontMetricsF(plain), True: QFontMetricsF(bold)}
    return max(metrics[cell.strong].horizontalAdvance(cell.text) for cell in column.cells)


@lru_cache(_LINES_KEPT)
def _rich(html: str, pixels: int) -> RichText:
    """A line whose symbols are in the font of symbols."""
    return RichText(with_symbols(html), pixels, words(pixels))
