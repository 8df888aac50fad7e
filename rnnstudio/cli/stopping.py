"""Stops a long job so that what is finished can be kept."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from rnnstudio.core.training import Control

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stopping(control: Control) -> Iterator[None]:
    """Let Ctrl+C or a polite kill cancel ``control``; a second one ends the process at once."""
    before = {each: signal.getsignal(each) for each in _SIGNALS}

    def restore() -> None:
        for each, handler in before.items():
            signal.signal(each, handler)

    def cancel(*_: object) -> None:
        restore()
        control.cancel()

    for each in _SIGNALS:
        signal.signal(each, cancel)
    try:
        yield
    finally:
        restore()
