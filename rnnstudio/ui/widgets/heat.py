"""The colours of numbers: blue below zero, white at zero, orange above."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter

from rnnstudio.core.cells.functions import Array
from rnnstudio.ui.theme.tokens import Colours, colours
from rnnstudio.ui.widgets.paint_target import is_drawing

LEVELS = 255


@cache
def _table(theme: Colours) -> npt.NDArray[np.uint32]:
    """The colours from -limit to +limit as 0xffRRGGBB."""
    ends = [_rgb(theme.minus), _rgb(theme.panel), _rgb(theme.plus)]
    place = np.linspace(-1, 1, 2 * LEVELS + 1)
    channels = [np.interp(place, (-1, 0, 1), [end[i] for end in ends]) for i in range(3)]
    red, green, blue = (np.rint(channel).astype(np.uint32) for channel in channels)
    return np.asarray(0xFF000000 + (red << 16) + (green << 8) + blue, dtype=np.uint32)


def _rgb(colour: str) -> tuple[int, int, int]:
    parsed = QColor(colour)
    return parsed.red(), parsed.green(), parsed.blue()


def _levels(array: Array, limit: float) -> npt.NDArray[np.intp]:
    share = np.asarray(array / limit).clip(-1, 1)
    share[np.isnan(share)] = 0  # as when gradients explode: it has no colour
    levels: npt.NDArray[np.intp] = np.rint(share * LEVELS).astype(np.intp) + LEVELS
    return levels


def heat_image(array: Array, limit: float) -> QImage:
    """One pixel a number: (rows, columns) gives an image of as many lines and columns."""
    pixels = np.ascontiguousarray(_table(colours())[_levels(array, limit)])
    rows, columns = pixels.shape
    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
    return image.copy()  # the pixels above do not outlive this function


def paint_heat(painter: QPainter, place: QRectF, array: Array, limit: float) -> None:
    """Colour ``place`` by the numbers, (rows, columns); in a drawing each is a rectangle.

    An image of a few pixels that is stretched would be smeared into a gradient by its readers.
    """
    if not is_drawing(painter):
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.drawImage(place, heat_image(array, limit))
        return
    rows, columns = array.shape
    width, height = place.width() / columns, place.height() / rows
    for row, cells in enumerate(heat_colours(array, limit)):
        for column, (fill, _) in enumerate(cells):
            corner = QPointF(place.x() + column * width, place.y() + row * height)
            painter.fillRect(QRectF(corner, QSizeF(width, height)), fill)


def heat_colours(array: Array, limit: float) -> list[list[tuple[QColor, QColor]]]:
    """For each number its colour and, black or white, the one that is read on it most easily."""
    theme = colours()
    return [[_colours_at(theme, level) for level in row] for row in _levels(array, limit).tolist()]


@cache
def _colours_at(theme: Colours, level: int) -> tuple[QColor, QColor]:
    fill = QColor.fromRgb(int(_table(theme)[level]))
    black, white = QColor(theme.heat_pale), QColor(theme.heat_strong)
    background = luminance(fill)
    return fill, max(black, white, key=lambda text: _contrast(luminance(text), background))


def luminance(colour: QColor) -> float:
    """Relative luminance, 0 to 1, as the Web Content Accessibility Guidelines define it."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: float, other: float) -> float:
    """The contrast ratio of two luminances, 1 to 21."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
