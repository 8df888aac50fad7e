"""The bytes of a file, whole or not at all."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from pathlib import Path

from rnnstudio.core.documents.regular import open_regular, unreadable
from rnnstudio.core.errors import UserError

MAX_BYTES = 1 << 29


def read_bytes(path: Path) -> bytes:
    """The content of ``path``.

    Raises UserError when it is missing, no regular file, too large, empty, cannot be read, or
    changes while it is being read.
    """
    try:
        with open_regular(path) as file:
            before = os.fstat(file.fileno())
            if before.st_size > MAX_BYTES:
                raise UserError(
                    "{file} is larger than 512 MB; choose a smaller file.", file=path.name
                )
            content = file.read()
            after = os.fstat(file.fileno())
    except OSError as error:
        raise unreadable(path, error) from error
    if len(content) != before.st_size or _version(before) != _version(after):
        raise UserError("{file} changed while it was being read; read it again.", file=path.name)
    if not content.removeprefix(BOM_UTF8).strip(b" \t\r\n\0"):
        raise UserError("{file} is empty; choose a CSV file with a row a day.", file=path.name)
    return content


def _version(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns
