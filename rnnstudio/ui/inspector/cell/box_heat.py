"""A value of many numbers in a box: cells of colour, those below zero hatched."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, sqrt

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter

from rnnstudio.core.cells.functions import Array
from rnnstudio.ui.inspector.cell.box_content import BoxContent
from rnnstudio.ui.inspector.cell.drawing import drawing_pen, ink
from rnnstudio.ui.widgets.heat import paint_heat

HATCHED_BELOW = -0.15
"""From this share of the scale on a cell is hatched: colour alone does not say a sign."""
_LIGHT_BELOW = -0.6
"""From this one on the hatch is in the colour of the ground."""
_HATCHES_KEPT = 200
OLD_SHARE, _OLD_OPACITY = 0.4, 0.5
"""The colours before an edit: how much of the height they take at the foot, how pale they are."""


def paint_heat_cells(painter: QPainter, place: QRectF, content: BoxContent) -> None:
    """The numbers row by row in a grid; an empty frame before they are known."""
    if content.heat is None:
        painter.setPen(drawing_pen("outline", 1, (4, 3)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, 3, 3)
        return
    count = len(content.heat)
    across = min(ceil(sqrt(count * place.width() / place.height())), count)
    paint_heat_grid(painter, place, content.heat, content.limit, across)
    if content.old_heat is not None:
        below = place.adjusted(0, place.height() * (1 - OLD_SHARE), 0, 0)
        painter.fillRect(below, ink("muted"))
        painter.setOpacity(_OLD_OPACITY)
        paint_heat(painter, below, _grid(content.old_heat, across), content.limit)
        painter.setOpacity(1)
    painter.setPen(drawing_pen("outline", 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place)


def paint_heat_grid(
    painter: QPainter, place: QRectF, numbers: Array, limit: float, across: int
) -> None:
    """Colour the numbers (rows, 1) line by line, and hatch those that are clearly below zero."""
    paint_heat(painter, place, _grid(numbers, across), limit)
    _paint_hatch(painter, place, numbers[:, 0] / limit, across, ceil(len(numbers) / across))


def _grid(numbers: Array, across: int) -> Array:
    """The numbers line by line; NaN, which has no colour, where there are too few."""
    down = ceil(len(numbers) / across)
    grid = np.full(down * across, np.nan)
    grid[: len(numbers)] = numbers[:, 0]
    return grid.reshape(down, across)


def _paint_hatch(painter: QPainter, place: QRectF, shares: Array, across: int, down: int) -> None:
    """Three lines at 45 degrees in every cell that is clearly below zero."""
    hatches = _hatches(place.getRect(), across, down)
    below, far_below = shares <= HATCHED_BELOW, shares <= _LIGHT_BELOW
    for cells, role in ((below & ~far_below, "ink"), (far_below, "panel")):
        lines = [line for cell in np.flatnonzero(cells).tolist() for line in hatches[cell]]
        if lines:
            painter.setPen(drawing_pen(role, 1))
            painter.drawLines(lines)


@lru_cache(_HATCHES_KEPT)
def _hatches(
    place: tuple[float, float, float, float], across: int, down: int
) -> list[tuple[QLineF, QLineF, QLineF]]:
    """The lines of every cell of a grid, the same in every frame."""
    width, height = place[2] / across, place[3] / down
    hatches = []
    for row, column in np.ndindex(down, across):
        left, top = place[0] + column * width, place[1] + row * height
        right, foot, middle, half = left + width, top + height, left + width / 2, top + height / 2
        hatches.append(
            (
                QLineF(left, foot, right, top),
                QLineF(left, half, middle, top),
                QLineF(middle, foot, right, half),
            )
        )
    return hatches
