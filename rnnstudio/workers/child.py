"""Keras trains in a child process: the parent's side, ``KerasProcess``, and the child's, ``serve``.

TensorFlow in the window's own process would hold the interpreter for up to 0.4 s while it is
imported, keep 700 MB, stop only between batches, and take the window along when it crashes.

What goes over the pipe. From the parent: a ``_Job``, and while it runs the names of ``Control``'s
methods. From the child: ``_READY`` once, when Keras is imported; then for every job the training's
events and one ``_Done``. When the parent's end of the pipe closes, the child exits whatever it is
doing.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
import traceback
from collections.abc import Generator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Literal

from rnnstudio.core.engine.spec import Examples, FitSpec, ModelSpec, Weights
from rnnstudio.core.errors import UserError
from rnnstudio.core.keras_engine.fit import fit as keras_fit
from rnnstudio.core.keras_engine.fit import import_keras
from rnnstudio.core.training import Control, Event, Training
from rnnstudio.workers.spawned import SpawnedProcess, leave, prepare_process

LOOK_INTERVAL = 0.05
"""Seconds between two looks at the control."""
CANCEL_PATIENCE = 0.7
"""Seconds that a cancelled child has for its checkpoint; then it is killed, all within 1 s."""
_READY = "ready"
_Order = Literal["cancel", "pause", "resume"]


@dataclass(frozen=True, eq=False)
class _Job:
    """The arguments of a ``Fit``."""

    model: ModelSpec
    fit: FitSpec
    train: Examples
    held_out: Examples | None
    start: Weights | None


@dataclass(frozen=True)
class _Done:
    """The child has come to the end of a job and waits for the next."""

    error: Exception | None = None


class KerasProcess:
    """Trains with Keras in a child process that is started by the first fit and kept for the next.

    The child leaves with ``close``, and by itself when this process ends in whatever way.
    """

    def __init__(self) -> None:
        self._child: _Child | None = None

    @property
    def pid(self) -> int | None:
        """The child's process number; None while there is no child."""
        return None if self._child is None else self._child.pid

    def fit(
        self,
        model: ModelSpec,
        fit: FitSpec,
        train: Examples,
        *,
        control: Control,
        held_out: Examples | None = None,
        start: Weights | None = None,
    ) -> Training:
        """Train with Keras; see ``spec.Fit``. One training at a time.

        A cancelled training ends within a second, with a ``Checkpoint`` if the child gave one in
        time and without a child if it did not.

        Raises
        ------
        UserError
            As ``core.keras_engine.fit.fit`` does, and when the child ends unexpectedly.
        RuntimeError
            With the child's traceback, where the fault is ours.
        """
        if self._child is not None and not self._child.alive:  # it died with nothing to do
            self.close()
        if self._child is None:
            self._child = _Child()
        job = _Job(model, fit, train, held_out, start)
        done = None
        try:
            done = yield from self._child.run(job, control)
        finally:
            if done is None:  # crashed, did not stop in time, or nobody wants its events any more
                self.close()
        if done is not None and done.error is not None:
            raise done.error

    def close(self) -> None:
        """End the child, if there is one. No training may be under way in another thread."""
        if self._child is not None:
            self._child.kill()
            self._child = None


class _Child(SpawnedProcess):
    """A running child process, as the parent sees it."""

    def __init__(self) -> None:
        super().__init__("keras", serve)
        self._ready = False

    def run(self, job: _Job, control: Control) -> Generator[Event, None, _Done | None]:
        """Yield the events of ``job``; None if the child had to be given up after a cancel."""
        try:
            while not self._ready:
                if control.cancelled:
                    return _Done()
                self._ready = self._receive() == _READY
            self._connection.send(job)
            return (yield from self._relay(control))
        except (EOFError, OSError) as error:
            raise self._unexpected_end() from error

    def _relay(self, control: Control) -> Generator[Event, None, _Done | None]:
        paused, deadline = False, None
        while deadline is None or time.monotonic() < deadline:
            message = self._receive()
            if isinstance(message, _Done):
                return message
            if message is not None:
                yield message
            if control.cancelled and deadline is None:
                self._order("cancel")
                deadline = time.monotonic() + CANCEL_PATIENCE
            elif control.paused != paused:
                paused = control.paused
                self._order("pause" if paused else "resume")
        return None

    def _receive(self) -> Any:
        """The child's next message; None if none comes for a while."""
        return self._connection.recv() if self._connection.poll(LOOK_INTERVAL) else None

    def _order(self, order: _Order) -> None:
        self._connection.send(order)

    def _unexpected_end(self) -> UserError:
        error = UserError(
            f"The Keras process ended unexpectedly ({self.how_it_ended()}). Train again or "
            "choose the NumPy engine."
        )
        error.add_note(self.last_words())
        return error


def serve(connection: Connection, log: str) -> None:
    """The child's main function: run the jobs that come over ``connection`` one after the other."""
    prepare_process(log)
    jobs: queue.SimpleQueue[tuple[_Job, Control]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(connection, jobs, log), daemon=True).start()
    import_keras()
    connection.send(_READY)
    while True:
        connection.send(_run(*jobs.get(), connection))


def _run(job: _Job, control: Control, connection: Connection) -> _Done:
    try:
        training = keras_fit(
            job.model,
            job.fit,
            job.train,
            control=control,
            held_out=job.held_out,
            start=job.start,
        )
        for event in training:
            connection.send(event)
    except UserError as error:
        return _Done(error)
    except Exception:
        return _Done(RuntimeError(f"Training with Keras failed:\n{traceback.format_exc()}"))
    return _Done()


def _listen(
    connection: Connection, jobs: queue.SimpleQueue[tuple[_Job, Control]], log: str
) -> None:
    """Pass on jobs and what the parent wants of the running one; exit when the parent is gone."""
    control = Control()
    with contextlib.suppress(EOFError, OSError):
        while True:
            message = connection.recv()
            if isinstance(message, _Job):
                control = Control()
                jobs.put((message, control))
            else:
                getattr(control, message)()
    leave(log)
