"""Ctrl+C, a polite kill and a closed terminal: one line, exit status 130, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
ON_THE_WAY = ["rnnstudio.cli.streams", "numpy", "tqdm", "rnnstudio.cli.stocks", "pandas"]
"""Modules that are imported one after the other until a file of prices is read."""


def stop_at_import(module: str, sign: signal.Signals) -> tuple[int, list[str]]:
    """The exit status, and what is said, of a command that is stopped when ``module`` is there."""
    command = [sys.executable, "-X", "importtime", "-m", "rnnstudio", "stocks", "lies"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.split("|")[-1].strip() == module:
                break
        process.send_signal(sign)
        lines = process.communicate(timeout=60)[1].replace("\r", "\n").splitlines()
    return process.returncode, [line for line in lines if not line.startswith("import time:")]


@pytest.mark.parametrize("module", ON_THE_WAY)
def test_that_ctrl_c_during_the_imports_is_one_line(module: str) -> None:
    status, said = stop_at_import(module, signal.SIGINT)
    assert status == 130
    assert said[-1] == "rnnstudio: Stopped."
    assert not any("Traceback" in line or "ignored" in line for line in said)


@pytest.mark.parametrize("sign", ["SIGTERM", "SIGHUP"])
def test_that_a_polite_kill_and_a_closed_terminal_are_one_line_too(sign: str) -> None:
    status, said = stop_at_import("numpy", getattr(signal, sign))
    assert (status, said) == (130, ["rnnstudio: Stopped."])


def test_that_what_nohup_shields_outlives_its_terminal() -> None:
    program = f"trap '' HUP; exec '{sys.executable}' -X importtime -m rnnstudio cells verify"
    with subprocess.Popen(
        ["/bin/sh", "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.split("|")[-1].strip() == "numpy":
                break
        process.send_signal(signal.SIGHUP)
        printed = process.communicate(timeout=60)[0]
    assert process.returncode == 0
    assert "67 of 67 figures reproduce" in printed


@pytest.mark.slow
def test_that_ctrl_c_while_processes_start_is_one_line_and_leaves_none(tmp_path: Path) -> None:
    places = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "rnnstudio", "stocks", "walk", "--processes", "4"]
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=places,
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        assert any("Process" in line for line in process.stderr)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert said.splitlines()[-1] == "rnnstudio: Stopped."
    assert "Traceback" not in said
    until = time.monotonic() + 10
    while group_lives(process.pid) and time.monotonic() < until:
        time.sleep(0.01)
    assert not group_lives(process.pid)
    assert list(tmp_path.iterdir()) == []


def group_lives(number: int) -> bool:
    """Whether there is any process of the group."""
    try:
        os.killpg(number, 0)
    except ProcessLookupError:
        return False
    return True
