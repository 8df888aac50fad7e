"""Unhandled exceptions go to one log file and one dialog; none is lost, none is shown twice.

A windowed build has no standard error, so the log is the only place where a fault can be read.
"""

from __future__ import annotations

import faulthandler
import gc
import getpass
import itertools
import logging
import os
import platform
import re
import shutil
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

import numpy as np
import PySide6
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
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from rnnstudio import __version__
from rnnstudio.core import language
from rnnstudio.core.messages import Message

COLLECT_MS = 1_000
MOST_LOG_BYTES, OLD_LOGS = 2**20, 3
ALL_EVERY = 60
"""Every so many times the oldest objects are looked at, too."""


class Reporter(QObject):
    """Writes faults to the log from any thread and shows the first one in the window's thread.

    ``no_log`` is the sentence where no log can be kept. ``keep_work`` is called before a fault is
    shown, and says whether all unsaved work is kept.
    """

    caught = Signal(str, str)

    def __init__(self, log_file: Path | None, no_log: Message | None, parent: QObject) -> None:
        super().__init__(parent)
        self.no_log = no_log
        self.keep_work: Callable[[], bool] = lambda: True
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
        places = "".join(traceback.format_tb(trace))  # a message may quote a person's data
        self.caught.emit(f"{kind.__name__}: {error}", f"{places}{kind.__name__}")

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
        sentences = [self.tr("This is a fault of the program."), self._say_what_is_kept()]
        if self._log_file is not None:
            sentences.append(language.filled(self.tr("The details are in {0}."), self._log_file))
        box = QMessageBox(QMessageBox.Icon.Critical, self.tr("RNN Studio"), summary)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(" ".join(sentences))
        to_send = report(details)
        box.setDetailedText(to_send)
        copy = box.addButton(self.tr("Copy the report"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Ok)
        box.exec()
        if box.clickedButton() is copy:
            QGuiApplication.clipboard().setText(to_send)

    def _say_what_is_kept(self) -> str:
        try:
            kept = self.keep_work()
        except Exception:  # what is broken may be what there is to keep
            self._log.error("Unsaved work was not kept: %s", traceback.format_exc())
            kept = False
        if kept:
            return self.tr("Unsaved work is kept.")
        return self.tr("Unsaved work could not be kept; save the session yourself.")


def report(details: str) -> str:
    """What a person may send to us: versions and where it broke, without names of folders."""
    versions = {
        "RNN Studio": __version__,
        "Python": platform.python_version(),
        "PySide6": PySide6.__version__,
        "NumPy": np.__version__,
        "system": platform.platform(),
    }
    head = "\n".join(f"{name} {version}" for name, version in versions.items())
    return _without_names(f"{head}\n\n{details}")


def _without_names(text: str) -> str:
    """With ~ for the home folder, and for every folder that is called as the user is."""
    with suppress(RuntimeError):  # there is no home
        text = re.sub(rf"(?<![^\s\"']){re.escape(str(Path.home()))}(?=[\\/])", "~", text)
    with suppress(OSError, KeyError, ImportError):  # the system does not know who it is
        user = re.escape(getpass.getuser())
        text = re.sub(rf"(?<=[\\/]){user}(?=[\\/])", "~", text, flags=re.IGNORECASE)
    return text


def log_folder() -> Path:
    """The folder of the log, in the platform's place for data."""
    location = QStandardPaths.StandardLocation.AppDataLocation
    return Path(QStandardPaths.writableLocation(location))


@contextmanager
def reported(app: QApplication) -> Iterator[Reporter]:
    """While inside, every fault is written to the log file and the first one shown.

    If no log can be written, faults go to standard error.
    """
    path = log_folder() / "rnnstudio.log"
    with ExitStack() as open_streams:
        try:
            handler, last_words = _open_log(path, open_streams)
            reporter = Reporter(path, None, app)
        except OSError as error:
            problem = Message(
                "No log of faults can be kept in {path} ({reason}); all else works.",
                {"path": path, "reason": error.strerror},
            )
            last_words = _standard_error(open_streams)
            handler = logging.StreamHandler(last_words)
            reporter = Reporter(None, problem, app)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logging.getLogger().addHandler(handler)
        faulthandler.enable(last_words)
        sys.excepthook = reporter.exception
        threading.excepthook = reporter.thread_exception
        qInstallMessageHandler(reporter.qt_message)
        try:
            yield reporter
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


def _open_log(path: Path, open_streams: ExitStack) -> tuple[logging.Handler, TextIO]:
    """What writes to the log at ``path``, and a stream to it for the interpreter's last words.

    A log that grows large is put aside and the oldest goes. It is copied and emptied, not renamed,
    so that the interpreter and other studios, which have it open, go on in the same file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():
        raise FileExistsError(0, "it is no file")
    handler = RotatingFileHandler(
        path,
        maxBytes=MOST_LOG_BYTES,
        backupCount=OLD_LOGS,
        encoding="utf-8",
        errors="backslashreplace",
    )
    open_streams.callback(_closed, handler)
    handler.rotator = _put_aside
    last_words = path.open("a", encoding="utf-8")
    open_streams.callback(_closed, last_words)
    return handler, last_words


def _put_aside(log: str, aside: str) -> None:
    shutil.copyfile(log, aside)
    os.truncate(log, 0)


def _standard_error(open_streams: ExitStack) -> TextIO:
    """Standard error, or what takes its place in a windowed build, which has none."""
    if sys.stderr is not None:
        return sys.stderr
    return open_streams.enter_context(Path(os.devnull).open("w", encoding="utf-8"))


def _closed(stream: logging.Handler | TextIO) -> None:
    with suppress(OSError):  # the disk is full: what is missing cannot be reported
        stream.close()
