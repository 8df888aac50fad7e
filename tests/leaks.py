"""Finds what a test left running or standing, and names the line that made it.

Knows Qt only where PySide6 is installed: the core tests run without it too.
"""

from __future__ import annotations

import gc
import importlib.util
import multiprocessing
import multiprocessing.resource_tracker
import subprocess
import sys
import sysconfig
import threading
import time
import weakref
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from typing import Any

HAS_QT = importlib.util.find_spec("PySide6") is not None
HAS_PSUTIL = importlib.util.find_spec("psutil") is not None

if HAS_QT:
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThread, QTimer
    from PySide6.QtWidgets import QApplication
if HAS_PSUTIL:
    import psutil

_LIBRARIES = tuple(sysconfig.get_paths()[name] for name in ("stdlib", "purelib", "platlib"))
_made: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()
"""What was made since ``remember_makers`` and may run on, with the line of ours that made it."""

Things = dict[Any, str]
"""A running or standing thing, by identity or process id, and its description."""


def remember_makers() -> None:
    """Note from now on which line makes a thread, a timer or a process; called once."""
    kinds: list[type] = [threading.Thread, subprocess.Popen, BaseProcess]
    if HAS_QT:
        kinds += [QThread, QTimer]
    for kind in kinds:
        _remember(kind)


def _remember(kind: type) -> None:
    init = kind.__init__  # type: ignore[misc] # whatever is given to it is handed on

    def recording(self: Any, *args: Any, **kwargs: Any) -> None:
        _made[self] = _line_of_ours()
        init(self, *args, **kwargs)

    kind.__init__ = recording  # type: ignore[misc]


def _line_of_ours() -> str:
    """The innermost line being run that is neither a library's nor this file's."""
    frame = sys._getframe(2)
    while frame.f_back is not None:
        if not frame.f_code.co_filename.startswith((*_LIBRARIES, "<")):
            return f", made at {frame.f_code.co_filename}:{frame.f_lineno}"
        frame = frame.f_back
    return ""


def standing() -> Things:
    """Everything that runs or stands at this moment."""
    things: Things = {}
    for found in (_threads(), _processes(), *_qt_things()):
        things.update(found)
    return things


def left_behind(before: Things, patience: float = 1.0) -> list[str]:
    """Descriptions of what stands now and did not ``before``; what is just ending gets time."""
    deadline = time.monotonic() + patience
    while True:
        left = [text for thing, text in standing().items() if thing not in before]
        if not left or time.monotonic() > deadline:
            return sorted(left)
        gc.collect()  # windows in reference cycles are not left behind
        time.sleep(0.01)


def _threads() -> Iterator[tuple[Any, str]]:
    for thread in threading.enumerate():
        # Python gives every foreign thread that it meets a dummy; tqdm keeps one monitor for all.
        ignored = isinstance(thread, threading._DummyThread) or type(thread).__name__ == "TMonitor"
        if not ignored and thread is not threading.main_thread():
            yield thread, f"Python thread {thread.name!r}{_made.get(thread, '')}"


def _processes() -> Iterator[tuple[Any, str]]:
    """Every child, described by the one that knows it best."""
    if HAS_PSUTIL:
        yield from _children_of_any_kind()
    for child in multiprocessing.active_children():
        yield child.pid, f"child process {child.name!r}{_made.get(child, '')}"
    for popen in [made for made in list(_made) if isinstance(made, subprocess.Popen)]:
        if popen.returncode is None and hasattr(popen, "pid") and popen.poll() is None:
            yield popen.pid, f"child process {popen.args!r}{_made[popen]}"


def _children_of_any_kind() -> Iterator[tuple[Any, str]]:
    tracker = getattr(multiprocessing.resource_tracker._resource_tracker, "_pid", None)
    for child in psutil.Process().children(recursive=True):
        try:
            if child.pid != tracker and child.status() != psutil.STATUS_ZOMBIE:
                yield child.pid, f"child process {child.name()!r}"
        except psutil.NoSuchProcess:
            continue


def delete_what_waits() -> None:
    """Let Qt delete what was told ``deleteLater``, which else waits for an event loop."""
    if HAS_QT and QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _qt_things() -> Iterator[Iterator[tuple[Any, str]]]:
    if HAS_QT and QCoreApplication.instance() is not None:
        delete_what_waits()
        yield _runners()
        yield _windows()


def _runners() -> Iterator[tuple[Any, str]]:
    for made in list(_made):
        if not isinstance(made, QTimer | QThread) or not shiboken6.isValid(made):
            continue
        if made.isActive() if isinstance(made, QTimer) else made.isRunning():
            yield made, f"running {type(made).__name__} {made.objectName()!r}{_made[made]}"


def _windows() -> Iterator[tuple[Any, str]]:
    if not isinstance(QCoreApplication.instance(), QApplication):
        return
    for widget in QApplication.topLevelWidgets():
        # Menus and tips without a parent go with Python's last reference: they count when shown.
        own_window = widget.windowType() in (Qt.WindowType.Window, Qt.WindowType.Dialog)
        if own_window or widget.isVisible():
            state = "visible" if widget.isVisible() else "hidden"
            yield widget, f"{state} window {type(widget).__name__} {widget.objectName()!r}"
