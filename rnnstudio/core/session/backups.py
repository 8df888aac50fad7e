"""The two versions of a session before the one that is saved."""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rnnstudio.core.documents.document_file import BACKUP_SUFFIXES


@dataclass(frozen=True)
class EarlierVersion:
    """A version of a session before the one saved last, which was saved at ``when``."""

    path: Path
    when: datetime


def backups_of(path: Path) -> tuple[Path, Path]:
    """Where the version before the one at ``path`` stands, and the one before that."""
    newer, older = (path.with_name(path.name + suffix[-1]) for suffix in BACKUP_SUFFIXES)
    return newer, older


def session_of(backup: Path) -> Path:
    """The session's file beside which ``backup`` stands."""
    return backup.with_name(backup.name[:-1])


def earlier_versions(path: Path) -> tuple[EarlierVersion, ...]:
    """The versions that are kept of the session at ``path``, the newest first."""
    found = []
    for backup in backups_of(Path(os.path.realpath(path))):
        with contextlib.suppress(OSError):  # there is none
            when = datetime.fromtimestamp(backup.stat().st_mtime, UTC)
            found.append(EarlierVersion(backup, when))
    return tuple(found)


def keep_backups(path: Path) -> None:
    """Keep what is at ``path`` beside it, before it is written anew.

    It is copied, not linked: a save writes over a file with several names in place. The backups
    that are there stay until the copy is whole. Where none can be made the work is saved all the
    same: it is the newer of the two.
    """
    target = Path(os.path.realpath(path))
    newer, older = backups_of(target)
    copy = target.with_name(f".{newer.name}.part")
    with contextlib.suppress(OSError):
        if newer.is_file() and filecmp.cmp(target, newer, shallow=False):
            return  # kept before a save that was refused
        try:
            copy.unlink(missing_ok=True)
            copy.touch(0o600, exist_ok=False)  # nobody else reads it before it has its mode
            shutil.copy2(target, copy)
            if newer.is_file():
                newer.replace(older)
            copy.replace(newer)
        finally:
            copy.unlink(missing_ok=True)
