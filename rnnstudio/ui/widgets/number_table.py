"""A table of numbers on a ground of their colours, typed over in place."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.tokens import colour, scaled, sizes
from rnnstudio.ui.widgets.cell_numbers import fitting
from rnnstudio.ui.widgets.number_model import HTML, Index, Matrix, NumberModel
from rnnstudio.ui.widgets.rich_text import RichText

MOST_ROWS = 8
"""So many rows are in sight; more are scrolled to."""
_PALE = 0.25
"""How strongly the largest number colours its ground: ink is read on it."""
_HATCHED = 0.15
"""From this share of the largest on a number below zero is hatched."""
_LONGEST, _LONGEST_TYPED = "−0.0000", "−0.00000000"
_BEGINS_NUMBER = "0123456789+-−.,"


class NumberTable(QTableView):
    """Typing or Return opens a field over a cell: Return keeps the number, Escape does not.

    ``edited(row, column, value)``: a number was kept. ``refused(sentence)``: something else was
    typed. ``at(row, column)``: another cell is the current one, or the same one is typed over or
    left. ``copied`` and ``pasted``: the keys of copying and pasting were pressed.
    """

    edited = Signal(int, int, float)
    refused = Signal(str)
    at = Signal(int, int)
    copied = Signal()
    pasted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.numbers = NumberModel()
        self.numbers.setParent(self)
        self.setModel(self.numbers)
        self.typing = False
        """Whether a field stands over the current cell."""
        delegate = _NumberDelegate(self)
        delegate.opened.connect(self._begin_typing)
        self.setItemDelegate(delegate)
        self.setFont(words(sizes().label))
        self.setHorizontalHeader(_SymbolHeader(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(_SymbolHeader(Qt.Orientation.Vertical, self))
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.numbers.edited.connect(self.edited)
        self.numbers.refused.connect(self.refused)
        self.selectionModel().currentChanged.connect(self._emit_place)

    def show_matrix(self, matrix: Matrix) -> None:
        """Show a matrix; the current cell stays where it is as far as the matrix reaches."""
        row, column = self.entry
        self.numbers.show(matrix)
        rows, columns = matrix.array.shape
        self.setCurrentIndex(self.numbers.index(min(row, rows - 1), min(column, columns - 1)))
        usage = self.tr("Type over a number: Enter keeps it, Esc does not.")
        self.setAccessibleDescription("\n".join(self.numbers.changes()) or usage)
        self._share_width()
        self._fit_height()

    @property
    def entry(self) -> tuple[int, int]:
        """The current cell."""
        index = self.currentIndex()
        return (index.row(), index.column()) if index.isValid() else (0, 0)

    @property
    def columns_beyond(self) -> int:
        """How many columns are out of sight at the right."""
        right = self.viewport().width()
        return sum(
            self.columnViewportPosition(column) + self.columnWidth(column) // 2 > right
            for column in range(self.numbers.columnCount())
        )

    def open_field(self, row: int, column: int) -> QLineEdit:
        """Open the field over a cell."""
        index = self.numbers.index(row, column)
        self.setCurrentIndex(index)
        self.edit(index)
        return self.viewport().findChildren(QLineEdit)[-1]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Return and whatever begins a number open the field; other keys go on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.typing:  # else it comes from the field, which it ends
                self.edit(self.currentIndex())
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.text() and event.text() not in _BEGINS_NUMBER:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Close the field, and tell of it."""
        super().closeEditor(editor, hint)
        self.typing = False
        self._emit_place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width among the columns."""
        super().resizeEvent(event)
        if self.horizontalHeader().count() == self.numbers.columnCount():
            # else the numbers are being changed, and the header has the columns of before
            self._share_width()
            self._fit_height()

    @Slot()
    def _begin_typing(self) -> None:
        self.typing = True
        self._emit_place()

    @Slot()
    def _emit_place(self) -> None:
        self.at.emit(*self.entry)

    def _share_width(self) -> None:
        """Columns as wide as their numbers and names, wider where there is room."""
        metrics, model = QFontMetricsF(self.font()), self.numbers
        longest = metrics.horizontalAdvance(model.written(-model.limit))
        least = min(longest, metrics.horizontalAdvance(_LONGEST)) + 1.5 * sizes().half_gap
        count = model.columnCount()
        room = self.viewport().width() / max(count, 1)
        for column in range(count):
            name = self.horizontalHeader().sectionSizeFromContents(column).width()
            self.setColumnWidth(column, int(max(name, least, min(room, 2 * least))))

    def _fit_height(self) -> None:
        """As high as its rows, up to so many; a bar below does not cover one."""
        line = sizes().target + sizes().half_gap
        self.verticalHeader().setDefaultSectionSize(line)
        bar = self.horizontalScrollBar()
        wide = self.horizontalHeader().length() > self.viewport().width()
        height = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        height += min(self.numbers.rowCount(), MOST_ROWS) * line
        self.setFixedHeight(height + (bar.sizeHint().height() if wide else 0))


class _SymbolHeader(QHeaderView):
    """Names rows or columns by symbols as books set them."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sectionSizeFromContents(self, section: int) -> QSize:
        """As much as the name needs."""
        text = self._name(section)
        gap = sizes().half_gap
        return QSize(round(text.width) + 2 * gap, round(text.height) + gap // 2)

    def paintSection(self, painter: QPainter, place: QRect, section: int) -> None:
        """The name in the middle."""
        text, rect = self._name(section), QRectF(place)
        corner = rect.center() - QPointF(text.width, text.height) / 2
        text.draw(painter, corner, QColor(colour("muted")))

    def _name(self, section: int) -> RichText:
        html = self.model().headerData(section, self.orientation(), HTML)
        return RichText(html or "", sizes().label, words(sizes().label))


class _NumberDelegate(QStyledItemDelegate):
    """Paints a number on its colour and makes the field over it, of which ``opened`` tells."""

    opened = Signal()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, number, a corner where it is another than before, a frame where one is."""
        model = index.model()
        if not isinstance(model, NumberModel):
            raise TypeError("only numbers are painted")
        rect, value = QRectF(option.rect), model.value(index)
        painter.save()
        _paint_ground(painter, rect, value / model.limit)
        painter.setPen(QColor(colour("ink")))
        painter.setFont(option.font)
        room, metrics = rect.width() - 2, QFontMetricsF(option.font)
        text = model.written(value)
        if metrics.horizontalAdvance(text) > room:
            text = fitting(value, room, metrics)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        if model.was(index) is not None:
            _paint_corner(painter, rect)
        table = option.widget
        if isinstance(table, NumberTable) and table.entry == (index.row(), index.column()):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colour("you")), scaled(2)))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QLineEdit:
        """A field for the whole number."""
        field = QLineEdit(parent)
        field.setFont(option.font)
        field.setFrame(False)
        field.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        self.opened.emit()
        return field

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _: Index) -> None:
        """Over the cell, wider where the whole number needs it, within the table."""
        around = editor.parentWidget()
        place, room = option.rect, option.rect.width() if around is None else around.width()
        needed = editor.fontMetrics().horizontalAdvance(_LONGEST_TYPED) + sizes().gap
        width = max(place.width(), min(needed, room))
        left = max(0, min(place.x(), room - width))
        editor.setGeometry(left, place.y(), width, place.height())


def _paint_ground(painter: QPainter, rect: QRectF, share: float) -> None:
    """Colour by the share of the largest number: towards plus, or hatched towards minus."""
    hue = QColor(colour("plus" if share > 0 else "minus"))
    hue.setAlphaF(_PALE * min(abs(share), 1.0) if share == share else 0.0)  # noqa: PLR0124
    painter.fillRect(rect, QColor(colour("panel")))
    painter.fillRect(rect, hue)
    if share <= -_HATCHED:
        painter.fillRect(rect, QBrush(hue, Qt.BrushStyle.BDiagPattern))
    painter.setPen(QPen(QColor(colour("hairline")), 1))
    painter.drawRect(rect)


def _paint_corner(painter: QPainter, rect: QRectF) -> None:
    """The mark of a number that is another than before."""
    side, corner = sizes().gap, rect.topRight()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour("ink")))
    painter.drawPolygon([corner, corner - QPointF(side, 0), corner + QPointF(0, side)])
