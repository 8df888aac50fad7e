"""What lies over a chart: labels at the ends of its lines, and cards at the place in sight."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.icons import paint_icon
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import colour, scaled, sizes
from rnnstudio.ui.widgets.label_places import end_labels
from rnnstudio.ui.widgets.value_bar import hatch_lines

LONGEST_LINE = 24
"""A longer name at a line's end is wrapped to lines of so many characters."""
LINE_HEIGHT = 1.3
"""The room that a line of a label takes, in heights of its letters."""
_HAIRLINE, _AWAY = 12, 3
_RING = 2
_HATCH = 7
_END, _DOTS = 4.0, (1.0, 5.0)
"""The ring at the end of a line that ends early, and what leads from there to its name."""


@dataclass(frozen=True)
class EndLabel:
    """A line's name and, below it, what is said of its end; ``end`` is in the chart's numbers."""

    name: str
    text: str
    end: tuple[float, float]
    role: str


@dataclass(frozen=True)
class PlaceCard:
    """What is said of a line at the place in sight; ``at`` is in the chart's numbers.

    Of several lines of text the ``strong`` one is bold, the first if nobody says otherwise; without
    a text there is a dot alone, in the colour of ``role``. ``ringed``: its line is in focus.
    """

    text: str
    at: tuple[float, float]
    role: str = "you"
    strong: int = 0
    ringed: bool = False

    @property
    def lines(self) -> list[tuple[str, QFont]]:
        """Its lines with their fonts."""
        lines = self.text.split("\n")
        bold = self.strong if len(lines) > 1 else None
        return [(line, words(bold=at == bold)) for at, line in enumerate(lines)]


