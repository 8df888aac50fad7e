"""Measurements in a fresh process: each child prints what it found as one line of JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOREIGN = ("tensorflow", "keras", "torch")


def first_line(module: str, *arguments: str) -> tuple[float, dict[str, Any]]:
    """Seconds from the start of ``python -m module`` to its line, and what the line says.

    The child is waited for. There need not be a screen.

    Raises
    ------
    RuntimeError
        When the child fails or ends without a line.
    """
    start = time.perf_counter()
    with _started(module, *arguments) as child:
        for line in child.stdout or ():
            if line.startswith("{"):
                seconds = time.perf_counter() - start
                child.communicate()
                return seconds, json.loads(line)
    raise RuntimeError(f"{module} ended with status {child.returncode} and said nothing")


@contextmanager
def _started(module: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", module, *arguments]
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    # Compiled once and kept, as where the application is installed.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as child:
        yield child


def foreign_imports() -> int:
    """How many modules of TensorFlow and its like this process has imported."""
    return sum(name.split(".")[0] in FOREIGN for name in sys.modules)


def emit(**found: Any) -> None:
    """Print the one line of JSON that the parent process reads."""
    print(json.dumps(found), flush=True)
