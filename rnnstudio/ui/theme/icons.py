"""Icons drawn with strokes on a grid of 24, in the colour of text or of another role.

No font has all of them, and as files of a colour of their own they would be black on black.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from rnnstudio.paths import resource_file
from rnnstudio.ui.theme.tokens import colour, sizes

_SHARPNESS = 2
"""Pixels drawn for each one shown, so that an icon is sharp on a dense screen."""
_KEPT = 100
"""How many icons are kept read, each in one colour."""


def icon(name: str, role: str = "ink") -> QIcon:
    """The icon in the file of that name in ``resources/icons``, in the colour of ``role`` now."""
    side = _SHARPNESS * sizes().target
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, QRectF(0, 0, side, side), name, role)
    painter.end()
    pixmap.setDevicePixelRatio(_SHARPNESS)
    return QIcon(pixmap)


def judged(good: bool) -> tuple[str, str]:
    """The mark of what is in order or is not, and the role of its colour: never one alone."""
    return ("tick", "good") if good else ("cross", "bad")


def paint_icon(painter: QPainter, place: QRectF, name: str, role: str = "ink") -> None:
    """Draw the icon of that name into the square ``place``, in the colour of ``role`` now."""
    _drawing(name, colour(role)).render(painter, place)


@lru_cache(_KEPT)
def _drawing(name: str, hue: str) -> QSvgRenderer:
    drawing = resource_file(f"icons/{name}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", hue).encode()))
