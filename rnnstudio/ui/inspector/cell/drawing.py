"""Pens and fonts of a drawing that the view scales as a whole.

Lengths are pixels beside text of its usual size at a desk; in front of a class the view draws all
of it larger, and lines half as wide again as at a desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import CLASS, DESK, colour, theme

LABEL, TEXT = DESK.label, DESK.text
RADIUS = 8.0


def drawing_pen(role: str, width: float, dashes: Sequence[float] = ()) -> QPen:
    """A pen of a colour role, ``width`` pixels wide at a desk; dashes as in ``pen``."""
    drawn = pen(role, width, dashes)
    drawn.setWidthF(drawing_width(width))
    return drawn


def drawing_width(width: float) -> float:
    """The width of a line in the drawing that is ``width`` pixels wide at a desk."""
    now = theme()
    usual = CLASS.text * now.class_factor if now.in_class else DESK.text
    return now.pen_width(width) * DESK.text / usual


def ink(role: str) -> QColor:
    """The colour of a role now."""
    return QColor(colour(role))


@lru_cache(20)
def drawing_font(pixels: int, bold: bool = False) -> QFont:
    """The font of words in the drawing, for letters of so many pixels at a desk."""
    return words(pixels, bold)


def paint_framed(
    painter: QPainter, rect: QRectF, radius: float, width: float, roles: tuple[str, str]
) -> None:
    """A rounded rectangle with a frame on its edge, in the colours of frame and ground.

    Two areas are drawn in two thirds of the time of an area and a line around it.
    """
    half = drawing_width(width) / 2
    painter.setPen(Qt.PenStyle.NoPen)
    for role, out in zip(roles, (half, -half), strict=True):
        painter.setBrush(ink(role))
        painter.drawRoundedRect(rect.adjusted(-out, -out, out, out), radius + out, radius + out)
