"""A child process that stands still, dies or cannot be started: nobody waits, nothing is left."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import psutil
import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.workers.spawned import LOG_PREFIX, SpawnedProcess, listen, prepare_process

ROOT = Path(__file__).resolve().parents[2]
HANG = 60.0
LARGE = bytes(20_000_000)
"""More than a pipe holds."""
posix = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
linux = pytest.mark.skipif(sys.platform != "linux", reason="the system ends children on Linux")


def echo(connection: Connection, log: str) -> None:
    prepare_process(log)
    connection.send("ready")
    listen(connection, connection.send)


def talkative(connection: Connection, log: str) -> None:
    prepare_process(log)
    sys.stdout.write("a library is missing\n")
    connection.send("ready")
    connection.send(LARGE)


def receive_to_the_end(child: SpawnedProcess) -> None:
    with contextlib.suppress(EOFError):
        while child.receive(HANG) is not None:
            pass


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def child() -> Iterator[SpawnedProcess]:
    child = SpawnedProcess("echo", echo)
    assert child.receive(HANG) == "ready"
    yield child
    child.kill()


@posix
def test_that_nobody_waits_for_a_stopped_child(child: SpawnedProcess) -> None:
    assert child.pid is not None
    os.kill(child.pid, signal.SIGSTOP)
    child.send(LARGE)
    assert child.receive(0.01) is None
    child.kill()
    assert not psutil.pid_exists(child.pid)


@posix
def test_that_a_message_that_is_half_sent_keeps_nobody_waiting() -> None:
    child = SpawnedProcess("talkative", talkative)
    assert child.receive(HANG) == "ready"
    assert child.pid is not None
    os.kill(child.pid, signal.SIGSTOP)
    child.receive(0.01)
    child.kill()
    receive_to_the_end(child)


def test_that_messages_come_back_whole_and_in_order(child: SpawnedProcess) -> None:
    for message in ("first", LARGE, "last"):
        child.send(message)
    assert [child.receive(HANG) for _ in range(3)] == ["first", LARGE, "last"]


@posix
def test_that_a_child_killed_from_outside_is_known_by_its_signal(child: SpawnedProcess) -> None:
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    with pytest.raises(EOFError):
        child.receive(HANG)
    assert str(child.how_it_ended()) == "signal 9"
    assert child.last_words() == "It wrote nothing."
    assert child.out_of_memory
    child.send("to nobody")


def test_that_the_last_words_are_kept_though_the_log_was_deleted(logs: Path) -> None:
    child = SpawnedProcess("talkative", talkative)
    assert child.receive(HANG) == "ready"
    for log in logs.iterdir():
        log.unlink()
    receive_to_the_end(child)
    assert str(child.how_it_ended()) == "exit status 0"
    assert child.last_words() == "Its last words:\na library is missing"
    assert not child.out_of_memory
    assert list(logs.iterdir()) == []


def test_that_one_may_end_it_from_two_threads(child: SpawnedProcess) -> None:
    threads = [threading.Thread(target=child.kill) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANG)
    assert not any(thread.is_alive() for thread in threads)


def test_that_logs_which_a_killed_studio_left_are_removed(logs: Path) -> None:
    old, new, other = (logs / f"{name}.log" for name in (f"{LOG_PREFIX}1", f"{LOG_PREFIX}2", "x"))
    for log in (old, new, other):
        log.write_text("")
    for log in (old, other):
        os.utime(log, (0, 0))
    SpawnedProcess("echo", echo).kill()
    assert sorted(logs.iterdir()) == sorted([new, other])


def test_when_there_is_no_place_for_a_log_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(UserError, match=r"No process can be started.*Close other programs"):
        SpawnedProcess("echo", echo)


@posix
def test_when_the_system_gives_no_process_one_sentence_says_so_and_no_file_stays(
    logs: Path,
) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unused = os.dup(0)
    os.close(unused)
    resource.setrlimit(resource.RLIMIT_NOFILE, (unused + 2, hard))
    try:
        with pytest.raises(
            UserError, match=r"No process can be started to train in \(.*open files"
        ):
            SpawnedProcess("echo", echo)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert list(logs.iterdir()) == []


PARENT = """
import os, signal
from rnnstudio.workers.spawned import SpawnedProcess
from tests.workers.test_spawned import echo
if __name__ == "__main__":
    child = SpawnedProcess("echo", echo)
    assert child.receive(60) == "ready"
    os.kill(child.pid, signal.SIGSTOP)
    os.waitpid(child.pid, os.WUNTRACED)  # a signal takes its time
    print(child.pid, flush=True)
    signal.pause()
"""


@linux
@pytest.mark.slow
def test_when_the_parent_is_killed_a_stopped_child_goes_too_and_leaves_no_log(
    tmp_path: Path,
) -> None:
    script, logs = tmp_path / "parent.py", tmp_path / "logs"
    logs.mkdir()
    script.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(logs)}
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as parent:
        try:
            assert parent.stdout is not None
            child = psutil.Process(int(parent.stdout.readline()))
            assert child.status() == psutil.STATUS_STOPPED
        finally:
            parent.kill()
    deadline = time.monotonic() + HANG
    while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert list(logs.iterdir()) == []
