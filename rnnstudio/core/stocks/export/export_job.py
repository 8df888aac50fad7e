"""Writing files as a job that a worker can run: all of them are written, or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rnnstudio.core.training import Control, Training, in_one_step


@dataclass(frozen=True)
class Exported:
    """What was asked for stands at ``path``."""

    path: Path


def export_job(path: Path, write: Callable[[Path], object], control: Control) -> Training:
    """Let ``write`` write to ``path``; ``Finished`` carries what was ``Exported``.

    A stop leaves everything as it was, since ``write`` passes its stop points before it replaces a
    file. Raises UserError as ``write`` does.
    """
    return in_one_step(control, _export, path, write)


def _export(path: Path, write: Callable[[Path], object]) -> Exported:
    write(path)
    return Exported(path)
