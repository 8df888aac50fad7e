"""The boxes of a cell's drawing: a value's frame around its head and its numbers."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from rnnstudio.ui.inspector.cell.box_content import BoxContent
from rnnstudio.ui.inspector.cell.box_head import HeadItem, head_height
from rnnstudio.ui.inspector.cell.box_numbers import PADDING, paint_concealed, paint_numbers
from rnnstudio.ui.inspector.cell.drawing import (
    RADIUS,
    drawing_pen,
    drawing_width,
    ink,
    paint_framed,
)
from rnnstudio.ui.inspector.cell.lanes import FOOT, BoxPlace
from rnnstudio.ui.widgets.symbol_shape import symbol_shape

_SYMBOL = 17.0
_DASHES = (4.0, 3.0)
_RING, _RING_GAP = 3.0, 3.5
_SIDE = 11.0


class BoxItem(QGraphicsItem):
    """One value at its place. ``content`` is what it shows, None before it shows anything.

    From step to step only its numbers change: they are an item of their own, so that nothing that
    comes near the box is painted with them.
    """

    def __init__(self, box: BoxPlace, pitch: float) -> None:
        super().__init__()
        self.box, self.pitch = box, pitch
        self.content: BoxContent | None = None
        frame = box.frame
        self.rect = QRectF(frame.x, frame.y, frame.width, frame.height)
        self._head = HeadItem(box, self.rect, self)
        self._numbers = None if box.kind == "pill" else NumbersItem(self)

    def show_content(self, content: BoxContent) -> None:
        """Show other numbers or another state; the same content costs nothing."""
        before, self.content = self.content, content
        if content is before:
            return
        if before is None or _frame(before) != _frame(content):
            self.setZValue(3 if content.current else 2)
            self.update()
        self._head.show_content(content)
        if self._numbers is not None:
            self._numbers.update()

    def boundingRect(self) -> QRectF:
        """The frame, and around it the ring or the triangle."""
        return self.rect.adjusted(-_SIDE - 2, -9, _SIDE, 9)

    @property
    def body(self) -> QRectF:
        """Where its numbers stand."""
        if self.box.kind == "slim":
            return self.rect.adjusted(self.rect.width() / 2, 6, -PADDING, -6)
        return self.rect.adjusted(PADDING, head_height(self.box), -PADDING, -FOOT)

    def row_rect(self, row: int) -> QRectF:
        """Where the row stands."""
        top = self.rect.y() + head_height(self.box)
        return QRectF(self.rect.x(), top + row * self.pitch, self.rect.width(), self.pitch)

    def row_at(self, place: QPointF) -> int | None:
        """The row at a place of the scene; None where there is none."""
        rows = () if self.content is None else self.content.rows
        return next((row for row in range(len(rows)) if self.row_rect(row).contains(place)), None)

    def paint(
        self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None
    ) -> None:
        """The frame, and all of a pill."""
        content = self.content
        if content is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, content)
        if self.box.kind == "pill":
            self._paint_pill(painter, content)

    def _radius(self) -> float:
        return self.rect.height() / 2 if self.box.kind == "pill" else RADIUS

    def _paint_frame(self, painter: QPainter, content: BoxContent) -> None:
        radius = self._radius()
        if content.current:
            gap = _RING_GAP + drawing_width(_RING) / 2
            around = self.rect.adjusted(-gap, -gap, gap, gap)
            paint_framed(painter, around, radius + gap, _RING, ("you", "you_soft"))
        known = content.known or content.current
        if known:
            plain = content.parcel or self.box.kind == "pill"
            line = content.hue or ("ink" if plain else "outline")
            ground = "you_soft" if content.current else "panel"
            width = 2.6 if content.parcel else 2.0
            if content.wrong:
                line, ground, width = "bad", "bad_soft", 3.0
            paint_framed(painter, self.rect, radius, width, (line, ground))
        else:
            painter.setPen(drawing_pen("outline", 1.5, _DASHES))
            painter.setBrush(ink("window"))
            painter.drawRoundedRect(self.rect, radius, radius)
        if content.outgoing and known:
            self._paint_side(painter)

    def _paint_side(self, painter: QPainter) -> None:
        """A triangle at the side by which a message leaves."""
        x, y = self.rect.x(), self.rect.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink("ink"))
        corners = QPointF(x - _SIDE, y), QPointF(x, y - _SIDE), QPointF(x, y + _SIDE)
        painter.drawPolygon(QPolygonF(corners))

    def _paint_pill(self, painter: QPainter, content: BoxContent) -> None:
        shape = symbol_shape(content.symbol, _SYMBOL)
        known = content.known or content.current
        if content.concealed:
            paint_concealed(painter, self.rect.adjusted(8, 3, -8, -3))
            return
        shape.draw_in_middle(painter, self.rect.center(), ink("ink" if known else "muted"))


class NumbersItem(QGraphicsItem):
    """The numbers of a box, within it: painted at every step, and nothing else with them."""

    def __init__(self, box: BoxItem) -> None:
        super().__init__(box)
        self._box = box
        self._bounds = box.body.adjusted(-2, -2, 2, 2)

    def boundingRect(self) -> QRectF:
        """The box's body and the pen of what is drawn on its edge."""
        return self._bounds

    def shape(self) -> QPainterPath:
        """None: what is clicked is the box."""
        return QPainterPath()

    def paint(
        self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None
    ) -> None:
        """Rows, colours, a letter, or what covers them."""
        content = self._box.content
        if content is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows = [self._box.row_rect(row) for row in range(len(content.rows))]
        paint_numbers(painter, self._box.body, rows, content)


def _frame(content: BoxContent) -> tuple[object, ...]:
    """What of a content the frame shows, and a pill."""
    state = content.known, content.concealed, content.current
    return *state, content.symbol, content.hue, content.parcel, content.outgoing, content.wrong
