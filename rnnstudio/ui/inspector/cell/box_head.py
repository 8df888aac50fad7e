"""The head of a box: its title and symbol, a gate's letter, and what is said of all its numbers."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from rnnstudio.ui.inspector.cell.box_content import BoxContent
from rnnstudio.ui.inspector.cell.box_numbers import PADDING
from rnnstudio.ui.inspector.cell.drawing import LABEL, TEXT, drawing_font, drawing_pen, ink
from rnnstudio.ui.inspector.cell.lanes import GATE_HEAD, HEAD, BoxPlace
from rnnstudio.ui.theme.icons import paint_icon
from rnnstudio.ui.widgets.symbol_shape import symbol_shape

_SYMBOL, _BADGE = 17.0, 13.0
_DASHES = (4.0, 3.0)
_CORNER, _ABOVE = 12.0, 19.0
_TAG_UP = 17.0
"""How far a tag stands above the upper edge."""
_WIDEST_TAG = 170.0
"""A tag on the upper edge may be wider than a small box."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def head_height(box: BoxPlace) -> float:
    """From the upper edge of a box to its numbers."""
    return GATE_HEAD if box.kind == "inner" else HEAD


class HeadItem(QGraphicsItem):
    """Painted once: from step to step it seldom changes."""

    def __init__(self, box: BoxPlace, rect: QRectF, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self.box, self.rect = box, rect
        self._content: BoxContent | None = None
        self._bounds = self._reach(tagged=False)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def show_content(self, content: BoxContent) -> None:
        """Show another title or state."""
        before, self._content = self._content, content
        if before is None or _shown(before) != _shown(content):
            self.prepareGeometryChange()
            self._bounds = self._reach(tagged=bool(content.held or content.wrong))
            self.update()

    def boundingRect(self) -> QRectF:
        """The head, the left half of a slim box; with a tag also what is above it."""
        return self._bounds

    def _reach(self, *, tagged: bool) -> QRectF:
        rect, kind = self.rect, self.box.kind
        if kind == "slim":
            within = rect.adjusted(0, 0, -rect.width() / 2, 0)
        else:
            high = 0 if kind == "pill" else head_height(self.box) + 3
            within = QRectF(rect.x(), rect.y(), rect.width(), high)
        if not tagged:
            return within
        wide = max(_WIDEST_TAG, rect.width())
        return within.united(QRectF(rect.center().x() - wide / 2, rect.y() - _ABOVE, wide, 24))

    def shape(self) -> QPainterPath:
        """None: what is clicked is the box."""
        return QPainterPath()

    def paint(
        self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None
    ) -> None:
        """Title and symbol, a gate's letter, the mark and the tag."""
        content = self._content
        if content is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = ink("ink" if content.known or content.current else "muted")
        if self.box.kind == "slim":
            shape = symbol_shape(content.symbol, _SYMBOL)
            middle = self.rect.x() + PADDING + shape.width / 2
            shape.draw_in_middle(painter, QPointF(middle, self.rect.center().y()), colour)
        elif self.box.kind != "pill":
            self._paint_words(painter, content, colour)
        if content.marked and self.box.kind != "pill":
            self._paint_mark(painter)
        if content.wrong:
            self._paint_tag(painter, content.wrong, "cross", "bad")
        elif content.held and self.box.kind != "pill":
            self._paint_tag(painter, content.held, "lock", content.hue or "outline")

    def _paint_words(self, painter: QPainter, content: BoxContent, colour: QColor) -> None:
        rect, inner = self.rect, self.box.kind == "inner"
        known = content.known or content.current
        left, right = rect.x() + PADDING, rect.right() - PADDING
        if content.badge is not None:
            self._paint_badge(painter, content, known=known)
            left += 2 * _BADGE + 8
        if content.badge is None or self.box.name != self.box.place:
            shape = symbol_shape(content.symbol, _SYMBOL)
            right -= shape.width
            shape.draw(painter, QPointF(right, rect.y() + (28 if inner else 22)), colour)
            right -= 4
        bold = known and (inner or content.current or content.parcel)
        font = drawing_font(TEXT if inner else LABEL, bold=bold)
        high = head_height(self.box) - 2
        place = QRectF(left, rect.y() + (5 if inner else 2), right - left, high)
        flags = _LEFT
        if QFontMetricsF(font).horizontalAdvance(content.title) > place.width():
            font = drawing_font(LABEL, bold=bold)
            flags |= Qt.TextFlag.TextWordWrap
            if content.badge is not None and _longest_word(font, content.title) > place.width():
                return  # the gate's letter says it
        painter.setFont(font)
        painter.setPen(colour)
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
        tag = QRectF(left, self.rect.y() - _TAG_UP, width, 20)
        painter.setPen(drawing_pen(role, 2))
        painter.setBrush(ink("panel"))
        painter.drawRoundedRect(tag, 10, 10)
        shown = "ink" if icon == "lock" else role
        paint_icon(painter, QRectF(tag.x() + 8, tag.y() + 3, 14, 14), icon, shown)
        painter.setFont(font)
        painter.setPen(ink("ink"))
        painter.drawText(tag.adjusted(24, 0, 0, 0), _LEFT, text)


def _shown(content: BoxContent) -> tuple[object, ...]:
    """What of a content the head shows."""
    words = content.title, content.symbol, content.hue, content.badge, content.held, content.wrong
    return *words, content.marked, content.parcel, content.known, content.current


def _longest_word(font: QFont, text: str) -> float:
    """How wide the widest of its words is."""
    return max(map(QFontMetricsF(font).horizontalAdvance, text.split()), default=0.0)
