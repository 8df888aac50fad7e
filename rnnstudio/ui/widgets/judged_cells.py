"""Cells of a table with a tick or a cross before their text, painted and not kept as pixels."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rnnstudio.ui.theme.icons import judged, paint_icon
from rnnstudio.ui.theme.tokens import sizes

GOOD_ROLE = Qt.ItemDataRole.UserRole + 2
"""Whether what the cell says is in order; None where that is no question."""
Index = QModelIndex | QPersistentModelIndex


class JudgedCells(QStyledItemDelegate):
    """Draws the marks of the cells that have a GOOD_ROLE."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave room for the mark."""
        super().initStyleOption(option, index)
        if index.data(GOOD_ROLE) is not None:
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.decorationSize = QSize(sizes().mark, sizes().mark)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell and its mark."""
        super().paint(painter, option, index)
        good = index.data(GOOD_ROLE)
        if good is not None:
            whole = QStyleOptionViewItem(option)
            self.initStyleOption(whole, index)
            part = QStyle.SubElement.SE_ItemViewItemDecoration
            place = whole.widget.style().subElementRect(part, whole, whole.widget)
            paint_icon(painter, QRectF(place), *judged(good))
