"""What is printed reaches its reader, or the reason is given in a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

VERIFY = [sys.executable, "-m", "rnnstudio", "cells", "verify"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no broken pipes of this kind")
def test_when_the_reader_has_gone_the_command_ends_in_silence() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(VERIFY, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert done.returncode == 1
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_when_the_disk_is_full_one_sentence_says_so() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(VERIFY, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == ("rnnstudio: The result cannot be printed: No space left on device.\n")


CLOSED, FULL = "-", "/dev/full"
NO_FILE = "no-such-file.csv"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("errors", [CLOSED, FULL])
@pytest.mark.parametrize(
    ("arguments", "status", "printed"),
    [
        ("cells verify", 0, "67 of 67 figures reproduce."),
        ("names train --iterations 20", 0, "20 iterations in"),
        (f"stocks read {NO_FILE}", 1, ""),
        ("stocks read", 2, ""),
    ],
)
def test_that_a_result_does_not_depend_on_standard_error(
    arguments: str, status: int, printed: str, errors: str
) -> None:
    done = in_shell(f"{arguments} 2>{'&-' if errors == CLOSED else errors}")
    assert done.returncode == status
    assert printed in (done.stdout.splitlines() or [""])[-1]
    assert bool(done.stdout) == bool(printed)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows' shell cannot close a stream")
@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_that_files_are_written_when_nobody_wants_the_output(closed: str, tmp_path: Path) -> None:
    names = tmp_path / "made.txt"
    done = in_shell(f"names train --iterations 20 --out {names} {closed}")
    assert done.returncode == 0
    assert len(names.read_text("utf-8").splitlines()) == 7


@pytest.mark.skipif(sys.platform == "win32", reason="Windows' shell has no pipefail")
@pytest.mark.parametrize("arguments", ["--help", "stocks forecast --help", "cells verify"])
def test_when_the_reader_ends_early_nothing_is_said_about_it(arguments: str) -> None:
    done = in_shell(f"{arguments} | true; exit ${{PIPESTATUS[0]}}")
    assert done.stderr == ""
    assert done.returncode in (0, 1)  # 0 where all had been taken before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_that_a_help_text_that_cannot_be_printed_is_reported() -> None:
    done = in_shell("--help >/dev/full")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "rnnstudio: The result cannot be printed: No space left on device.\n"


def in_shell(line: str, before: str = ":") -> subprocess.CompletedProcess[str]:
    """Run ``before``, then ``rnnstudio`` with this rest of a command line, in a shell."""
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(
        ["/bin/bash", "-c", f"{before}; '{sys.executable}' -m rnnstudio {line}"],
        capture_output=True,
        text=True,
        check=False,
        env=buffered,
    )


def test_when_the_terminal_lacks_a_letter_it_is_written_as_its_number(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("žžž\nžž\n", encoding="utf-8")
    train = ["names", "train", "--names", str(names), "--iterations", "20"]
    done = subprocess.run(
        [sys.executable, "-m", "rnnstudio", *train],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "\\u017e" in done.stdout
