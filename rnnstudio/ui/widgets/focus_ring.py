"""A ring around whatever has the focus: styles draw it faintly, own widgets not at all."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFocusFrame, QMainWindow, QWidget

from rnnstudio.ui.theme import THEME

_WIDTH = 2.0
_RADIUS = 4.0


class FocusRing(QFocusFrame):
    """Follows one widget of its window."""

    def paintEvent(self, _: QPaintEvent) -> None:
        """A ring that leaves what it surrounds free."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(THEME.accent), _WIDTH))
            inset = QPointF(_WIDTH / 2, _WIDTH / 2)
            ring = QRectF(QPointF(0, 0) + inset, QPointF(self.width(), self.height()) - inset)
            painter.drawRoundedRect(ring, _RADIUS, _RADIUS)


def follow_focus(app: QApplication) -> None:
    """From now on show a ring around the widget that has the focus, in every main window."""
    app.focusChanged.connect(show_ring)


def show_ring(_: QWidget | None, now: QWidget | None) -> None:
    """Put the ring of the window around ``now``."""
    window = None if now is None else now.window()
    if now is None or not isinstance(window, QMainWindow):
        return
    ring = window.findChild(FocusRing) or FocusRing(window)
    ring.setWidget(now)
