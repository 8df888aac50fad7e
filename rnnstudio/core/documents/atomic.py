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


def require_writable(path: Path) -> None:
    """Raise UserError where ``write_atomically`` would, unless the disk is full by then.

    For what takes long: a place that cannot be written to is told before it. Nothing is left.
    """
    try:
        if path.is_dir():
            raise UserError(f"{path} is a folder; give the name of a file.")
        folder = next(each for each in path.parents if each.exists())
        temporary = _temporary(folder / path.name)
        temporary.touch(exist_ok=False)
        temporary.unlink()
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}.") from error


def _temporary(path: Path) -> Path:
    """A name beside ``path`` that nobody else has."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")


def _replace(path: Path, data: bytes) -> None:
    temporary = _temporary(path)
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
