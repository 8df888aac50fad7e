"""A value as a bar from the middle of its track: to the right above zero, hatched below it."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import colour, scaled

HATCH = 4.0
"""From one line of the hatch to the next, in pixels at a desk."""


def paint_value_bar(painter: QPainter, track: QRectF, share: float) -> None:
    """Draw the track and on it a bar; ``share`` of its half, from -1 to 1, which is cut off.

    What is not a number has no bar.
    """
    radius = scaled(3)
    painter.setPen(pen("hairline", 1))
    painter.setBrush(QColor(colour("panel")))
    painter.drawRoundedRect(track, radius, radius)
    if isfinite(share) and share:
        paint_bar(painter, bar_rect(track, share), below_zero=share < 0)
    middle = track.center().x()
    painter.setPen(pen("outline", 1))
    painter.drawLine(QLineF(middle, track.top(), middle, track.bottom()))


def bar_rect(track: QRectF, share: float) -> QRectF:
    """Where the bar of ``share`` of half a track, from -1 to 1, lies."""
    inset = scaled(2)
    middle, reach = track.center().x(), track.width() / 2 - inset
    length = reach * min(abs(share), 1)
    left = middle - length if share < 0 else middle
    return QRectF(left, track.top() + inset, length, track.height() - 2 * inset)


def paint_bar(
    painter: QPainter,
    bar: QRectF,
    *,
    below_zero: bool,
    step: float | None = None,
    pen: Callable[[str, float], QPen] = pen,
) -> None:
    """Fill a bar: whole above zero, framed and hatched at 45 degrees below it.

    In a drawing that is scaled as a whole ``step``, from one line of the hatch to the next, and
    ``pen`` are the drawing's own.
    """
    if not below_zero:
        painter.fillRect(bar, QColor(colour("plus")))
        return
    painter.setPen(pen("minus", 1.5))
    painter.drawLines(hatch_lines(bar, scaled(HATCH) if step is None else step))
    painter.setPen(pen("minus", 1))
    painter.setBrush(QBrush())
    painter.drawRect(bar)


def hatch_lines(place: QRectF, step: float) -> list[QLineF]:
    """Lines at 45 degrees that end at the edges of the place: drawings know no clipping."""
    lines = []
    foot = place.left() - place.height()
    while foot < place.right():
        first, last = max(foot, place.left()), min(foot + place.height(), place.right())
        start = QPointF(first, place.bottom() - (first - foot))
        lines.append(QLineF(start, QPointF(last, place.bottom() - (last - foot))))
        foot += step
    return lines
