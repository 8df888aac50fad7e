"""The edges of a cell's drawing, the state's line along the top, and the circles on both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from math import hypot

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from rnnstudio.ui.inspector.cell.connections import RADIUS, WORD, CirclePlace, Route
from rnnstudio.ui.inspector.cell.drawing import drawing_pen, ink
from rnnstudio.ui.inspector.cell.frames import Point
from rnnstudio.ui.widgets.symbol_shape import word_shape

WIDEST, NARROWEST = 12.0, 2.0
"""How wide the state's line is, and its hollow twin of the backward pass at most and at least."""
_BEND = 10.0
_HEAD, _HEAD_HALF = 11.0, 6.0
_LINE_HEAD, _LINE_HEAD_HALF = 17.0, 13.0
_TRIANGLE = 10.0
_SIGN, _SIGN_WORD, _CHEVRON = 5.5, 16.0, 7.0
_NOT_YET = (4.0, 4.0)
_LINE_NOT_YET = (5.0, 4.0)


class EdgeLook(Enum):
    """How an edge stands to the current value."""

    NOT_YET = auto()
    DONE = auto()
    INTO = auto()
    """It brings what the current value is computed of."""


class EdgeItem(QGraphicsItem):
    """A value on its way: round corners, an arrow head where it comes into a box."""

    def __init__(self, route: Route) -> None:
        super().__init__()
        self.route = route
        self.look = EdgeLook.NOT_YET
        self._set_points()

    def _set_points(self) -> None:
        points = self.route.points
        self._head = _head(points, _HEAD, _HEAD_HALF) if self.route.head else None
        ends = _shortened(points, _HEAD - 2) if self.route.head else points
        self.path = rounded(ends)
        reach = self.path.boundingRect().adjusted(-9, -9, 9, 9)
        self._bounds = reach if self._head is None else reach.united(self._head.boundingRect())

    def show_look(self, look: EdgeLook) -> None:
        """Show how it stands to the current value."""
        if look is not self.look:
            self.look = look
            self.setZValue(look.value / 10)
            self.update()

    def boundingRect(self) -> QRectF:
        """The line, its pen and its head."""
        return self._bounds

    def paint(
        self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None
    ) -> None:
        """The line, then the head."""
        role = "outline" if self.look is EdgeLook.NOT_YET else "ink"
        width = 3.5 if self.look is EdgeLook.INTO else 2.0
        dashes = _NOT_YET if self.look is EdgeLook.NOT_YET else ()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(drawing_pen(role, width, dashes))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self.path)
        if self._head is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink(role))
            painter.drawPolygon(self._head)


@dataclass(frozen=True)
class LineLook:
    """Whether a stretch of the line is there yet, and how wide it is where it is hollow."""

    known: bool = False
    hollow: float | None = None


class LineItem(QGraphicsItem):
    """A stretch of the state's line: its memory, or hollow its gradient on the way back."""

    def __init__(self, route: Route) -> None:
        super().__init__()
        self.route = route
        self.look = LineLook()
        start, end = route.points
        self._left, self._right = min(start[0], end[0]), max(start[0], end[0])
        self._y = start[1]
        self._back = end[0] < start[0]
        self.setZValue(-1)

    @property
    def path(self) -> QPainterPath:
        """Its middle, in the direction in which the value goes."""
        return rounded(self.route.points)

    def show_look(self, look: LineLook) -> None:
        """Show whether it is there, and how wide."""
        if look != self.look:
            self.look = look
            self.update()

    def boundingRect(self) -> QRectF:
        """The line at its widest and its head."""
        high = _LINE_HEAD_HALF + 3
        return QRectF(self._left - 2, self._y - high, self._right - self._left + 4, 2 * high)

    def paint(
        self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None
    ) -> None:
        """The line, its head, and on a hollow one which way it goes."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = self._body()
        if not self.look.known:
            self._paint_lines(painter, left, right, WIDEST / 2, "outline", _LINE_NOT_YET)
        elif self.look.hollow is None:
            painter.setPen(drawing_pen("ink", WIDEST))
            painter.drawLine(QLineF(left, self._y, right, self._y))
        else:
            half = self.look.hollow / 2
            band = QRectF(left, self._y - half, right - left, 2 * half)
            painter.fillRect(band, ink("sunken"))
            self._paint_lines(painter, left, right, half, "ink", ())
            self._paint_directions(painter, left, right)
        if self.route.head:
            self._paint_head(painter)

    def _body(self) -> tuple[float, float]:
        """From where to where the line goes without its head."""
        if not self.route.head:
            return self._left, self._right
        if self._back:
            return min(self._left + _LINE_HEAD - 1, self._right), self._right
        return self._left, max(self._right - _LINE_HEAD + 1, self._left)

    def _paint_lines(
        self,
        painter: QPainter,
        left: float,
        right: float,
        half: float,
        role: str,
        dashes: tuple[float, ...],
    ) -> None:
        painter.setPen(drawing_pen(role, 1.5, dashes))
        for y in (self._y - half, self._y + half):
            painter.drawLine(QLineF(left, y, right, y))

    def _paint_directions(self, painter: QPainter, left: float, right: float) -> None:
        """One mark, two on a long stretch."""
        if right - left < 4 * _CHEVRON:
            return
        middle = (left + right) / 2
        places = (middle,) if right - left < 200 else (middle - 13, middle + 13)
        painter.setPen(drawing_pen("ink", 2))
        side = -1 if self._back else 1
        for x in places:
            tip = QPointF(x + side * _CHEVRON / 2, self._y)
            for y in (self._y - _CHEVRON + 1, self._y + _CHEVRON - 1):
                painter.drawLine(tip, QPointF(x - side * _CHEVRON / 2, y))

    def _paint_head(self, painter: QPainter) -> None:
        head = _head(self.route.points, _LINE_HEAD, _LINE_HEAD_HALF)
        if self.look.known:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink("ink"))
        else:
            painter.setPen(drawing_pen("outline", 1.5))
            painter.setBrush(ink("window"))
        painter.drawPolygon(head)


class CircleItem(QGraphicsItem):
    """An operator or a function where values meet."""

    def __init__(self, circle: CirclePlace) -> None:
        super().__init__()
        self.circle = circle
        self.known = False
        half = WORD if circle.word else RADIUS
        self.rect = QRectF(circle.x - half, circle.y - RADIUS, 2 * half, 2 * RADIUS)
        if circle.word:
            self.rect.adjust(0, 1, 0, -1)
        self.setZValue(1)

    def show_known(self, *, known: bool) -> None:
        """Show whether what comes to it is there."""
        if known != self.known:
            self.known = known
            self.update()

    def boundingRect(self) -> QRectF:
        """The circle and its pen."""
        return self.rect.adjusted(-2, -2, 2, 2)

    def paint(
        self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None
    ) -> None:
        """The circle and its sign."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = drawing_pen("ink", 2) if self.known else drawing_pen("outline", 1.5, (3, 3))
        painter.setPen(outline)
        painter.setBrush(ink("panel"))
        radius = self.rect.height() / 2
        painter.drawRoundedRect(self.rect, radius, radius)
        role = "ink" if self.known else "muted"
        middle = self.rect.center()
        lines = _sign(self.circle.sign, middle)
        if lines:
            painter.setPen(drawing_pen(role, 2.2))
            painter.drawLines(lines)
        else:
            pixels = _SIGN_WORD - (2 if len(self.circle.sign) > 4 else 0)
            word_shape(self.circle.sign, pixels).draw_in_middle(painter, middle, ink(role))