class ChartOverlay(pg.GraphicsObject):  # type: ignore[misc] # pyqtgraph ships no types
    """Paints labels at the right of a chart's frame, and a line with dots and cards within it."""

    def __init__(self, item: pg.PlotItem, label_size: int) -> None:
        super().__init__()
        self.setParentItem(item)
        self._item, self._view = item, item.vb
        self._size = label_size
        self._title, self._title_box = "", QRectF()
        self.hatched: Sequence[QRectF] = ()
        self._hatched_place: object = None
        """Where the hatch was laid out last: laid out anew only for another place."""
        self._hatch = QPainterPath()
        self.covered = False
        self.in_focus = ""
        self.labels: Sequence[EndLabel] = ()
        self.cards: Sequence[PlaceCard] = ()
        self.setZValue(1000)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._view.sigRangeChanged.connect(self._move)
        self._view.sigResized.connect(self._move)

    def show_title(self, title: str, width: float) -> float:
        """Write ``title`` above the axis; the height that it takes in so much width."""
        self._title = title
        metrics = QFontMetricsF(words(sizes().label))
        left = sizes().gap
        place = QRectF(left, 0, width - 2 * left, 10 * metrics.height())
        self._title_box = metrics.boundingRect(place, Qt.TextFlag.TextWordWrap, title)
        self.update()
        return self._title_box.height() + sizes().half_gap

    def show_labels(self, labels: Sequence[EndLabel]) -> None:
        """Label these ends."""
        self.labels = labels
        self.update()

    def show_focus(self, name: str) -> None:
        """Ring the name of the line that is in focus; empty: none is."""
        self.in_focus = name
        self.update()

    def show_hatched(self, cells: Sequence[QRectF]) -> None:
        """Hatch these cells, in the chart's numbers: what they show is below zero."""
        self.hatched, self._hatched_place = cells, None
        self.update()

    def show_cover(self, covered: bool) -> None:
        """Cover the chart, whose lines may not be seen yet, or show what there is."""
        self.covered = covered
        self.update()

    def show_cards(self, cards: Sequence[PlaceCard]) -> None:
        """Show these cards beside one upright line; none: no line either."""
        self.cards = cards
        self.update()

    def label_width(self) -> float:
        """How wide the labels are, with the hairline before them."""
        widths = map(self._width, self.labels)
        return max(widths) + scaled(_HAIRLINE + 3 * _AWAY) if self.labels else 0.0

    def label_boxes(self) -> list[QRectF]:
        """Where each label stands, in the chart's own pixels."""
        frame = self._frame()
        whole = self._item.boundingRect()
        heights = [len(self._lines(label)) * self._line_height() for label in self.labels]
        ends = [self._point(label.end).y() for label in self.labels]
        left = frame.right() + scaled(_HAIRLINE + _AWAY)
        middles = end_labels(ends, heights, whole.top(), frame.bottom() + self._line_height() / 2)
        return [
            QRectF(left, middle - height / 2, max(whole.right() - left, 0.0), height)
            for middle, height in zip(middles, heights, strict=True)
        ]

    def boundingRect(self) -> QRectF:
        """All of the chart."""
        rect: QRectF = self._item.boundingRect()
        return rect

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Hatches, labels, and over them the place in sight."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_hatches(painter)
        if self.covered:
            self._paint_cover(painter)
        painter.setFont(words(sizes().label))
        painter.setPen(QColor(colour("muted")))
        painter.drawText(self._title_box, Qt.TextFlag.TextWordWrap, self._title)
        for label, box in zip(self.labels, self.label_boxes(), strict=True):
            self._paint_label(painter, label, box)
        if self.cards:
            self._paint_place(painter)

    def _paint_cover(self, painter: QPainter) -> None:
        frame, eye = self._frame(), QRectF(0, 0, 2 * sizes().mark, 2 * sizes().mark)
        painter.fillRect(frame, QColor(colour("cover")))
        eye.moveCenter(frame.center())
        paint_icon(painter, eye, "covered", "muted")

    def _paint_hatches(self, painter: QPainter) -> None:
        """Lines at 45 degrees in each cell, as wherever a number is below zero."""
        if not self.hatched:
            return
        frame = self._frame()
        place = (self._view.viewRect().getRect(), frame.getRect())
        if place != self._hatched_place:
            self._hatched_place, self._hatch = place, self._hatched_path()
        painter.setPen(pen("ink", 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._hatch)

    def _hatched_path(self) -> QPainterPath:
        path = QPainterPath()
        for cell in self.hatched:
            one = self._point((cell.left(), cell.top()))
            other = self._point((cell.right(), cell.bottom()))
            for line in hatch_lines(QRectF(one, other).normalized(), scaled(_HATCH)):
                path.moveTo(line.p1())
                path.lineTo(line.p2())
        return path

    def _paint_label(self, painter: QPainter, label: EndLabel, box: QRectF) -> None:
        end = self._point(label.end)
        painter.setPen(pen("outline", 1))
        start = QPointF(end.x() + scaled(_AWAY), end.y())
        if self._frame().right() - end.x() > scaled(_HAIRLINE):  # it ends within the chart
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(end, scaled(_END), scaled(_END))
            painter.setPen(pen("outline", 1, _DOTS))
        painter.drawLine(start, QPointF(box.left() - scaled(_AWAY), box.center().y()))
        if label.name == self.in_focus:
            self._paint_focus(painter, label, box)
        for place, (text, font) in enumerate(self._lines(label)):
            line = QRectF(
                box.left(), box.top() + place * self._line_height(), box.width(), box.height()
            )
            painter.setFont(font)
            painter.setPen(QColor(colour(label.role)))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip, text)

    def _paint_focus(self, painter: QPainter, label: EndLabel, box: QRectF) -> None:
        away = scaled(_AWAY)
        ring = QRectF(box.topLeft(), QPointF(box.left() + self._width(label), box.bottom()))
        painter.setPen(pen("you", _RING))
        painter.setBrush(QColor(colour("you_soft")))
        radius = sizes().radius
        painter.drawRoundedRect(ring.adjusted(-away, -1, away, 1), radius, radius)

    def _paint_place(self, painter: QPainter) -> None:
        frame = self._frame()
        points = [self._point(card.at) for card in self.cards]
        painter.setPen(pen("you", 2))
        x = points[0].x()
        painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
        painter.setPen(pen("window", 1.5))
        radius = scaled(5.5)
        for card, point in zip(self.cards, points, strict=True):
            painter.setBrush(QColor(colour(card.role)))
            if frame.top() <= point.y() <= frame.bottom():
                painter.drawEllipse(point, radius, radius)
                if card.ringed:
                    self._paint_ring(painter, point, radius)
        for card, box in zip(self._worded(), self.card_boxes(), strict=True):
            painter.setPen(pen("you", 1.5))
            painter.setBrush(QColor(colour("panel")))
            painter.drawRoundedRect(box, sizes().radius, sizes().radius)
            painter.setPen(QColor(colour("ink")))
            self._paint_words(painter, card, box)

    @staticmethod
    def _paint_ring(painter: QPainter, point: QPointF, radius: float) -> None:
        painter.save()
        painter.setPen(pen("you", _RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(point, radius + scaled(_AWAY), radius + scaled(_AWAY))
        painter.restore()

    def _worded(self) -> list[PlaceCard]:
        return [card for card in self.cards if card.text]

    @staticmethod
    def _paint_words(painter: QPainter, card: PlaceCard, box: QRectF) -> None:
        high = (box.height() - sizes().gap) / len(card.lines)
        for place, (text, font) in enumerate(card.lines):
            painter.setFont(font)
            top = box.top() + sizes().half_gap + place * high
            line = QRectF(box.left() + 1.25 * sizes().gap, top, box.width(), high)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def card_boxes(self) -> list[QRectF]:
        """Where each card with a text stands: beside the line, above its dot, none over another."""
        frame, cards = self._frame(), self._worded()
        line = QFontMetricsF(words()).height()
        heights = [len(card.lines) * line + sizes().gap for card in cards]
        points = [self._point(card.at) for card in cards]
        over = [point.y() - 0.9 * height for point, height in zip(points, heights, strict=True)]
        middles = end_labels(
            over, [1.1 * height for height in heights], frame.top() - 0.3 * line, frame.bottom()
        )
        boxes = []
        for card, point, middle, height in zip(cards, points, middles, heights, strict=True):
            wide = max(QFontMetricsF(font).horizontalAdvance(text) for text, font in card.lines)
            width = wide + 2.5 * sizes().gap
            left = point.x() + scaled(14)
            if left + width > frame.right():
                left = max(frame.left(), point.x() - scaled(14) - width)
            boxes.append(QRectF(left, middle - height / 2, width, height))
        return boxes

    def _point(self, at: tuple[float, float]) -> QPointF:
        """A place in the chart's numbers as pixels."""
        point: QPointF = self.mapFromItem(self._view, self._view.mapFromView(QPointF(*at)))
        return point

    def _frame(self) -> QRectF:
        """The chart within its axes."""
        rect: QRectF = self.mapRectFromItem(self._view, self._view.boundingRect())
        return rect

    def _lines(self, label: EndLabel) -> list[tuple[str, QFont]]:
        """The texts of a label below each other, with their fonts."""
        bold = words(self._size, bold=True)
        name = [(line, bold) for line in textwrap.wrap(label.name, LONGEST_LINE)]
        return [*name, (label.text, words(self._size))] if label.text else name

    def _width(self, label: EndLabel) -> float:
        lines = self._lines(label)
        return max(QFontMetricsF(font).horizontalAdvance(text) for text, font in lines)

    def _line_height(self) -> float:
        return LINE_HEIGHT * QFontMetricsF(words(self._size)).ascent()

    def _move(self, *_: object) -> None:
        self.prepareGeometryChange()
        self.update()
