"""Who has what only one job at a time may use: claimed before a job starts, released at its end.

A studio has one ``Jobs``. A page claims what its job needs; where another job has it, the page is
given the sentence that the other one left, and shows it: that is what it waits for.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from rnnstudio.core.errors import UserError


class Resource(Enum):
    """What only one job at a time may use."""

    KERAS = auto()
    """The Keras process: it trains one network at a time."""
    SHARE_NETWORK = auto()
    """The forecaster's network: while it is trained or evaluated no other may take its place."""
    TEST_SPAN = auto()
    """The loaded test set: accesses to it are counted one after the other."""
    PRICES = auto()
    """The forecaster's files, while one of them is being read."""


def engine_needs(engine: str) -> tuple[Resource, ...]:
    """What a training with this engine needs besides the network."""
    return (Resource.KERAS,) if engine == "keras" else ()


@dataclass(frozen=True, eq=False)
class Claim:
    """What a job has. ``sentence`` is shown to a job that has to wait: what and what to do."""

    sentence: str
    resources: frozenset[Resource]
    _jobs: Jobs

    def release(self) -> None:
        """Give it back; twice is once."""
        self._jobs.release(self)


class Jobs:
    """The claims of one studio; knows no Qt, may be asked from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._claims: list[Claim] = []
        self._watchers: list[weakref.WeakMethod[Callable[[], object]]] = []

    def claim(self, sentence: str, *resources: Resource) -> Claim:
        """Take ``resources``, all or none.

        Raises UserError with the sentence of the job that has one of them.
        """
        with self._lock:
            for resource in resources:
                if holder := self._holder(resource):
                    raise UserError("{reason}", reason=holder.sentence)
            claim = Claim(sentence, frozenset(resources), self)
            self._claims.append(claim)
        self._notify()
        return claim

    def obstacle(self, *resources: Resource) -> str:
        """The sentence of the job that has one of ``resources``; empty if all are free."""
        with self._lock:
            holders = filter(None, map(self._holder, resources))
            return next((holder.sentence for holder in holders), "")

    def watch(self, changed: Callable[[], object]) -> None:
        """Call the method ``changed`` after every claim and release, in that thread.

        The object that it belongs to is not kept alive by this.
        """
        self._watchers.append(weakref.WeakMethod(changed))

    def unwatch(self, changed: Callable[[], object]) -> None:
        """Call the method ``changed`` no more; one that is not called any more is left alone."""
        self._watchers = [each for each in self._watchers if each() != changed]

    def _holder(self, resource: Resource) -> Claim | None:
        return next((claim for claim in self._claims if resource in claim.resources), None)

    def release(self, claim: Claim) -> None:
        """Give back what ``claim`` has; twice is once."""
        with self._lock:
            if claim not in self._claims:
                return
            self._claims.remove(claim)
        self._notify()

    def _notify(self) -> None:
        for watcher in list(self._watchers):
            if (changed := watcher()) is not None:
                changed()
