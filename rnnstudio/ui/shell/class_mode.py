"""In front of a class: the thing alone, large; everything else goes and comes back as it was."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from rnnstudio.ui.shell.navigation import Navigation
from rnnstudio.ui.shell.status_line import StatusLine
from rnnstudio.ui.shell.still_pointer import StillPointer
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import Theme


class Dressed(Protocol):
    """What takes on another look."""

    def dress_anew(self, chosen: Theme) -> None:
        """Take on ``chosen``, with all work."""

    def show_class(self, on: bool) -> None:
        """Show nothing but what a class is to see, or everything again."""


class ClassMode(QObject):
    """Turns the look for a class on and off."""

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

    @Slot()
    def toggle(self) -> None:
        """Turn it on or off."""
        self.set_on(not self.on)

    def set_on(self, on: bool) -> None:
        """Turn it on, or off with everything as it was before."""
        if on == self.on:
            return
        self.on = on
        self._window.setUpdatesEnabled(False)
        self._frame.set_bare(on)
        self._line.set_silent(on)
        system = QGuiApplication.styleHints().colorScheme()
        self._dressed.dress_anew(appearance.chosen_theme(system, in_class=on))
        self._dressed.show_class(on)
        self._window.setUpdatesEnabled(True)
        self.pointer.watch(on)
        self.changed.emit(on)

    def shutdown(self) -> None:
        """Let the pointer be seen."""
        self.pointer.watch(False)
