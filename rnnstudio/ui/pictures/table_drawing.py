"""A table of numbers, drawn: titles, a line below them, a row for each line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QTableView

from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.icons import judged, paint_icon
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import colour, colour_now, sizes
from rnnstudio.ui.widgets.judged_cells import GOOD_ROLE
from rnnstudio.ui.widgets.sort_table import model_texts
from rnnstudio.ui.widgets.view_picture import TextTable

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DrawnCell(NamedTuple):
    """A text, its colour where that is not ink, and whether what it says is in order, if asked."""

    text: str
    colour: str = ""
    good: bool | None = None


class TableDrawing:
    """Laid out for a ``width`` in pixels: smaller letters where the columns need more."""

    def __init__(
        self, titles: Sequence[str], rows: Sequence[Sequence[DrawnCell]], width: float
    ) -> None:
        self._titles, self._rows = titles, rows
        self._row = QFontMetricsF(words()).height() + sizes().quarter_gap
        self._columns = [
            max(_width(title, bold=True), *(_width_of(row[place]) for row in rows))
            + 2 * sizes().gap
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
        self._draw_row(painter, [DrawnCell(each, colour("muted")) for each in self._titles], 0.0)
        painter.setPen(pen("outline", 1))
        painter.drawLine(QPointF(0, self._row), QPointF(sum(self._columns), self._row))
        painter.setFont(words())
        for place, row in enumerate(self._rows):
            self._draw_row(painter, row, (place + 1) * self._row)
        painter.restore()

    def _draw_row(self, painter: QPainter, cells: Sequence[DrawnCell], top: float) -> None:
        left = 0.0
        for cell, width in zip(cells, self._columns, strict=True):
            painter.setPen(QColor(cell.colour or colour("ink")))
            painter.drawText(QRectF(left, top, width, self._row), _RIGHT, cell.text)
            left += width
            if cell.good is not None:
                start, side = left - _width_of(cell), sizes().mark
                place = QRectF(start, top + (self._row - side) / 2, side, side)
                paint_icon(painter, place, *judged(cell.good))


def table_of(texts: TextTable, width: float) -> TableDrawing:
    """A table of plain texts under their titles."""
    titles, rows = texts
    return TableDrawing(titles, [[DrawnCell(text) for text in row] for row in rows], width)


def whole_table(table: QTableView, width: float) -> TableDrawing:
    """All rows and columns of a table, of which a part may be in sight, in the colours of now."""
    model = table.model()
    titles, texts = model_texts(model)
    rows = [
        [_drawn(text, model.index(row, at)) for at, text in enumerate(line)]
        for row, line in enumerate(texts)
    ]
    if not table.verticalHeader().isHidden():
        names = [str(model.headerData(at, Qt.Orientation.Vertical)) for at in range(len(rows))]
        titles = ["", *titles]
        rows = [[DrawnCell(name), *row] for name, row in zip(names, rows, strict=True)]
    return TableDrawing(titles, rows, width)


def _drawn(text: str, index: QModelIndex) -> DrawnCell:
    """The cell with the colour that its text has of its own, and its mark."""
    own = index.data(Qt.ItemDataRole.ForegroundRole)
    ink = "" if own is None else colour_now(QBrush(own).color().name())
    return DrawnCell(text, ink, index.data(GOOD_ROLE))


def _width_of(cell: DrawnCell) -> float:
    mark = 0 if cell.good is None else sizes().mark + sizes().gap
    return _width(cell.text) + mark


def _width(text: str, bold: bool = False) -> float:
    return QFontMetricsF(words(bold=bold)).horizontalAdvance(text)
