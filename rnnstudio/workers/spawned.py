"""A child process with a pipe and a log: what the Keras child and the fold processes share.

The parent's side is ``SpawnedProcess``. It reads and writes the pipe in two threads, so that nobody
ever waits for a child that hangs. The child's main function gets its end of the pipe and the
name of its log; it begins with ``prepare_process`` and lets ``listen`` run in a thread, which ends
the process once the parent is gone.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import logging
import multiprocessing
import os
import queue
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any, NoReturn

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message

_log = logging.getLogger(__name__)
_STOPS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
_FROM_TERMINAL = tuple(each for each in _STOPS if each != signal.SIGTERM)
LOG_LINES = 20
"""Lines of a child's log that are kept as its last words."""
LOG_PREFIX = "rnnstudio-process-"
_OLD_SECONDS = 60.0
"""A log of this age that still has a name was left by a studio that was killed."""
_DYING_SECONDS = 1.0
"""How long a child that has closed its pipe may take to end by itself."""
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_GONE = object()
_OUT_OF_MEMORY = ("MemoryError", "bad_alloc", "allocate memory", "ResourceExhausted", "map segment")
"""How Python, C++, the system, TensorFlow and the loader of libraries say it."""


class SpawnedProcess:
    """A child started by spawn, which runs ``serve(connection, log)``; ``name`` is for listings.

    ``arrived`` is set whenever there is something to receive. Raises UserError if no process can
    be started.
    """

    def __init__(
        self,
        name: str,
        serve: Callable[[Connection, str], None],
        arrived: threading.Event | None = None,
    ) -> None:
        self._arrived = arrived or threading.Event()
        self._inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._outbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._ending = threading.Lock()
        self._exit_code: int | None = None
        self._last_lines: list[str] = []
        started: queue.SimpleQueue[OSError | None] = queue.SimpleQueue()
        self._reader = threading.Thread(
            target=self._read, args=(name, serve, started), name=f"{name} reader", daemon=True
        )
        self._writer = threading.Thread(target=self._write, name=f"{name} writer", daemon=True)
        with _stops_held_back():
            self._reader.start()
            error = started.get()
        if error is not None:
            self._reader.join()
            raise UserError(
                "No process can be started to train in ({reason}). Close other programs or free "
                "space on the disk, then try again.",
                reason=error,
            ) from error
        self._writer.start()

    @property
    def pid(self) -> int | None:
        """The child's process number."""
        return self._pid

    @property
    def gone(self) -> bool:
        """Whether the child has ended."""
        # Not ``is_alive``: a process that another thread is just collecting is alive to it.
        return not self._reader.is_alive() or bool(wait([self._process.sentinel], 0))

    def send(self, message: Any) -> None:
        """Have ``message`` sent; never waits. What a dead child should get is dropped."""
        self._outbox.put(ForkingPickler.dumps(message))

    def receive(self, seconds: float) -> Any:
        """The child's next message; None if none comes in time.

        Raises EOFError when the child is gone and all that it sent has been received.
        """
        try:
            message = self._inbox.get(timeout=seconds) if seconds else self._inbox.get_nowait()
        except queue.Empty:
            return None
        if message is _GONE:
            self._inbox.put(_GONE)
            raise EOFError
        return message

    def how_it_ended(self) -> Message:
        """The signal or the exit status of a child that is gone."""
        code = self._ended()
        if code < 0:
            return Message("signal {number}", {"number": -code})
        return Message("exit status {number}", {"number": code})

    @property
    def out_of_memory(self) -> bool:
        """Whether a child that is gone has said so, or was killed as a system does for memory."""
        said = any(mark in line for line in self._last_lines for mark in _OUT_OF_MEMORY)
        return said or self._ended() == -9

    def last_words(self) -> str:
        """The end of what a child that is gone wrote."""
        self._ended()
        if not self._last_lines:
            return "It wrote nothing."
        return "\n".join(["Its last words:", *self._last_lines])

    def kill(self) -> None:
        """End the child at once; may be called from any thread, more than once."""
        with self._ending:
            if self._exit_code is not None:
                return
            self._process.kill()
            self._outbox.put(None)
            self._reader.join()
            self._writer.join()
            self._process.join()
            self._exit_code = self._process.exitcode or 0
            self._process.close()
            self._connection.close()
            self._put_log_away()

    def _ended(self) -> int:
        """The exit code of a child that has closed its pipe."""
        self.kill()
        return self._exit_code or 0

    def _read(
        self,
        name: str,
        serve: Callable[[Connection, str], None],
        started: queue.SimpleQueue[OSError | None],
    ) -> None:
        """Start the child and read what it sends.

        Both in one thread, which outlives the child: Linux ends a child with the *thread* that
        started it.
        """
        try:
            self._start(name, serve)
        except OSError as error:
            started.put(error)
            return
        started.put(None)
        with contextlib.suppress(EOFError, OSError):
            while True:
                self._inbox.put(self._connection.recv())
                self._arrived.set()
        self._process.join(_DYING_SECONDS)
        self._inbox.put(_GONE)
        self._arrived.set()

    def _start(self, name: str, serve: Callable[[Connection, str], None]) -> None:
        _remove_old_logs()
        spawn = multiprocessing.get_context("spawn")
        handle, log = tempfile.mkstemp(prefix=LOG_PREFIX, suffix=".log")
        with contextlib.ExitStack() as undo:
            self._log, self._log_path = undo.enter_context(os.fdopen(handle, "rb")), Path(log)
            undo.callback(self._log_path.unlink, missing_ok=True)
            ours, theirs = spawn.Pipe()
            undo.enter_context(ours)
            with theirs:
                process = spawn.Process(target=serve, args=(theirs, log), name=name, daemon=True)
                with _blocked() if hasattr(signal, "pthread_sigmask") else nullcontext():
                    process.start()
            undo.pop_all()
        self._connection, self._process, self._pid = ours, process, process.pid

    def _write(self) -> None:
        with contextlib.suppress(OSError):  # the child is gone, as the reader notices
            while (message := self._outbox.get()) is not None:
                self._connection.send_bytes(message)

    def _put_log_away(self) -> None:
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").splitlines()
        _log.debug("\n".join(lines))
        self._last_lines = lines[-LOG_LINES:]
        self._log.close()
        with contextlib.suppress(OSError):
            self._log_path.unlink(missing_ok=True)


