"""How fast a training on names goes on: from a name a second to as fast as it can; knows no Qt."""

from __future__ import annotations

from rnnstudio.core.messages import Message
from rnnstudio.core.names.recipes import PaperSpec, Spec

PACES = (1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1_000, 2_000, 3_000, 5_000, 10_000, None)
"""Names a second, each about as many times the one before; None: as fast as it can."""
USUAL_PACE = PACES.index(300)
FASTEST = len(PACES) - 1


def steps_per_second(pace: int, spec: Spec) -> float | None:
    """Iterations a second at the place ``pace`` among ``PACES``; None: as fast as it can."""
    names = PACES[pace]
    if names is None:
        return None
    return names if isinstance(spec, PaperSpec) else names / spec.batch_size


def seconds_left(left: int, done: int, seconds: float, pace: float | None) -> float | None:
    """Seconds until ``left`` more iterations are done, as ``done`` ones took ``seconds``.

    ``pace`` holds them back to so many a second; None is given before the first.
    """
    if not done:
        return None
    return left * max(seconds / done, 0.0 if pace is None else 1 / pace)


def pace_words(pace: int) -> Message:
    """The pace at that place, as it is shown."""
    names = PACES[pace]
    if names is None:
        return Message("as fast as it can")
    return Message.counted("{n:n} name a second", "{n:n} names a second", n=names)
