"""Standard output and standard error as they may be: closed, full, read by nobody, or not there.

What is said on standard error and cannot be written is left out, and the command goes on: its
result does not depend on it. Standard output that cannot be written to is an error (``say`` in
``output``), unless it was closed from the start: then nobody wanted it.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Any, TextIO, cast


def prepare() -> None:
    """Put streams in place where there are none; to be called before any file is opened.

    Otherwise the next file would take the number of the closed stream, and what a library writes
    to standard error would land in that file.
    """
    for descriptor in (0, 1, 2):
        _fill(descriptor)
    if sys.stdout is None:  # a windowed build has none, too
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()
    if isinstance(sys.stdout, io.TextIOWrapper):
        # What cannot encode a character gets it as standard error does: \u017e.
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.stderr = cast(TextIO, _Forgiving(sys.stderr))


def give_up(stream: TextIO) -> None:
    """Let what is still buffered go nowhere, or Python would try to write it again at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


class _Forgiving:
    """A stream that takes everything; what cannot be written is left out, and all after it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """The number of characters taken: all of them."""
        try:
            self._stream.write(text)
        except OSError:
            give_up(self._stream)
        return len(text)

    def flush(self) -> None:
        """Write what is buffered, as far as it can be written."""
        try:
            self._stream.flush()
        except OSError:
            give_up(self._stream)


def _fill(descriptor: int) -> None:
    try:
        os.fstat(descriptor)
    except OSError:
        nowhere = os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
        if nowhere > descriptor:
            os.close(nowhere)


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - for ever
