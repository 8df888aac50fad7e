"""The pieces of the cell diagram: nodes with a heat strip, and the edges between them."""

from __future__ import annotations

from enum import Enum, auto
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from rnnstudio.core.cells.functions import Array
from rnnstudio.ui.inspector.cell.diagram_layout import Point
from rnnstudio.ui.inspector.cell.graph import Node, NodeKind
from rnnstudio.ui.theme.tokens import DESK, colour, colours
from rnnstudio.ui.widgets.cell_numbers import paint_old
from rnnstudio.ui.widgets.heat import paint_heat, text_colour
from rnnstudio.ui.widgets.number_text import tidy
from rnnstudio.ui.widgets.rich_text import RichText

PADDING = 5.0
STRIP_HEIGHT = 17.0
_NUMBER_WIDTH = 40.0
_ARROW = 7.0
_CORNER = 12.0
_OLD_SHARE, _OLD_OPACITY = 0.4, 0.5
"""The old colours: how much of the strip's height they take, how pale they are."""


_Shown = tuple[Array, Array | None, float, int, bool]


def _same(one: _Shown, other: _Shown | None) -> bool:
    if other is None:
        return False
    return one[0] is other[0] and one[1] is other[1] and one[2:] == other[2:]


class Look(Enum):
    """How a node or an edge stands to the current operation."""

    PENDING = auto()
    """Its turn in this step is still to come."""
    DONE = auto()
    SOURCE = auto()
    """The current operation reads it."""
    CURRENT = auto()
    FED = auto()
    """It reads the current operation's result."""


_FRAMES = {
    Look.PENDING: ("outline", 1, Qt.PenStyle.DashLine),
    Look.DONE: ("muted", 1.2, Qt.PenStyle.SolidLine),
    Look.SOURCE: ("you", 2, Qt.PenStyle.SolidLine),
    Look.CURRENT: ("you", 3.5, Qt.PenStyle.SolidLine),
    Look.FED: ("you", 2, Qt.PenStyle.DashLine),
}
_LINES = {
    Look.PENDING: ("outline", 1.2, Qt.PenStyle.SolidLine),
    Look.DONE: ("muted", 1.2, Qt.PenStyle.SolidLine),
    Look.SOURCE: ("you", 3, Qt.PenStyle.SolidLine),
    Look.FED: ("you", 3, Qt.PenStyle.DashLine),
}


def _pen(role: str, width: float, style: Qt.PenStyle) -> QPen:
    return QPen(QColor(colour(role)), width, style)


