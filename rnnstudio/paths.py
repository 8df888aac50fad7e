"""The only place that knows where ``data/`` and ``resources/`` are.

In a checkout they stand beside the package, in a wheel inside it, in the frozen application in the
bundle's folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _home() -> Path:
    """The folder that holds ``data`` and ``resources``."""
    if getattr(sys, "frozen", False):
        return Path(getattr(sys, "_MEIPASS"))  # noqa: B009 - only a frozen interpreter has it
    if (_PACKAGE / "data").is_dir():
        return _PACKAGE
    return _PACKAGE.parent


def data_file(name: str) -> Path:
    """The shipped data file ``name``, such as ``names/dinosaurs.txt``."""
    return _home() / "data" / name


def resource_file(name: str) -> Path:
    """The resource ``name``, such as ``icons/rnnstudio.svg``."""
    return _home() / "resources" / name


def shipped_files() -> tuple[Path, ...]:
    """Every file in ``data`` and ``resources``."""
    folders = (_home() / "data", _home() / "resources")
    return tuple(path for folder in folders for path in folder.rglob("*") if path.is_file())
