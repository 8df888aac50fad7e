"""The folds of one call on a cluster: submitted a few ahead, collected as they are done."""

from __future__ import annotations

import itertools
import traceback
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.validation.folds import Fold, Outcome
from rnnstudio.workers.fold_service import do_fold

if TYPE_CHECKING:
    from distributed import Client, Future


class ClusterJob:
    """How far the folds of one call are."""

    def __init__(self, client: Client, folds: Sequence[Fold]) -> None:
        from distributed import as_completed

        self.unfinished = len(folds)
        self._client, self._folds = client, folds
        self._submitted = 0
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        self._futures: dict[int, Future] = {}
        self._completed = as_completed(loop=client.loop)

    @property
    def ready(self) -> bool:
        """Whether there is something to collect."""
        return bool(self._completed.has_ready())

    def submit(self, ahead: int) -> None:
        """Have the scheduler know of ``ahead`` unfinished folds, if there are as many.

        A fold's key says all that decides its outcome, so that one is done once however often it
        is asked for.
        """
        done = len(self._folds) - self.unfinished
        for place in range(self._submitted, min(done + ahead, len(self._folds))):
            key = f"fold-{self._folds[place].key}"
            future = self._client.submit(do_fold, self._folds[place], key=key)
            self._places[key].append(place)
            self._futures[place] = future
            self._completed.add(future)
            self._submitted = place + 1

    def collect(self) -> Iterator[tuple[int, Outcome]]:
        """What has come; then a lost connection or a fault is raised.

        Raises CancelledError, OSError when the connection to the scheduler is lost: Dask cancels
        all that was under way. Raises UserError when a worker lacks a package. Raises RuntimeError
        with the worker's traceback, where the fault is ours.
        """
        batch: defaultdict[str, list[Future]] = defaultdict(list)
        for future in self._completed.next_batch(block=False):
            batch[future.status].append(future)
        finished = batch["finished"]
        for future, outcome in zip(finished, self._client.gather(finished), strict=True):
            yield self._end(future), outcome
        for future in filter(_killed, batch["error"]):
            place = self._end(future)
            yield place, _given_up(place)
        for future in itertools.filterfalse(_killed, batch["error"]):
            _raise(future)
        if batch["cancelled"] or self._client.status != "running":
            raise CancelledError
        for future in batch["lost"] + batch["pending"]:  # its worker died with it: it comes again
            self._completed.add(future)

    def _end(self, future: Future) -> int:
        place = self._places[future.key].pop()
        del self._futures[place]
        self.unfinished -= 1
        return place

    def drop(self) -> None:
        """Release the folds that are not collected: the scheduler forgets them.

        The folds are released and not cancelled: the scheduler reports a cancelled key later,
        when a next call may have asked for the same fold.
        """
        self._completed.clear()
        for future in self._futures.values():
            future.release()


def _killed(future: Future) -> bool:
    from distributed import KilledWorker

    return isinstance(future.exception(), KilledWorker)


def _given_up(place: int) -> UserError:
    return UserError(
        "Fold {place} was given up: several workers of the cluster died of it. If they are "
        "short of memory, start fewer on a machine or use a smaller network.",
        place=place + 1,
    )


def _raise(future: Future) -> None:
    error = future.exception()
    if isinstance(error, ImportError):
        raise UserError("A worker of the cluster lacks a package: {error}.", error=error) from error
    text = "".join(traceback.format_exception(type(error), error, future.traceback()))
    raise RuntimeError(f"A fold failed on a worker of the cluster:\n{text}") from error
