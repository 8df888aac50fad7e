"""Items of a chart that are made of paths, so that screen and picture draw the same ones."""

from __future__ import annotations

from collections.abc import Iterator

import pyqtgraph as pg
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

Shape = tuple[QPainterPath, QPen, QBrush]


class ShapesItem(pg.GraphicsObject):  # type: ignore[misc] # pyqtgraph ships no types
    """Draws the paths that ``shapes`` gives, in the chart's own numbers."""

    def shapes(self) -> Iterator[Shape]:
        """What is in view: paths, each with its pen and what fills it."""
        raise NotImplementedError

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw what is in view."""
        for path, pen, brush in self.shapes():
            painter.setPen(pen)
            painter.setBrush(brush)
            painter.drawPath(path)
