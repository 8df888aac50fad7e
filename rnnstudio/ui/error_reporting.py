"""Unhandled exceptions go to one log file and one dialog; none is lost, none is shown twice.

A windowed build has no standard error, so the log is the only place where a fault can be read.
"""

from __future__ import annotations

import faulthandler
import gc
import itertools
import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QStandardPaths,
    Qt,
    QTimer,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QMessageBox

from rnnstudio.core.messages import Message

COLLECT_MS = 1_000
ALL_EVERY = 60
"""Every so many times the oldest objects are looked at, too."""


class _Reporter(QObject):
    """Writes faults to the log from any thread and shows the first one in the window's thread."""

    caught = Signal(str, str)

    def __init__(self, log_file: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        self._log_file = log_file
        self._shown = False
        self._log = logging.getLogger("rnnstudio")
        self.caught.connect(self._show)

    def exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """The process' ``sys.excepthook``."""
        text = "".join(traceback.format_exception(kind, error, trace))
        self._log.error(text)
        self.caught.emit(f"{kind.__name__}: {error}", text)

    def thread_exception(self, fault: threading.ExceptHookArgs) -> None:
        """The process' ``threading.excepthook``."""
        if fault.exc_value is not None:
            self.exception(fault.exc_type, fault.exc_value, fault.exc_traceback)

    def qt_message(self, kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        """Qt's own warnings."""
        level = logging.DEBUG if kind is QtMsgType.QtDebugMsg else logging.WARNING
        self._log.log(level, "Qt: %s", text)

    @Slot(str, str)
    def _show(self, summary: str, details: str) -> None:
        if self._shown:
            return
        self._shown = True
        box = QMessageBox(QMessageBox.Icon.Critical, self.tr("RNN Studio"), summary)
        box.setTextFormat(Qt.TextFormat.PlainText)
        if self._log_file is None:
            box.setInformativeText(self.tr("This is a fault of the program."))
            box.setDetailedText(details)
        else:
            box.setInformativeText(
                self.tr("This is a fault of the program. Its details are in {0}.").format(
                    self._log_file
                )
            )
        box.exec()


@contextmanager
def reported(app: QApplication) -> Iterator[Message | None]:
    """While inside, every fault is written to the log file and the first one shown.

    If no log can be written, a notice is yielded, and faults go to standard error.
    """
    stream, log_file, problem = _open_log()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.getLogger().addHandler(handler)
    reporter = _Reporter(log_file, app)
    faulthandler.enable(stream)
    sys.excepthook = reporter.exception
    threading.excepthook = reporter.thread_exception
    qInstallMessageHandler(reporter.qt_message)
    try:
        yield problem
    finally:
        qInstallMessageHandler(None)
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        faulthandler.disable()
        logging.getLogger().removeHandler(handler)
        if log_file is not None:
            with suppress(OSError):  # the disk is full: what is missing cannot be reported
                stream.close()


@contextmanager
def collected_here() -> Iterator[None]:
    """While inside, reference cycles are collected in this thread only.

    Python's collector runs in whichever thread allocates; a worker that trains would destroy
    widgets from its own thread, which Qt does not survive. What is there already, the libraries,
    is left out, so that a look at all the rest takes 40 ms.
    """
    timer = QTimer()
    ticks = itertools.count(1)
    timer.timeout.connect(lambda: gc.collect(1 if next(ticks) % ALL_EVERY else 2))
    gc.disable()
    gc.freeze()
    timer.start(COLLECT_MS)
    try:
        yield
    finally:
        timer.stop()
        gc.unfreeze()
        gc.enable()


def _open_log() -> tuple[TextIO, Path | None, Message | None]:
    """Where faults are written, the file of that, and the sentence where there can be none."""
    location = QStandardPaths.StandardLocation.AppDataLocation
    path = Path(QStandardPaths.writableLocation(location), "rnnstudio.log")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            raise FileExistsError(0, "it is no file")
        return path.open("a", encoding="utf-8", errors="backslashreplace"), path, None
    except OSError as error:
        problem = Message(
            "No log of faults can be kept in {path} ({reason}); all else works.",
            {"path": path, "reason": error.strerror},
        )
        return sys.stderr, None, problem
