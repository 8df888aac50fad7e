"""The leak fixture of every test really fails a leaking test."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.leaks import HAS_QT

ROOT = Path(__file__).resolve().parent.parent

THREAD = """
import threading
import pytest

@pytest.fixture(scope="session")
def late():
    event = threading.Event()
    yield event
    event.set()

def test_case(late):
    threading.Thread(target=late.wait, name="forgotten").start()
"""

PROCESS = """
import subprocess, sys
import pytest

@pytest.fixture(scope="session")
def kept():
    children = []
    yield children
    for child in children:
        child.kill()
        child.communicate()

def test_case(kept):
    kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))
"""

TIMER = """
from PySide6.QtCore import QTimer

def test_case(qapp):
    timer = QTimer(qapp)
    timer.start(10_000)
"""

QTHREAD = """
from PySide6.QtCore import QThread
import pytest

@pytest.fixture(scope="session")
def kept():
    threads = []
    yield threads
    for thread in threads:
        thread.quit()
        thread.wait()

def test_case(qapp, kept):
    kept.append(QThread(objectName="worker"))
    kept[0].start()
"""

WINDOW = """
from PySide6.QtWidgets import QWidget
kept = []

def test_case(qapp):
    kept.append(QWidget(objectName="forgotten"))
"""

TIDY = """
from PySide6.QtWidgets import QWidget
from PySide6.QtCore import QTimer

def test_case(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    QTimer(widget).start(10_000)
"""

needs_qt = pytest.mark.skipif(not HAS_QT, reason="PySide6 is not installed here")


def run_test(source: str, folder: Path) -> str:
    """Run one test file under this project's conftest, and return what pytest printed."""
    # The tests' own conftest is the plugin; the file is elsewhere so that it is not collected.
    (folder / "test_case.py").write_text(source)
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider"]
    command += ["-p", "no:randomly", "--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml")]
    command.append(str(folder / "test_case.py"))
    result = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    return result.stdout + result.stderr


@pytest.mark.parametrize(
    ("source", "named"),
    [
        pytest.param(THREAD, r"Python thread 'forgotten', made at", id="thread"),
        pytest.param(PROCESS, r"child process .*'input\(\)'.*, made at", id="process"),
        pytest.param(TIMER, r"running QTimer '', made at", id="timer", marks=needs_qt),
        pytest.param(QTHREAD, r"running QThread 'worker', made at", id="qthread", marks=needs_qt),
        pytest.param(WINDOW, r"hidden window QWidget 'forgotten'", id="window", marks=needs_qt),
    ],
)
def test_that_a_test_which_leaves_something_behind_fails_and_names_it(
    source: str, named: str, tmp_path: Path
) -> None:
    output = run_test(source, tmp_path)
    assert re.search(named, output), output
    assert "1 passed, 1 error" in output


@needs_qt
def test_that_a_test_which_tidies_up_passes(tmp_path: Path) -> None:
    output = run_test(TIDY, tmp_path)
    assert re.search(r"1 passed in", output), output
