"""Folds by the workers of a running Dask cluster, which may be on any number of machines."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Self

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.validation.folds import Fold, Outcome
from rnnstudio.core.training import Control
from rnnstudio.workers.cluster_connection import close, connect
from rnnstudio.workers.cluster_job import ClusterJob
from rnnstudio.workers.cluster_probe import others
from rnnstudio.workers.cluster_versions import require_same_versions

WORKERS_SECONDS = 10.0
"""How long a cluster may be without workers: one that died is started again within this time."""
LOOK_INTERVAL = 0.01
"""Seconds between two looks at the control and at what has come."""
ROUND_INTERVAL = 1.0
"""Seconds between two looks at which workers there are."""
ANSWER_SECONDS = 1.0
"""How long a busy scheduler has to say which there are, before the next look."""
AHEAD = 4
"""Folds that the scheduler has for each thread, so that none waits for this machine."""
_log = logging.getLogger(__name__)


class Cluster:
    """Runs folds on the Dask cluster whose scheduler is at ``address``; a ``Pool``.

    Used with ``with``, which raises UserError if there is no such scheduler, no worker, or one
    with other versions than ours. Workers may come and go: Dask does a lost worker's folds again.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._threads: dict[str, int] = {}
        self._next_round = self._last_seen = 0.0

    def __enter__(self) -> Self:
        self._client = connect(self._address)
        self._next_round = self._last_seen = time.monotonic()
        try:
            require_same_versions(self._client)  # the scheduler's, though no worker is there yet
            while not self._threads:
                self._look_round()
                time.sleep(LOOK_INTERVAL)
        except BaseException:
            close(self._client)
            raise
        return self

    def __exit__(self, *error: object) -> None:
        close(self._client)

    def outcomes(self, folds: Sequence[Fold], control: Control) -> Iterator[tuple[int, Outcome]]:
        """Do ``folds``; see ``Pool``. After a cancel each worker ends the fold it is at.

        A fold that took several workers along has a UserError for an outcome. Raises UserError when
        the scheduler or the last worker is gone, or a worker with other versions came. Raises
        RuntimeError with the worker's traceback, where the fault is ours.
        """
        job = ClusterJob(self._client, folds)
        try:
            while job.unfinished and not control.cancelled:
                if not control.paused:
                    job.submit(AHEAD * sum(self._threads.values()))
                yield from job.collect()
                self._look_round()
                if not job.ready:
                    time.sleep(LOOK_INTERVAL)
        except (OSError, CancelledError) as error:
            raise UserError(
                "The scheduler at {address} is gone; {done} of {total} folds are done. "
                "Start it again and run the same command with the same --out: it goes on from "
                "there.",
                address=self._address,
                done=len(folds) - job.unfinished,
                total=len(folds),
            ) from error
        finally:
            job.drop()

    def _look_round(self) -> None:
        """Check at intervals which workers there are; raises UserError if they are unsuitable."""
        if time.monotonic() < self._next_round:
            return
        self._next_round = time.monotonic() + ROUND_INTERVAL
        with suppress(TimeoutError):
            threads: dict[str, int] = self._client.nthreads(callback_timeout=ANSWER_SECONDS)
            self._welcome(threads)
            self._threads = threads
        if self._threads:
            self._last_seen = time.monotonic()
        elif time.monotonic() - self._last_seen > WORKERS_SECONDS:
            raise UserError(
                "The scheduler at {address} has no workers; start some with `dask worker "
                "{address} --nthreads 1 --nworkers auto`.",
                address=self._address,
            )

    def _welcome(self, threads: dict[str, int]) -> None:
        came, gone = threads.keys() - self._threads.keys(), self._threads.keys() - threads.keys()
        if came:
            require_same_versions(self._client)
        for address in sorted(came):
            _log.info("Worker %s is there.", address)
        for address in others(self._client, sorted(came)) if came else ():
            _log.warning(
                "Worker %s computes with other kernels than this machine: its figures may differ "
                "in their last digits. Setting OPENBLAS_CORETYPE alike everywhere helps.",
                address,
            )
        for address in sorted(gone):
            _log.warning("Worker %s is gone; its folds are done again by others.", address)
