"""The self-test: what it covers, and that it says what fails."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning

from rnnstudio.cli.main import make_parser, run
from rnnstudio.selftest.check import SelfCheck, SelfCheckOutcome, outcome
from rnnstudio.selftest.command_checks import check_command, command_lines, require_all
from rnnstudio.selftest.output_watch import OutputWatch
from rnnstudio.workers.spawned import SpawnedProcess, prepare_process

WORDS = [words for words, _ in make_parser().leaves()]
SESSION = Path("session.rnnstudio")
ROOT = Path(__file__).resolve().parent.parent
OFFSCREEN = "This plugin does not support propagateSizeHints()\n"
MISSING = (
    "TensorFlow is not installed, and Keras cannot train without it. Choose the NumPy engine: it "
    "trains every network, and all else works as well."
)


def watched(check: SelfCheck) -> SelfCheckOutcome:
    """What comes of a check, as in the self-test."""
    with OutputWatch() as watch:
        return outcome(check, watch)


def test_that_the_self_test_runs_every_command(tmp_path: Path) -> None:
    lines = list(command_lines(SESSION, tmp_path))
    require_all(WORDS, lines)
    with pytest.raises(LookupError, match="stocks search"):
        require_all(WORDS, [line for line in lines if line[:2] != ("stocks", "search")])


@pytest.mark.parametrize(
    ("line", "status"), [(("stocks", "read", "no-such-file"), 1), (("stocks", "read"), 2)]
)
def test_when_a_command_fails_its_check_fails_with_what_it_said(
    line: tuple[str, ...], status: int, tmp_path: Path
) -> None:
    found = watched(SelfCheck("read", partial(check_command, run, line, tmp_path), prints=True))
    assert found.error is not None
    assert f"exit status {status}" in found.error
    assert found.output[0].startswith("rnnstudio")


def test_that_a_library_that_the_bundle_lacks_fails_the_check_of_the_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = list(command_lines(SESSION, tmp_path))
    [search] = [line for line in lines if line[:2] == ("stocks", "search")]
    check_command(run, search, tmp_path)
    monkeypatch.setitem(sys.modules, "sklearn.model_selection", None)
    with pytest.raises(ImportError, match="model_selection"):
        check_command(run, search, tmp_path)


def write_to_descriptor() -> None:
    os.write(2, b"a library in C is surprised\n")


@pytest.mark.parametrize(
    ("do", "line"),
    [
        (write_to_descriptor, "a library in C is surprised"),
        (partial(logging.warning, "A library is surprised"), "A library is surprised"),
        (partial(qWarning, "Qt is surprised"), "Qt is surprised"),
        (partial(os.write, 1, b"where a result belongs\n"), "where a result belongs"),
    ],
)
def test_that_an_unexpected_line_fails_the_check_and_is_named(do: object, line: str) -> None:
    assert callable(do)
    found = watched(SelfCheck("surprise", do))
    assert not found.ok
    assert line in found.output[0]


@pytest.fixture
def without_tensorflow(tmp_path: Path) -> Mapping[str, str]:
    """The environment of a Python that has all libraries but TensorFlow and Keras, and no home.

    It is to be started with -S, so that it looks for libraries nowhere else.
    """
    for library in Path(sysconfig.get_path("purelib")).iterdir():
        if not library.name.startswith(("tensorflow", "keras", "rnnstudio")):
            (tmp_path / library.name).symlink_to(library)
    return {"PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))}


IN_THE_WINDOW = """
from pathlib import Path
from rnnstudio.core.keras_engine.keras_fit import is_installed
from rnnstudio.selftest import engine_checks, window_checks
from rnnstudio.ui.application import make_application

if __name__ == "__main__":
    assert not is_installed()
    make_application()
    engine_checks.check_engines()
    checks = window_checks.window_checks(Path("unused"), Path("unused"))
    first = next(checks)
    assert first.name == "Keras in the window"
    first.do()
    checks.close()
"""


def test_that_without_tensorflow_a_sentence_says_so_and_numpy_trains(
    without_tensorflow: Mapping[str, str], tmp_path: Path
) -> None:
    (tmp_path / "look.py").write_text(IN_THE_WINDOW, "utf-8")
    look = [sys.executable, "-S", str(tmp_path / "look.py")]
    environment = {**without_tensorflow, "QT_QPA_PLATFORM": "offscreen"}
    found = subprocess.run(look, env=environment, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr.replace(OFFSCREEN, "")) == (0, "")
    train = [sys.executable, "-S", "-m", "rnnstudio", "stocks", "forecast", "--epochs", "1"]
    found = subprocess.run(
        [*train, "--engine", "keras"], env=environment, capture_output=True, text=True, check=False
    )
    assert found.returncode == 1
    assert found.stderr.splitlines()[-1] == f"rnnstudio: {MISSING}"


def say_and_leave(connection: Connection, log: str) -> None:
    prepare_process(log)
    print("a library is surprised")  # noqa: T201
    connection.close()


def start_and_end_a_process() -> None:
    process = SpawnedProcess("surprised", say_and_leave)
    with pytest.raises(EOFError):
        process.receive(60)
    process.kill()


def test_that_what_a_child_process_wrote_into_its_log_is_heard() -> None:
    found = watched(SelfCheck("surprise", start_and_end_a_process))
    assert found.output == ("a library is surprised",)
