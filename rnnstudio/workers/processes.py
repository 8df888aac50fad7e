"""Folds by processes of this machine: as many at a time as there are processes."""

from __future__ import annotations

import logging
import os
import threading
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from typing import Self

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.validation.folds import Fold, Outcome
from rnnstudio.core.training import Control
from rnnstudio.workers.fold_process import DiedError, FoldProcess, WorkerFault

LOOK_INTERVAL = 0.05
"""Seconds between two looks at the control."""
TRIES = 3
"""How many processes one fold may take along before it is given up."""
_log = logging.getLogger(__name__)


def usable_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Processes:
    """Runs folds in up to ``count`` child processes; a ``Pool``, used with ``with``.

    The processes are started when there are folds, and kept for the next ones until the ``with``
    ends. One that dies is replaced and its fold done again. Starts and deaths are logged.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._workers: list[FoldProcess] = []
        self._arrived = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._kill(list(self._workers))

    def outcomes(self, folds: Sequence[Fold], control: Control) -> Iterator[tuple[int, Outcome]]:
        """Do ``folds``; see ``Pool``. A cancel kills the processes that are at work.

        A fold that took three processes along has a UserError for an outcome. Raises UserError when
        no process can be started. Raises RuntimeError with the process's traceback, where the fault
        is ours.
        """
        job = _FoldJob(folds)
        try:
            while job.unfinished and not control.cancelled:
                self._start(min(self._count, job.unfinished))
                if not control.paused:
                    self._hand_out(job)
                yield from self._collect(job)
        finally:
            self._kill([worker for worker in self._workers if worker.place is not None])

    def _start(self, count: int) -> None:
        for _ in range(count - len(self._workers)):
            worker = FoldProcess(self._arrived)
            self._workers.append(worker)
            _log.info("Process %d started.", worker.pid)

    def _hand_out(self, job: _FoldJob) -> None:
        for worker in self._workers:
            if worker.ready and worker.place is None and job.waiting:
                place = job.waiting.popleft()
                worker.give(place, job.folds[place])

    def _collect(self, job: _FoldJob) -> Iterator[tuple[int, Outcome]]:
        """What has come or comes within a short time; then deaths and faults are looked at."""
        self._arrived.wait(LOOK_INTERVAL)
        self._arrived.clear()
        deaths: list[tuple[FoldProcess, DiedError]] = []
        faults = []
        for worker in list(self._workers):
            place = worker.place
            try:
                message = worker.take()
            except DiedError as error:
                deaths.append((worker, error))
                continue
            if isinstance(message, WorkerFault):
                faults.append(message)
            elif message is not None and place is not None:
                job.unfinished -= 1
                yield place, message
        for worker, death in deaths:
            yield from self._bury(worker, death, job)
        if faults:
            raise RuntimeError(f"A fold failed in its process:\n{faults[0].traceback}")

    def _bury(
        self, worker: FoldProcess, death: DiedError, job: _FoldJob
    ) -> Iterator[tuple[int, Outcome]]:
        pid, place = worker.pid, worker.place
        self._kill([worker])
        notes = " ".join(death.__notes__)
        if place is not None:
            _log.warning("Process %d died at fold %d (%s). %s", pid, place + 1, death, notes)
            yield from job.lose(place, death)
        elif worker.ready:
            _log.warning("Process %d died while idle (%s). %s", pid, death, notes)
        else:
            _log.warning("Process %d died while it was starting (%s). %s", pid, death, notes)
            job.lose_a_start(death)

    def _kill(self, workers: list[FoldProcess]) -> None:
        for worker in workers:
            self._workers.remove(worker)
            worker.kill()


class _FoldJob:
    """How far the folds of one call are."""

    def __init__(self, folds: Sequence[Fold]) -> None:
        self.folds = folds
        self.waiting = deque(range(len(folds)))
        self.unfinished = len(folds)
        self._deaths: Counter[int] = Counter()
        self._lost_starts = 0

    def lose(self, place: int, death: DiedError) -> Iterator[tuple[int, Outcome]]:
        """Its process has died: the fold is the next to be done, or is given up."""
        self._deaths[place] += 1
        if self._deaths[place] < TRIES:
            self.waiting.appendleft(place)
            return
        self.unfinished -= 1
        yield (
            place,
            UserError(
                "Fold {place} was given up: {tries} processes died of it, the last one of "
                "{death}. If this machine is short of memory, use fewer processes or a smaller "
                "network.",
                place=place + 1,
                tries=TRIES,
                death=death.how,
            ),
        )

    def lose_a_start(self, death: DiedError) -> None:
        """A process has died before it could do anything; raises UserError at the third."""
        self._lost_starts += 1
        if self._lost_starts == TRIES:
            raise UserError(
                "No process can be started to train in: {tries} died at once, the last one of "
                "{death}.",
                tries=TRIES,
                death=death.how,
            )
