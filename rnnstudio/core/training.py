"""The training protocol: a training is a generator of events, steered by a control.

``for event in train(spec, data, control): ...`` knows no Qt, no threads and no prints. The command
line loops over it, a worker runs it in a thread, a child process sends its events over a pipe.

What a training promises: it yields ``Started`` first; it calls ``control.stop_requested()`` at
every step; on a stop it yields a ``Checkpoint`` of its last good state, if it has one, and returns;
otherwise it ends with ``Finished``. ``Progress`` may be thinned (with a ``Pace``); no point of the
loss curve is lost by that, since an event carries every point since the one before. What has
nothing worth keeping before its end, such as an evaluation, is done with ``until_stopped`` and left
at any ``stop_point``.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, ParamSpec, TypeVar

from rnnstudio.core.limits import require_positive
from rnnstudio.core.messages import Message

EYE_INTERVAL = 1 / 30
"""Seconds between two progress events: faster than this nobody can follow."""
_LOOK_SECONDS = 0.02
"""A training that waits for its next step looks so often whether it is still to wait."""
_CATCH_UP_SECONDS = 0.1
"""A training that is late by less catches up; what it is later than that is forgotten."""


class LossPoint(NamedTuple):
    """One point of the loss curve.

    ``step`` counts what the training counts (iterations or epochs), from zero. ``held_out`` is the
    loss on data that is not trained on, ``smoothed`` a running mean; None if there is none.
    """

    step: int
    loss: float
    smoothed: float | None = None
    held_out: float | None = None


class Gradient(NamedTuple):
    """One step's gradient: its norm before and after clipping, and the ``share`` of its entries
    that clipping changed.
    """

    before: float
    after: float
    share: float


@dataclass(frozen=True)
class Started:
    """The training begins; it has ``total`` steps, of which a continued one has done some."""

    total: int
    seed: int


@dataclass(frozen=True)
class Progress:
    """``step`` of ``total`` steps are done after ``seconds``; ``points`` are new on the curve.

    ``gradient`` is that of the last step that was measured; None if none is.
    """

    step: int
    total: int
    seconds: float
    points: tuple[LossPoint, ...] = ()
    gradient: Gradient | None = None

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the end at the mean speed so far; None before the first step."""
        if self.step == 0:
            return None
        return self.seconds / self.step * (self.total - self.step)


@dataclass(frozen=True)
class Sampled:
    """What the network makes at iteration ``step``; never thinned."""

    step: int
    texts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What there is after ``step`` steps, to be used while the training goes on; thinned."""

    step: int
    state: Any


@dataclass(frozen=True)
class Checkpoint:
    """A state worth keeping, reached after ``step`` steps; never thinned."""

    step: int
    state: Any


@dataclass(frozen=True)
class Finished:
    """The training came to its own end with ``result``; the last event."""

    step: int
    seconds: float
    result: Any


Event = Started | Progress | Sampled | Snapshot | Checkpoint | Finished
Training = Generator[Event, None, None]


@dataclass(frozen=True)
class Ended:
    """A run of a training is over; exactly one comes after its last event.

    ``error`` is set when the outcome is "failed", and only then.
    """

    run_id: int
    outcome: Literal["finished", "cancelled", "failed"]
    error: Exception | None = None


@dataclass(frozen=True)
class Tuning:
    """What may change while a training runs; raises UserError if a number is not above 0.

    ``clip`` is the clipping limit, by value or by norm as the training's recipe has it.
    """

    learning_rate: float
    clip: float

    def __post_init__(self) -> None:
        require_positive(Message("learning rate"), self.learning_rate)
        require_positive(Message("clipping limit"), self.clip)


@dataclass
class Control:
    """Cancel, pause, pace and tuning, set from any thread, looked at by the training at every step.

    ``tuning`` is taken from the next step on by trainings that know of it; None leaves a training
    as it is. ``steps_per_second`` holds it back to that pace; None lets it be as fast as it can.
    ``held_seconds`` is how long the training has been held by pauses and by its pace.
    """

    tuning: Tuning | None = None
    steps_per_second: float | None = None
    held_seconds: float = field(default=0.0, init=False)
    _last_step: float = field(default=0.0, init=False)
    _cancelled: threading.Event = field(default_factory=threading.Event)
    _running: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._running.set()

    def cancel(self) -> None:
        """Ask the training to stop; wakes it when it is paused."""
        self._cancelled.set()
        self._running.set()

    def pause(self) -> None:
        """Hold the training at its next step."""
        if not self._cancelled.is_set():
            self._running.clear()

    def resume(self) -> None:
        """Let a paused training go on."""
        self._running.set()

    @property
    def cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._cancelled.is_set()

    @property
    def paused(self) -> bool:
        """Whether the training is being held."""
        return not self._running.is_set()

    def stop_requested(self) -> bool:
        """Wait while paused, or for the pace; then say whether to stop.

        Called by the training at every step.
        """
        if self.paused:
            start = time.perf_counter()
            self._running.wait()
            self.held_seconds += time.perf_counter() - start
        elif self.steps_per_second is not None:
            self._keep_pace()
        return self._cancelled.is_set()

    def _keep_pace(self) -> None:
        """Wait until the next step is due; a pause, a stop or a faster pace ends it."""
        start = now = time.perf_counter()
        last = max(self._last_step, now - _CATCH_UP_SECONDS)
        while (
            (pace := self.steps_per_second) is not None
            and (left := last + 1 / pace - now) > 0
            and not self.paused
            and not self._cancelled.wait(min(left, _LOOK_SECONDS))
        ):
            now = time.perf_counter()
        self.held_seconds += now - start
        self._last_step = now if pace is None else min(now, last + 1 / pace)


class StoppedError(Exception):
    """Work is left half done, since a stop was asked for; ``until_stopped`` catches it."""


_P = ParamSpec("_P")
_T = TypeVar("_T")
_control: ContextVar[Control | None] = ContextVar(
    "control of the work that may be left", default=None
)


def until_stopped(
    control: Control, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs
) -> _T | None:
    """What ``work`` returns, which is not None; None if it was left at a stop point."""
    before = _control.set(control)
    try:
        stop_point()
        return work(*args, **kwargs)
    except StoppedError:
        return None
    finally:
        _control.reset(before)


def in_one_step(
    control: Control, work: Callable[..., object], *args: object, seed: int = 0
) -> Training:
    """``work(*args)`` as a job of one step, whose ``Finished`` carries the result; it is not None.

    A stop leaves it at its next stop point, and then nothing comes of it.
    """
    pace = Pace(control)
    yield Started(1, seed)
    result = until_stopped(control, work, *args)
    if result is not None:
        yield Finished(1, pace.seconds, result)


def stop_point() -> None:
    """A place where work may be left or held; every loop that takes long passes one in a blink.

    Raises StoppedError within ``until_stopped`` once a stop is asked for; does nothing outside.
    """
    control = _control.get()
    if control is not None and control.stop_requested():
        raise StoppedError


class Pace:
    """Says when the next progress event is due, and how much time training took.

    ``before`` is what an earlier part of a continued training took.
    """

    def __init__(self, control: Control, before: float = 0.0) -> None:
        self._control = control
        self._last = time.perf_counter()
        self._start = self._last - control.held_seconds - before

    @property
    def seconds(self) -> float:
        """Seconds of training, the time it was paused left out."""
        return time.perf_counter() - self._start - self._control.held_seconds

    def due(self) -> bool:
        """Whether an event may go out now; if so the next one waits for a whole interval."""
        now = time.perf_counter()
        if now - self._last < EYE_INTERVAL:
            return False
        self._last = now
        return True
