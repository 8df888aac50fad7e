"""A real Dask cluster of this machine: a scheduler and its workers, each a child process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HANG = 60.0
"""Seconds after which something that should happen is given up."""


class LocalCluster:
    """A scheduler on a free port, and the workers that were added; killed at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, *preload: Path, failures: int = 3) -> None:
        """Start the scheduler: ``failures`` workers may die of one fold before it is given up."""
        options = ["--scheduler-file", str(self._file), "--host", "127.0.0.1", "--port", "0"]
        environment = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(failures)}
        self._run("scheduler", [*options, *_preloaded(preload)], environment)
        self._wait(partial(_holds, self._file, '"address"'))

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        address: str = json.loads(self._file.read_text())["address"]
        return address

    def add_workers(self, count: int, *preload: Path, **environment: str) -> None:
        """Start workers of one thread, and wait until the scheduler knows them."""
        options = ["--nthreads", "1", "--no-nanny", "--host", "127.0.0.1"]
        options += ["--local-directory", str(self._folder), *_preloaded(preload)]
        new = range(len(self.processes), len(self.processes) + count)
        for number in new:
            self._run(f"worker-{number}", [self.address, *options], environment)
        for number in new:
            log = self._log(f"worker-{number}")
            self._wait(partial(_holds, log, "Registered to"))

    @property
    def scheduler(self) -> subprocess.Popen[bytes]:
        """Its process."""
        return self.processes[0]

    @property
    def workers(self) -> list[subprocess.Popen[bytes]]:
        """Their processes, in the order in which they were added."""
        return self.processes[1:]

    def _run(self, name: str, options: list[str], environment: dict[str, str]) -> None:
        kind = name.split("-", maxsplit=1)[0]
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *options]
        with self._log(name).open("wb") as log:
            environment = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
            process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
            self.processes.append(process)

    def _wait(self, happened: Callable[[], bool]) -> None:
        deadline = time.monotonic() + HANG
        while not happened():
            if time.monotonic() > deadline:
                logs = [path.read_text() for path in self._folder.glob("*.log")]
                raise TimeoutError("\n".join(logs))
            time.sleep(0.02)

    def _log(self, name: str) -> Path:
        return self._folder / f"{name}.log"

    def stop(self) -> None:
        """Kill what is still there."""
        for process in self.processes:
            process.kill()
            process.wait()


def _holds(file: Path, text: str) -> bool:
    return file.exists() and text in file.read_text()


def _preloaded(files: Sequence[Path]) -> list[str]:
    return [word for file in files for word in ("--preload", str(file))]


@contextmanager
def local_cluster(folder: Path) -> Iterator[LocalCluster]:
    """A cluster that is not started yet, and is stopped in any case."""
    cluster = LocalCluster(folder)
    try:
        yield cluster
    finally:
        cluster.stop()
