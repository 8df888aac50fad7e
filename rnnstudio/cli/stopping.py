"""What Ctrl+C, a polite kill and a closed terminal do. Imports nothing heavy: it comes first.

Before and after a command, and where Qt has the main thread, they end the process at once. While a
command runs they raise KeyboardInterrupt, so that files and processes are cleaned up; and within
``stopping`` they cancel the job, so that what is finished can be kept.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from rnnstudio.core.training import Control

    Handler = Callable[[int, FrameType | None], object]

STOPPED = 130
"""The exit status of what was stopped, as shells have it after Ctrl+C."""
SENTENCE = "rnnstudio: Stopped."
_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


def end_at_once() -> None:
    """From now on a stop ends the process with one line; for where there is nothing to keep."""
    _install(_end)


@contextmanager
def interrupting() -> Iterator[None]:
    """Let a stop raise KeyboardInterrupt."""
    with _installed(signal.default_int_handler):
        yield


@contextmanager
def stopping(control: Control) -> Iterator[None]:
    """Let a stop cancel ``control``; a second one raises KeyboardInterrupt."""

    def cancel(*_: object) -> None:
        _install(signal.default_int_handler)
        control.cancel()

    with _installed(cancel):
        yield


def _end(*_: object) -> None:
    try:
        os.write(2, f"{SENTENCE}\n".encode())
    finally:
        os._exit(STOPPED)


@contextmanager
def _installed(handler: Handler) -> Iterator[None]:
    before = {each: signal.getsignal(each) for each in _SIGNALS}
    try:
        _install(handler)
        yield
    finally:
        for each, earlier in before.items():
            signal.signal(each, earlier)


def _install(handler: Handler) -> None:
    """Not for what the caller has ignored, as nohup does; but who sends Ctrl+C always means it."""
    for each in _SIGNALS:
        if each == signal.SIGINT or signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, handler)
