"""The terms that make one number, as bars: each product of a row and a column, or each source."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.terms import Apply, Element, Node, Number, Order, written
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.number_text import tidy

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
        self._bars.show_lines([_line(term, state) for term in terms], totals)


class _TermBars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.totals: list[Line] = []
        self._font = QFont(self.font())
        self._font.setPixelSize(sizes().label)
        self._metrics = QFontMetricsF(self._font)

    def show_lines(self, lines: list[Line], totals: list[Line]) -> None:
        """Draw the terms and, below them, their totals."""
        self.lines, self.totals = lines, totals
        height = self.sizeHint().height()
        if height != self.minimumHeight():
            self.setMinimumHeight(height)
        self.update()

    def sizeHint(self) -> QSize:
        lines = len(self.lines) + len(self.totals)
        return QSize(300, math.ceil(lines * self._line_height()) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), QColor(colours().panel))
            painter.setFont(self._font)
            height = self._line_height()
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
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignLeft, symbols)
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, numbers)

    def _line_height(self) -> float:
        return self._metrics.height() + 4


def _sources(element: Element) -> tuple[Node, ...]:
    """The numbers of the element's formula that are not in a sum, each once."""

    def numbers(node: Node) -> list[Number]:
        if isinstance(node, Number):
            return [node] if node.name else []
        return [
            n for part in (node.parts if isinstance(node, Apply) else ()) for n in numbers(part)
        ]

    return tuple(dict.fromkeys(numbers(element.root)))


def _line(term: Node, state: InspectorState) -> Line:
    def place(number: Number) -> str:
        where = state.place_name(number.name, number.row, number.column)
        return f"{symbol(number.name, state.cursor.notation).text}{where}"

    value = tidy(term.value, 3)
    if isinstance(term, Number):
        return written(term, place), value, term.value
    return written(term, place), f"{written(term, _value)} = {value}", term.value


def _value(number: Number) -> str:
    text = tidy(number.value, 3)
    return f"({text})" if number.value < 0 else text


def _totals(element: Element) -> list[Line]:
    """The sum z, and what the function around it makes of that."""
    z = element.inner.value
    lines = [("z = Σ", tidy(z, 3), z)]
    if element.function:
        name = f"{element.function}(z)"
        lines.append((name, tidy(element.value, 3), element.value))
    return lines
