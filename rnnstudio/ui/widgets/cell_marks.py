"""Frames and corners on the cells of a heat map: which is chosen, printed, or made another."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from rnnstudio.ui.theme.tokens import colours

_MARK = 9.0


def paint_mark(painter: QPainter, cell: QRectF) -> None:
    """A corner for a figure that the document prints."""
    side = min(_MARK, cell.width() / 2, cell.height() / 2)
    corner = cell.topRight()
    painter.setPen(QPen(QColor(colours().panel), 0.7))
    painter.setBrush(QColor(colours().good))
    painter.drawPolygon([corner, corner - QPointF(side, 0), corner + QPointF(0, side)])


def paint_frame(painter: QPainter, cell: QRectF) -> None:
    """The chosen cell: inside a cell that is large enough, around one that is not."""
    inside = 1 if min(cell.width(), cell.height()) > 2 * _MARK else -1
    painter.setPen(QPen(QColor(colours().ink), 2.5 if inside > 0 else 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(cell.adjusted(inside, inside, -inside, -inside))


def paint_sources(painter: QPainter, cells: Iterable[QRectF]) -> None:
    """One frame around all cells: they are a row, a column or a single one."""
    frame = QRectF()
    for cell in cells:
        frame = frame.united(cell)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, style in (
        (colours().panel, Qt.PenStyle.SolidLine),
        (colours().ink, Qt.PenStyle.DashLine),
    ):
        painter.setPen(QPen(QColor(colour), 2, style))
        painter.drawRect(frame)