def _remove_old_logs() -> None:
    """Remove the logs of children whose studio was killed before it could."""
    for path in Path(tempfile.gettempdir()).glob(f"{LOG_PREFIX}*.log"):
        with contextlib.suppress(OSError):  # another user's, or in use on Windows
            if time.time() - path.stat().st_mtime > _OLD_SECONDS:
                path.unlink()


@contextmanager
def _stops_held_back() -> Iterator[None]:
    """Let a stop wait until the process that is being started is known."""
    caught: list[int] = []
    here = threading.current_thread() is threading.main_thread()
    before = {each: signal.getsignal(each) for each in _STOPS if here}
    try:
        for each in before:
            signal.signal(each, lambda number, _: caught.append(number))
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        for number in caught[:1]:
            signal.raise_signal(number)


@contextmanager
def _blocked() -> Iterator[None]:
    """Let what is started in this thread start with the stops of a terminal blocked.

    A terminal sends them to all processes: a child that is still importing would print where it
    was interrupted, and one whose parent was interrupted that it got nothing to do.
    """
    resource_tracker.ensure_running()  # when it is started later on, it lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _FROM_TERMINAL)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def prepare_process(log: str) -> None:
    """Send all output to the file ``log``, leave a terminal's stops to the parent, end with it."""
    for each in _FROM_TERMINAL:
        signal.signal(each, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _FROM_TERMINAL)
    os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="2")
    # Keras reads and writes keras.json in its home; no folder can stand in this one, so that a
    # person's own file cannot change what is trained, and none is written.
    os.environ["KERAS_HOME"] = str(Path(os.devnull) / "keras")
    output = Path(log).open("w", buffering=1, encoding="utf-8")  # noqa: SIM115 - for ever
    if os.name != "nt":
        Path(log).unlink()  # the parent has it open; so it goes however the two of them end
    sys.stdout = sys.stderr = output
    for descriptor in (1, 2):
        os.dup2(output.fileno(), descriptor)
    faulthandler.enable()
    end_with_the_parent()


def end_with_the_parent() -> None:
    """On Linux the system ends this process with its parent, even while it is stopped."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        parent = multiprocessing.parent_process()
        if parent is not None and os.getppid() != parent.pid:  # it has ended meanwhile
            os._exit(0)


def listen(connection: Connection, take: Callable[[Any], object]) -> NoReturn:
    """Hand on what comes over the pipe; end this process when the parent is gone.

    It also ends where a message cannot be read, for want of memory: the log says why.
    """
    try:
        while True:
            take(connection.recv())
    except (EOFError, OSError):
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
