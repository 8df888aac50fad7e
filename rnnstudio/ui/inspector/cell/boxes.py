"""The boxes of a cell's drawing: a value's title, symbol and numbers."""

from __future__ import annotations

from math import isfinite

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from rnnstudio.ui.inspector.cell.box_content import BoxContent, RowContent
from rnnstudio.ui.inspector.cell.box_heat import paint_heat_cells
from rnnstudio.ui.inspector.cell.drawing import (
    LABEL,
    RADIUS,
    TEXT,
    drawing_font,
    drawing_pen,
    drawing_width,
    ink,
)
from rnnstudio.ui.inspector.cell.lanes import FOOT, GATE_HEAD, HEAD, BoxPlace
from rnnstudio.ui.theme.icons import paint_icon
from rnnstudio.ui.widgets.symbol_shape import symbol_shape
from rnnstudio.ui.widgets.value_bar import paint_bar

_PADDING, _LABEL_WIDTH, _NUMBER = 11.0, 18.0, 46.0
_TRACK, _INSET, _BADGE, _LETTER = 16.0, 2.0, 13.0, 24
_SYMBOL, _OLD = 17.0, 38.0
_DASHES = (4.0, 3.0)
_RING, _RING_GAP = 3.0, 3.5
_CORNER, _SIDE = 12.0, 11.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class BoxItem(QGraphicsItem):
    """One value at its place. ``content`` is what it shows, None before it shows anything."""

    def __init__(self, box: BoxPlace, pitch: float) -> None:
        super().__init__()
        self.box, self.pitch = box, pitch
        self.content: BoxContent | None = None
        frame = box.frame
        self.rect = QRectF(frame.x, frame.y, frame.width, frame.height)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def show_content(self, content: BoxContent) -> None:
        """Show other numbers or another state; the same content costs nothing."""
        if content is not self.content:
            self.content = content
            self.setZValue(3 if content.current else 2)
            self.update()

    def boundingRect(self) -> QRectF:
        """The frame, the ring around it and the tag on its upper edge."""
        return self.rect.adjusted(-_SIDE - 2, -16, _SIDE, 9)

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
            return
        self._paint_head(painter, content)
        body = self.rect.adjusted(_PADDING, self._head(), -_PADDING, -FOOT)
        if content.concealed:
            _paint_concealed(painter, body)
        elif self.box.kind == "slim":
            self._paint_slim(painter, content)
        elif content.letter:
            _paint_letter(painter, body, content)
        elif content.note:
            painter.setFont(drawing_font(LABEL))
            painter.setPen(ink("ink"))
            painter.drawText(body, _LEFT, content.note)
        elif content.rows:
            for row, shown in enumerate(content.rows):
                self._paint_row(painter, self.row_rect(row), content, shown, row == content.unit)
        else:
            paint_heat_cells(painter, body, content)
        if content.marked:
            self._paint_mark(painter)
        if content.held:
            self._paint_held(painter, content)

    def _head(self) -> float:
        return GATE_HEAD if self.box.kind == "inner" else HEAD

    def _radius(self) -> float:
        return self.rect.height() / 2 if self.box.kind == "pill" else RADIUS

    def _paint_frame(self, painter: QPainter, content: BoxContent) -> None:
        radius = self._radius()
        if content.current:
            ring = drawing_pen("you", _RING)
            gap = _RING_GAP + drawing_width(_RING) / 2
            painter.setPen(ring)
            painter.setBrush(ink("you_soft"))
            around = self.rect.adjusted(-gap, -gap, gap, gap)
            painter.drawRoundedRect(around, radius + gap, radius + gap)
        known = content.known or content.current
        if not known:
            painter.setPen(drawing_pen("outline", 1.5, _DASHES))
            painter.setBrush(ink("window"))
        else:
            role = content.hue or ("ink" if content.parcel or self.box.kind == "pill" else "outline")
            painter.setPen(drawing_pen(role, 2.6 if content.parcel else 2.0))
            painter.setBrush(ink("you_soft" if content.current else "panel"))
        painter.drawRoundedRect(self.rect, radius, radius)
        if content.outgoing and known:
            self._paint_side(painter)

    def _paint_side(self, painter: QPainter) -> None:
        """A triangle at the side by which a message leaves."""
        x, y = self.rect.x(), self.rect.center().y()
        painter.setBrush(painter.pen().color())
        painter.setPen(Qt.PenStyle.NoPen)
        corners = QPointF(x - _SIDE, y), QPointF(x, y - _SIDE), QPointF(x, y + _SIDE)
        painter.drawPolygon(QPolygonF(corners))

    def _paint_pill(self, painter: QPainter, content: BoxContent) -> None:
        shape = symbol_shape(content.symbol, _SYMBOL)
        known = content.known or content.current
        if content.concealed:
            _paint_concealed(painter, self.rect.adjusted(8, 3, -8, -3))
            return
        shape.draw_in_middle(painter, self.rect.center(), ink("ink" if known else "muted"))

    def _paint_head(self, painter: QPainter, content: BoxContent) -> None:
        known = content.known or content.current
        rect = self.rect
        left, right = rect.x() + _PADDING, rect.right() - _PADDING
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
        painter.setFont(font)
        painter.setPen(ink("ink" if known else "muted"))
        painter.drawText(place, flags, content.title)

    def _paint_badge(self, painter: QPainter, content: BoxContent, *, known: bool) -> None:
        """The gate's letter in a circle of its colour."""
        middle = QPointF(self.rect.x() + _PADDING + _BADGE, self.rect.y() + 9 + _BADGE)
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

    def _paint_row(
        self,
        painter: QPainter,
        line: QRectF,
        content: BoxContent,
        row: RowContent,
        chosen: bool,
    ) -> None:
        """Label, track and number."""
        named = not row.label.isdigit()
        width = self._label_width(content, painter)
        label = QRectF(line.x() + _PADDING, line.y(), width, line.height())
        painter.setFont(drawing_font(LABEL, bold=chosen or named))
        painter.setPen(ink("ink" if chosen or named else "muted"))
        painter.drawText(label, _LEFT, row.label)
        high = min(_TRACK, line.height() - 3)
        left = label.right()
        right = line.right() - _PADDING - _NUMBER - (_OLD if row.old else 0)
        track = QRectF(left, line.center().y() - high / 2, max(right - left - 8, 10), high)
        if not row.text:
            painter.setPen(drawing_pen("outline", 1, _DASHES))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(track, 3, 3)
            return
        _paint_track(painter, track, row.share, content)
        painter.setFont(drawing_font(TEXT, bold=chosen))
        painter.setPen(ink("ink"))
        number = line.adjusted(0, 0, -_PADDING, 0)
        painter.drawText(number, _RIGHT, row.text)
        if row.old:
            painter.setFont(drawing_font(LABEL))
            painter.setPen(ink("muted"))
            place = QRectF(track.right() + 4, line.y(), _OLD, line.height())
            painter.drawText(place, _RIGHT, row.old)

    def _label_width(self, content: BoxContent, painter: QPainter) -> float:
        """One width for all rows of a box, at most a third of it."""
        if all(row.label.isdigit() for row in content.rows):
            return _LABEL_WIDTH
        metrics = QFontMetricsF(drawing_font(LABEL, bold=True))
        widest = max(metrics.horizontalAdvance(row.label) for row in content.rows)
        return min(max(widest + 8, _LABEL_WIDTH), self.rect.width() / 3)

    def _paint_slim(self, painter: QPainter, content: BoxContent) -> None:
        """A layer before the prediction: its colours beside its symbol."""
        if content.heat is not None:
            place = self.rect.adjusted(self.rect.width() / 2, 6, -_PADDING - 30, -6)
            paint_heat_cells(painter, place, content)

    def _paint_mark(self, painter: QPainter) -> None:
        """The document prints a figure of this value."""
        corner = self.rect.topRight()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink("good"))
        ends = QPointF(-_CORNER, 0), QPointF(0, _CORNER)
        painter.drawPolygon(QPolygonF([corner, corner + ends[0], corner + ends[1]]))

    def _paint_held(self, painter: QPainter, content: BoxContent) -> None:
        """A tag with a lock on the upper edge."""
        font = drawing_font(LABEL, bold=True)
        width = QFontMetricsF(font).horizontalAdvance(content.held) + 32
        left = self.rect.center().x() - width / 2
        tag = QRectF(left, self.rect.y() - 14, width, 20)
        painter.setPen(drawing_pen(content.hue or "outline", 2))
        painter.setBrush(ink("panel"))
        painter.drawRoundedRect(tag, 10, 10)
        paint_icon(painter, QRectF(tag.x() + 8, tag.y() + 3, 14, 14), "lock")
        painter.setFont(font)
        painter.setPen(ink("ink"))
        painter.drawText(tag.adjusted(24, 0, 0, 0), _LEFT, content.held)


