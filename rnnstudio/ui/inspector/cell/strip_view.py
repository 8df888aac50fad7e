"""The unrolled network: every time step as a linked cell, the same weights at each."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnnstudio.core.cells.notation import symbol
from rnnstudio.ui.inspector.cell.strip_painter import (
    LINK,
    PADDING,
    paint_glow,
    paint_overview,
    paint_step,
    step_height,
)
from rnnstudio.ui.inspector.events import TimeChosen
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import DESK, scaled
from rnnstudio.ui.widgets.heat import heat_image
from rnnstudio.ui.widgets.rich_text import RichText

NARROWEST, WIDEST = 80.0, 130.0
OVERVIEW = 14.0


class StripView(QWidget):
    """Cells from the first step (left) to the last; a click or the arrow keys go to one.

    Each cell shows what it hands on: its states forward, its messages backward. All lengths are
    those beside text of its usual size; the painter scales them.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: InspectorState | None = None
        self._font = QFont(self.font())
        self._font.setPixelSize(DESK.label)
        self._weights = RichText("", DESK.text)
        self._mapped: object = None
        self._map = QImage()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Click a step, or use the arrow keys"))
        self.setAccessibleName(self.tr("Time steps"))

    def show_state(self, state: InspectorState) -> None:
        """Show the sequence with the current step in sight."""
        resized = self._state is None or len(self._state.handed) != len(state.handed)
        self._state = state
        names = [name for name in state.operation.inputs if name in state.scene.parameters]
        html = "&nbsp; ".join(symbol(name, state.cursor.notation).html for name in names)
        if html != self._weights.html:
            self._weights = RichText(html, DESK.text)
        key = (state.trace, state.backward, state.example)
        if key != self._mapped:
            self._mapped = key
            self._map = heat_image(state.overview, state.scales.limit(state.handed[0]))
        if resized:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(600, math.ceil(scaled(self._height)))

    def minimumSizeHint(self) -> QSize:
        """Low is not possible, narrow is."""
        return QSize(200, self.sizeHint().height())

    def step_rect(self, time: int) -> QRectF:
        """The cell of a step; outside of the widget when it is scrolled away."""
        height = self._height - OVERVIEW - 3 * PADDING
        left = LINK + time * self._pitch() - self._scrolled()
        return QRectF(left, PADDING, self._pitch() - LINK, height)

    def overview_rect(self) -> QRectF:
        """The thin map of the whole sequence."""
        bottom = self._height - PADDING
        return QRectF(LINK, bottom - OVERVIEW, self._width - 2 * LINK, OVERVIEW)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The cells in sight, their links, and the whole sequence as a thin map below."""
        if self._state is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(scaled(1), scaled(1))
            painter.setFont(self._font)
            for time in self._in_sight():
                rect = self.step_rect(time)
                paint_step(painter, self._state, time, rect)
                if self._weights.text:
                    paint_glow(painter, self._weights, rect)
            paint_overview(painter, self._state, self._map, self.overview_rect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step under the mouse, in the cells or in the map."""
        place, overview = event.position() / scaled(1), self.overview_rect()
        if overview.contains(place):
            share = (place.x() - overview.x()) / overview.width()
            self.asked.emit(TimeChosen(math.floor(share * self._steps)))
            return
        for time in self._in_sight():
            if self.step_rect(time).contains(place):
                self.asked.emit(TimeChosen(time))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right, Home and End."""
        targets = {
            Qt.Key.Key_Left: self._time - 1,
            Qt.Key.Key_Right: self._time + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self._steps - 1,
        }
        if event.key() in targets:
            self.asked.emit(TimeChosen(targets[Qt.Key(event.key())]))
        else:
            super().keyPressEvent(event)

    @property
    def _width(self) -> float:
        return self.width() / scaled(1)

    @property
    def _height(self) -> float:
        step = 0.0 if self._state is None else step_height(self._state)
        return math.ceil(step + OVERVIEW + 4 * PADDING)

    @property
    def _steps(self) -> int:
        return 0 if self._state is None else self._state.steps

    @property
    def _time(self) -> int:
        return 0 if self._state is None else self._state.cursor.time

    def _in_sight(self) -> range:
        """The steps that are not scrolled away."""
        pitch, first = self._pitch(), self._scrolled()
        return range(
            max(0, math.floor((first - LINK) / pitch)),
            min(self._steps, math.ceil((first + self._width) / pitch) + 1),
        )

    def _pitch(self) -> float:
        """From one cell to the next: all in sight if that leaves them readable."""
        fitting = (self._width - LINK) / max(self._steps, 1)
        return min(max(fitting, NARROWEST + LINK), WIDEST + LINK)

    def _scrolled(self) -> float:
        """How far the cells are moved to the left; the current one stands in the middle."""
        pitch = self._pitch()
        whole = LINK + self._steps * pitch
        if whole <= self._width:
            return -(self._width - whole) / 2
        wanted = LINK + (self._time + 0.5) * pitch - self._width / 2
        return min(max(wanted, 0), whole - self._width)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(StripView, example_state())
