"""Compares two builds of the bundle, file by file.

``python -m tools.package.compare_builds FOLDER FOLDER`` says which files differ, and ends with
status 1 when one differs that may not, or is in one of the folders alone.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

MAY_DIFFER: dict[str, str] = {}
"""Files of which two builds of one commit differ, and why."""


def main(folders: Sequence[str]) -> int:
    """Say what differs."""
    first, second = (_sums(Path(folder)) for folder in folders)
    differing = [name for name in sorted(first | second) if first.get(name) != second.get(name)]
    for name in differing:
        print(f"{name}: {MAY_DIFFER.get(name, 'must not differ')}")
    print(f"{len(first | second)} files, {len(differing)} differ.")
    return int(any(name not in MAY_DIFFER for name in differing))


def _sums(folder: Path) -> dict[str, str]:
    """The SHA-256 sum of every file."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