def _paint_track(painter: QPainter, track: QRectF, share: float, content: BoxContent) -> None:
    """A level from the left, or a bar from the middle."""
    painter.setPen(drawing_pen("outline" if content.level else "hairline", 1))
    painter.setBrush(ink("panel"))
    painter.drawRoundedRect(track, 3, 3)
    inside = track.adjusted(_INSET, _INSET, -_INSET, -_INSET)
    share = min(max(share, -1.0), 1.0) if isfinite(share) else 0.0
    if content.level:
        level = QRectF(inside)
        level.setWidth(max(inside.width() * max(share, 0.0), 1.0))
        painter.fillRect(level, ink(content.hue or "network"))
        return
    middle, length = inside.center().x(), inside.width() / 2 * abs(share)
    bar = QRectF(middle - (length if share < 0 else 0), inside.y(), length, inside.height())
    if length > 0:
        paint_bar(painter, bar, below_zero=share < 0)
    painter.setPen(drawing_pen("outline", 1))
    painter.drawLine(QPointF(middle, track.top()), QPointF(middle, track.bottom()))


def _paint_concealed(painter: QPainter, place: QRectF) -> None:
    """What is asked for: a cover with the crossed eye."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink("cover"))
    painter.drawRoundedRect(place, 6, 6)
    side = min(22.0, place.height())
    middle = place.center()
    paint_icon(painter, QRectF(middle.x() - side - 2, middle.y() - side / 2, side, side), "covered")
    painter.setFont(drawing_font(TEXT, bold=True))
    painter.setPen(ink("ink"))
    painter.drawText(place.adjusted(place.width() / 2 + 6, 0, 0, 0), _LEFT, "?")


def _paint_letter(painter: QPainter, place: QRectF, content: BoxContent) -> None:
    """An input that is one of several letters."""
    font = drawing_font(_LETTER, bold=True)
    painter.setFont(font)
    painter.setPen(ink("ink"))
    painter.drawText(place, _LEFT, content.letter)
    width = QFontMetricsF(font).horizontalAdvance(content.letter) + 8
    painter.setFont(drawing_font(LABEL))
    painter.setPen(ink("muted"))
    painter.drawText(place.adjusted(width, 6, 0, 0), _LEFT, content.note)
