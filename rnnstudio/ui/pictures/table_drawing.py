"""A table of numbers, drawn: titles, a line below them, a row for each line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QTableView

from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import colour, colour_now, sizes
from rnnstudio.ui.widgets.sort_table import model_texts

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TableDrawing:
    """Laid out for a ``width`` in pixels: smaller letters where the columns need more.

    ``colours`` are those of the texts in ``rows``, empty for ink.
    """

    def __init__(
        self,
        titles: Sequence[str],
        rows: Sequence[Sequence[str]],
        width: float,
        colours: Sequence[Sequence[str]] = (),
    ) -> None:
        self._titles, self._rows = titles, rows
        self._colours = colours or [("",) * len(titles)] * len(rows)
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
        muted = (colour("muted"),) * len(self._titles)
        self._draw_row(painter, self._titles, muted, 0.0)
        painter.setPen(pen("outline", 1))
        painter.drawLine(QPointF(0, self._row), QPointF(sum(self._columns), self._row))
        painter.setFont(words())
        for place, row in enumerate(self._rows):
            self._draw_row(painter, row, self._colours[place], (place + 1) * self._row)
        painter.restore()

    def _draw_row(
        self, painter: QPainter, texts: Sequence[str], inks: Sequence[str], top: float
    ) -> None:
        left = 0.0
        for text, ink, width in zip(texts, inks, self._columns, strict=True):
            painter.setPen(QColor(ink or colour("ink")))
            painter.drawText(QRectF(left, top, width, self._row), _RIGHT, text)
            left += width


def whole_table(table: QTableView, width: float) -> TableDrawing:
    """All rows and columns of a table, of which a part may be in sight, in the colours of now."""
    model = table.model()
    titles, rows = model_texts(model)
    columns = range(len(titles))
    colours = [[_ink(model.index(row, at)) for at in columns] for row in range(len(rows))]
    if not table.verticalHeader().isHidden():
        names = [str(model.headerData(at, Qt.Orientation.Vertical)) for at in range(len(rows))]
        titles = ["", *titles]
        rows = [[name, *row] for name, row in zip(names, rows, strict=True)]
        colours = [["", *row] for row in colours]
    return TableDrawing(titles, rows, width, colours)


def _ink(index: QModelIndex) -> str:
    """The colour that a cell's text has of its own."""
    own = index.data(Qt.ItemDataRole.ForegroundRole)
    return "" if own is None else colour_now(QBrush(own).color().name())


def _width(text: str, bold: bool = False) -> float:
    return QFontMetricsF(words(bold=bold)).horizontalAdvance(text)
