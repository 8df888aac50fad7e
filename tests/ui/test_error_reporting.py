"""Faults are logged and shown once; cycles are collected in the window's thread."""

from __future__ import annotations

import gc
import logging
import subprocess
import sys
import threading
import traceback
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from rnnstudio.ui import error_reporting as faults

DYING = """
import faulthandler, logging, sys
from contextlib import ExitStack
from pathlib import Path
from PySide6.QtWidgets import QApplication
from rnnstudio.ui import error_reporting as faults

faults.log_folder = lambda: Path(sys.argv[1])
faults.MOST_LOG_BYTES = 500
app = QApplication([])
log = faults.log_folder() / "rnnstudio.log"
with faults.reported(app), ExitStack() as another:
    of_another, _ = faults._open_log(log, another)
    while not log.with_name("rnnstudio.log.1").exists():
        logging.getLogger("rnnstudio").error("of this studio")
    of_another.emit(logging.makeLogRecord({"msg": "of another studio"}))
    faulthandler._sigabrt()
"""


class Cycle:
    def __init__(self) -> None:
        self.itself = self
        weakref.finalize(self, collected_in.append, threading.get_ident())


collected_in: list[int] = []


def test_that_a_cycle_that_has_grown_old_is_collected_in_the_windows_thread(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "COLLECT_MS", 5)
    collected_in.clear()
    with faults.collected_here():
        old = Cycle()
        gc.collect(0)
        gc.collect(1)  # now it is of the oldest generation
        assert any(each is old for each in gc.get_objects(2))
        del old
        qtbot.waitUntil(lambda: bool(collected_in), timeout=20_000)
    assert collected_in == [threading.get_ident()]
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_that_the_report_names_versions_and_places_and_no_home_nor_data(qtbot: QtBot) -> None:
    try:
        raise ValueError("anything")
    except ValueError as error:
        places = "".join(traceback.format_tb(error.__traceback__))
    text = faults.report(f'{places}File "{Path.home()}/lesson.py", line 3')
    assert "NumPy" in text
    assert "test_error_reporting.py" in text
    assert "~/lesson.py" in text
    assert str(Path.home()) not in text.replace("~/", "")


@pytest.mark.skipif(sys.platform == "win32", reason="home and user are not set like this there")
def test_that_the_report_does_not_name_the_user_outside_the_home_folder_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", "/people/alice")
    monkeypatch.setenv("LOGNAME", "alice")
    places = ("/people/alice/a.py", "/media/alice/stick/b.py", "/people/alicent/c.py")
    text = faults.report("\n".join(f'File "{place}", line 3' for place in places))
    kept = [line.split('"')[1] for line in text.splitlines() if line.startswith("File")]
    assert kept == ["~/a.py", "/media/~/stick/b.py", "/people/alicent/c.py"]


def test_that_faults_are_reported_where_there_is_neither_a_log_nor_standard_error(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setattr(faults, "log_folder", lambda: tmp_path / "file")
    monkeypatch.setattr(sys, "stderr", None)
    with faults.reported(qapp) as reporter:
        assert reporter.no_log is not None


def raised(error: Exception) -> None:
    """An error that nothing handles."""
    try:
        raise error
    except Exception as found:
        sys.excepthook(type(found), found, found.__traceback__)


def answer(button: str) -> list[str]:
    """Press a button of the box that shows a fault; the list gets what it says."""
    said: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(box.informativeText())
        next(each for each in box.buttons() if each.text() == button).click()

    QTimer.singleShot(50, press)
    return said


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(faults, "log_folder", lambda: tmp_path)
    return tmp_path / "rnnstudio.log"


def test_that_a_fault_is_shown_once_with_a_report_to_copy(
    qtbot: QtBot, qapp: QApplication, log: Path
) -> None:
    with faults.reported(qapp):
        shown = answer("Copy the report")
        raised(ValueError(f"the secret price {9_874 + 1}"))
        raised(ValueError("another"))
    assert str(log) in shown[0]
    copied = QApplication.clipboard().text()
    assert "ValueError" in copied
    assert "9875" not in copied
    assert "9875" in log.read_text(encoding="utf-8")


def cannot_be_kept() -> bool:
    raise TypeError("the broken part is what there is to keep")


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        (lambda: True, "Unsaved work is kept."),
        (lambda: False, "Unsaved work could not be kept"),
        (cannot_be_kept, "Unsaved work could not be kept"),
    ],
)
def test_that_work_is_kept_before_a_fault_is_shown_and_said_whether_it_was(
    qtbot: QtBot, qapp: QApplication, log: Path, keep: Callable[[], bool], said: str
) -> None:
    shown = []
    with faults.reported(qapp) as reporter:

        def keep_and_look() -> bool:
            shown.append(QApplication.activeModalWidget())
            return keep()

        reporter.keep_work = keep_and_look
        sentences = answer("OK")
        raised(ValueError("anything"))
    assert shown == [None]
    assert said in sentences[0]


def test_that_a_log_stays_within_its_bounds_while_the_application_runs(
    qapp: QApplication, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "MOST_LOG_BYTES", 500)
    with faults.reported(qapp):
        for number in range(200):
            logging.getLogger("rnnstudio").warning("fault %s", number)
            assert log.stat().st_size < 500
    names = sorted(path.name for path in log.parent.iterdir())
    assert names == ["rnnstudio.log", *(f"rnnstudio.log.{age}" for age in (1, 2, 3))]
    kept = "".join(
        log.with_name(name).read_text(encoding="utf-8") for name in (*reversed(names[1:]), names[0])
    )
    numbers = [int(line.rpartition(" ")[2]) for line in kept.splitlines()]
    assert numbers == list(range(numbers[0], 200)), "nothing is lost from one to the next"


def test_that_a_second_studio_and_the_interpreters_last_words_go_on_in_a_log_put_aside(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DYING, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    text = (tmp_path / "rnnstudio.log").read_text(encoding="utf-8")
    assert "of another studio" in text
    assert "Fatal Python error" in text
