"""Several trainings that differ in their seed only, each in a process of its own."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

from rnnstudio.core.errors import UserError
from rnnstudio.core.limits import LAST_SEED
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.seeds import SEEDS
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.training import (
    Checkpoint,
    Control,
    Event,
    Finished,
    LossPoint,
    Pace,
    Progress,
    Started,
    Training,
)
from rnnstudio.workers.seed_process import SeedFault, SeedProcess, SeedReply, SeedTask

LOOK_INTERVAL = 0.03
"""Seconds between two looks at the control."""


def train_seeds_here(
    spec: ForecastSpec, split: Split, processes: int, control: Control, count: int = SEEDS
) -> Training:
    """Train with ``count`` seeds from ``spec.seed`` on, so many at a time; 0 is after the last.

    Each network is that of ``train`` with the engine in NumPy, to the last bit. After each a
    ``Checkpoint`` carries all of them, in the order of their seeds, None for those under way;
    ``Finished`` carries the whole. A step is a batch; points of the loss curve are those of the
    first seed. A cancel kills the processes. Raises UserError as ``train`` does, and when a process
    dies or none can be started.
    """
    seeds = [(spec.seed + number) % (LAST_SEED + 1) for number in range(count)]
    tasks = [SeedTask(replace(spec, seed=seed), split) for seed in seeds]
    pace, run = Pace(control), _Seeds(count)
    with closing(_Crew(tasks, min(processes, count))) as crew:
        for place, reply in crew.replies(control):
            yield from run.take(place, reply, spec.seed, pace)
    if run.whole:
        yield Finished(run.total, pace.seconds, tuple(run.results))


class _Seeds:
    """How far each seed has come."""

    def __init__(self, count: int) -> None:
        self._steps, self._totals = [0] * count, [0] * count
        self.results: list[TrainedForecaster | None] = [None] * count
        self._points: tuple[LossPoint, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether all of them are trained."""
        return all(each is not None for each in self.results)

    @property
    def total(self) -> int:
        """Steps of all; one that is not begun counts as many as the first."""
        usual = max(self._totals)
        return sum(total or usual for total in self._totals)

    def take(self, place: int, event: Event, seed: int, pace: Pace) -> Iterator[Event]:
        """What follows from an event of the seed at ``place``."""
        match event:
            case Started(total=total):
                first = not any(self._totals)
                self._totals[place] = total
                if first:
                    yield Started(self.total, seed)
            case Progress(step=step, points=points):
                self._steps[place] = step
                self._points += () if place else points
                if pace.due():
                    yield Progress(sum(self._steps), self.total, pace.seconds, self._flush())
            case Finished(result=TrainedForecaster() as trained):
                self._steps[place] = self._totals[place]
                self.results[place] = trained
                yield Progress(sum(self._steps), self.total, pace.seconds, self._flush())
                yield Checkpoint(sum(self._steps), tuple(self.results))

    def _flush(self) -> tuple[LossPoint, ...]:
        points, self._points = self._points, ()
        return points


class _Crew:
    """The processes: started when there is something to do, killed when it is closed."""

    def __init__(self, tasks: Sequence[SeedTask], count: int) -> None:
        self._tasks, self._waiting = tasks, deque(range(len(tasks)))
        self._arrived = threading.Event()
        self._paused = False
        self._workers: list[SeedProcess] = []
        for _ in range(count):
            self._workers.append(SeedProcess(self._arrived))

    def close(self) -> None:
        """End them."""
        for worker in self._workers:
            worker.kill()

    def replies(self, control: Control) -> Iterator[tuple[int, Event]]:
        """All events of all tasks, each with its task's place, until the end or a cancel."""
        while not control.cancelled:
            for worker in self._workers:
                if worker.place is None and self._waiting:
                    place = self._waiting.popleft()
                    worker.give(place, self._tasks[place])
            if all(worker.place is None for worker in self._workers):
                return
            self._pass_on(control.paused)
            self._arrived.wait(LOOK_INTERVAL)
            self._arrived.clear()
            for worker in self._workers:
                yield from _events(worker)

    def _pass_on(self, paused: bool) -> None:
        if paused != self._paused:
            self._paused = paused
            for worker in self._workers:
                worker.send("pause" if paused else "resume")


def _events(worker: SeedProcess) -> Iterator[tuple[int, Any]]:
    """What has come from a process."""
    while worker.place is not None and (reply := worker.take()) is not None:
        place = worker.place
        if isinstance(reply, Finished | UserError | SeedFault):
            worker.place = None
        yield place, _event(reply)


def _event(reply: SeedReply) -> Event:
    """The event; raises what ended the training otherwise."""
    match reply:
        case UserError():
            raise reply
        case SeedFault(traceback=traceback):
            raise RuntimeError(f"A training failed in its process:\n{traceback}")
        case _:
            return reply
