"""The boxes of a cell's drawing: a value's title, symbol and numbers."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from rnnstudio.ui.inspector.cell.box_content import BoxContent
from rnnstudio.ui.inspector.cell.box_numbers import PADDING, paint_concealed, paint_numbers
from rnnstudio.ui.inspector.cell.drawing import (
    LABEL,
    RADIUS,
    TEXT,
    drawing_font,
    drawing_pen,
    drawing_width,
    ink,
    paint_framed,
)
from rnnstudio.ui.inspector.cell.lanes import FOOT, GATE_HEAD, HEAD, BoxPlace
from rnnstudio.ui.theme.icons import paint_icon
from rnnstudio.ui.widgets.symbol_shape import symbol_shape

_SYMBOL, _BADGE = 17.0, 13.0
_DASHES = (4.0, 3.0)
_RING, _RING_GAP = 3.0, 3.5
_CORNER, _SIDE = 12.0, 11.0
_WIDEST_TAG = 170.0
"""A tag on the upper edge may be wider than a small box."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class BoxItem(QGraphicsItem):
    """One value at its place. ``content`` is what it shows, None before it shows anything."""

    def __init__(self, box: BoxPlace, pitch: float) -> None:
        super().__init__()
        self.box, self.pitch = box, pitch
        self.content: BoxContent | None = None
        frame = box.frame
        self.rect = QRectF(frame.x, frame.y, frame.width, frame.height)

    def show_content(self, content: BoxContent) -> None:
        """Show other numbers or another state; the same content costs nothing."""
        before, self.content = self.content, content
        if content is not before and not self._looks_as(before, content):
            self.setZValue(3 if content.current else 2)
            self.update()

    def _looks_as(self, one: BoxContent | None, other: BoxContent) -> bool:
        """Whether the two look the same: a pill shows no numbers."""
        if one is None or self.box.kind != "pill":
            return False
        same = (one.symbol, one.known, one.concealed, one.current, one.wrong)
        return same == (other.symbol, other.known, other.concealed, other.current, other.wrong)

    def boundingRect(self) -> QRectF:
        """The frame, the ring around it and the tag on its upper edge."""
        beside = max(_SIDE + 2, (_WIDEST_TAG - self.rect.width()) / 2)
        return self.rect.adjusted(-beside, -16, beside, 9)

    def row_rect(self, row: int) -> QRectF:
        """Where the row stands."""
        top = self.rect.y() + (GATE_HEAD if self.box.kind == "inner" else HEAD)
        return QRectF(self.rect.x(), top + row * self.pitch, self.rect.width(), self.pitch)

    def row_at(self, place: QPointF) -> int | None:
        """The row at a place of the scene; None where there is none."""
        rows = () if self.content is None else self.content.rows
        return next((row for row in range(len(rows)) if self.row_rect(row).contains(place)), None)

    def paint(
        self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None
    ) -> None:
        """Frame, head, numbers, and what is said of them all."""
        content = self.content
        if content is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, content)
        if self.box.kind == "pill":
            self._paint_pill(painter, content)
            if content.wrong:
                self._paint_tag(painter, content.wrong, "cross", "bad")
            return
        self._paint_head(painter, content)
        body = self.rect.adjusted(PADDING, self._head(), -PADDING, -FOOT)
        if self.box.kind == "slim":
            body = self.rect.adjusted(self.rect.width() / 2, 6, -PADDING, -6)
        lines = [self.row_rect(row) for row in range(len(content.rows))]
        paint_numbers(painter, body, lines, content)
        if content.marked:
            self._paint_mark(painter)
        if content.held:
            self._paint_tag(painter, content.held, "lock", content.hue or "outline")
        if content.wrong:
            self._paint_tag(painter, content.wrong, "cross", "bad")

    def _head(self) -> float:
        return GATE_HEAD if self.box.kind == "inner" else HEAD

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

    def _paint_head(self, painter: QPainter, content: BoxContent) -> None:
        known = content.known or content.current
        rect = self.rect
        if self.box.kind == "slim":
            shape = symbol_shape(content.symbol, _SYMBOL)
            at = QPointF(rect.x() + PADDING + shape.width / 2, rect.center().y())
            shape.draw_in_middle(painter, at, ink("ink" if known else "muted"))
            return
        left, right = rect.x() + PADDING, rect.right() - PADDING
        base = rect.y() + (28 if self.box.kind == "inner" else 22)
        if content.badge is not None:
            self._paint_badge(painter, content, known=known)
            left += 2 * _BADGE + 8
        if content.badge is None or self.box.name != self.box.place:
            shape = symbol_shape(content.symbol, _SYMBOL)
            right -= shape.width
            shape.draw(painter, QPointF(right, base), ink("ink" if known else "muted"))
            right -= 4
        inner = self.box.kind == "inner"
        pixels = TEXT if inner else LABEL
        font = drawing_font(pixels, bold=known and (inner or content.current or content.parcel))
        place = QRectF(left, rect.y() + (5 if inner else 2), right - left, self._head() - 2)
        metrics = QFontMetricsF(font)
        flags = _LEFT
        if metrics.horizontalAdvance(content.title) > place.width():
            font = drawing_font(LABEL, bold=font.bold())
            flags |= Qt.TextFlag.TextWordWrap
            if content.badge is not None and _longest_word(font, content.title) > place.width():
                return  # the gate's letter says it
        painter.setFont(font)
        painter.setPen(ink("ink" if known else "muted"))
        painter.drawText(place, flags, content.title)

    def _paint_badge(self, painter: QPainter, content: BoxContent, *, known: bool) -> None:
        """The gate's letter in a circle of its colour."""
        middle = QPointF(self.rect.x() + PADDING + _BADGE, self.rect.y() + 9 + _BADGE)
        if known:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink(content.hue))
        else:
            painter.setPen(drawing_pen(content.hue, 1.5, _DASHES))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, _BADGE, _BADGE)
        if content.badge is not None:
            shape = symbol_shape(content.badge, _SYMBOL + 1)
            shape.draw_in_middle(painter, middle, ink("panel" if known else content.hue))

    def _paint_mark(self, painter: QPainter) -> None:
        """The document prints a figure of this value."""
        corner = self.rect.topRight()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink("good"))
        ends = QPointF(-_CORNER, 0), QPointF(0, _CORNER)
        painter.drawPolygon(QPolygonF([corner, corner + ends[0], corner + ends[1]]))

    def _paint_tag(self, painter: QPainter, text: str, icon: str, role: str) -> None:
        """A tag with an icon on the upper edge: the value is held, or wrong."""
        font = drawing_font(LABEL, bold=True)
        width = QFontMetricsF(font).horizontalAdvance(text) + 32
        left = self.rect.center().x() - width / 2
        tag = QRectF(left, self.rect.y() - 14, width, 20)
        painter.setPen(drawing_pen(role, 2))
        painter.setBrush(ink("panel"))
        painter.drawRoundedRect(tag, 10, 10)
        shown = "ink" if icon == "lock" else role
        paint_icon(painter, QRectF(tag.x() + 8, tag.y() + 3, 14, 14), icon, shown)
        painter.setFont(font)
        painter.setPen(ink("ink"))
        painter.drawText(tag.adjusted(24, 0, 0, 0), _LEFT, text)


def _longest_word(font: QFont, text: str) -> float:
    """How wide the widest of its words is."""
    return max(map(QFontMetricsF(font).horizontalAdvance, text.split()), default=0.0)
