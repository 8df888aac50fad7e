"""Bars of the gradients of all parameters, step by step."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.gradient_sums import Growth
from rnnstudio.core.numbers import plain
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.icons import paint_icon
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import colours, scaled, sizes
from rnnstudio.ui.widgets.rich_text import RichText
from rnnstudio.ui.widgets.value_bar import paint_bar

COLUMNS = 2
_SUM, _OWN = 0.85, 0.4
"""The fraction of a step's width that its bars take."""
_LEAST_WIDTH, _LEAST_PANEL = 300, 44
"""Pixels beside text of its usual size."""


@dataclass(frozen=True, eq=False)
class GradientPanel:
    """The bars of one parameter; ``known`` says for each step whether its sum is computed."""

    label: RichText
    growth: Growth
    known: tuple[bool, ...]


class GradientBars(QWidget):
    """Wide bars for the sums so far, narrow ones within for each step's own part.

    ``time_chosen(time)``: a step was clicked at or gone to by an arrow key.
    ``unit_stepped(by)``: the arrow up (-1) or down.
    """

    time_chosen = Signal(int)
    unit_stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panels: dict[str, GradientPanel] = {}
        self._time = 0
        self._labels: Sequence[str] = ()
        self._font: QFont = words(sizes().label)
        self._line = QFontMetricsF(self._font).height()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_panels(
        self, panels: dict[str, GradientPanel], time: int, labels: Sequence[str]
    ) -> None:
        """Draw these, the step ``time`` in a frame; ``labels`` are what the steps read."""
        self.panels, self._time, self._labels = panels, time, labels
        rows = math.ceil(len(panels) / COLUMNS) or 1
        least = self._line * 2 + scaled(_LEAST_PANEL)
        self.setMinimumSize(round(scaled(_LEAST_WIDTH)), round(rows * least))
        self.update()

    def said(self, panel: GradientPanel, time: int) -> str:
        """The numbers of a step; empty where they are not computed yet."""
        if not panel.known[time]:
            return ""
        numbers = (panel.growth.own[time], panel.growth.so_far[time])
        own, so_far = (language.number(plain(float(number))) for number in numbers)
        if not self._labels:
            text = self.tr("step {0}: own part {1}, sum so far {2}")
            return language.filled(text, time + 1, own, so_far)
        text = self.tr("step {0}, {1}: own part {2}, sum so far {3}")
        return language.filled(text, time + 1, self._labels[time], own, so_far)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step that is clicked at."""
        found = self._found_at(event.position())
        if found is not None:
            self.time_chosen.emit(found[1])

    def event(self, event: QEvent) -> bool:
        """The numbers of the step under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._found_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if found is None else self.said(*found), self)
            return True
        return super().event(event)

    def _found_at(self, place: QPointF) -> tuple[GradientPanel, int] | None:
        """The parameter and the step at a place; None between them."""
        for panel, rect in self._places():
            if rect.contains(place):
                share = (place.x() - rect.x()) / rect.width()
                return panel, min(math.floor(share * len(panel.known)), len(panel.known) - 1)
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the step beside, up and down to another unit; all else is the page's."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        units = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self.time_chosen.emit(self._time + steps[key])
        elif key in units:
            self.unit_stepped.emit(units[key])
        else:
            event.ignore()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The parameters in two columns."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self._font)
            for panel, rect in self._places():
                self._paint_caption(painter, panel, rect)
                self._paint_panel(painter, panel, rect)

    def _places(self) -> list[tuple[GradientPanel, QRectF]]:
        """Where the bars of each parameter stand."""
        lines = math.ceil(len(self.panels) / COLUMNS) or 1
        width, height = self.width() / COLUMNS, self.height() / lines
        inset, above = sizes().gap, self._line + sizes().gap
        below = self._line if self._labels else sizes().half_gap
        places = []
        for place, panel in enumerate(self.panels.values()):
            left, top = (place % COLUMNS) * width, (place // COLUMNS) * height
            size = width - 2 * inset, height - above - below
            places.append((panel, QRectF(left + inset, top + above, *size)))
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
        self._paint_cover(painter, panel, rect)
        for t in (t for t, computed in enumerate(panel.known) if computed):
            for value, share in ((growth.so_far[t], _SUM), (growth.own[t], _OWN)):
                if not np.isfinite(value):
                    continue
                length, width = unit * float(value), max(pitch * share, 1.0)
                left = rect.x() + (t + 0.5) * pitch - width / 2
                bar = QRectF(left, zero - max(length, 0.0), width, abs(length))
                _paint_bar(painter, bar, float(value), own=share == _OWN)
        painter.setPen(pen("outline", 1))
        painter.drawLine(QPointF(rect.x(), zero), QPointF(rect.right(), zero))
        painter.setPen(pen("you", 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(rect.x() + self._time * pitch, rect.y(), pitch, rect.height()))
        self._paint_steps(painter, rect, pitch)

    def _paint_cover(self, painter: QPainter, panel: GradientPanel, rect: QRectF) -> None:
        """Over the steps to which the pass has not come, which are the first ones."""
        covered = panel.known.count(False)
        if not covered:
            return
        pitch, side = rect.width() / len(panel.known), min(sizes().mark, rect.height())
        place = QRectF(rect.x(), rect.y(), covered * pitch, rect.height())
        painter.fillRect(place, QColor(colours().cover))
        eye = QRectF(0, 0, side, side)
        eye.moveCenter(place.center())
        paint_icon(painter, eye, "covered", "muted")

    def _paint_steps(self, painter: QPainter, rect: QRectF, pitch: float) -> None:
        """What each step reads, below it where there is room."""
        metrics = QFontMetricsF(self._font)
        widest = max(map(metrics.horizontalAdvance, self._labels), default=0.0)
        every = max(1, math.ceil((widest + sizes().half_gap) / pitch))
        painter.setPen(QColor(colours().muted))
        for t in range(0, len(self._labels), every):
            place = QRectF(rect.x() + t * pitch, rect.bottom(), pitch * every, self._line)
            align = Qt.AlignmentFlag.AlignHCenter if every == 1 else Qt.AlignmentFlag.AlignLeft
            painter.drawText(place, align, self._labels[t])

    def _paint_caption(self, painter: QPainter, panel: GradientPanel, rect: QRectF) -> None:
        """The symbol at the left, the numbers of the step in sight at the right."""
        corner = QPointF(rect.x(), rect.y() - panel.label.height - sizes().quarter_gap)
        panel.label.draw(painter, corner, QColor(colours().ink))
        painter.setPen(QColor(colours().ink))
        height = self._line + sizes().quarter_gap
        place = QRectF(rect.x(), rect.y() - height, rect.width(), self._line)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight, self.said(panel, self._time))


def _paint_bar(painter: QPainter, bar: QRectF, value: float, *, own: bool) -> None:
    """The own part filled, hatched where it is below zero; the sum as a frame around it."""
    if own:
        paint_bar(painter, bar, below_zero=value < 0)
        return
    painter.setPen(pen("plus" if value >= 0 else "minus", 1.5))
    painter.setBrush(QColor(colours().sunken))
    painter.drawRect(bar)
