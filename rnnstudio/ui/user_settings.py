"""Where the application keeps what it remembers of a user from one start to the next."""

from __future__ import annotations

from PySide6.QtCore import QSettings


def settings() -> QSettings:
    """What is remembered from one start to the next."""
    return QSettings("RNN Studio", "RNN Studio")
