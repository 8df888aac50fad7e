"""A ring around the widget with the focus: styles draw it faintly, own widgets not at all."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget
from shiboken6 import isValid

from rnnstudio.ui.theme.tokens import colours

_WIDTH = 2.0
_RADIUS = 4.0
_Window = QMainWindow | QDialog
_MOVES = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
)


_alive: set[FocusRing] = set()
"""The rings that Qt has: of those in its own dialogs Python would keep nothing alive. None of them
knows its window: whoever has that decides how long it lives."""


class FocusRing(QWidget):
    """A ring over its window around one widget, which lets the mouse through."""

    def __init__(self, window: _Window) -> None:
        super().__init__(window)
        _alive.add(self)
        self.destroyed.connect(partial(_alive.discard, self))
        self._watched: list[QWidget] = []
        self._resting = False
        if isinstance(window, QDialog):  # which may be deleted from now on
            window.finished.connect(self._let_go)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def widget(self) -> QWidget | None:
        """What it is around."""
        return self._watched[0] if self._watched else None

    def surround(self, widget: QWidget) -> None:
        """Surround ``widget`` from now on, wherever it moves.

        It rests on where it is already: a window that comes back has moved no focus.
        """
        self._resting = self._resting and widget is self.widget()
        self._let_go()
        window = self.window()
        part: QWidget | None = widget
        while part is not None and part is not window:
            self._watched.append(part)
            part.installEventFilter(self)
            part.destroyed.connect(self._leave)
            part = part.parentWidget()
        self._fit()

    def rest(self) -> None:
        """Be out of sight until the focus moves: nobody has moved it by a key."""
        self._resting = True
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the widget and its ancestors."""
        if event.type() in _MOVES:
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """A ring that leaves what it surrounds free."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours().you), _WIDTH))
            inset = QPointF(_WIDTH / 2, _WIDTH / 2)
            ring = QRectF(QPointF(0, 0) + inset, QPointF(self.width(), self.height()) - inset)
            painter.drawRoundedRect(ring, _RADIUS, _RADIUS)

    def _let_go(self) -> None:
        """Surround nothing: what Qt has made itself is not safe to follow into its end."""
        for watched in self._watched:
            watched.removeEventFilter(self)
        self._leave()

    def _leave(self) -> None:
        self._watched = []
        self.hide()

    def _fit(self) -> None:
        """Around the part of the widget that is in sight."""
        widget = self.widget()
        # Python may hear of its end before the signal comes.
        if widget is None or not isValid(widget) or self._resting or not widget.isVisible():
            self.hide()
            return
        window = self.window()
        place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-2, -2, 2, 2)
        for around in self._watched[1:]:
            place &= QRect(around.mapTo(window, QPoint(0, 0)), around.size())
        self.setGeometry(place)
        self.raise_()
        self.setVisible(not place.isEmpty())


def follow_focus(app: QApplication) -> None:
    """From now on show a ring around the widget that has the focus, in every window and dialog."""
    app.focusChanged.connect(show_ring)


def show_ring(_: QWidget | None, now: QWidget | None) -> None:
    """Put the ring of the window around ``now``; a click shows where the focus is by itself."""
    window = None if now is None else now.window()
    if now is None or not isinstance(window, _Window):
        return
    ring = window.findChild(FocusRing) or FocusRing(window)
    ring.surround(now)
    if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
        ring.rest()


def focus_quietly(widget: QWidget) -> None:
    """Give the focus to ``widget`` without a ring: keys are to act there when a page comes."""
    widget.setFocus()
    window = widget.window()
    focus = window.focusWidget()
    if isinstance(window, _Window) and focus is not None:
        ring = window.findChild(FocusRing) or FocusRing(window)
        ring.surround(focus)
        ring.rest()
