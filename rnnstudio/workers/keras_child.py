"""Keras trains in a child process: the parent's side, ``KerasProcess``, and the child's, ``serve``.

TensorFlow in the window's own process would hold the interpreter for up to 0.4 s while it is
imported, keep 700 MB, stop only between batches, and take the window along when it crashes.

What goes over the pipe. From the parent: a ``_KerasJob``, and while it runs the names of
``Control``'s methods. From the child: ``_READY`` once, when Keras is imported, or a ``_Done`` with
the reason why it cannot be, after which the child exits; then for every job the training's events
and one ``_Done``, each in a ``_Sent`` that says of which job and of what it is. When the parent's
end of the pipe closes, the child exits at once.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import queue
import sys
import threading
import time
import traceback
from collections.abc import Generator
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from itertools import chain
from multiprocessing.connection import Connection
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from rnnstudio.core.engine.spec import Examples, FitCheckpoint, FitSpec, ModelSpec, Weights
from rnnstudio.core.errors import UserError
from rnnstudio.core.keras_engine.keras_fit import fit as keras_fit
from rnnstudio.core.keras_engine.keras_fit import import_keras
from rnnstudio.core.training import Control, Event, Training
from rnnstudio.workers.spawned import SpawnedProcess, listen, prepare_process

LOOK_INTERVAL = 0.05
"""Seconds between two looks at the control."""
CANCEL_PATIENCE = 0.7
"""Seconds that a cancelled child has for its checkpoint; then it is killed, all within 1 s."""
_READY = "ready"
_NOT_IMPORTED = ("pandas", "scipy", "sklearn")
"""What Keras imports where it is there, for data and layers that no job has: a fifth of the time
and 100 MB."""
_Order = Literal["cancel", "pause", "resume"]


@dataclass(frozen=True, eq=False)
class _KerasJob:
    """The arguments of a ``Fit``, and the job's number."""

    number: int
    model: ModelSpec
    fit: FitSpec
    train: Examples
    held_out: Examples | None
    start: Weights | None
    begun: FitCheckpoint | None

    def subject(self) -> str:
        """A digest of all that decides what network comes out."""
        digest = hashlib.blake2b(repr((self.model, self.fit)).encode(), digest_size=16)
        for examples in (self.train, self.held_out):
            arrays = () if examples is None else (examples.x, examples.y, examples.lengths)
            for array in arrays:
                _digest(digest, array)
        memory = {} if self.begun is None else self.begun.memory
        for layer in chain(self.start or (), *memory.values()):
            for name, weights in layer.items():
                digest.update(name.encode())
                _digest(digest, weights)
        return digest.hexdigest()


def _digest(digest: hashlib.blake2b, array: npt.NDArray[Any] | None) -> None:
    if array is None:
        digest.update(b"none")
    else:
        digest.update(repr((array.shape, array.dtype.str)).encode())
        digest.update(np.ascontiguousarray(array).data)


@dataclass(frozen=True)
class _Done:
    """The child has come to the end of a job and waits for the next."""

    error: Exception | None = None


@dataclass(frozen=True)
class _Sent:
    """A message of the child about the job ``number``, which trains on ``subject``."""

    number: int
    subject: str
    content: Event | _Done


class KerasProcess:
    """Trains with Keras in a child process that is started by the first fit and kept for the next.

    Who expects a fit calls ``warm_up`` before.

    The child leaves with ``close``, and by itself when this process ends in any way.
    """

    def __init__(self) -> None:
        self._child: _Child | None = None
        self._fitting = threading.Lock()
        self._numbers = itertools.count(1)

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
        begun: FitCheckpoint | None = None,
    ) -> Training:
        """Train with Keras; see ``spec.Fit``. One training at a time, in whichever thread.

        A cancelled training ends within a second, with a ``Checkpoint`` if the child gave one in
        time and without a child if it did not. Raises UserError as ``core.keras_engine.fit.fit``
        does, while another training is under way, and when the child cannot be started or ends
        unexpectedly. Raises RuntimeError with the child's traceback, where the fault is ours.
        """
        if not self._fitting.acquire(blocking=False):
            raise UserError("Keras is training another network; stop that training or wait for it.")
        done = None
        try:
            job = _KerasJob(next(self._numbers), model, fit, train, held_out, start, begun)
            done = yield from self._warm_child().run(job, control)
        finally:
            if done is None:  # crashed, did not stop in time, or nobody wants its events any more
                self.close()
            self._fitting.release()
        if done is not None and done.error is not None:
            raise done.error

    def warm_up(self) -> None:
        """Start the child, so that Keras is imported before the first fit; waits for nothing.

        Where no process can be started, the fit says so.
        """
        if self._fitting.acquire(blocking=False):
            with suppress(UserError):
                self._warm_child()
            self._fitting.release()

    def close(self) -> None:
        """End the child, if there is one; a training under way in another thread fails."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()

    def _warm_child(self) -> _Child:
        if self._child is not None and self._child.gone:  # it died with nothing to do
            self.close()
        if self._child is None:
            self._child = _Child()
        return self._child


class _Child(SpawnedProcess):
    """A running child process, as the parent sees it."""

    def __init__(self) -> None:
        super().__init__("keras", serve)
        self._ready = False

    def run(self, job: _KerasJob, control: Control) -> Generator[Event, None, _Done | None]:
        """Yield the events of ``job``; None if the child had to be given up after a cancel."""
        try:
            while not self._ready:
                if control.cancelled:
                    return _Done()
                said = self.receive(LOOK_INTERVAL)
                if isinstance(said, _Done):  # there is no Keras, as its error says
                    return said
                self._ready = said == _READY
            self.send(job)
            return (yield from self._relay(job, control))
        except EOFError as error:
            raise self._unexpected_end() from error

    def _relay(self, job: _KerasJob, control: Control) -> Generator[Event, None, _Done | None]:
        subject = job.subject()
        paused, deadline = False, None
        while deadline is None or time.monotonic() < deadline:
            sent: _Sent | None = self.receive(LOOK_INTERVAL)
            if sent is not None:
                if (sent.number, sent.subject) != (job.number, subject):
                    raise RuntimeError(
                        f"The Keras process sent what belongs to training {sent.number} "
                        f"({sent.subject}), not to training {job.number} ({subject})."
                    )
                if isinstance(sent.content, _Done):
                    return sent.content
                yield sent.content
            if control.cancelled and deadline is None:
                self._order("cancel")
                deadline = time.monotonic() + CANCEL_PATIENCE
            elif control.paused != paused:
                paused = control.paused
                self._order("pause" if paused else "resume")
        return None

    def _order(self, order: _Order) -> None:
        self.send(order)

    def _unexpected_end(self) -> UserError:
        how, words = self.how_it_ended(), self.last_words()
        if self.out_of_memory:
            error = UserError(
                "The Keras process ended unexpectedly ({how}); memory may have run out. Close "
                "other programs, choose a smaller network or batch, or choose the NumPy engine.",
                how=how,
            )
        else:
            error = UserError(
                "The Keras process ended unexpectedly ({how}). Train again or choose the NumPy "
                "engine.",
                how=how,
            )
        error.add_note(words)
        return error


def serve(connection: Connection, log: str) -> None:
    """The child's main function: run the jobs that come over ``connection`` one after the other."""
    prepare_process(log)
    jobs: queue.SimpleQueue[tuple[_KerasJob, Control]] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(connection, _Intake(jobs)), daemon=True).start()
    for name in _NOT_IMPORTED:  # as if they were not installed
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        with redirect_stdout(io.StringIO()):  # a traceback where Python has no TLS, as in a bundle
            import_keras()
    except UserError as error:
        connection.send(_Done(error))
        return
    connection.send(_READY)
    while True:
        connection.send(_run(*jobs.get(), connection))


def _run(job: _KerasJob, control: Control, connection: Connection) -> _Sent:
    """Train as ``job`` says and send its events; the last message is left to be sent."""
    subject = job.subject()
    done = _Done()
    try:
        training = keras_fit(
            job.model,
            job.fit,
            job.train,
            control=control,
            held_out=job.held_out,
            start=job.start,
            begun=job.begun,
        )
        for event in training:
            connection.send(_Sent(job.number, subject, event))
    except UserError as error:
        done = _Done(error)
    except Exception as error:
        done = _Done(_explained(error))
    return _Sent(job.number, subject, done)


def _explained(error: Exception) -> Exception:
    # TensorFlow has an exception of its own for this.
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        return UserError(
            "There is not enough memory to train this network with Keras. Close other programs, or "
            "choose a smaller network or batch."
        )
    return RuntimeError("\n".join(("Training with Keras failed:", traceback.format_exc())))


class _Intake:
    """Passes on jobs, and to the control of the last one what the parent wants of it."""

    def __init__(self, jobs: queue.SimpleQueue[tuple[_KerasJob, Control]]) -> None:
        self._jobs = jobs
        self._control = Control()

    def __call__(self, message: _KerasJob | _Order) -> None:
        if isinstance(message, _KerasJob):
            self._control = Control()
            self._jobs.put((message, self._control))
        else:
            getattr(self._control, message)()
