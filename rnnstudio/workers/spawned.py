"""A child process with a pipe and a log: what the Keras child and the fold processes share.

The parent's side is ``SpawnedProcess``. The child's main function gets its end of the pipe and the
name of its log; it begins with ``prepare_process`` and ends with ``leave`` once the parent is gone.
"""

from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

_STOPS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
_FROM_TERMINAL = tuple(each for each in _STOPS if each != signal.SIGTERM)
LOG_LINES = 20
"""Lines of a child's log that are kept as its last words."""


class SpawnedProcess:
    """A child started by spawn, which runs ``serve(connection, log)``; ``name`` is for its log."""

    def __init__(self, name: str, serve: Callable[[Connection, str], None]) -> None:
        spawn = multiprocessing.get_context("spawn")
        handle, log = tempfile.mkstemp(prefix=f"rnnstudio-{name}-", suffix=".log")
        os.close(handle)
        self._log = Path(log)
        self._connection, theirs = spawn.Pipe()
        self._process = spawn.Process(target=serve, args=(theirs, log), name=name, daemon=True)
        with _stops_held_back():
            self._process.start()
        theirs.close()

    @property
    def pid(self) -> int | None:
        """The child's process number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the child runs."""
        return self._process.is_alive()

    def how_it_ended(self) -> str:
        """The signal or the exit status of a child that is gone."""
        self._process.join(1)
        code = self._process.exitcode or 0
        return f"signal {-code}" if code < 0 else f"exit status {code}"

    def last_words(self) -> str:
        """The end of what the child wrote."""
        lines = self._log.read_text(errors="replace").splitlines()[-LOG_LINES:]
        return "\n".join(["Its last words:", *lines]) if lines else "It wrote nothing."

    def kill(self) -> None:
        """End the child, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._connection.close()
        self._log.unlink(missing_ok=True)


@contextmanager
def _stops_held_back() -> Iterator[None]:
    """Let a stop wait, and let the child start with those of a terminal blocked.

    A terminal sends them to all processes: a child that is still importing would print where it
    was interrupted, and one whose parent was interrupted that it got nothing to do.
    """
    caught: list[int] = []
    here = threading.current_thread() is threading.main_thread()
    before = {each: signal.getsignal(each) for each in _STOPS if here}
    try:
        for each in before:
            signal.signal(each, lambda number, _: caught.append(number))
        with _blocked() if hasattr(signal, "pthread_sigmask") else nullcontext():
            yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        for number in caught[:1]:
            signal.raise_signal(number)


@contextmanager
def _blocked() -> Iterator[None]:
    resource_tracker.ensure_running()  # when it is started later on, it lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _FROM_TERMINAL)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def prepare_process(log: str) -> None:
    """Send all output to the file ``log``, and leave Ctrl-C and a closed terminal to the parent."""
    for each in _FROM_TERMINAL:
        signal.signal(each, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _FROM_TERMINAL)
    os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="2")
    output = Path(log).open("w", buffering=1, encoding="utf-8")  # noqa: SIM115 - for ever
    sys.stdout = sys.stderr = output
    for descriptor in (1, 2):
        os.dup2(output.fileno(), descriptor)
    faulthandler.enable()


def leave(log: str) -> NoReturn:
    """End this process at once and its log with it: the parent is gone."""
    with contextlib.suppress(OSError):
        Path(log).unlink()
    os._exit(0)
