"""Unsaved work of a running studio, kept in one folder for all of them until it is saved.

Each studio holds a lock on its file for as long as its process lives. What nobody holds any more
was left by one that died; who offers it to a person holds it first, so that one studio does.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.documents.document_file import SUFFIX, kind_of
from rnnstudio.core.errors import UserError
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_file import KIND, save_session
from rnnstudio.core.training import Control, Training, in_one_step

if sys.platform != "win32":
    import fcntl

_LOCK, _PLACE = ".lock", ".place"
_OLD_SECONDS = 60.0
"""A studio that has held its lock for so long without any work beside it has died."""


@dataclass(frozen=True)
class LeftOver:
    """Work that a studio left when it died: at ``path``, as it was at ``when``.

    ``file`` is the session's own file; None where it had none.
    """

    path: Path
    when: datetime
    file: Path | None

    def remove(self) -> None:
        """Throw the work away."""
        beside = (self.path.with_suffix(ending) for ending in (_LOCK, _PLACE))
        torn = self.path.parent.glob(f".{self.path.stem}.*.part")  # its studio died as it wrote
        for each in (self.path, *beside, *torn):
            with contextlib.suppress(OSError):  # gone already, or the folder is read-only by now
                each.unlink()


class ClaimedWork:
    """Work that a dead studio left, held by this one until it is released or removed."""

    def __init__(self, found: LeftOver, lock: BinaryIO) -> None:
        self.found, self._lock = found, lock

    def release(self) -> None:
        """Leave the work to whoever claims it next."""
        self._lock.close()

    def remove(self) -> None:
        """Throw the work away."""
        with contextlib.suppress(OSError):  # the folder is read-only by now
            self.found.path.unlink()  # before another can claim it
        self.release()
        self.found.remove()


def claim(found: LeftOver) -> ClaimedWork | None:
    """Hold the work for this process; None where another one does, or has dealt with it."""
    try:
        held = ClaimedWork(found, _taken(found.path.with_suffix(_LOCK)))
    except OSError:
        return None
    if not found.path.exists():
        held.remove()
        return None
    return held


class Recovery:
    """Where one studio keeps its unsaved work in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / f"{secrets.token_hex(8)}{SUFFIX}"
        self._lock: BinaryIO | None = None

    def keep(self, session: Session, file: Path | None) -> None:
        """Keep the work, which belongs to ``file``; raises UserError where it cannot be written."""
        try:
            self._hold()
        except OSError as error:
            raise UserError(
                "Unsaved work cannot be kept in {folder}: {reason}. Save the session yourself.",
                folder=self.folder,
                reason=error.strerror or str(error),
            ) from error
        try:
            write_atomically(self._path.with_suffix(_PLACE), os.fsencode(file or ""))
            save_session(self._path, session)
        except UserError as error:
            raise UserError(
                "Unsaved work is not kept. {error} Save the session yourself.", error=error.message
            ) from error

    def forget(self) -> None:
        """Nothing is unsaved any more."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None
            LeftOver(self._path, datetime.now(UTC), None).remove()

    def _hold(self) -> None:
        """Hold the lock, anew where somebody has removed it."""
        path = self._path.with_suffix(_LOCK)
        if self._lock is not None and not path.exists():
            self._lock.close()
            self._lock = None
        if self._lock is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = path.open("wb")
            try:
                _hold(lock)
            except OSError:
                lock.close()
                raise
            self._lock = lock


def keeping_job(
    recovery: Recovery, session: Session, file: Path | None, control: Control
) -> Training:
    """``Recovery.keep`` as a job."""
    return in_one_step(control, _kept, recovery, session, file)


def _kept(recovery: Recovery, session: Session, file: Path | None) -> bool:
    recovery.keep(session, file)
    return True


def left_over(folder: Path) -> tuple[LeftOver, ...]:
    """The work of studios that died, the newest first; what is damaged is left where it is.

    What is left of studios that died before they had kept anything is removed.
    """
    _remove_without_work(folder)
    found = [_left_over(path) for path in folder.glob(f"*{SUFFIX}")]
    work = (each for each in found if each is not None)
    return tuple(sorted(work, key=lambda each: each.when, reverse=True))


def _left_over(path: Path) -> LeftOver | None:
    """The work at ``path``; None where its studio lives, or it cannot be read."""
    try:
        if _held(path) or kind_of(path) != KIND:
            return None
        place = path.with_suffix(_PLACE)
        file = os.fsdecode(place.read_bytes()) if place.is_file() else ""
        when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, UserError, UnicodeDecodeError):
        return None
    return LeftOver(path, when, Path(file) if file else None)


def _remove_without_work(folder: Path) -> None:
    for lock in folder.glob(f"*{_LOCK}"):
        path = lock.with_suffix(SUFFIX)
        with contextlib.suppress(OSError):  # its studio lives, or has just removed it
            old = time.time() - lock.stat().st_mtime > _OLD_SECONDS
            if old and not path.exists() and not _held(path):
                LeftOver(path, datetime.now(UTC), None).remove()


def _held(path: Path) -> bool:
    """Whether the studio that keeps its work at ``path`` lives."""
    lock = path.with_suffix(_LOCK)
    if sys.platform == "win32":  # a file that is open cannot be removed there
        try:
            lock.unlink(missing_ok=True)
        except OSError:
            return True
        return False
    with contextlib.suppress(FileNotFoundError), lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def _taken(lock: Path) -> BinaryIO:
    """The lock of a studio that died, held until it is closed; raises OSError if another has it."""
    if sys.platform == "win32":  # of all that remove it one makes it anew, and keeps it open
        lock.unlink(missing_ok=True)
        return lock.open("xb")
    with contextlib.suppress(OSError):  # it is there, and its folder is read-only by now
        lock.touch()
    file = lock.open("rb")
    try:
        _hold(file)
        if not os.path.samestat(os.fstat(file.fileno()), lock.stat()):
            raise FileNotFoundError(lock)  # removed by the one that had it until now
    except OSError:
        file.close()
        raise
    return file


def _hold(file: BinaryIO) -> None:
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
