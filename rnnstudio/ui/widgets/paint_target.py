"""What a painter paints on: pixels, or a drawing of lines and areas in a file."""

from __future__ import annotations

from PySide6.QtGui import QPaintEngine, QPainter

_DRAWINGS = (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf)


def is_drawing(painter: QPainter) -> bool:
    """Whether it makes a drawing: pixels in it would be smeared by whoever enlarges it."""
    return painter.paintEngine().type() in _DRAWINGS
