"""The two versions of a session before the one that is saved."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path


def backups_of(path: Path) -> tuple[Path, Path]:
    """Where the version before the one at ``path`` stands, and the one before that."""
    return path.with_name(f"{path.name}1"), path.with_name(f"{path.name}2")


def keep_backups(path: Path) -> None:
    """Keep what is at ``path`` beside it, before it is written anew.

    It is copied, not linked: a save writes over a file with several names in place. Where there is
    no room for a copy the work is saved all the same: it is the newer of the two.
    """
    target = Path(os.path.realpath(path))
    if not target.is_file():
        return
    newer, older = backups_of(target)
    with contextlib.suppress(OSError):
        if newer.is_file():
            newer.replace(older)
        shutil.copy2(target, newer)