class PointerItem(QGraphicsItem):
    """The line from the card to the box that it is about, and the triangle where it begins."""

    def __init__(self) -> None:
        super().__init__()
        self.points: tuple[Point, ...] = ()
        self.path = QPainterPath()
        self._triangle = QPolygonF()
        self.setZValue(5)

    def show_points(self, points: tuple[Point, ...]) -> None:
        """Lead through other points; none: there is no line."""
        if points == self.points:
            return
        self.prepareGeometryChange()
        self.points = points
        self.path = rounded(points) if points else QPainterPath()
        self._triangle = QPolygonF()
        if points:
            (x, y), (along_x, along_y) = points[0], _direction(points[:2])
            tip = x + along_x * _TRIANGLE, y + along_y * _TRIANGLE
            self._triangle = _head(((x, y), tip), _TRIANGLE, _TRIANGLE)

    def boundingRect(self) -> QRectF:
        """The line, its pen and the triangle."""
        return self.path.boundingRect().united(self._triangle.boundingRect()).adjusted(-4, -4, 4, 4)

    def paint(
        self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None
    ) -> None:
        """The line and the triangle."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(drawing_pen("you", 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self.path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink("you"))
        painter.drawPolygon(self._triangle)


def _sign(sign: str, middle: QPointF) -> list[QLineF]:
    """The strokes of an operator; none for a word."""
    x, y, half = middle.x(), middle.y(), _SIGN
    level = QLineF(x - half, y, x + half, y)
    if sign == "+":
        return [level, QLineF(x, y - half, x, y + half)]
    if sign == "−":
        return [level]
    if sign == "×":
        half *= 0.85
        return [
            QLineF(x - half, y - half, x + half, y + half),
            QLineF(x - half, y + half, x + half, y - half),
        ]
    return []


def rounded(points: tuple[Point, ...]) -> QPainterPath:
    """A path through the points with round corners."""
    corners = [QPointF(*point) for point in points]
    path = QPainterPath(corners[0])
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        first, second = QLineF(corner, before), QLineF(corner, after)
        bend = min(_BEND, first.length() / 2, second.length() / 2)
        path.lineTo(first.pointAt(bend / first.length()))
        path.quadTo(corner, second.pointAt(bend / second.length()))
    path.lineTo(corners[-1])
    return path


def _direction(points: tuple[Point, ...]) -> tuple[float, float]:
    (x, y), (to_x, to_y) = points[-2:]
    length = hypot(to_x - x, to_y - y) or 1.0
    return (to_x - x) / length, (to_y - y) / length


def _head(points: tuple[Point, ...], length: float, half: float) -> QPolygonF:
    """The arrow head at the end of the points."""
    (along_x, along_y), tip = _direction(points), QPointF(*points[-1])
    back = tip - QPointF(along_x, along_y) * length
    side = QPointF(-along_y, along_x) * half
    return QPolygonF([tip, back + side, back - side])


def _shortened(points: tuple[Point, ...], length: float) -> tuple[Point, ...]:
    """The points with the last one moved back."""
    (along_x, along_y), (x, y), before = _direction(points), points[-1], points[-2]
    length = min(length, hypot(x - before[0], y - before[1]) / 2)
    return (*points[:-1], (x - along_x * length, y - along_y * length))
