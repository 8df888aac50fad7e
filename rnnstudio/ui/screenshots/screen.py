"""A real window that is brought into a state by a program, and looked at."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QSize, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication

from rnnstudio.core.errors import UserError
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.running import Run
from rnnstudio.ui.theme import appearance, motion
from rnnstudio.ui.theme.appearance import ColourChoice
from rnnstudio.ui.user_settings import kept_in
from rnnstudio.ui.widgets.run_bar import RunBar

Show = Callable[["Screen"], None]
"""What brings a screen into a state."""

LONGEST_SECONDS = 900.0
"""After so long a state is not reached any more."""
_POLL_MS = 20
_REPAINT_MS = 150
"""A repaint is due within 33 ms, and one may lead to another."""


@dataclass(frozen=True)
class Screen:
    """A window, and a ``folder`` for files that it is to open; it is gone when the window closes.

    ``quick``: trainings last a moment only.
    """

    window: MainWindow
    folder: Path
    quick: bool = False

    def wait(self, done: Callable[[], bool]) -> None:
        """Let the window live until ``done``; raises TimeoutError after ``LONGEST_SECONDS``."""
        deadline = time.monotonic() + LONGEST_SECONDS
        while not done():
            if time.monotonic() > deadline:
                raise TimeoutError(f"not reached within {LONGEST_SECONDS:g} s")
            _pause(_POLL_MS)

    def wait_for_end(self, run: Callable[[], Run]) -> None:
        """Let the window live until the run is over; raises UserError if it failed."""
        self.wait(lambda: not run().active)
        if run().error:
            raise UserError("{reason}", reason=run().error)

    def settle(self) -> None:
        """Let the window show what it has taken last."""
        _pause(_REPAINT_MS)

    def picture(self) -> QImage:
        """The window as it is now, without the seconds that its runs have taken."""
        self.settle()
        for bar in self.window.findChildren(RunBar):
            if not bar.stop_button.isEnabled():
                bar.status.clear()
        picture = self.window.grab().toImage()
        menu = QApplication.activePopupWidget()
        if menu is not None:  # a window of its own
            with QPainter(picture) as painter:
                painter.drawPixmap(self.window.mapFromGlobal(menu.pos()), menu.grab())
            menu.close()
        return picture


@contextmanager
def opened(
    size: QSize, colours: ColourChoice = ColourChoice.LIGHT, *, quick: bool = False
) -> Iterator[Screen]:
    """A window of ``size``, closed at the end, that knows and changes nothing of the user's."""
    with TemporaryDirectory() as folder, kept_in(Path(folder) / "settings.ini"):
        appearance.keep_colours(colours)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            system = QGuiApplication.styleHints().colorScheme()
            appearance.apply(app, appearance.chosen_theme(system))
        motion.keep_reduced(True)
        window = MainWindow()
        screen = Screen(window, Path(folder), quick)
        window.resize(size)
        window.show()
        try:
            yield screen
        finally:
            window.close_unasked()
            screen.wait(lambda: not window.isVisible())
            window.deleteLater()
            QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def _pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
