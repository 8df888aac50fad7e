"""Puts a picture together: words above the thing, the thing, tables and a caution below it.

A table of which the page shows a part alone stands below it, whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from rnnstudio.ui.pictures.table_drawing import table_of, whole_table
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.tokens import colour, colours, sizes
from rnnstudio.ui.widgets.chart_picture import cut_tables, draw_page, page_frame
from rnnstudio.ui.widgets.view_picture import PicturePart, ViewPicture

_WRAP = Qt.TextFlag.TextWordWrap
_NARROWEST = 320
"""Words have so many pixels of width, however narrow the thing is."""


@dataclass(frozen=True)
class _Line:
    """Words with their font and colour, and how high they are in the picture's width."""

    text: str
    font: QFont
    role: str
    height: float


class Composition:
    """The picture of a view with the ``chosen`` of its parts, laid out for the theme of now.

    ``size`` is in pixels of the screen. Lives as long as the view stays as it is.
    """

    def __init__(self, view: ViewPicture, chosen: Collection[PicturePart]) -> None:
        self._view = view
        unwanted = [part for part in view.on_page if part not in chosen]
        self._left_out = [each for part in unwanted for each in view.on_page[part]]
        self._left_out += view.left_out
        cut = cut_tables(view.page, self._left_out)
        self._left_out += cut
        self._frame = page_frame(view.page, self._left_out)
        self._gap = sizes().gap
        width = max(self._frame.width() or view.page.width(), _NARROWEST)
        self._above = [
            self._line(part, view.words[part], width)
            for part in PicturePart
            if part in chosen and view.words.get(part)
        ]
        self._below = self._measured(view.note, words(), "bad", width) if view.note else None
        shows_table = PicturePart.TABLE in chosen and PicturePart.TABLE in view.offered
        table = view.table() if shows_table and view.table is not None else None
        self._tables = [whole_table(each, width) for each in cut]
        self._tables += [] if table is None else [table_of(table, width)]
        height = round(self._height())
        self.size = QSize(width + 2 * self._gap, height + 2 * self._gap)

    def draw(self, painter: QPainter) -> None:
        """Draw all of it, from the upper left corner on."""
        painter.fillRect(QRect(0, 0, self.size.width(), self.size.height()), _ground())
        top = float(self._gap)
        for line in self._above:
            top = self._draw_line(painter, line, top)
        painter.save()
        painter.translate(QPointF(self._gap, top) - QPointF(self._frame.topLeft()))
        draw_page(painter, self._view.page, self._left_out)
        painter.restore()
        top += self._frame.height() + self._gap
        for table in self._tables:
            table.draw(painter, QPointF(self._gap, top))
            top += table.height + self._gap
        if self._below is not None:
            self._draw_line(painter, self._below, top)

    def _height(self) -> float:
        parts = [line.height for line in self._above]
        parts.append(self._frame.height())
        parts += [table.height for table in self._tables]
        parts += [] if self._below is None else [self._below.height]
        return sum(parts) + (len(parts) - 1) * self._gap

    def _line(self, part: PicturePart, text: str, width: int) -> _Line:
        heading = part in (PicturePart.TITLE, PicturePart.VERDICT)
        font = words(sizes().heading if heading else sizes().text, bold=heading)
        role = "muted" if part in (PicturePart.SHARE, PicturePart.DAYS) else "ink"
        return self._measured(text, font, role, width)

    def _measured(self, text: str, font: QFont, role: str, width: int) -> _Line:
        room = QRectF(0, 0, width, 10_000)
        height = QFontMetricsF(font).boundingRect(room, _WRAP, text).height()
        return _Line(text, font, role, height)

    def _draw_line(self, painter: QPainter, line: _Line, top: float) -> float:
        """Write a line; where the next thing begins."""
        painter.setFont(line.font)
        painter.setPen(QColor(colour(line.role)))
        width = self.size.width() - 2 * self._gap
        painter.drawText(QRectF(self._gap, top, width, line.height), _WRAP, line.text)
        return top + line.height + self._gap


def _ground() -> QColor:
    return QColor(colours().panel)


@contextmanager
def composed(view: ViewPicture, chosen: Collection[PicturePart]) -> Iterator[Composition]:
    """The composition of a view, with those of its parts turned off that are not chosen."""
    off = [switch for part, switch in view.switches.items() if part not in chosen]
    for switch in off:
        switch(False)
    try:
        yield Composition(view, chosen)
    finally:
        for switch in off:
            switch(True)