class NodeItem(QGraphicsItem):
    """A value: its symbol and its numbers as a strip of colours.

    ``rect`` is in the scene's coordinates. A slim node has its strip at the right of its symbol,
    a node that only stands beside an operation has none.
    """

    def __init__(self, node: Node, rect: QRectF, symbol: RichText) -> None:
        super().__init__()
        self.node = node
        self.look = Look.DONE
        self._rect = rect
        self._symbol = symbol
        self._shown: _Shown | None = None
        self._part: Array | None = None
        self._old_part: Array | None = None
        self._numbers: list[float] = []
        self._limit = 1.0
        self._marked = False
        self._held = False
        self.setAcceptHoverEvents(True)

    @property
    def rect(self) -> QRectF:
        """The node's frame in the scene."""
        return self._rect

    @property
    def numbers(self) -> list[float]:
        """The numbers the strip writes out, when it is short enough to write them."""
        return self._numbers

    @property
    def shows_value(self) -> bool:
        """Whether its numbers are in sight."""
        return self._part is not None

    @property
    def old_number(self) -> str:
        """What is written in grey beside the one number of the strip; empty if nothing is."""
        if len(self._numbers) != 1 or self._old_part is None or self._slim():
            return ""
        number, old = tidy(self._numbers[0], 2), tidy(float(self._old_part[0, 0]), 2)
        return "" if old == number else old

    def show_value(
        self, array: Array, old: Array | None, limit: float, example: int, *, marked: bool
    ) -> None:
        """Show the strip of one example; a matrix of weights is shown whole.

        ``old`` is what the value was before the last edit, where it was something else.
        """
        shown = (array, old, limit, example, marked)
        # The trace makes its arrays once: the same object is the same numbers.
        if self.node.kind is NodeKind.BESIDE or _same(shown, self._shown):
            return
        self._shown = shown
        self._limit, self._marked = limit, marked
        matrix = self._slim() and array.shape[1] > 1
        column = [min(example, array.shape[1] - 1)]
        part = array if matrix else array[:, column].T
        self._old_part = old if old is None or matrix else old[:, column].T
        fits = part.shape[0] == 1 and self._strip().width() >= _NUMBER_WIDTH * part.shape[1]
        self._numbers = [float(number) for number in part[0]] if fits else []
        self._part = part
        self.update()

    def hide_value(self) -> None:
        """The value is not computed yet."""
        if self._shown is not None:
            self._shown = None
            self._part, self._old_part, self._numbers, self._marked = None, None, [], False
            self.update()

    def show_held(self, *, held: bool) -> None:
        """Show that the value is held fixed."""
        if held != self._held:
            self._held = held
            self.update()

    def show_look(self, look: Look) -> None:
        """Show how the node stands to the current operation."""
        if look is not self.look:
            self.look = look
            self.update()

    def boundingRect(self) -> QRectF:
        """The frame and its pen."""
        return self._rect.adjusted(-3, -3, 3, 3)

    def paint(
        self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None
    ) -> None:
        """Frame, symbol, strip."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        self._paint_symbol(painter)
        if self.node.kind is not NodeKind.BESIDE:
            self._paint_strip(painter, self._strip())
        if self._marked:
            self._paint_corner(painter, self._rect.topRight(), -_CORNER, colours().good)
        if self._held and self.node.kind is not NodeKind.BESIDE:
            self._paint_corner(painter, self._rect.topLeft(), _CORNER, colours().bad)

    def _paint_frame(self, painter: QPainter) -> None:
        fills = {Look.CURRENT: colours().you_soft}
        if self.node.parameter:
            fills[Look.SOURCE] = colours().you_soft
        painter.setPen(_pen(*_FRAMES[self.look]))
        painter.setBrush(QColor(fills.get(self.look, colours().panel)))
        radius = self._rect.height() / 2 if self.node.kind is NodeKind.BESIDE else 6
        painter.drawRoundedRect(self._rect, radius, radius)

    def _paint_symbol(self, painter: QPainter) -> None:
        width, height = self._symbol.width, self._symbol.height
        if self._slim():
            place = QPointF(self._rect.x() + PADDING, self._rect.center().y() - height / 2)
        elif self.node.kind is NodeKind.BESIDE:
            place = self._rect.center() - QPointF(width / 2, height / 2)
        else:
            place = QPointF(self._rect.center().x() - width / 2, self._rect.y() + 2)
            if self.old_number:
                place.setX(self._rect.x() + PADDING)
                free = self._rect.adjusted(width + 2 * PADDING, 2, -PADDING, -STRIP_HEIGHT)
                paint_old(painter, free, self.old_number, DESK.label)
        pending = self.look is Look.PENDING
        self._symbol.draw(painter, place, QColor(colours().muted if pending else colours().ink))

    def _slim(self) -> bool:
        return self.node.kind in (NodeKind.GRADIENT, NodeKind.SUM)

    def _strip(self) -> QRectF:
        if self._slim():
            left = self._rect.x() + 2 * PADDING + self._symbol.width
            width = self._rect.right() - PADDING - left
            return QRectF(left, self._rect.y() + 4, width, self._rect.height() - 8)
        top = self._rect.bottom() - STRIP_HEIGHT - PADDING
        return QRectF(self._rect.x() + PADDING, top, self._rect.width() - 2 * PADDING, STRIP_HEIGHT)

    def _paint_strip(self, painter: QPainter, strip: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._part is None:
            painter.setPen(QPen(QColor(colours().outline), 1, Qt.PenStyle.DotLine))
            painter.drawRect(strip)
            return
        paint_heat(painter, strip, self._part, self._limit)
        if self._old_part is not None and not self.old_number:
            self._paint_old_colours(painter, strip, self._old_part)
        painter.setPen(QPen(QColor(colours().outline), 1))
        rows, columns = self._part.shape
        if rows == 1 and strip.width() / columns > 5:
            for column in range(1, columns):
                x = strip.x() + strip.width() * column / columns
                painter.drawLine(QPointF(x, strip.y()), QPointF(x, strip.bottom()))
        painter.setPen(QPen(QColor(colours().muted), 1))
        painter.drawRect(strip)
        self._paint_numbers(painter, strip)

    def _paint_old_colours(self, painter: QPainter, strip: QRectF, old: Array) -> None:
        """Pale along the lower edge, in grey."""
        below = strip.adjusted(0, strip.height() * (1 - _OLD_SHARE), 0, 0)
        painter.fillRect(below, QColor(colours().muted))
        painter.setOpacity(_OLD_OPACITY)
        paint_heat(painter, below, old, self._limit)
        painter.setOpacity(1)

    def _paint_numbers(self, painter: QPainter, strip: QRectF) -> None:
        font = painter.font()
        font.setPixelSize(DESK.label)  # the view scales the drawing
        painter.setFont(font)
        for place, number in enumerate(self._numbers):
            width = strip.width() / len(self._numbers)
            cell = QRectF(strip.x() + place * width, strip.y(), width, strip.height())
            painter.setPen(text_colour(number, self._limit))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, tidy(number, 2))

    def _paint_corner(
        self, painter: QPainter, corner: QPointF, inwards: float, colour: str
    ) -> None:
        """Right: the document prints a figure of this value. Left: it is held fixed."""
        painter.setPen(QPen(QColor(colours().panel), 1))
        painter.setBrush(QColor(colour))
        painter.drawPolygon(
            QPolygonF([corner, corner + QPointF(inwards, 0), corner + QPointF(0, _CORNER)])
        )


class EdgeItem(QGraphicsItem):
    """An input of an operation: a curve through the layout's points, with an arrow head."""

    def __init__(self, source: str, target: str, points: tuple[Point, ...]) -> None:
        super().__init__()
        self.source, self.target = source, target
        self.look = Look.DONE
        self._path, self._head = _curve(points)
        self.setZValue(-1)

    def show_look(self, look: Look) -> None:
        """Show how the edge stands to the current operation."""
        if look is not self.look:
            self.look = look
            self.setZValue(-0.5 if look in (Look.SOURCE, Look.FED) else -1)
            self.update()

    def boundingRect(self) -> QRectF:
        """The curve, its pen and its arrow head."""
        return self._path.boundingRect().adjusted(-_ARROW, -_ARROW, _ARROW, _ARROW)

    def paint(
        self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None
    ) -> None:
        """The curve, then the head."""
        pen = _pen(*_LINES[self.look])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)
        painter.setPen(QPen(pen.color(), 1))
        painter.setBrush(pen.color())
        painter.drawPolygon(self._head)


def _curve(points: tuple[Point, ...]) -> tuple[QPainterPath, QPolygonF]:
    """A smooth path through the points, level at each of them, and the arrow head at its end."""
    corners = [QPointF(*point) for point in points]
    path = QPainterPath(corners[0])
    for start, end in pairwise(corners):
        bend = (end.x() - start.x()) / 2
        path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end)
    last, before = corners[-1], corners[-2]
    if abs(last.x() - before.x()) >= abs(last.y() - before.y()) or len(points) > 2:
        along = QPointF(_ARROW if last.x() > before.x() else -_ARROW, 0)
    else:
        along = QPointF(0, _ARROW if last.y() > before.y() else -_ARROW)
    across = QPointF(along.y(), along.x()) * 0.5
    return path, QPolygonF([last, last - along + across, last - along - across])
