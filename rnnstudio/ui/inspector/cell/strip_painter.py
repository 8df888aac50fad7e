"""How a tile of the strip is drawn, and the arrows that lead to the next one."""

from __future__ import annotations

from math import ceil, sqrt

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPolygonF

from rnnstudio.core.cells.functions import Array
from rnnstudio.ui.inspector.cell.box_heat import paint_heat_grid
from rnnstudio.ui.inspector.cell.strip_content import MOST_BARS, TileContent
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.icons import paint_icon
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import colour, scaled, sizes
from rnnstudio.ui.widgets.value_bar import paint_value_bar

_PADDING, _BAR, _BARS, _BAR_GAP = 11.0, 15.0, 50.0, 4.0
LOCK = 12.0
"""Radius of the mark of a held step, in pixels at a desk."""


def paint_tile(painter: QPainter, place: QRectF, content: TileContent) -> None:
    """Draw a tile: what is read at the left, what is handed on at the right."""
    _paint_ground(painter, place, content)
    inner = place.adjusted(scaled(_PADDING), 0, -scaled(_PADDING), 0)
    written = _paint_words(painter, inner, content)
    left = max(written + scaled(6), inner.right() - scaled(_BARS))
    right = QRectF(QPointF(left, place.top()), QPointF(inner.right(), place.bottom()))
    if content.values is None:
        side = scaled(20)
        corner = QPointF(inner.right() - side, place.center().y() - side / 2)
        paint_icon(painter, QRectF(corner.x(), corner.y(), side, side), "covered", "muted")
    elif len(content.values) > MOST_BARS:
        _paint_cells(painter, right, content.values)
    else:
        _paint_bars(painter, right, content.values)


def paint_lock(painter: QPainter, middle: QPointF, hue: str) -> None:
    """The mark of a step at which a value is held: a lock on a disc in the value's colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour(hue)))
    painter.drawEllipse(middle, scaled(LOCK), scaled(LOCK))
    half = scaled(7)
    place = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
    paint_icon(painter, place, "lock", "panel")


def paint_arrow(
    painter: QPainter, start: QPointF, tip: QPointF, *, thick: bool, known: bool
) -> None:
    """An arrow from one tile to the next: thick for the state that is the cell's memory.

    Dashed while nothing has gone along it.
    """
    role, width = ("ink", 6.0 if thick else 2.0) if known else ("outline", 2.0)
    towards = 1 if tip.x() > start.x() else -1
    length, half = (scaled(8), scaled(6)) if thick else (scaled(5), scaled(4))
    back = tip - QPointF(towards * length, 0)
    line = pen(role, width, () if known else (4, 4))
    painter.setPen(line)
    painter.drawLine(QLineF(start, back))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour(role)))
    painter.drawPolygon(QPolygonF([tip, back - QPointF(0, half), back + QPointF(0, half)]))


def _paint_ground(painter: QPainter, place: QRectF, content: TileContent) -> None:
    if content.current:
        line, ground = pen("you", 3), "you_soft"
    elif content.covered:
        line, ground = pen("hairline", 1), "cover"
    else:
        line, ground = pen("outline", 2), "panel"
    inset = line.widthF() / 2
    painter.setPen(line)
    painter.setBrush(QColor(colour(ground)))
    radius = sizes().card_radius
    painter.drawRoundedRect(place.adjusted(inset, inset, -inset, -inset), radius, radius)


def _paint_words(painter: QPainter, inner: QRectF, content: TileContent) -> float:
    """Draw the step and what is read; how far to the right that goes."""
    large = len(content.lines) == 1 and len(content.lines[0]) <= 2
    small = QFontMetricsF(words(sizes().label))
    read = words(sizes().sentence if large else sizes().label, bold=True)
    metrics = QFontMetricsF(read)
    heights = [small.height(), *[metrics.height()] * len(content.lines)]
    baseline = inner.center().y() - sum(heights) / 2 + small.ascent()
    painter.setFont(words(sizes().label))
    painter.setPen(pen("muted", 1))
    painter.drawText(QPointF(inner.left(), baseline), content.time)
    baseline += small.descent() + metrics.ascent()
    painter.setFont(read)
    painter.setPen(pen("ink", 1))
    for line in content.lines:
        painter.drawText(QPointF(inner.left(), baseline), line)
        baseline += metrics.height()
    wide = max(map(metrics.horizontalAdvance, content.lines), default=0.0)
    return inner.left() + max(wide, small.horizontalAdvance(content.time))


def _paint_bars(painter: QPainter, place: QRectF, values: Array) -> None:
    count = len(values)
    room = place.height() - scaled(2 * _PADDING)
    gap = scaled(_BAR_GAP if count < 4 else 1.5)
    high = min(scaled(_BAR), (room - gap * (count - 1)) / count)
    top = place.center().y() - (count * high + gap * (count - 1)) / 2 - scaled(1)
    for value in values.tolist():
        paint_value_bar(painter, QRectF(place.left(), top, place.width(), high), value)
        top += high + gap


def _paint_cells(painter: QPainter, place: QRectF, values: Array) -> None:
    """Cells of colour, in rows that are as square as the place; below zero they are hatched."""
    high = scaled(2 * _BAR + _BAR_GAP)
    place = QRectF(place.left(), place.center().y() - high / 2, place.width(), high)
    across = ceil(sqrt(len(values) * place.width() / high))
    paint_heat_grid(painter, place, values[:, np.newaxis], 1.0, across)
    painter.setPen(pen("outline", 1))
    painter.setBrush(QBrush())
    painter.drawRect(place)
