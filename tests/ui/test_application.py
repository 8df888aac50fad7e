"""The window as a process: how it starts where it must not write or be shown, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rnnstudio.core.session.recovery import left_over
from rnnstudio.core.session.session_file import open_session

STARTED = """
import signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.application import main, make_application
from rnnstudio.ui.theme.appearance import ColourChoice

def window():
    [found] = [each for each in app.topLevelWidgets() if hasattr(each, "tabs")]
    return found

app = make_application()
"""
INTERRUPTED = """
QTimer.singleShot(0, lambda: signal.raise_signal(getattr(signal, sys.argv[1])))
sys.exit(main())
"""
SETTING_KEPT = """
def look():
    appearance.keep_colours(ColourChoice.DARK)
    print(window().statusBar().currentMessage())
    app.quit()

QTimer.singleShot(0, look)
sys.exit(main())
"""
FAULTY = """
def fail():
    raise RuntimeError("as <b>planned</b>")

def look():
    box = app.activeModalWidget()
    print(box.text(), box.informativeText(), box.detailedText(), sep="|")
    box.accept()
    app.quit()

QTimer.singleShot(0, fail)
QTimer.singleShot(0, look)
sys.exit(main())
"""
KILLED_WHEN_FAULT_IS_SHOWN = """
from rnnstudio.ui.inspector.events import NumberEdited

def fail():
    window().inspector.dispatch(NumberEdited("x", (0, 0, 0), 7.0))
    raise RuntimeError("as planned")

def look():
    print(app.activeModalWidget().informativeText(), flush=True)
    signal.raise_signal(signal.SIGKILL)

QTimer.singleShot(0, fail)
QTimer.singleShot(0, look)
sys.exit(main())
"""
OPENED = """
from PySide6.QtGui import QFileOpenEvent

def open_file():
    app.sendEvent(app, QFileOpenEvent(sys.argv[1]))
    print(window().tabs.tabText(window().tabs.currentIndex()))
    app.quit()

QTimer.singleShot(0, open_file)
sys.exit(main())
"""
HOMES = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
LOG = Path("RNN Studio", "RNN Studio", "rnnstudio.log")


def start(
    program: str, home: Path, *arguments: str, **places: str
) -> subprocess.CompletedProcess[str]:
    """Run the program text with this folder as home and as place of all data."""
    surroundings = {**os.environ, **dict.fromkeys(HOMES, str(home)), **places}
    return subprocess.run(
        [sys.executable, "-c", STARTED + program, *arguments],
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "sign",
    [
        "SIGINT",
        pytest.param(
            "SIGTERM", marks=pytest.mark.skipif(sys.platform == "win32", reason="no polite kill")
        ),
    ],
)
def test_that_a_stop_in_the_terminal_closes_the_window_and_is_no_fault(
    tmp_path: Path, sign: str
) -> None:
    done = start(INTERRUPTED, tmp_path, sign)
    assert done.returncode == 0, done.stderr
    assert "KeyboardInterrupt" not in done.stderr
    assert "KeyboardInterrupt" not in (tmp_path / LOG).read_text(encoding="utf-8")


def test_that_a_file_is_opened_that_the_system_asks_to_open(tmp_path: Path) -> None:
    path = tmp_path / "Kelas X.txt"
    path.write_text("Tyrannosaurus\nAardonyx\n")
    done = start(OPENED, tmp_path, str(path))
    assert done.returncode == 0, done.stderr
    assert done.stdout == "Dinosaur generator\n"


def home_is_a_file(folder: Path) -> Path:
    (folder / "home").touch()
    return folder / "home"


def home_is_missing_in_a_file(folder: Path) -> Path:
    return home_is_a_file(folder) / "missing"


def log_is_a_folder(folder: Path) -> Path:
    (folder / LOG).mkdir(parents=True)
    return folder


def home_is_not_to_be_written(folder: Path) -> Path:
    """Not even by an administrator."""
    if not Path("/proc").is_dir():
        pytest.skip("there is no such place here")
    return Path("/proc")


@pytest.mark.parametrize(
    "make",
    [home_is_a_file, home_is_missing_in_a_file, log_is_a_folder, home_is_not_to_be_written],
)
def test_that_the_window_starts_where_no_log_and_no_setting_can_be_kept(make, tmp_path) -> None:
    done = start(SETTING_KEPT, make(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    [sentence] = done.stdout.splitlines()
    assert sentence.startswith("No log of faults can be kept in ")
    assert "rnnstudio.log" in sentence


def test_when_a_log_can_be_kept_nothing_is_said_of_it(tmp_path: Path) -> None:
    done = start(SETTING_KEPT, tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


def test_that_a_fault_is_shown_as_plain_text_with_its_place(tmp_path: Path) -> None:
    done = start(FAULTY, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("RuntimeError: as <b>planned</b>|")
    assert str(tmp_path / LOG) in done.stdout
    assert "in fail" in (tmp_path / LOG).read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_that_work_is_kept_by_the_time_a_fault_is_shown(tmp_path: Path) -> None:
    done = start(KILLED_WHEN_FAULT_IS_SHOWN, tmp_path)
    assert "Unsaved work is kept." in done.stdout, done.stderr
    (found,) = left_over((tmp_path / LOG).with_name("recovery"))
    assert open_session(found.path).inspector.side.scene.x[0, 0, 0] == 7.0


def test_when_no_log_can_be_kept_a_fault_shows_its_details(tmp_path: Path) -> None:
    done = start(FAULTY, home_is_a_file(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "in fail" in done.stdout
    assert "rnnstudio.log" not in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="there is always a screen here")
@pytest.mark.parametrize("screen", [{}, {"DISPLAY": ":987"}, {"QT_QPA_PLATFORM": "none-such"}])
def test_that_a_missing_screen_is_one_sentence(screen: dict[str, str]) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    without = {name: value for name, value in os.environ.items() if name not in screens}
    done = subprocess.run(
        [sys.executable, "-m", "rnnstudio"],
        env={**without, **screen},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    [sentence] = done.stderr.splitlines()
    assert sentence.startswith("rnnstudio: The window cannot be shown. Qt says: ")
