"""What is printed reaches whoever reads it, or the reason is told in a sentence."""

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
