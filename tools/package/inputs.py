"""Whether anything that could break the bundle has changed since its self-test last passed.

``python -m tools.package.inputs`` ends with status 1 when it has. What could break it: how it is
made, the versions of its libraries, which modules are imported, which files are shipped, and how
processes start and find their files. ``make package-changed`` and ``make package-test`` remember
what has passed the bundle's self-test.
"""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TESTED = Path(__file__).parent / "tested.txt"
_WHOLE = (
    "rnnstudio.spec",
    "pyproject.toml",
    "constraints.txt",
    "tools/package/contents.py",
    "tools/package/linux_packages.py",
    "tools/package/parts.py",
    "tools/package/platform_files.py",
    "tools/package/linux/*",
    "rnnstudio/__main__.py",
    "rnnstudio/paths.py",
    "rnnstudio/cli/main.py",
    "rnnstudio/selftest/*.py",
    "rnnstudio/workers/*.py",
)
"""Files of which every change counts."""
_SHIPPED = ("data", "resources")
"""Folders of which the files' names count."""


def digest() -> str:
    """A short name for all that could break the bundle."""
    lines = sorted({*_whole_files(), *_shipped_files(), *imports()})
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def imports() -> Iterator[str]:
    """Every module that the application imports and that is not its own."""
    for path in (ROOT / "rnnstudio").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            else:
                continue
            yield from (name for name in names if not name.startswith(("rnnstudio", "__future__")))


def remember() -> None:
    """Write down that the bundle has passed its self-test as it is made now."""
    TESTED.write_text(f"{digest()}\n", "utf-8")


def _whole_files() -> Iterator[str]:
    for pattern in _WHOLE:
        for path in sorted(ROOT.glob(pattern)):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            yield f"{path.relative_to(ROOT).as_posix()} {content}"


def _shipped_files() -> Iterator[str]:
    for folder in _SHIPPED:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    changed = not TESTED.is_file() or TESTED.read_text("utf-8").strip() != digest()
    sys.exit(1 if changed else 0)
