"""Short and endless trainings for the Keras child process, and waiting for what it does."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from rnnstudio.core.engine.optimizers import Adam
from rnnstudio.core.engine.spec import Dense, Examples, FitSpec, ModelSpec, Recurrent

SPEC = ModelSpec(1, (Recurrent("lstm", 4), Dense(1)))
SHORT = FitSpec(epochs=3, batch_size=8, optimizer=Adam(0.01))
ENDLESS = FitSpec(epochs=1_000_000, batch_size=8)
HANG = 60.0
"""Seconds after which a test gives up; no test decides by time."""
ENDLESS_IMPORT = """
import os, sys
from pathlib import Path
Path(os.environ["PID_FILE"]).write_text(f"{os.getpid()}\\n")
while True:
    pass
"""
"""What stands in TensorFlow's place and never ends; it writes the number of its process."""
posix = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")


def examples() -> Examples:
    x = np.linspace(0, 1, 16 * 5, dtype=np.float32).reshape(16, 5, 1)
    return Examples(x, x.mean(axis=1))


def wait_until_gone(pid: int) -> bool:
    deadline = time.monotonic() + HANG
    while time.monotonic() < deadline:
        # A child of ours looks dead a little before its last thread is, and it can be collected.
        uncollected = {child.pid for child in multiprocessing.active_children()}
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE and pid not in uncollected:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.01)
    return False


def pid_in(file: Path) -> int:
    """The number that another process writes into ``file``, and a line feed after it."""
    deadline = time.monotonic() + HANG
    while time.monotonic() < deadline:
        if file.exists() and file.read_text().endswith("\n"):
            return int(file.read_text())
        time.sleep(0.01)
    raise TimeoutError(f"nothing came in {file.name}")
