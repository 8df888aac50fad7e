"""A child process that trains one seed after the other: the parent's side and the child's.

What goes over the pipe. From the parent: a ``SeedTask`` at a time, and "pause" or "resume". From
the child: the events of the training, of which the last is its ``Finished``, or the ``UserError``
or ``SeedFault`` that ended it. When the parent's end of the pipe closes, the child exits at once.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import train
from rnnstudio.core.training import Control, Event, Snapshot
from rnnstudio.workers.spawned import SpawnedProcess, listen, prepare_process


@dataclass(frozen=True, eq=False)
class SeedTask:
    """A training of the engine in NumPy, with the seed of its ``spec``."""

    spec: ForecastSpec
    split: Split


@dataclass(frozen=True)
class SeedFault:
    """A training ended with an exception that is ours; its ``traceback`` as Python prints it."""

    traceback: str


SeedReply = Event | UserError | SeedFault


class SeedProcess(SpawnedProcess):
    """A running child process, and the ``place`` of the seed it trains; None while idle."""

    def __init__(self, arrived: threading.Event) -> None:
        super().__init__("seed", serve_seeds, arrived)
        self.place: int | None = None

    def give(self, place: int, task: SeedTask) -> None:
        """Have the child train ``task``."""
        self.place = place
        self.send(task)

    def take(self) -> SeedReply | None:
        """What the child has sent, if anything; raises UserError if it has died."""
        try:
            found: SeedReply | None = self.receive(0)
        except EOFError as end:
            error = UserError(
                "A process that trained died of {how}. If this machine is short of memory, close "
                "other programs or choose a smaller network, then try again.",
                how=self.how_it_ended(),
            )
            error.add_note(self.last_words())
            raise error from end
        return found


def serve_seeds(connection: Connection, log: str) -> None:
    """The child's main function: train what comes over ``connection``, one after the other."""
    prepare_process(log)
    control, tasks = Control(), queue.SimpleQueue[SeedTask]()

    def take(message: Any) -> None:
        if isinstance(message, SeedTask):
            tasks.put(message)
        else:
            {"pause": control.pause, "resume": control.resume}[message]()

    threading.Thread(target=listen, args=(connection, take), daemon=True).start()
    with contextlib.suppress(OSError):  # the parent is gone, and listen ends this process
        while True:
            _train(tasks.get(), control, connection)


def _train(task: SeedTask, control: Control, connection: Connection) -> None:
    try:
        for event in train(task.spec, task.split, control, fit):
            if not isinstance(event, Snapshot):
                connection.send(event)
    except UserError as error:
        connection.send(error)
    except OSError:
        raise
    except Exception:
        connection.send(SeedFault(traceback.format_exc()))
