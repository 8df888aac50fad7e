"""Opens a file for reading if it is a plain one: no pipe that waits, no device without end."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from rnnstudio.core.errors import UserError


def open_regular(path: Path) -> BinaryIO:
    """The file at ``path``, or where its links lead, for reading bytes.

    Raises UserError when there is none, it cannot be read, or it is a folder, a pipe or a device.
    """
    try:
        _require_regular(path, path.stat().st_mode)
        # Should the file have become a pipe by now, opening it does not wait for a writer.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        stream = os.fdopen(os.open(path, flags), "rb")
    except FileNotFoundError as error:
        raise UserError("There is no file {path}; choose another file.", path=path) from error
    except OSError as error:
        raise unreadable(path, error) from error
    except ValueError as error:  # a NUL
        raise UserError("{path!r} is no name of a file.", path=str(path)) from error
    try:
        _require_regular(path, os.fstat(stream.fileno()).st_mode)
    except UserError:
        stream.close()
        raise
    return stream


def unreadable(path: Path | str, error: Exception) -> UserError:
    """What the user is shown when ``error`` keeps ``path`` from being read."""
    reason = getattr(error, "strerror", None) or str(error)
    return UserError("{path} cannot be read: {reason}.", path=path, reason=reason)


def _require_regular(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise UserError("{path} is a folder; choose a file.", path=path)
    if not stat.S_ISREG(mode):
        raise UserError("{path} is a pipe or a device and no file; choose a file.", path=path)
