"""What is checked, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from rnnstudio.selftest.output_watch import OutputWatch


@dataclass(frozen=True)
class SelfCheck:
    """Something that raises where it is not as it should be.

    ``prints``: it is a command, whose result on standard output is not looked at.
    """

    name: str
    do: Callable[[], object]
    prints: bool = False


@dataclass(frozen=True)
class SelfCheckOutcome:
    """Whether a check passed; else why not, and the lines that it should not have written."""

    name: str
    ok: bool
    error: str | None
    output: tuple[str, ...]
    seconds: float


def outcome(check: SelfCheck, watch: OutputWatch) -> SelfCheckOutcome:
    """Do a check; what it raises or writes unexpectedly makes it fail."""
    start = time.perf_counter()
    try:
        check.do()
        error = None
    except Exception as caught:  # a broken installation may fail in any way; all are reported
        error = f"{type(caught).__name__}: {caught}"
    lines = watch.unexpected_lines(prints=check.prints)
    if error is None and lines:
        error = "unexpected output"
    seconds = round(time.perf_counter() - start, 2)
    return SelfCheckOutcome(check.name, error is None, error, lines, seconds)


def failing(name: str, error: Exception) -> SelfCheck:
    """A check that raises ``error``: what was to be checked could not be begun."""
    return SelfCheck(name, partial(_fail, error))


def _fail(error: Exception) -> None:
    raise error
