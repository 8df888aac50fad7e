"""The scale of the colours of a drawing: from the least number to the largest, 0 in the middle."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from rnnstudio.core import language
from rnnstudio.core.numbers import MINUS, NumberText, tidy
from rnnstudio.ui.inspector.cell.box_heat import paint_heat_grid
from rnnstudio.ui.inspector.cell.drawing import LABEL, drawing_font, drawing_pen, ink

_WIDTH, _HEIGHT, _GAP = 99.0, 8.0, 5.0
_SHARES = np.linspace(-1, 1, 9)[:, np.newaxis]


class HeatScaleItem(QGraphicsItem):
    """A bar with both ends and 0 written; its upper left corner is the item's position."""

    def __init__(self) -> None:
        super().__init__()
        self.limit: float | None = None
        self.setZValue(2)

    def show_limit(self, limit: float | None) -> None:
        """Show up to which number the colours reach; None: there are no colours to read."""
        if limit != self.limit:
            self.prepareGeometryChange()
            self.limit = limit

    def words(self) -> tuple[str, str]:
        """The least and the largest number."""
        text = tidy(self.limit or 0.0, 2)
        least, most = (language.number(NumberText(sign + text)) for sign in (MINUS, "+"))
        return least, most

    def boundingRect(self) -> QRectF:
        """The bar and the words at its ends."""
        return QRectF() if self.limit is None else QRectF(0, 0, _WIDTH + 120, 18)

    def paint(
        self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None
    ) -> None:
        """The words, the bar, and a mark at 0."""
        if self.limit is None:
            return
        least, most = self.words()
        font = drawing_font(LABEL)
        painter.setFont(font)
        painter.setPen(ink("muted"))
        left = QFontMetricsF(font).horizontalAdvance(least) + _GAP
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, 0, left, 18), middle, least)
        painter.drawText(QRectF(left + _WIDTH + _GAP, 0, 60, 18), middle, most)
        bar = QRectF(left, 9 - _HEIGHT / 2, _WIDTH, _HEIGHT)
        paint_heat_grid(painter, bar, _SHARES, 1.0, len(_SHARES))
        painter.setPen(drawing_pen("outline", 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)
        zero = bar.center().x()
        painter.drawLine(QPointF(zero, bar.top() - 3), QPointF(zero, bar.bottom() + 3))
