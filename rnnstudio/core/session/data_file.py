"""A file that a person opened, as a session keeps it: by value when small, else by its place."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rnnstudio.core.documents.regular import open_regular, unreadable
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.training import stop_point

MOST_KEPT = 20 * 2**20
"""Bytes of a file that a session holds by value."""
_PIECE = 2**20


@dataclass(frozen=True)
class DataFile:
    """A file as it was when it was read: its place, its SHA-256 in hexadecimal and its bytes.

    ``content`` is None where there were more than ``MOST_KEPT`` bytes.
    """

    path: Path
    digest: str
    size: int
    content: bytes | None = field(repr=False, default=None)

    @property
    def same_in_place(self) -> bool:
        """Whether the file still stands in its place as it was."""
        try:
            return data_file(self.path).digest == self.digest
        except UserError:
            return False


class DataMovedError(UserError):
    """Data that a session knows by their place alone are not there, or are others by now."""

    def __init__(self, data: DataFile, message: Message) -> None:
        super().__init__(message.template, **message.values)
        self.data = data


def data_file(path: Path) -> DataFile:
    """The file at ``path`` as it is now; raises UserError where it cannot be read."""
    digest, kept, size = hashlib.sha256(), bytearray(), 0
    try:
        with open_regular(path) as stream:
            while piece := stream.read(_PIECE):
                stop_point()
                digest.update(piece)
                size += len(piece)
                if size <= MOST_KEPT:
                    kept += piece
    except OSError as error:
        raise unreadable(path, error) from error
    content = bytes(kept) if size <= MOST_KEPT else None
    return DataFile(path.absolute(), digest.hexdigest(), size, content)


@contextmanager
def file_of(data: DataFile) -> Iterator[Path]:
    """A file with these data and their name, to be read within.

    Raises DataMovedError where they are kept by their place alone, and are not there or are others
    by now.
    """
    if data.content is None:
        _require_same(data)
        yield data.path
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, data.path.name)
        path.write_bytes(data.content)
        yield path


def _require_same(data: DataFile) -> None:
    values = {"path": data.path.name, "folder": data.path.parent}
    if not data.path.exists():
        raise DataMovedError(
            data,
            Message(
                "{path} is no longer in {folder}. Say where it is, or open the rest without it.",
                values,
            ),
        )
    if not data.same_in_place:
        raise DataMovedError(
            data,
            Message(
                "{path} in {folder} has changed since the session was saved. Say where the old "
                "file is, read the new one instead, or open the rest without it.",
                values,
            ),
        )
