"""A child process that runs folds: the parent's side, ``FoldProcess``, and the child's, ``serve``.

What goes over the pipe. From the parent: a ``Fold`` at a time. From the child: ``READY`` once, then
for every fold its ``Outcome`` or a ``WorkerFault``. When the parent's end of the pipe closes, the
child exits at once.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.validation.folds import Fold, Outcome
from rnnstudio.workers.fold_service import do_fold
from rnnstudio.workers.spawned import SpawnedProcess, listen, prepare_process

READY = "ready"


@dataclass(frozen=True)
class WorkerFault:
    """A fold ended with an exception that is ours; its ``traceback`` as Python prints it."""

    traceback: str


Reply = Outcome | WorkerFault


class DiedError(Exception):
    """The child is gone; ``how`` says how it ended, and a note what it wrote at last."""

    def __init__(self, how: Message) -> None:
        super().__init__(how)
        self.how = how


class FoldProcess(SpawnedProcess):
    """A running child process, and the ``place`` of the fold it runs; None while idle.

    ``ready`` once the child has imported what it needs.
    """

    def __init__(self, arrived: threading.Event) -> None:
        super().__init__("fold", serve, arrived)
        self.ready = False
        self.place: int | None = None

    def give(self, place: int, fold: Fold) -> None:
        """Send ``fold`` to the child; ``take`` reports whether it has died."""
        self.place = place
        self.send(fold)

    def take(self) -> Reply | None:
        """The outcome of the child's fold, if there is one; raises DiedError if the child died."""
        try:
            message = self.receive(0)
        except EOFError as end:
            error = DiedError(self.how_it_ended())
            error.add_note(self.last_words())
            raise error from end
        if message == READY:
            self.ready = True
            return None
        if message is not None:
            self.place = None
        return message  # type: ignore[no-any-return]  # what comes over a pipe has no type


def serve(connection: Connection, log: str) -> None:
    """The child's main function: do the folds that come over ``connection`` one after the other."""
    prepare_process(log)
    folds: queue.SimpleQueue[Fold] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(connection, folds.put), daemon=True).start()
    with contextlib.suppress(OSError):  # the parent is gone, and listen ends this process
        connection.send(READY)
        while True:
            connection.send(_do(folds.get()))


def _do(fold: Fold) -> Reply:
    try:
        return do_fold(fold)
    except Exception:
        return WorkerFault(traceback.format_exc())
