"""The gradient of every parameter as it adds up over the steps of the backward pass."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from rnnstudio.core.cells.gradient_sums import Growth, Sums
from rnnstudio.core.cells.notation import symbol
from rnnstudio.ui.inspector.events import TimeChosen
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.chart_picture import CAPTION, DRAWING
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_text import tidy
from rnnstudio.ui.widgets.rich_text import RichText

COLUMNS = 2
PADDING = 8.0
_SUM, _OWN = 0.85, 0.4
"""The fraction of a step's width that its bars take."""


class GradientsView(QWidget):
    """A row of bars for each parameter: wide the sum so far, narrow the step's own part.

    ``asked(event)``: a click on a step's bar goes to that step.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: InspectorState | None = None
        self.measure = QComboBox()
        self.measure.addItem(self.tr("size of the whole matrix"))
        self.measure.addItem(self.tr("the chosen entry"))
        self.measure.setAccessibleName(self.tr("What the bars show"))
        self.legend = PlainLabel(role="muted", wrap=True)
        self.bars = _GradientBars()
        self.bars.setProperty(DRAWING, True)
        for said in (self.measure, self.legend):
            said.setProperty(CAPTION, True)
        self.bars.asked.connect(self.asked)
        self.measure.currentIndexChanged.connect(self._show_again)
        top = QHBoxLayout()
        top.addWidget(self.measure)
        top.addWidget(self.legend, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, sizes().half_gap, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.bars, stretch=1)

    def show_state(self, state: InspectorState) -> None:
        """Show every gradient's growth, as far as the pass has come."""
        hint = (
            self.tr("Wide: the sum over this step and all later ones. Narrow: the step's own part.")
            if state.backward
            else self.tr("The sums grow in the backward pass.")
        )
        self._state = state
        self.legend.setText(hint)
        self.bars.show_state(state, whole=self.measure.currentIndex() == 0)

    def _show_again(self) -> None:
        if self._state is not None:
            self.show_state(self._state)


@dataclass(frozen=True, eq=False)
class GradientPanel:
    """The bars of one parameter; ``known`` says for each step whether its sum is computed."""

    label: RichText
    growth: Growth
    known: tuple[bool, ...]


class _GradientBars(QWidget):
    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.panels: dict[str, GradientPanel] = {}
        self._time = 0
        self._sums: Sums | None = None
        self._font = QFont(self.font())
        self._font.setPixelSize(sizes().label)
        self._line = QFontMetricsF(self._font).height()
        self.setMinimumSize(300, 200)

    def show_state(self, state: InspectorState, *, whole: bool) -> None:
        """Draw each gradient as it grows: its length if ``whole``, else the chosen entry."""
        if self._sums is None or self._sums.trace is not state.trace:
            self._sums = Sums(state.trace)
        sums, self._time = self._sums, state.cursor.time
        self.panels = {
            name: GradientPanel(
                RichText(symbol(f"d{name}", state.cursor.notation).html, sizes().text + 2),
                sums.size(name) if whole else sums.entry(name, *state.cursor.entry),
                tuple(
                    state.backward and state.known(f"d{name}_sum", t) for t in range(state.steps)
                ),
            )
            for name in state.trace.cell.learned
        }
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for panel, rect in self._places():
            if rect.contains(event.position()):
                share = (event.position().x() - rect.x()) / rect.width()
                self.asked.emit(TimeChosen(math.floor(share * len(panel.known))))

    def paintEvent(self, _: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(colours().panel))
            painter.setFont(self._font)
            for panel, rect in self._places():
                self._paint_caption(painter, panel, rect)
                self._paint_panel(painter, panel, rect)

    def _places(self) -> list[tuple[GradientPanel, QRectF]]:
        """Where the bars of each parameter stand."""
        lines = math.ceil(len(self.panels) / COLUMNS) or 1
        width, height = self.width() / COLUMNS, self.height() / lines
        label = self._line + 6
        places = []
        for place, panel in enumerate(self.panels.values()):
            left, top = (place % COLUMNS) * width, (place // COLUMNS) * height
            rect = QRectF(left + PADDING, top + label, width - 2 * PADDING, height - label - 4)
            places.append((panel, rect))
        return places

    def _paint_panel(self, painter: QPainter, panel: GradientPanel, rect: QRectF) -> None:
        """Bars up and down from a middle line; all upwards where no number is below zero."""
        growth = panel.growth
        numbers = np.array([growth.so_far, growth.own])
        numbers = numbers[np.isfinite(numbers)]
        signed = bool((numbers < 0).any())
        zero = rect.center().y() if signed else rect.bottom()
        unit = (zero - rect.y()) / (float(np.abs(numbers).max(initial=0.0)) or 1.0)
        pitch = rect.width() / len(panel.known)
        for t in (t for t, computed in enumerate(panel.known) if computed):
            for value, share in ((growth.so_far[t], _SUM), (growth.own[t], _OWN)):
                if not np.isfinite(value):
                    continue
                length, width = unit * float(value), max(pitch * share, 1.0)
                left = rect.x() + (t + 0.5) * pitch - width / 2
                bar = QRectF(left, zero - max(length, 0.0), width, abs(length))
                _paint_bar(painter, bar, float(value), strong=share == _OWN)
        painter.setPen(QPen(QColor(colours().muted), 1))
        painter.drawLine(QPointF(rect.x(), zero), QPointF(rect.right(), zero))
        painter.setPen(QPen(QColor(colours().you), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(rect.x() + self._time * pitch, rect.y(), pitch, rect.height()))

    def _paint_caption(self, painter: QPainter, panel: GradientPanel, rect: QRectF) -> None:
        """The symbol at the left, the sum so far at the right."""
        corner = QPointF(rect.x(), rect.y() - panel.label.height - 2)
        panel.label.draw(painter, corner, QColor(colours().ink))
        if any(panel.known):
            text = tidy(float(panel.growth.so_far[panel.known.index(True)]))
            painter.setPen(QColor(colours().ink))
            place = QRectF(rect.x(), rect.y() - self._line - 3, rect.width(), self._line)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, text)


def _paint_bar(painter: QPainter, bar: QRectF, value: float, *, strong: bool) -> None:
    colour = QColor(colours().plus if value >= 0 else colours().minus)
    painter.fillRect(bar, colour if strong else colour.lighter(165))


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(GradientsView, example_state())
