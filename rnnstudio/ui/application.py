"""Starts the window: application object, theme, logging of what goes wrong."""

from __future__ import annotations

import locale
import os
import signal
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QMessageLogContext,
    QStandardPaths,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qWarning,
)
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from rnnstudio import __version__
from rnnstudio.core import language
from rnnstudio.core.documents.csv_text import choose_decimal_mark
from rnnstudio.core.messages import Message
from rnnstudio.core.session.recovery import Recovery
from rnnstudio.ui import error_reporting as faults
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.shell import remembered
from rnnstudio.ui.shell.autosave import Autosave, offer_left_over
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.translator import speak
from rnnstudio.ui.widgets.focus_ring import follow_focus

SWITCH_SECONDS = 0.001
"""How long a training in its thread may keep the interpreter from the window: Python's own 5 ms
add up over a frame, which has to take the lock many times."""


class StudioApplication(QApplication):
    """The application object; on macOS a file that was double-clicked comes to it as an event."""

    file_asked = Signal(object)
    """The path of a file to open."""

    def event(self, event: QEvent) -> bool:
        """Pass on which file is to be opened."""
        if isinstance(event, QFileOpenEvent):
            self.file_asked.emit(Path(event.file()))
            return True
        return super().event(event)


def make_application() -> QApplication:
    """The application object, named and styled; the one that exists already if there is one."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = _started()
    app.setApplicationName("RNN Studio")
    app.setOrganizationName("RNN Studio")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("rnnstudio")
    speak(app)
    appearance.apply(app)
    follow_focus(app)
    return app


def main(code: str | None = None, file: Path | None = None) -> int:
    """Show the window until it is closed, with ``file`` opened; gives the exit status.

    ``code`` is the language; None: the one that was chosen in the menu, or the system's.
    """
    missing = language.choose_or_english(code or remembered.language_code())
    if code is None:
        remembered.keep_language(language.code())
    choose_decimal_mark(remembered.decimal_mark())
    app = make_application()
    with faults.reported(app) as reporter, faults.collected_here():
        window = MainWindow()
        recovery = Recovery(_data_folder() / "recovery")
        autosave = Autosave(window.studio, recovery, window)
        autosave.refused.connect(window.statusBar().showMessage)
        reporter.keep_work = autosave.keep_at_once
        if file is None and not remembered.skips_start():
            window.tabs.show_start()
        if isinstance(app, StudioApplication):
            app.file_asked.connect(window.open_path)
        window.show()
        for sentence in (missing, reporter.no_log):
            if sentence is not None:
                window.statusBar().showMessage(language.text(sentence))
        QTimer.singleShot(0, partial(_begin, window, file))
        QTimer.singleShot(0, partial(offer_left_over, autosave, recovery, window))
        # A stop in the terminal closes the window; Qt would swallow a KeyboardInterrupt. Python
        # hears of it when the next timer runs.
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda number, _: _close(app, number))
        status = app.exec()
        autosave.shutdown()
        return status


def _begin(window: MainWindow, file: Path | None) -> None:
    """Open what was asked for; else, where no start page is shown, what was used last."""
    recent = remembered.recent_files()
    if file is not None:
        window.open_path(file)
    elif remembered.skips_start() and recent:
        window.open_path(recent[0])
    elif remembered.skips_start():
        window.show_tab(remembered.front())


def _data_folder() -> Path:
    """The platform's folder for what the application keeps."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))


def _close(app: QApplication, number: int) -> None:
    """Close the window as a person would, who may be asked something; a second time, end."""
    signal.signal(number, signal.SIG_DFL)
    app.quit()


def _started() -> QApplication:
    """Start Qt; where there is no screen, end with a sentence: Qt itself would abort."""
    said: list[str] = []

    def hear(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtFatalMsg:
            said.append(text.strip())
            return
        message = Message(
            "The window cannot be shown. Qt says: {reason}. What needs no screen: rnnstudio --help",
            {"reason": said[0] if said else text.splitlines()[0].rstrip(".")},
        )
        print(f"rnnstudio: {language.text(message)}", file=sys.stderr, flush=True)  # noqa: T201
        os._exit(1)

    # What Python does at its start unless it is frozen: Qt complains where there is no language.
    if not os.environ.get("LC_ALL") and locale.setlocale(locale.LC_CTYPE) in ("C", "POSIX"):
        os.environ["LC_CTYPE"] = "C.UTF-8"
    before = qInstallMessageHandler(hear)
    app = StudioApplication(sys.argv[:1])
    qInstallMessageHandler(before)
    for text in said:
        qWarning(text)
    return app
