"""The curve of the function around a formula, with what is put in and what comes out."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.functions import FUNCTIONS, Array
from rnnstudio.core.numbers import rounded
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import TypeScale, colour, sizes

SQUASHED = {"σ": ("sigmoid", 0.0), "tanh": ("tanh", -1.0)}
"""The functions that have a curve, by how they are written: their name and their lower end."""
_REACH = 6.0
"""Sums up to this are on the curve; a larger one widens it."""
_POINTS = 97
_WIDTH, _HEIGHT = 20.0, 12.0
"""Its usual size, in steps of spacing."""
_LEAST_HEIGHT = 8.0


class SquashCurve(QWidget):
    """Draws the curve, the sum z on it, and the level that the function makes of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes = sizes()
        self.function = ""
        self.z, self.level, self.hue = 0.0, 0.0, "ink"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("Curve of the function"))

    def set_sizes(self, scale: TypeScale) -> None:
        """Draw beside letters of these sizes from now on."""
        self._sizes = scale
        self.updateGeometry()

    def show_point(self, function: str, z: float, level: float, hue: str) -> None:
        """Show that ``function`` makes ``level`` of ``z``, in the colour of the role ``hue``."""
        self.function, self.z, self.level, self.hue = function, z, level, hue
        text = self.tr("{0} of {1} is {2}")
        put_in, comes_out = (language.number(rounded(number, 2)) for number in (z, level))
        self.setAccessibleDescription(language.filled(text, function, put_in, comes_out))
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self.function = ""
        self.setAccessibleDescription("")

    def sizeHint(self) -> QSize:
        """What the curve needs to be read."""
        return QSize(round(_WIDTH * self._sizes.gap), round(_HEIGHT * self._sizes.gap))

    def minimumSizeHint(self) -> QSize:
        """The least height with which it can be read."""
        return QSize(self.sizeHint().width(), round(_LEAST_HEIGHT * self._sizes.gap))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Lines at the function's ends and at zero, the curve, the point and its level."""
        if self.function not in SQUASHED:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_frame(painter)
            painter.setPen(pen("ink", 2))
            painter.drawPolyline(QPolygonF([self._at(x, y) for x, y in self._curve()]))
            if math.isfinite(self.z) and math.isfinite(self.level):
                self._paint_point(painter)

    @property
    def _least(self) -> float:
        return SQUASHED[self.function][1]

    @property
    def _reach(self) -> float:
        return max(_REACH, math.ceil(abs(self.z))) if math.isfinite(self.z) else _REACH

    def _curve(self) -> list[tuple[float, float]]:
        x: Array = np.linspace(-self._reach, self._reach, _POINTS)
        y: Array = FUNCTIONS[SQUASHED[self.function][0]](x)
        return list(zip(x.tolist(), y.tolist(), strict=True))

    def _field(self) -> QRectF:
        """Where the curve lies: beside it is the least and the largest, below it zero."""
        left, line = 3.0 * self._sizes.gap, 1.3 * self._sizes.label
        top = min(line / 2, self.height() / 4)
        height = min(self.height() - top - line, self._most_height())
        return QRectF(left, top, self.width() - left - self._sizes.gap, max(height, 1.0))

    def _most_height(self) -> float:
        return (_HEIGHT - 1) * self._sizes.gap

    def _at(self, x: float, y: float) -> QPointF:
        field, least = self._field(), self._least
        across = (x / self._reach + 1) / 2
        up = (y - least) / (1 - least)
        return QPointF(field.left() + across * field.width(), field.bottom() - up * field.height())

    def _paint_frame(self, painter: QPainter) -> None:
        field, ends = self._field(), (self._least, 1.0)
        painter.setFont(words(self._sizes.label))
        line = 1.3 * self._sizes.label
        for end in ends:
            place = self._at(-self._reach, end)
            painter.setPen(pen("hairline", 1))
            painter.drawLine(QLineF(place, QPointF(field.right(), place.y())))
            painter.setPen(QColor(colour("muted")))
            label = QRectF(0, place.y() - line / 2, place.x() - self._sizes.half_gap, line)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(label, right, language.number(rounded(end, 0)))
        middle = self._at(0, self._least)
        painter.setPen(pen("hairline", 1))
        painter.drawLine(QLineF(middle, QPointF(middle.x(), field.top())))
        painter.setPen(QColor(colour("muted")))
        below = QRectF(middle.x() - line, field.bottom(), 2 * line, line)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, language.number(rounded(0, 0)))

    def _paint_point(self, painter: QPainter) -> None:
        """The level as a bar from the function's zero to the point, dotted, and the point."""
        point, foot = self._at(self.z, self.level), self._at(self.z, 0.0)
        painter.setPen(pen(self.hue, 3, (2, 2)))
        painter.drawLine(QLineF(foot, point))
        radius = 0.55 * self._sizes.gap
        painter.setPen(pen("panel", 1.5))
        painter.setBrush(QBrush(QColor(colour(self.hue))))
        painter.drawEllipse(point, radius, radius)
