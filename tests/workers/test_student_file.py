"""A stranger's Python file may compute, and nothing else."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.workers.student_file import call_file

RIGHT = """
import math
from rnn_utils import *
def rnn_cell_forward(xt, a_prev, parameters):
    p = parameters
    a_next = np.tanh(p["Wax"] @ xt + p["Waa"] @ a_prev + p["ba"])
    return a_next, softmax(p["Wya"] @ a_next + p["by"]), (a_next, a_prev, xt, p)
def rnn_forward(x, a0, parameters):
    raise KeyError("not yet")
"""


def written(folder: Path, source: str) -> Path:
    path = folder / "mine.py"
    path.write_text(source, encoding="utf-8")
    return path


def test_that_functions_are_called_and_those_that_stop_say_where(tmp_path: Path) -> None:
    called = call_file(written(tmp_path, RIGHT))
    assert called.arrays["rnn_cell_forward"]["a_next"][4, 0] == pytest.approx(0.59584544)
    assert list(called.arrays) == ["rnn_cell_forward"]
    assert called.failures == {"rnn_forward": "KeyError: 'not yet' (line 9)"}


def test_that_a_loop_without_end_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"was stopped after 0\.3 seconds"):
        call_file(written(tmp_path, "while True: pass"), seconds=0.3)


def test_that_the_network_is_refused_even_to_a_file_that_hides_it(tmp_path: Path) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.setblocking(False)
        port = listening.getsockname()[1]
        source = (
            "import socket\ntry:\n"
            f"    socket.create_connection(('127.0.0.1', {port}))\n"
            "except Exception:\n    pass\n"
        )
        with pytest.raises(UserError, match=r"something else than compute \(socket.*line 3\)"):
            call_file(written(tmp_path, source))
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_that_nothing_is_written_anywhere(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    old = tmp_path / "old.txt"
    old.write_text("stays")
    source = (
        "import os\n"
        f"for act in (lambda: open({str(target)!r}, 'w'), lambda: os.remove({str(old)!r}),\n"
        f"            lambda: os.mkdir({str(target)!r}), lambda: os.mkfifo({str(target)!r}),\n"
        "            lambda: open('here.txt', 'w')):\n"
        "    try: act()\n    except Exception: pass\n"
    )
    with pytest.raises(UserError, match=r"something else than compute \(open, line 2\)"):
        call_file(written(tmp_path, source))
    assert not target.exists()
    assert old.read_text() == "stays"


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("import subprocess\nsubprocess.run(['true'])", r"subprocess.Popen, line 2"),
        ("import ctypes\nctypes.CDLL(None)", r"ctypes.dlopen, line 2"),
        ("open('/etc/hostname').read()", r"open, line 1"),
        ("import os\nos._exit(3)", "ended its process before"),
        ("def f(:", "is no Python: invalid syntax"),
    ],
)
def test_that_what_is_not_computing_is_said(tmp_path: Path, source: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        call_file(written(tmp_path, source))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to a limit of memory")
def test_that_too_much_memory_is_refused(tmp_path: Path) -> None:
    called = call_file(written(tmp_path, "import numpy as np\nx = np.ones((40000, 40000))"))
    assert "MemoryError" in called.failures[""]
    assert called.arrays == {}
