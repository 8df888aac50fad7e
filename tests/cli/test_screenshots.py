"""Pictures of the window's states from the command line."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from rnnstudio.cli import main


def test_that_the_states_are_listed_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["screenshots", "--list"]) == 0
    names = capsys.readouterr().out.splitlines()
    assert len(names) == len(set(names))
    assert all(name.replace("-", "").isalnum() for name in names)
    assert {"start", "inspector-desk", "gradient-flow", "names-desk", "shares-verdict"} <= {*names}


def test_that_a_picture_is_as_large_as_asked_and_nothing_of_the_users_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, out = tmp_path / "home", tmp_path / "made" / "here"
    home.mkdir()
    for variable in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(home))
    options = ["--size", "1024x700", "--language", "id", "--state", "inspector-desk"]
    call = [sys.executable, "-m", "rnnstudio", "screenshots", "--out", str(out), *options]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(out / "inspector-desk.png")]
    image = QImage(str(out / "inspector-desk.png"))
    assert (image.width(), image.height()) == (1024, 700)
    assert list(home.rglob("*.conf")) == []


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--state", "lunch"], "There is no state 'lunch'; --list names them all."),
        (["--size", "0x0"], "'0x0' is no size such as 1280x720"),
        (["--size", "wide"], "'wide' is no size such as 1280x720"),
    ],
)
def test_that_what_cannot_be_drawn_is_one_sentence(
    options: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(["screenshots", "--out", str(tmp_path), *options]) in (1, 2)
    [said] = capsys.readouterr().err.splitlines()
    assert sentence in said
    assert list(tmp_path.iterdir()) == []


def test_that_a_folder_that_cannot_be_made_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    out = str(tmp_path / "file" / "out")
    assert status(["screenshots", "--out", out, "--state", "start"]) == 1
    [said] = capsys.readouterr().err.splitlines()
    assert "cannot be made" in said


def status(line: list[str]) -> int:
    """The exit status of this command line."""
    try:
        return main.run(line)
    except SystemExit as left:
        return int(left.code or 0)
