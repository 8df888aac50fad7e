"""Writes a file whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rnnstudio.core.errors import UserError

if sys.platform != "win32":
    import fcntl

_LONGEST_NAME = 255
"""Bytes of a name that file systems take."""
_TEMPORARY = re.compile(r"\.(.*)\.[0-9a-f]{8}\.part", re.DOTALL)
_STREAM = re.compile(r"/dev/std(?P<name>out|err)|/(?:dev|proc/self)/fd/(?P<number>[0-9]{1,4})")


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write ``content`` to ``path``, making its folder; text is written as UTF-8.

    The content goes to a temporary file in the same folder, which then takes the place of ``path``:
    anyone who reads ``path`` finds the old content or the new, even after a power cut. A link stays
    and what it leads to is replaced; mode, extended attributes and, where the system allows it, the
    owner stay as they were. A file with several names (hard links) is written over in place, so
    that it keeps them, once the whole content is on the disk beside it. What a save that was killed
    left beside ``path`` is removed. Pipes with a reader, terminals and streams such as /dev/stdout
    are written to as they are. Raises UserError when ``path`` names no file or one that is
    write-protected, the folder cannot be made or written to, or the disk is full; what was at
    ``path`` stays as it was.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    with _refusals(path):
        if _is_stream(path):
            _write_through(path, data)
            return
        target = _target(path)
        with _folder_made(target.parent):
            _remove_left_over(target)
            _replace(target, data)


def require_writable(path: Path) -> None:
    """Raise UserError if ``write_atomically`` would, unless the disk is full by then.

    For what takes long: a place that cannot be written to is refused before it. Nothing is left.
    """
    with _refusals(path):
        if _is_stream(path):
            return
        target = _target(path)
        folder = next(each for each in target.parents if each.exists())
        _old(folder / target.name)  # whether the name can be one
        temporary = _temporary(folder / target.name)
        temporary.touch(exist_ok=False)
        temporary.unlink()


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError("{path} cannot be written: {reason}.", path=path, reason=reason) from error
    except ValueError as error:  # a NUL
        raise UserError("{path!r} is no name of a file.", path=str(path)) from error


@contextmanager
def _folder_made(folder: Path) -> Iterator[None]:
    """Make the folder; where nothing comes to stand in it, take it away again."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for each in missing:
            with contextlib.suppress(OSError):  # somebody else may have put something there
                each.rmdir()
        raise


def _is_stream(path: Path) -> bool:
    """Whether bytes go to what stands at ``path`` and not into a file."""
    if _STREAM.fullmatch(str(path)):
        return True
    old = _old(path)
    return old is not None and (stat.S_ISCHR(old.st_mode) or stat.S_ISFIFO(old.st_mode))


def _write_through(path: Path, data: bytes) -> None:
    stream = _STREAM.fullmatch(str(path))
    if stream is None:
        # Without a reader a pipe is refused, for opening it would wait for one.
        descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        os.set_blocking(descriptor, True)
    else:
        number = int(stream["number"] or {"out": 1, "err": 2}[stream["name"]])
        for printed in (sys.stdout, sys.stderr):
            if printed is not None:  # it comes before what is written now
                printed.flush()
        descriptor = os.dup(number)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        _write_all(file, data)


def _target(path: Path) -> Path:
    """The file that is written: ``path`` or what its links lead to; raises UserError if none."""
    if not path.name:
        raise UserError("{path} is a folder; give the name of a file.", path=path)
    old = _old(path)
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    if old is None:
        return target
    if stat.S_ISDIR(old.st_mode):
        raise UserError("{path} is a folder; give the name of a file.", path=path)
    if not stat.S_ISREG(old.st_mode):
        raise UserError("{path} is a device and no file; give the name of a file.", path=path)
    if not os.access(target, os.W_OK):
        raise UserError("{path} is write-protected; give another name.", path=path)
    return target


def _old(path: Path) -> os.stat_result | None:
    """The status of the file that ``path`` leads to; None if there is none."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _stem(path: Path) -> str:
    """What the names of temporary files beside ``path`` begin with, short enough for any name."""
    fits = len(os.fsencode(path.name)) + len("..12345678.part") <= _LONGEST_NAME
    return path.name if fits else hashlib.sha256(os.fsencode(path.name)).hexdigest()


def _temporary(path: Path) -> Path:
    """A name beside ``path`` that nobody else has."""
    return path.with_name(f".{_stem(path)}.{secrets.token_hex(4)}.part")


def _remove_left_over(path: Path) -> None:
    """Remove the temporary files of saves of ``path`` that were killed."""
    try:
        with os.scandir(path.parent) as entries:
            names = [each.name for each in entries if each.name.endswith(".part")]
    except OSError:  # a folder that may be written to and not listed
        return
    for name in names:
        found = _TEMPORARY.fullmatch(name)
        if found is not None and found[1] == _stem(path):
            with contextlib.suppress(OSError):  # it is being written, or not ours
                _remove_unless_written(path.with_name(name))


def _remove_unless_written(path: Path) -> None:
    with path.open("r+b") as file:
        _lock(file)
    path.unlink()


def _lock(file: BinaryIO) -> None:
    """Hold the file until it is closed; raises OSError if another save holds it.

    Windows needs no lock: there a file that is open cannot be removed.
    """
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _replace(path: Path, data: bytes) -> None:
    temporary, old = _temporary(path), _old(path)
    try:
        with temporary.open("xb", buffering=0) as file:
            with contextlib.suppress(OSError):  # a file system without locks
                _lock(file)
            if old is not None and old.st_nlink == 1:
                _make_alike(temporary, path, old)
            _write_all(file, data)
            os.fsync(file.fileno())
            if old is not None and old.st_nlink > 1:
                _write_in_place(path, data)
        if old is None or old.st_nlink == 1:
            temporary.replace(path)
        else:
            temporary.unlink()
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _write_in_place(path: Path, data: bytes) -> None:
    """Write over ``path``; where that fails, what it held comes back."""
    before = path.read_bytes()
    with path.open("r+b", buffering=0) as file:
        try:
            _write_all(file, data)
            file.truncate()
            os.fsync(file.fileno())
        except BaseException:
            file.seek(0)
            _write_all(file, before)
            file.truncate()
            raise


def _write_all(file: BinaryIO, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


def _make_alike(temporary: Path, path: Path, old: os.stat_result) -> None:
    """Give the new file the old one's owner, mode and extended attributes, where that is allowed.

    Where the group cannot be kept, what the mode allows the group is not given to another one.
    """
    mode = stat.S_IMODE(old.st_mode)
    if hasattr(os, "chown"):
        try:
            os.chown(temporary, old.st_uid, old.st_gid)
        except OSError:
            try:
                os.chown(temporary, -1, old.st_gid)
            except OSError:
                mode &= ~0o070
    temporary.chmod(mode)
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):  # a file system without them, or not ours to set
            for name in os.listxattr(path):
                os.setxattr(temporary, name, os.getxattr(path, name))
