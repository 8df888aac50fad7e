"""In front of a class: the thing alone, large; everything else goes and comes back as it was."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from rnnstudio.ui.shell.navigation import Navigation
from rnnstudio.ui.shell.status_line import StatusLine
from rnnstudio.ui.shell.still_pointer import StillPointer
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import Theme, theme

_DESIGNED_FOR = QSize(1920, 1080)
_SMALLEST, _LARGEST = 0.62, 2.0
"""Bounds of the factor: at the smallest no text falls below 12 pixels."""
_NOTICED = 0.05
"""A factor that differs by a smaller share from the one that holds changes nothing."""
_RESTED_MS = 300
"""For so long the window keeps its size before everything takes another one."""


def class_factor(window: QSize) -> float:
    """How many times as large as in a window of 1920 x 1080 a class sees everything in this one."""
    factor = min(window.width() / _DESIGNED_FOR.width(), window.height() / _DESIGNED_FOR.height())
    return min(max(factor, _SMALLEST), _LARGEST)


class Dressed(Protocol):
    """What takes on another look."""

    def dress_anew(self, chosen: Theme) -> None:
        """Take on ``chosen``, with all work."""

    def show_class(self, on: bool) -> None:
        """Show nothing but what a class is to see, or everything again."""


class ClassMode(QObject):
    """Turns the look for a class on and off, as large as the window lets it be."""

    changed = Signal(bool)
    """Whether it is on now."""

    def __init__(
        self, window: QMainWindow, frame: Navigation, line: StatusLine, dressed: Dressed
    ) -> None:
        super().__init__(window)
        self._line = line
        self._window, self._frame, self._dressed = window, frame, dressed
        self.on = False
        self.pointer = StillPointer(self)
        self.resting = QTimer(self)
        self.resting.setSingleShot(True)
        self.resting.setInterval(_RESTED_MS)
        self.resting.timeout.connect(self._fit)
        window.installEventFilter(self)

    @Slot()
    def toggle(self) -> None:
        """Turn it on or off."""
        self.set_on(not self.on)

    def set_on(self, on: bool) -> None:
        """Turn it on, or off with everything as it was before."""
        if on == self.on:
            return
        self.on = on
        self.resting.stop()
        self._window.setUpdatesEnabled(False)
        self._frame.set_bare(on)
        self._line.set_silent(on)
        self._dress()
        self._dressed.show_class(on)
        self._window.setUpdatesEnabled(True)
        self.pointer.watch(on)
        self.changed.emit(on)

    def shutdown(self) -> None:
        """Let the pointer be seen, and wait for nothing."""
        self.pointer.watch(False)
        self.resting.stop()
        self._window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the window's new size to rest."""
        if self.on and event.type() == QEvent.Type.Resize:
            self.resting.start()
        return super().eventFilter(watched, event)

    @Slot()
    def _fit(self) -> None:
        """Take on the window's size where that makes a difference."""
        factor = class_factor(self._window.size())
        if abs(factor / theme().class_factor - 1) >= _NOTICED:
            self._window.setUpdatesEnabled(False)
            self._dress()
            self._window.setUpdatesEnabled(True)

    def _dress(self) -> None:
        system = QGuiApplication.styleHints().colorScheme()
        factor = class_factor(self._window.size()) if self.on else 1.0
        chosen = appearance.chosen_theme(system, in_class=self.on, class_factor=factor)
        self._dressed.dress_anew(chosen)
