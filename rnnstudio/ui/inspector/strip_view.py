"""The unrolled network: every time step as a linked cell, the same weights at each."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnnstudio.core.cells.notation import symbol
from rnnstudio.ui.inspector.events import TimeChosen
from rnnstudio.ui.inspector.state import State
from rnnstudio.ui.theme import THEME
from rnnstudio.ui.widgets.heat import heat_image
from rnnstudio.ui.widgets.rich_text import RichText

NARROWEST, WIDEST = 80.0, 130.0
LINK = 40.0
LABEL, STRIP, GLOW, OVERVIEW = 18.0, 15.0, 20.0, 14.0
PADDING = 4.0


class StripView(QWidget):
    """Cells from the first step (left) to the last; a click or the arrow keys go to one.

    Each cell shows what it hands on: its states forward, its messages backward.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: State | None = None
        self._font = QFont(self.font())
        self._font.setPointSize(THEME.small_points)
        self._glow = RichText("", THEME.small_points)
        self._mapped: object = None
        self._map = QImage()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Click a step, or use the arrow keys"))

    def show_state(self, state: State) -> None:
        """Show the sequence with the current step in sight."""
        resized = self._state is None or len(self._state.handed) != len(state.handed)
        self._state = state
        names = [name for name in state.operation.inputs if name in state.scene.parameters]
        symbols = [symbol(name, state.cursor.notation).html for name in names]
        html = "&nbsp; ".join(symbols)
        if html != self._glow.html:
            self._glow = RichText(html, THEME.small_points)
        if resized:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        lines = 1 if self._state is None else len(self._state.handed)
        box = LABEL + lines * (STRIP + PADDING) + PADDING + GLOW
        return QSize(600, math.ceil(box + OVERVIEW + 4 * PADDING))

    def minimumSizeHint(self) -> QSize:
        """Low is not possible, narrow is."""
        return QSize(200, self.sizeHint().height())

    def step_rect(self, time: int) -> QRectF:
        """The cell of a step; outside of the widget when it is scrolled away."""
        pitch, first = self._pitch(), self._scrolled()
        height = self.sizeHint().height() - OVERVIEW - 3 * PADDING
        return QRectF(LINK + time * pitch - first, PADDING, pitch - LINK, height)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The cells in sight, their links, and the whole sequence as a thin map below."""
        if self._state is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        for time in self._in_sight():
            self._paint_step(painter, time, self.step_rect(time))
        self._paint_overview(painter)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step under the mouse, in the cells or in the map."""
        if self._state is None:
            return
        place = event.position()
        overview = self._overview_rect()
        if overview.contains(place):
            share = (place.x() - overview.x()) / overview.width()
            self.asked.emit(TimeChosen(math.floor(share * self._state.steps)))
            return
        for time in self._in_sight():
            if self.step_rect(time).contains(place):
                self.asked.emit(TimeChosen(time))
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right, Home and End."""
        if self._state is None:
            return
        time, last = self._state.cursor.time, self._state.steps - 1
        targets = {
            Qt.Key.Key_Left: time - 1,
            Qt.Key.Key_Right: time + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in targets:
            self.asked.emit(TimeChosen(targets[Qt.Key(event.key())]))
        else:
            super().keyPressEvent(event)

    def _in_sight(self) -> range:
        """The steps that are not scrolled away."""
        assert self._state is not None  # noqa: S101 - nothing is shown before
        pitch, first = self._pitch(), self._scrolled()
        return range(
            max(0, math.floor((first - LINK) / pitch)),
            min(self._state.steps, math.ceil((first + self.width()) / pitch) + 1),
        )

    def _pitch(self) -> float:
        """From one cell to the next: all in sight if that leaves them readable."""
        steps = 1 if self._state is None else self._state.steps
        return min(max((self.width() - LINK) / steps, NARROWEST + LINK), WIDEST + LINK)

    def _scrolled(self) -> float:
        """How far the cells are moved to the left; the current one stands in the middle."""
        assert self._state is not None  # noqa: S101 - nothing is shown before
        pitch = self._pitch()
        whole = LINK + self._state.steps * pitch
        if whole <= self.width():
            return -(self.width() - whole) / 2
        wanted = LINK + (self._state.cursor.time + 0.5) * pitch - self.width() / 2
        return min(max(wanted, 0), whole - self.width())

    def _paint_step(self, painter: QPainter, time: int, rect: QRectF) -> None:
        state = self._state
        assert state is not None  # noqa: S101
        current = time == state.cursor.time
        painter.setPen(QPen(QColor(THEME.accent if current else THEME.muted), 3 if current else 1))
        painter.setBrush(QColor(THEME.accent_soft if current else THEME.panel))
        painter.drawRoundedRect(rect, 6, 6)
        painter.setPen(QColor(THEME.text))
        line = QRectF(rect.x(), rect.y() + 1, rect.width(), LABEL)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._label(time))
        top = line.bottom() + PADDING / 2
        for name in state.handed:
            strip = QRectF(rect.x() + PADDING, top, rect.width() - 2 * PADDING, STRIP)
            self._paint_strip(painter, strip, name, time)
            self._paint_link(painter, strip, name, time)
            top += STRIP + PADDING
        self._paint_glow(painter, QRectF(rect.x(), rect.bottom() - GLOW, rect.width(), GLOW))

    def _label(self, time: int) -> str:
        assert self._state is not None  # noqa: S101
        labels = self._state.scene.labels
        return labels[time] if labels else f"t = {time + 1}"

    def _paint_strip(self, painter: QPainter, strip: QRectF, name: str, time: int) -> None:
        state = self._state
        assert state is not None  # noqa: S101
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if not state.known(name, time):
            painter.setPen(QPen(QColor(THEME.border), 1, Qt.PenStyle.DotLine))
            painter.drawRect(strip)
            return
        array = state.trace.values(time, backward=state.backward)[name]
        row = array[:, [min(state.example, array.shape[1] - 1)]].T
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.drawImage(strip, heat_image(row, state.scales.limit(name)))
        painter.setPen(QPen(QColor(THEME.muted), 1))
        painter.drawRect(strip)

    def _paint_link(self, painter: QPainter, strip: QRectF, name: str, time: int) -> None:
        """The arrow on which the value leaves for the next cell of the pass."""
        state = self._state
        assert state is not None  # noqa: S101
        moving = self._moving(name, time)
        known = state.known(name, time)
        colour = QColor(THEME.accent if moving else THEME.muted if known else THEME.border)
        towards = -1 if state.backward else 1
        y = strip.center().y()
        start = (strip.left() - PADDING) if state.backward else (strip.right() + PADDING)
        tip = QPointF(start + towards * (LINK - 2), y)
        painter.setPen(QPen(colour, 3 if moving else 1.4))
        painter.drawLine(QPointF(start, y), tip - QPointF(towards * 5, 0))
        painter.setPen(QPen(colour, 1))
        painter.setBrush(colour)
        painter.drawPolygon(
            QPolygonF([tip, tip - QPointF(towards * 7, 4), tip - QPointF(towards * 7, -4)])
        )
        if moving:
            self._paint_message(painter, name, start + towards * LINK * moving, y)

    def _moving(self, name: str, time: int) -> float:
        """How far the value has come on its way to the next cell: 0 when it does not travel now.

        It leaves when its row is computed and has arrived when the next step begins.
        """
        state = self._state
        assert state is not None  # noqa: S101
        if time == state.cursor.time and state.known(name, time):
            return 0.3
        before = state.cursor.time + (1 if state.backward else -1)
        return 0.62 if time == before else 0.0

    def _paint_message(self, painter: QPainter, name: str, middle: float, y: float) -> None:
        """The value on its way: a pill with its letter."""
        state = self._state
        assert state is not None  # noqa: S101
        written = symbol(name, state.cursor.notation)
        pill = QRectF(middle - 12, y - 8.5, 24, 17)
        painter.setPen(QPen(QColor(THEME.accent), 1.5))
        painter.setBrush(QColor(THEME.accent))
        painter.drawRoundedRect(pill, 8, 8)
        painter.setPen(QColor(THEME.accent_text))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, f"{written.before}{written.base}")

    def _paint_glow(self, painter: QPainter, rect: QRectF) -> None:
        """The weights that the current operation reads: the same ones in every cell."""
        if not self._glow.text:
            return
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(THEME.accent_soft))
        painter.drawRoundedRect(rect.adjusted(3, 1, -3, -3), 5, 5)
        painter.setPen(QColor(THEME.text))
        if self._glow.width > rect.width() - 8:
            mode = Qt.TextElideMode.ElideRight
            text = painter.fontMetrics().elidedText(self._glow.text, mode, round(rect.width() - 10))
            painter.drawText(rect.adjusted(0, 0, 0, -2), Qt.AlignmentFlag.AlignCenter, text)
        else:
            left = rect.center().x() - self._glow.width / 2
            place = QPointF(left, rect.center().y() - 1 - self._glow.height / 2)
            self._glow.draw(painter, place, QColor(THEME.text))
        painter.restore()

    def _overview_rect(self) -> QRectF:
        bottom = self.sizeHint().height() - PADDING
        return QRectF(LINK, bottom - OVERVIEW, self.width() - 2 * LINK, OVERVIEW)

    def _paint_overview(self, painter: QPainter) -> None:
        state = self._state
        assert state is not None  # noqa: S101
        rect = self._overview_rect()
        key = (state.trace, state.backward, state.example)
        if key != self._mapped:
            limit = state.scales.limit(state.handed[0])
            self._mapped, self._map = key, heat_image(state.overview, limit)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.drawImage(rect, self._map)
        painter.setPen(QPen(QColor(THEME.muted), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)
        pitch = rect.width() / state.steps
        now = QRectF(rect.x() + state.cursor.time * pitch, rect.y(), pitch, OVERVIEW)
        painter.setPen(QPen(QColor(THEME.text), 2))
        painter.drawRect(now.adjusted(-1, -1, 1, 1))


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.alone import open_alone

    open_alone(StripView, example_state())
