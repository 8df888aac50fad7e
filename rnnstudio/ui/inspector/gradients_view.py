"""The gradient of every parameter as it adds up over the steps of the backward pass."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from rnnstudio.core.cells.notation import symbol
from rnnstudio.ui.inspector.events import TimeChosen
from rnnstudio.ui.inspector.state import State
from rnnstudio.ui.inspector.sums import Growth, Sums
from rnnstudio.ui.theme import THEME
from rnnstudio.ui.widgets.numbers import tidy
from rnnstudio.ui.widgets.rich_text import RichText

COLUMNS = 2
PADDING = 8.0
_SUM, _OWN = 0.85, 0.4
"""The share of a step's width that its bars take."""


class GradientsView(QWidget):
    """A row of bars for each parameter: wide the sum so far, narrow the step's own part.

    ``asked(event)``: a click on a step's bar goes to that step.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.measure = QComboBox()
        self.measure.addItem(self.tr("size of the whole matrix"))
        self.measure.addItem(self.tr("the chosen entry"))
        self.legend = QLabel()
        self.legend.setProperty("role", "muted")
        self.legend.setWordWrap(True)
        self.bars = _Bars()
        self.bars.asked.connect(self.asked)
        self.measure.currentIndexChanged.connect(self._measure)
        top = QHBoxLayout()
        top.addWidget(self.measure)
        top.addWidget(self.legend, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.bars, stretch=1)

    def show_state(self, state: State) -> None:
        """Show every gradient's growth, as far as the pass has come."""
        hint = (
            self.tr("Wide: the sum over this step and all later ones. Narrow: the step's own part.")
            if state.backward
            else self.tr("The sums grow in the backward pass.")
        )
        self.legend.setText(hint)
        self.bars.show_state(state)

    def _measure(self, index: int) -> None:
        self.bars.show_entry(whole=index == 0)


class _Bars(QWidget):
    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._state: State | None = None
        self._sums: Sums | None = None
        self._traced: object = None
        self._whole = True
        self._labelled: object = None
        self._labels: dict[str, RichText] = {}
        self._font = QFont(self.font())
        self._font.setPointSize(THEME.small_points)
        self.setMinimumSize(300, 200)

    def show_state(self, state: State) -> None:
        if state.trace is not self._traced:
            self._sums, self._traced = Sums(state.trace), state.trace
        self._state = state
        notation = state.cursor.notation
        if (state.trace.cell.name, notation) != self._labelled:
            self._labelled = (state.trace.cell.name, notation)
            self._labels = {
                name: RichText(symbol(f"d{name}", notation).html, THEME.font_points)
                for name in state.trace.cell.learned
            }
        self.update()

    def show_entry(self, *, whole: bool) -> None:
        self._whole = whole
        self.update()

    def growth(self, name: str) -> Growth:
        assert self._state is not None  # noqa: S101 - nothing is drawn before a state is shown
        assert self._sums is not None  # noqa: S101
        if self._whole:
            return self._sums.size(name)
        return self._sums.entry(name, *self._state.cursor.entry)

    def known(self, name: str) -> list[bool]:
        """For each step whether its sum is computed by now."""
        state = self._state
        assert state is not None  # noqa: S101
        if not state.backward:
            return [False] * state.steps
        return [state.known(f"d{name}_sum", t) for t in range(state.steps)]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for _, rect in self._panels():
            if self._state is not None and rect.contains(event.position()):
                share = (event.position().x() - rect.x()) / rect.width()
                self.asked.emit(TimeChosen(math.floor(share * self._state.steps)))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(THEME.panel))
        painter.setFont(self._font)
        for name, rect in self._panels():
            self._paint_panel(painter, name, rect)
        painter.end()

    def _panels(self) -> list[tuple[str, QRectF]]:
        """The place of each parameter's bars."""
        names = () if self._state is None else self._state.trace.cell.learned
        lines = math.ceil(len(names) / COLUMNS) or 1
        width, height = self.width() / COLUMNS, self.height() / lines
        label = QFontMetricsF(self._font).height() + 6
        panels = []
        for place, name in enumerate(names):
            left, top = (place % COLUMNS) * width, (place // COLUMNS) * height
            panels.append(
                (name, QRectF(left + PADDING, top + label, width - 2 * PADDING, height - label - 4))
            )
        return panels

    def _paint_panel(self, painter: QPainter, name: str, rect: QRectF) -> None:
        growth, known = self.growth(name), self.known(name)
        largest = float(np.abs([growth.own, growth.so_far]).max()) or 1.0
        signed = not self._whole
        zero = rect.center().y() if signed else rect.bottom()
        reach = rect.height() / 2 if signed else rect.height()
        self._paint_caption(painter, name, growth, known, rect)
        pitch = rect.width() / len(known)
        for t in (t for t, computed in enumerate(known) if computed):
            for values, share, strong in ((growth.so_far, _SUM, False), (growth.own, _OWN, True)):
                height = reach * float(values[t]) / largest
                width = max(pitch * share, 1.0)
                left = rect.x() + (t + 0.5) * pitch - width / 2
                bar = QRectF(left, zero - max(height, 0.0), width, abs(height))
                _paint_bar(painter, bar, float(values[t]), strong=strong)
        painter.setPen(QPen(QColor(THEME.muted), 1))
        painter.drawLine(QPointF(rect.x(), zero), QPointF(rect.right(), zero))
        self._paint_now(painter, rect, pitch)

    def _paint_caption(
        self, painter: QPainter, name: str, growth: Growth, known: list[bool], rect: QRectF
    ) -> None:
        """The symbol at the left, the sum so far at the right."""
        line = QFontMetricsF(self._font).height()
        label = self._labels[name]
        label.draw(painter, QPointF(rect.x(), rect.y() - label.height - 2), QColor(THEME.text))
        if any(known):
            text = tidy(float(growth.so_far[known.index(True)]))
            painter.setPen(QColor(THEME.text))
            place = QRectF(rect.x(), rect.y() - line - 3, rect.width(), line)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, text)

    def _paint_now(self, painter: QPainter, rect: QRectF, pitch: float) -> None:
        assert self._state is not None  # noqa: S101
        left = rect.x() + self._state.cursor.time * pitch
        painter.setPen(QPen(QColor(THEME.accent), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(left, rect.y(), pitch, rect.height()))


def _paint_bar(painter: QPainter, bar: QRectF, value: float, *, strong: bool) -> None:
    colour = QColor(THEME.positive if value >= 0 else THEME.negative)
    painter.fillRect(bar, colour if strong else colour.lighter(165))


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.alone import open_alone

    open_alone(GradientsView, example_state())
