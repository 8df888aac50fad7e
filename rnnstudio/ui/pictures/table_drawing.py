"""A table of numbers, drawn: titles, a line below them, a row for each line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import colour, sizes

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TableDrawing:
    """Laid out for a ``width`` in pixels: smaller letters where the columns need more."""

    def __init__(self, titles: Sequence[str], rows: Sequence[Sequence[str]], width: float) -> None:
        self._titles, self._rows = titles, rows
        self._row = QFontMetricsF(words()).height() + sizes().quarter_gap
        self._columns = [
            max(_width(title, bold=True), *(_width(row[place]) for row in rows)) + 2 * sizes().gap
            for place, title in enumerate(titles)
        ]
        self._factor = min(1.0, width / sum(self._columns))
        self.height = self._factor * self._row * (len(rows) + 1)
        """In pixels."""

    def draw(self, painter: QPainter, top_left: QPointF) -> None:
        """Draw the table with its upper left corner there."""
        painter.save()
        painter.translate(top_left)
        painter.scale(self._factor, self._factor)
        painter.setFont(words(bold=True))
        painter.setPen(QColor(colour("muted")))
        self._draw_row(painter, self._titles, 0.0)
        painter.setPen(pen("outline", 1))
        painter.drawLine(QPointF(0, self._row), QPointF(sum(self._columns), self._row))
        painter.setFont(words())
        painter.setPen(QColor(colour("ink")))
        for place, row in enumerate(self._rows, start=1):
            self._draw_row(painter, row, place * self._row)
        painter.restore()

    def _draw_row(self, painter: QPainter, texts: Sequence[str], top: float) -> None:
        left = 0.0
        for text, width in zip(texts, self._columns, strict=True):
            painter.drawText(QRectF(left, top, width, self._row), _RIGHT, text)
            left += width


def _width(text: str, bold: bool = False) -> float:
    return QFontMetricsF(words(bold=bold)).horizontalAdvance(text)
