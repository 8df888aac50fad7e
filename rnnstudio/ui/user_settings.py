"""Where the application keeps what it remembers of a user from one start to the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSettings


class _Kept:
    file: Path | None = None


def settings() -> QSettings:
    """What is remembered from one start to the next."""
    if _Kept.file is not None:
        return QSettings(str(_Kept.file), QSettings.Format.IniFormat)
    return QSettings("RNN Studio", "RNN Studio")


@contextmanager
def kept_in(file: Path) -> Iterator[None]:
    """Within, ``file`` is what is remembered, and nothing of the user's is read or written."""
    before, _Kept.file = _Kept.file, file
    try:
        yield
    finally:
        _Kept.file = before
