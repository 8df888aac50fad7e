"""The number in a cell: with as many digits as fit, and beside the one that it had before."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.number_text import scientific, written

_GAP = 2.0


def fitting(value: float, width: float, metrics: QFontMetricsF) -> str:
    """The number with as many digits as there is space for."""
    texts = [written(value, digits) for digits in (4, 3, 2, 1)]
    fits = (t for t in (*texts, scientific(value)) if metrics.horizontalAdvance(t) <= width)
    return next(fits, "…")


def paint_old(painter: QPainter, place: QRectF, old: str, pixels: int) -> None:
    """Write an old number in grey, so high, in the middle of ``place``."""
    font, ink = painter.font(), painter.pen()
    small = QFont(font)
    small.setPixelSize(pixels)
    painter.setFont(small)
    painter.setPen(QColor(colours().muted))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, old)
    painter.setFont(font)
    painter.setPen(ink)


def paint_old_below(painter: QPainter, cell: QRectF, text: str, old: float) -> None:
    """Write a number and, on a band within the cell, the old one; a low cell has the new one only.

    The pen is that of the new number; font and pen are left as they were.
    """
    small = QFont(painter.font())
    small.setPixelSize(sizes().label)
    digits = QFontMetricsF(painter.font()).capHeight()
    band = QFontMetricsF(small).capHeight() + 2 * _GAP
    middle = Qt.AlignmentFlag.AlignCenter
    if cell.height() < digits + band + _GAP:
        painter.drawText(cell, middle, text)
        return
    below = QRectF(cell.x() + 1, cell.bottom() - band - 1, cell.width() - 2, band)
    painter.drawText(cell.adjusted(0, _GAP, 0, -band - _GAP), middle, text)
    painter.fillRect(below, QColor(colours().panel))
    paint_old(painter, below, fitting(old, below.width() - 2, QFontMetricsF(small)), sizes().label)
