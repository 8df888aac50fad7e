"""Writes a file whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from rnnstudio.core.errors import UserError


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write ``content`` to ``path``, making its folder; text is written as UTF-8.

    The content goes to a temporary file in the same folder, which then takes the place of
    ``path``: whoever reads ``path`` finds the old content or the new, even after a power cut.

    Raises
    ------
    UserError
        When ``path`` names no file, the folder cannot be made or written to, or the disk is full;
        what was at ``path`` stays as it was.
    """
    if not path.name:
        raise UserError(f"{path} is a folder; give the name of a file.")
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}.") from error


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
