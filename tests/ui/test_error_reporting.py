"""Faults are logged and shown once; cycles are collected in the window's thread."""

from __future__ import annotations

import gc
import sys
import threading
import traceback
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from rnnstudio.ui import error_reporting as faults


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
    with faults.reported(qapp) as no_log:
        assert no_log is not None


def test_that_a_fault_is_shown_once_with_a_report_to_copy(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(faults, "log_folder", lambda: tmp_path)
    shown: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        shown.append(box.informativeText())
        next(each for each in box.buttons() if each.text() == "Copy the report").click()

    with faults.reported(qapp):
        QTimer.singleShot(50, press)
        try:
            raise ValueError(f"the secret price {9_874 + 1}")
        except ValueError as error:
            sys.excepthook(ValueError, error, error.__traceback__)
    assert "rnnstudio.log" in shown[0]
    copied = QApplication.clipboard().text()
    assert "ValueError" in copied
    assert "9875" not in copied
    assert "9875" in (tmp_path / "rnnstudio.log").read_text(encoding="utf-8")


def test_that_a_log_that_has_grown_is_put_aside_and_three_are_kept(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(faults, "log_folder", lambda: tmp_path)
    monkeypatch.setattr(faults, "MOST_LOG_BYTES", 10)
    for start in range(6):
        (tmp_path / "rnnstudio.log").write_text(f"start {start} and more", encoding="utf-8")
        with faults.reported(qapp):
            pass
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["rnnstudio.log", *(f"rnnstudio.log.{age}" for age in (1, 2, 3))]
    assert "start 5" in (tmp_path / "rnnstudio.log.1").read_text(encoding="utf-8")
