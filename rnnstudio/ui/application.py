"""Starts the window: application object, theme, logging of what goes wrong."""

from __future__ import annotations

import signal
import sys

from PySide6.QtWidgets import QApplication

from rnnstudio import __version__
from rnnstudio.core import language
from rnnstudio.ui import faults, theme
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.translator import CatalogueTranslator

SWITCH_SECONDS = 0.001
"""How long a training in its thread may keep the interpreter from the window: Python's own 5 ms
add up over a frame, which has to take the lock many times."""


def make_application() -> QApplication:
    """The application object, named and styled; the one that exists already if there is one."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("RNN Studio")
    app.setOrganizationName("RNN Studio")
    app.setApplicationVersion(__version__)
    if language.code() != "en":
        app.installTranslator(CatalogueTranslator(app))
    theme.apply(app)
    return app


def main() -> int:
    """Show the window until it is closed; gives the exit status."""
    app = make_application()
    with faults.reported(app), faults.collected_here():
        window = MainWindow()
        window.show()
        # Ctrl+C in the terminal closes the window; Qt would swallow a KeyboardInterrupt. Python
        # hears of it when the next timer runs.
        signal.signal(signal.SIGINT, lambda _signal, _frame: app.quit())
        return app.exec()
