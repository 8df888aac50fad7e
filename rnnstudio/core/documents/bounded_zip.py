"""Reads members of a zip that a stranger may have written: never more than was allowed.

A header may lie about sizes, and a few bytes can unpack to gigabytes. So only plain and deflated
members are read, piece by piece up to a bound, and a whole file gives at most ``FREE_BYTES`` or
``MOST_RATIO`` times its own size, whichever is more.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rnnstudio.core.documents.regular import open_regular
from rnnstudio.core.errors import UserError

FREE_BYTES = 16 * 2**20
MOST_RATIO = 20
_MOST_DIRECTORY = 2**20
_PIECE = 2**18


def unpacked_allowed(size: int) -> int:
    """Bytes that a zip of ``size`` bytes may unpack to."""
    return max(FREE_BYTES, MOST_RATIO * size)


class Members:
    """The members of one open zip; raises UserError with the file's name where one is too large."""

    def __init__(self, archive: zipfile.ZipFile, path: Path, size: int) -> None:
        self._archive, self._path = archive, path
        self._left = unpacked_allowed(size)
        self.names: tuple[str, ...] = tuple(archive.namelist())

    def size(self, name: str) -> int:
        """Bytes of the member, as its header says; raises KeyError if there is none."""
        return self._archive.getinfo(name).file_size

    def read(self, name: str, most: int) -> bytearray:
        """The whole member of at most ``most`` bytes; raises what is in ``damage.DAMAGE``."""
        if self.size(name) > min(most, self._left):
            self._refuse(name)
        data = self.start(name, min(most, self._left) + 1)
        if len(data) > min(most, self._left):
            self._refuse(name)
        self._left -= len(data)
        return data

    def start(self, name: str, count: int) -> bytearray:
        """The first ``count`` bytes of the member, or all where it has fewer."""
        info = self._archive.getinfo(name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UserError(
                "{path} packs {member} in an unusual way; save it again, or unpack it and pack it "
                "as a plain zip.",
                path=self._path.name,
                member=name[:100],
            )
        data = bytearray()
        with self._archive.open(info) as stream:
            while len(data) < count and (piece := stream.read(min(_PIECE, count - len(data)))):
                data += piece
        return data

    def _refuse(self, name: str) -> None:
        raise UserError(
            "{path} is larger than such a file can be: {member} would take {size:n} bytes.",
            path=self._path.name,
            member=name[:100],
            size=self.size(name),
        )


@contextmanager
def bounded_zip(path: Path) -> Iterator[Members]:
    """Open the zip at ``path``; raises UserError if it is not a plain file that can be read.

    Within, everything in ``damage.DAMAGE`` may be raised.
    """
    with open_regular(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        with _members(stream, size, path) as members:
            yield members


@contextmanager
def zip_within(data: bytes | bytearray, path: Path) -> Iterator[Members]:
    """Open the zip ``data``, which is part of the file at ``path``.

    Within, everything in ``damage.DAMAGE`` may be raised.
    """
    with io.BytesIO(data) as stream, _members(stream, len(data), path) as members:
        yield members


@contextmanager
def _members(stream: io.BufferedIOBase | Any, size: int, path: Path) -> Iterator[Members]:
    # ZipFile reads the whole directory at once, however long the file says it is.
    bounded: Any = _Bounded(stream, size)
    with zipfile.ZipFile(bounded) as archive:
        yield Members(archive, path, size)


class _Bounded(io.BufferedIOBase):
    """A stream that is never read in large pieces."""

    def __init__(self, stream: io.BufferedIOBase | Any, size: int) -> None:
        self._stream, self._size = stream, size

    def read(self, size: int | None = -1, /) -> bytes:
        """At most so many bytes; raises BadZipFile where that is more than a directory has."""
        if size is None or size < 0:
            size = max(0, self._size - self._stream.tell())
        if size > _MOST_DIRECTORY:
            raise zipfile.BadZipFile("a directory too large")
        data: bytes = self._stream.read(size)
        return data

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """As the stream does."""
        return int(self._stream.seek(offset, whence))

    def tell(self) -> int:
        """As the stream does."""
        return int(self._stream.tell())

    def seekable(self) -> bool:
        """A plain file always is."""
        return True
