"""The two versions of a session before the one that is saved."""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
from pathlib import Path


def backups_of(path: Path) -> tuple[Path, Path]:
    """Where the version before the one at ``path`` stands, and the one before that."""
    return path.with_name(f"{path.name}1"), path.with_name(f"{path.name}2")


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
