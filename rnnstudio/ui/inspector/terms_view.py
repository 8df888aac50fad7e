"""The terms that make one number, as bars: each product of a row and a column, or each source."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.cells.terms import Apply, Element, Node, Number, Order
from rnnstudio.ui.theme import THEME
from rnnstudio.ui.widgets.numbers import tidy

_TINT = 90
"""Opacity of a bar, of 255: the text on it keeps its contrast."""
Line = tuple[str, str, float]
"""What is multiplied (symbols), the same in numbers, and the value."""


class TermsView(QScrollArea):
    """Lists the terms of an element in order or by size; the bars share one scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars = _Bars()
        self.setWidget(self._bars)
        self.setWidgetResizable(True)

    @property
    def lines(self) -> list[Line]:
        """The listed terms."""
        return self._bars.lines

    def show_element(self, element: Element, notation: Notation, order: Order) -> None:
        """List the element's products; the numbers it was made from where it has none."""
        terms = element.products or _sources(element)
        if order == "by size":
            terms = tuple(sorted(terms, key=lambda term: -abs(term.value)))
        self._bars.show_lines([_line(term, notation) for term in terms])


class _Bars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._font = QFont(self.font())
        self._font.setPointSize(THEME.small_points)
        self._metrics = QFontMetricsF(self._font)

    def show_lines(self, lines: list[Line]) -> None:
        if len(lines) != len(self.lines):
            self.setMinimumHeight(math.ceil(len(lines) * self._line_height()) + 4)
        self.lines = lines
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, math.ceil(len(self.lines) * self._line_height()) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), QColor(THEME.panel))
            painter.setFont(self._font)
            height = self._line_height()
            first = math.floor(event.rect().top() / height)
            last = math.ceil(event.rect().bottom() / height)
            largest = max((abs(v) for *_, v in self.lines if math.isfinite(v)), default=0.0)
            for place in range(max(first, 0), min(last + 1, len(self.lines))):
                rect = QRectF(4, 2 + place * height, self.width() - 8, height)
                self._paint_line(painter, self.lines[place], rect, largest)

    def _paint_line(self, painter: QPainter, line: Line, rect: QRectF, largest: float) -> None:
        """The bar as a tint behind the text: from the middle to the right or to the left."""
        symbols, numbers, value = line
        if math.isfinite(value) and largest:
            zero = rect.center().x()
            length = rect.width() / 2 * value / largest
            bar = QRectF(min(zero, zero + length), rect.y() + 1, abs(length), rect.height() - 2)
            tint = QColor(THEME.positive if value > 0 else THEME.negative)
            tint.setAlpha(_TINT)
            painter.fillRect(bar, tint)
        painter.setPen(QColor(THEME.text))
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


def _line(term: Node, notation: Notation) -> Line:
    parts = term.parts if isinstance(term, Apply) else (term,)
    numbers = [part for part in parts if isinstance(part, Number)]
    symbols = " · ".join(_place(number, notation) for number in numbers)
    factors = " × ".join(tidy(number.value, 3) for number in numbers)
    written = f"{factors} = {tidy(term.value, 3)}" if len(numbers) > 1 else factors
    return symbols, written, term.value


def _place(number: Number, notation: Notation) -> str:
    return f"{symbol(number.name, notation).text}[{number.row + 1},{number.column + 1}]"
