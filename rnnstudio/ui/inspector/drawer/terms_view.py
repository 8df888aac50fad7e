"""The terms that make one number, as bars: each product of a row and a column, or each source."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from rnnstudio.core.cells.array_words import array_labels
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.term_text import Order, written
from rnnstudio.core.cells.terms import Apply, Element, Node, Number
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.number_text import written as written_number

_MOST_LINES = 14
"""From so many lines on they scroll by themselves."""
_MOST_READ = 12
"""A screen reader is told so many lines."""
_TINT = 90
"""Opacity of a bar, of 255: the text on it keeps its contrast."""
Line = tuple[str, str, float]
"""What is multiplied (symbols), the same in numbers, and the value."""


class TermsView(QScrollArea):
    """Lists the terms of an element in order or by size; the bars share one scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars = _TermBars()
        self.setWidget(self._bars)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)

    @property
    def lines(self) -> list[Line]:
        """The listed terms."""
        return self._bars.lines

    @property
    def totals(self) -> list[Line]:
        """What the terms make: their sum z, and what the function around it gives."""
        return self._bars.totals

    def show_element(self, element: Element, state: InspectorState, order: Order) -> None:
        """List what is added up, and what it makes; the numbers behind it where nothing is."""
        terms = element.summands or _sources(element)
        if order == "by size":
            terms = tuple(sorted(terms, key=lambda term: -abs(term.value)))
        totals = _totals(element) if element.summands else []
        place = _places(state)
        lines = [_line(term, place) for term in terms]
        self._bars.show_lines(lines, totals)
        said = [f"{symbols}: {numbers}" for symbols, numbers, _ in (*lines, *totals)]
        self.setAccessibleDescription("\n".join(said[:_MOST_READ]))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the lines are in the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._bars.height_in(self.viewport().width(), _MOST_LINES))


class _TermBars(QWidget):
    """A line a term: symbols at the left, numbers at the right; below them where both are wide."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.totals: list[Line] = []
        self._font = QFont(self.font())
        self._font.setPixelSize(sizes().label)
        self._metrics = QFontMetricsF(self._font)
        self._widest = 0.0

    def show_lines(self, lines: list[Line], totals: list[Line]) -> None:
        """Draw the terms and, below them, their totals."""
        self.lines, self.totals = lines, totals
        advance = self._metrics.horizontalAdvance
        widths = [advance(symbols) + advance(numbers) for symbols, numbers, _ in lines + totals]
        self._widest = max(widths, default=0.0) + 4 * sizes().gap
        self.setMinimumHeight(self.height_in(self.width(), len(lines) + len(totals)))
        self.update()

    def height_in(self, width: int, most: int) -> int:
        """How high the lines are in that width, no more than ``most`` of them."""
        lines = min(len(self.lines) + len(self.totals), most)
        return math.ceil(lines * self._line_height(width)) + 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the numbers beside or below the symbols, as there is room."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.height_in(self.width(), len(self.lines) + len(self.totals)))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), QColor(colours().panel))
            painter.setFont(self._font)
            height = self._line_height(self.width())
            first = math.floor(event.rect().top() / height)
            last = math.ceil(event.rect().bottom() / height)
            largest = max((abs(v) for *_, v in self.lines if math.isfinite(v)), default=0.0)
            lines = [*self.lines, *self.totals]
            for place in range(max(first, 0), min(last + 1, len(lines))):
                rect = QRectF(4, 2 + place * height, self.width() - 8, height)
                total = place >= len(self.lines)
                self._paint_line(painter, lines[place], rect, 0.0 if total else largest)
                if place == len(self.lines):
                    painter.drawLine(rect.topLeft(), rect.topRight())

    def _paint_line(self, painter: QPainter, line: Line, rect: QRectF, largest: float) -> None:
        """The bar as a tint behind the text: from the middle to the right or to the left."""
        symbols, numbers, value = line
        if math.isfinite(value) and largest:
            zero = rect.center().x()
            length = rect.width() / 2 * value / largest
            bar = QRectF(min(zero, zero + length), rect.y() + 1, abs(length), rect.height() - 2)
            tint = QColor(colours().plus if value > 0 else colours().minus)
            tint.setAlpha(_TINT)
            painter.fillRect(bar, tint)
        painter.setPen(QColor(colours().ink))
        below = rect.height() > 1.5 * self._metrics.height() + 4
        up = Qt.AlignmentFlag.AlignTop if below else Qt.AlignmentFlag.AlignVCenter
        down = Qt.AlignmentFlag.AlignBottom if below else Qt.AlignmentFlag.AlignVCenter
        inside = rect.adjusted(0, 2, 0, -2)
        painter.drawText(inside, up | Qt.AlignmentFlag.AlignLeft, symbols)
        painter.drawText(inside, down | Qt.AlignmentFlag.AlignRight, numbers)

    def _line_height(self, width: int) -> float:
        lines = 1 if self._widest <= width else 2
        return lines * self._metrics.height() + 4


def _sources(element: Element) -> tuple[Node, ...]:
    """The numbers of the element's formula that are not in a sum, each once."""

    def numbers(node: Node) -> list[Number]:
        if isinstance(node, Number):
            return [node] if node.name else []
        return [
            n for part in (node.parts if isinstance(node, Apply) else ()) for n in numbers(part)
        ]

    return tuple(dict.fromkeys(numbers(element.root)))


def _places(state: InspectorState) -> Callable[[Number], str]:
    """Writes where a number stands: of a parameter by what its row and column stand for."""
    notation = state.cursor.notation
    labels = cache(lambda name: array_labels(state.scene, name, notation))

    def place(number: Number) -> str:
        if number.name in state.scene.parameters:
            return labels(number.name).place(number.row, number.column)
        where = state.place_name(number.name, number.row, number.column)
        return f"{symbol(number.name, notation).text}{where}"

    return place


def _line(term: Node, place: Callable[[Number], str]) -> Line:
    value = written_number(term.value, 3)
    if isinstance(term, Number):
        return written(term, place), value, term.value
    return written(term, place), f"{written(term, _value)} = {value}", term.value


def _value(number: Number) -> str:
    text = written_number(number.value, 3)
    return f"({text})" if number.value < 0 else text


def _totals(element: Element) -> list[Line]:
    """The sum z, and what the function around it makes of that."""
    z = element.inner.value
    lines = [("z = Σ", written_number(z, 3), z)]
    if element.function:
        name = f"{element.function}(z)"
        lines.append((name, written_number(element.value, 3), element.value))
    return lines
