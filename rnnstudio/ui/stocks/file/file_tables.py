"""A file and what was read of it, row beside row: two views that scroll together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core.stocks.data.csv_import import CellPlace
from rnnstudio.ui.stocks.file.file_rows import NUMBER_ROLE, SPANS_ROLE, FileRowsModel
from rnnstudio.ui.stocks.file.shown_file import ShownFile
from rnnstudio.ui.theme.fonts import raw_font
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.labels import PlainLabel, WrappedLabel, breakable, plain_tip

_UNDERLINE = 2
_MOST_LINES = 4
"""Lines that the names of columns may take in the file."""
_READ_SHARE = 0.56
"""Of the width, the days take so much at most."""
_SCROLL_BARS = 2
"""The room for a scroll bar, in marks."""


class FileTables(QFrame):
    """Shows the rows of a file beside the days that were read of them, and marks cells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.rows = FileRowsModel(self)
        self.raw = _view(self.rows, self.tr("The file, row by row"))
        self.read = _view(self.rows, self.tr("The file as it is read"))
        self.raw.setItemDelegate(_RawRows(self.raw))
        self.read.setItemDelegate(_Rows(self.read))
        self.raw.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.raw.horizontalHeader().hide()
        self.names = PlainLabel(wrap=True)
        self.sentence = WrappedLabel()
        self._sides = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        for one, other in ((self.raw, self.read), (self.read, self.raw)):
            one.verticalScrollBar().valueChanged.connect(other.verticalScrollBar().setValue)

    def show_file(self, shown: ShownFile) -> None:
        """Show the rows of another file."""
        self.rows.show_file(shown.excerpt, shown.reading)
        header = 0 if shown.reading is None else shown.reading.dialect.header
        names = shown.excerpt.lines.get(header, "")
        self.names.setText(breakable(names))
        self.names.setToolTip(plain_tip(names))
        self._hide_columns()
        self._read_side.setVisible(shown.reading is not None)
        self.names.setVisible(bool(names) or shown.reading is not None)
        for column in range(1, self.rows.columnCount()):
            hint = self.read.sizeHintForColumn(column)
            title = self.read.horizontalHeader().sectionSizeHint(column)
            self.read.setColumnWidth(column, max(hint, title) + sizes().gap)
        self._fit_sides()
        self._fit()

    def mark(self, cells: Sequence[CellPlace], sentence: str) -> None:
        """Mark cells, scroll both sides to the first of them, and say a sentence about it."""
        self.sentence.setText(sentence)
        place = self.rows.mark(cells)
        if place < 0:
            return
        centre = QAbstractItemView.ScrollHint.PositionAtCenter
        self.raw.scrollTo(self.rows.index(place, 0), centre)
        self.read.verticalScrollBar().setValue(self.raw.verticalScrollBar().value())
        self._scroll_aside(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give both sides a scroll bar where one of them needs it, so that rows stay level."""
        super().resizeEvent(event)
        self._fit_sides()
        self._fit()

    def _fit_sides(self) -> None:
        """Give the days the width that they need, up to a share of the whole."""
        needed = self.read.horizontalHeader().length() + _SCROLL_BARS * sizes().mark
        read = min(needed, round(_READ_SHARE * self.width()))
        self._sides.setSizes([self.width() - read, read])

    def _scroll_aside(self, place: int) -> None:
        """Bring the first marked cell of a long row into sight."""
        spans = self.rows.index(place, 0).data(SPANS_ROLE)
        start = _advance(self.rows.rows[place].text[: spans[0][1]]) if spans else 0
        room = self.raw.viewport().width()
        offset = _margin(self.rows) + start
        self.raw.horizontalScrollBar().setValue(max(0, offset - room + 4 * sizes().gap))

    def _hide_columns(self) -> None:
        for column in range(self.rows.columnCount()):
            self.raw.setColumnHidden(column, column > 0)
            self.read.setColumnHidden(column, column == 0)

    @Slot()
    def _fit(self) -> None:
        lines = _MOST_LINES * self.names.fontMetrics().lineSpacing()
        named = min(self.names.heightForWidth(self.names.width()), lines + sizes().gap)
        self.names.setFixedHeight(max(_row_height(), named))
        self.read.horizontalHeader().setFixedHeight(self.names.height())
        longest = max((row.text for row in self.rows.rows), key=len, default="")
        width = _margin(self.rows) + _advance(longest) + 2 * sizes().gap
        self.raw.setColumnWidth(0, max(width, self.raw.viewport().width()))
        needed = width > self.raw.viewport().width() or (
            self.read.horizontalHeader().length() > self.read.viewport().width()
        )
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        for view in (self.raw, self.read):
            view.setHorizontalScrollBarPolicy(
                policy if needed else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            )

    def _lay_out(self) -> None:
        gap = sizes().gap
        self.names.setFont(raw_font(sizes().label))
        self.names.setContentsMargins(2 * gap, 0, gap, 0)
        self.names.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._read_side = _side(self.tr("As it is read"), self.read)
        self._sides.addWidget(_side(self.tr("The file"), self.names, self.raw))
        self._sides.addWidget(self._read_side)
        self._sides.setHandleWidth(sizes().gap)
        self._sides.setChildrenCollapsible(False)
        self._sides.splitterMoved.connect(self._fit)
        self.sentence.setContentsMargins(2 * gap, gap, 2 * gap, gap)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (sizes().half_gap // 4,))
        layout.setSpacing(0)
        layout.addWidget(self._sides, stretch=1)
        layout.addWidget(self.sentence)


class _Rows(QStyledItemDelegate):
    """Draws a line below each row."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        super().paint(painter, option, index)
        place: QRect = option.rect
        _draw_foot(painter, place)


class _RawRows(QStyledItemDelegate):
    """Draws the number of a row, its text as the file has it, and a line under marked cells."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        rows = index.model()
        if not isinstance(rows, FileRowsModel):
            raise TypeError("these are rows of a file")
        place: QRect = option.rect
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:
            painter.fillRect(place, ground)
        painter.setFont(raw_font(sizes().label))
        middle = Qt.AlignmentFlag.AlignVCenter
        margin = _margin(rows)
        painter.setPen(QColor(colours().muted))
        number = QRect(place.left(), place.top(), margin - sizes().gap, place.height())
        painter.drawText(number, middle | Qt.AlignmentFlag.AlignRight, index.data(NUMBER_ROLE))
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole))
        text = str(index.data())
        painter.drawText(place.adjusted(margin, 0, 0, 0), middle, text)
        painter.setPen(pen("you", _UNDERLINE))
        foot = place.center().y() + QFontMetrics(painter.font()).height() // 2 + 1
        for start, end in index.data(SPANS_ROLE):
            left = place.left() + margin + _advance(text[:start])
            painter.drawLine(left, foot, left + _advance(text[start:end]), foot)
        _draw_foot(painter, place)


def _draw_foot(painter: QPainter, place: QRect) -> None:
    foot = QRect(place.left(), place.bottom(), place.width(), 1)
    painter.fillRect(foot, QColor(colours().hairline))


def _side(title: str, *parts: QWidget) -> QWidget:
    """One of the two sides under its title; the last part takes the room."""
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    label = PlainLabel(title, role="heading")
    label.setContentsMargins(2 * sizes().gap, sizes().gap, sizes().gap, sizes().gap)
    column.addWidget(label)
    for part in parts:
        column.addWidget(part, stretch=1 if part is parts[-1] else 0)
    return side


def _view(rows: FileRowsModel, name: str) -> QTableView:
    view = QTableView()
    view.setModel(rows)
    view.setAccessibleName(name)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(_row_height())
    view.horizontalHeader().setFixedHeight(_row_height())
    view.horizontalHeader().setHighlightSections(False)
    view.setTabKeyNavigation(False)
    return view


def _row_height() -> int:
    return sizes().text + round(2.5 * sizes().gap)


def _advance(text: str) -> int:
    """The width of raw text."""
    return QFontMetrics(raw_font(sizes().label)).horizontalAdvance(text)


def _margin(rows: FileRowsModel) -> int:
    """The room for the numbers of rows."""
    last = rows.rows[-1].number if rows.rows else 0
    return 2 * sizes().gap + _advance(str(last)) + sizes().gap
