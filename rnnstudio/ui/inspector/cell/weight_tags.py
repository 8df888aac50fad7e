"""The tag under a gate: how long its weights' gradient of this step is, and the sum so far."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from rnnstudio.core.cells.symbols import Symbol
from rnnstudio.ui.inspector.cell.drawing import LABEL, TEXT, drawing_font, drawing_pen, ink
from rnnstudio.ui.inspector.cell.frames import Frame
from rnnstudio.ui.theme.icons import paint_icon
from rnnstudio.ui.widgets.symbol_shape import symbol_shape, word_shape

_PADDING, _GAP, _TRACK = 9.0, 5.0, 8.0
_CROSS = 16.0
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class TagContent:
    """Both lengths as they are written, and the sum's share of the longest; empty before them.

    ``wrong``: somebody's numbers go wrong here.
    """

    symbol: Symbol
    hue: str
    own: str = ""
    so_far: str = ""
    share: float = 0.0
    lit: bool = False
    wrong: bool = False


class TagItem(QGraphicsItem):
    """One tag; ``parameter`` names its weights."""

    def __init__(self, parameter: str, frame: Frame) -> None:
        super().__init__()
        self.parameter = parameter
        self.rect = QRectF(frame.x, frame.y, frame.width, frame.height)
        self.content: TagContent | None = None
        self.setZValue(2)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_content(self, content: TagContent) -> None:
        """Show other lengths; the same content costs nothing."""
        if content != self.content:
            self.content = content
            self.update()

    def boundingRect(self) -> QRectF:
        """The tag and the ring of a lit one."""
        return self.rect.adjusted(-5, -10, 5, 5)

    def paint(
        self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None
    ) -> None:
        """The weights' symbol, the length of this step, Σ, its bar and its length."""
        content = self.content
        if content is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, content)
        shape = symbol_shape(content.symbol, TEXT + 1)
        x, middle = self.rect.x() + _PADDING, self.rect.center().y()
        role = "ink" if content.own else "muted"
        shape.draw(painter, QPointF(x, middle + 4), ink(role))
        if not content.own:
            return
        x += shape.width + _GAP
        font = drawing_font(TEXT if self.rect.width() > 150 else LABEL)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(ink("ink"))
        width = metrics.horizontalAdvance(content.own)
        own = QRectF(x, self.rect.y(), width + 1, self.rect.height())
        painter.drawText(own, _RIGHT, content.own)
        x += width + _GAP
        sigma = word_shape("Σ", TEXT - 1)
        sigma.draw(painter, QPointF(x, middle + 4), ink("muted"))
        x += sigma.width + _GAP
        written = self.rect.adjusted(0, 0, -_PADDING, 0)
        painter.setPen(ink("ink"))
        painter.drawText(written, _RIGHT, content.so_far)
        right = written.right() - metrics.horizontalAdvance(content.so_far) - _GAP
        self._paint_bar(painter, QRectF(x, middle - _TRACK / 2, right - x, _TRACK), content)

    def _paint_frame(self, painter: QPainter, content: TagContent) -> None:
        radius = self.rect.height() / 2
        hue = content.hue or "outline"
        if content.lit:
            painter.setPen(drawing_pen("you", 3))
            painter.setBrush(ink("you_soft"))
            around = self.rect.adjusted(-3, -3, 3, 3)
            painter.drawRoundedRect(around, radius + 3, radius + 3)
        painter.setPen(drawing_pen(hue, 1.5, () if content.own else (4, 3)))
        painter.setBrush(ink("you_soft" if content.lit else "window"))
        if content.wrong:
            painter.setPen(drawing_pen("bad", 3))
            painter.setBrush(ink("bad_soft"))
        painter.drawRoundedRect(self.rect, radius, radius)
        if content.wrong:
            corner = self.rect.topRight() - QPointF(_CROSS, _CROSS / 2)
            badge = QRectF(corner, QSizeF(_CROSS, _CROSS))
            painter.setPen(drawing_pen("bad", 1.5))
            painter.setBrush(ink("panel"))
            painter.drawEllipse(badge)
            paint_icon(painter, badge.adjusted(2, 2, -2, -2), "cross", "bad")

    def _paint_bar(self, painter: QPainter, track: QRectF, content: TagContent) -> None:
        if track.width() < 8:
            return
        painter.setPen(drawing_pen("outline", 1))
        painter.setBrush(ink("panel"))
        painter.drawRect(track)
        filled = track.adjusted(1, 1, -1, -1)
        filled.setWidth(filled.width() * min(content.share, 1.0))
        painter.fillRect(filled, ink(content.hue or "network"))
