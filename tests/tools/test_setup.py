from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import setup

ROOT = Path(__file__).resolve().parent.parent.parent


def test_when_the_environment_is_unknown_the_known_ones_are_listed() -> None:
    command = [sys.executable, "tools/setup.py", "kitchen"]
    result = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 2
    assert result.stdout == "Usage: python tools/setup.py app | bench | core | package | system\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux loads Qt's libraries")
def test_when_a_library_is_missing_its_debian_package_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(setup.QT_LIBRARIES, "libnot-there.so.7", "libnot-there7")
    assert "libnot-there7" in setup.missing_for_qt()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no apt-get")
def test_when_not_root_the_missing_package_is_said_and_not_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    setup.need(["libegl1", "libgl1"], "Qt")
    said = capsys.readouterr().out
    assert said.endswith("On Debian: sudo apt-get install libegl1 libgl1\n")


def test_when_an_interpreter_does_not_run_it_counts_as_absent(tmp_path: Path) -> None:
    launcher = tmp_path / "python"
    launcher.write_text("#!/bin/sh\nexit 127\n")
    launcher.chmod(0o755)
    assert not setup.runs(launcher)
    assert not setup.runs(tmp_path / "absent")
    assert setup.runs(Path(sys.executable))


def test_that_a_standing_environment_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = setup.Environment("env", ("--no-deps", "--no-index", str(ROOT / "absent")))
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text("one")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    with pytest.raises(subprocess.CalledProcessError):
        setup.make(environment)
    stamp = tmp_path / "env" / f".installed-{setup.digest(environment.packages)}"
    assert not stamp.exists(), "an installation that failed must be tried again"
    stamp.write_text(setup.digest(setup.inputs()))
    capsys.readouterr()
    setup.make(environment)
    assert capsys.readouterr().out == ""
    (tmp_path / "constraints.txt").write_text("two")
    with pytest.raises(subprocess.CalledProcessError):
        setup.make(environment)


def test_that_makefile_finds_an_interpreter_behind_a_broken_launcher(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("make is not expected on Windows")
    broken, working = tmp_path / "python3.13", tmp_path / "python3.11"
    broken.write_text("#!/bin/sh\necho not found >&2\nexit 127\n")
    working.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    for launcher in (broken, working):
        launcher.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    command = ["make", "--dry-run", "test-core"]
    result = subprocess.run(
        command,
        check=True,
        cwd=ROOT,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
    )
    assert "python3.13" not in result.stdout
    assert "tools/setup.py core" in result.stdout
