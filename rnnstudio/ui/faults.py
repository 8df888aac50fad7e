"""What nobody caught goes to one log file and one dialog; nothing vanishes, nothing is said twice.

A windowed build has no standard error, so the log is the only place where a fault can be read.
"""

from __future__ import annotations

import faulthandler
import gc
import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QStandardPaths,
    QTimer,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QMessageBox

COLLECT_MS = 1_000


class _Reporter(QObject):
    """Writes faults to the log from any thread and shows the first one in the window's thread."""

    caught = Signal(str)

    def __init__(self, log_file: Path, parent: QObject) -> None:
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
        self.caught.emit(f"{kind.__name__}: {error}")

    def thread_exception(self, fault: threading.ExceptHookArgs) -> None:
        """The process' ``threading.excepthook``."""
        if fault.exc_value is not None:
            self.exception(fault.exc_type, fault.exc_value, fault.exc_traceback)

    def qt_message(self, kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        """Qt's own warnings."""
        level = logging.DEBUG if kind is QtMsgType.QtDebugMsg else logging.WARNING
        self._log.log(level, "Qt: %s", text)

    @Slot(str)
    def _show(self, summary: str) -> None:
        if self._shown:
            return
        self._shown = True
        box = QMessageBox(QMessageBox.Icon.Critical, self.tr("RNN Studio"), summary)
        box.setInformativeText(
            self.tr("This is a fault of the program. Its details are in {0}.").format(
                self._log_file
            )
        )
        box.exec()


@contextmanager
def reported(app: QApplication) -> Iterator[None]:
    """While inside, every fault is written to the log file and the first one shown."""
    log_file = _log_file()
    with log_file.open("a", encoding="utf-8") as stream:
        handler = logging.StreamHandler(stream)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logging.getLogger().addHandler(handler)
        reporter = _Reporter(log_file, app)
        faulthandler.enable(stream)
        sys.excepthook = reporter.exception
        threading.excepthook = reporter.thread_exception
        qInstallMessageHandler(reporter.qt_message)
        try:
            yield
        finally:
            qInstallMessageHandler(None)
            sys.excepthook = sys.__excepthook__
            threading.excepthook = threading.__excepthook__
            faulthandler.disable()
            logging.getLogger().removeHandler(handler)


@contextmanager
def collected_here() -> Iterator[None]:
    """While inside, reference cycles are collected in this thread only.

    Python's collector runs in whichever thread allocates; a worker that trains would destroy
    widgets from its own thread, which Qt does not survive.
    """
    timer = QTimer()
    timer.timeout.connect(lambda: gc.collect(1))
    gc.disable()
    timer.start(COLLECT_MS)
    try:
        yield
    finally:
        timer.stop()
        gc.enable()


def _log_file() -> Path:
    location = QStandardPaths.StandardLocation.AppDataLocation
    folder = Path(QStandardPaths.writableLocation(location))
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "rnnstudio.log"
