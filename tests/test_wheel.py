"""What is installed works without the checkout: code, data and resources travel together."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from rnnstudio import __version__

ROOT = Path(__file__).resolve().parent.parent


def run(command: Sequence[str | Path], folder: Path, **variables: str) -> str:
    """Standard output of a command run in a folder; fails when the command fails."""
    result = subprocess.run(
        [*map(str, command)],
        check=False,
        cwd=folder,
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, f"{command}: {result.stdout}{result.stderr}"
    return result.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which a wheel of the project is installed, without what it depends on."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-qq"]
    build = [*pip, "wheel", ROOT, "--no-deps", "--no-build-isolation", "--wheel-dir", folder]
    run(build, folder)
    (wheel,) = folder.glob("*.whl")
    run([*pip, "install", wheel, "--no-deps", "--target", folder / "installed"], folder)
    return folder / "installed"


@pytest.mark.slow
def test_that_the_installed_program_prints_its_version(installed: Path) -> None:
    output = run(
        [sys.executable, "-m", "rnnstudio", "--version"],
        installed.parent,
        PYTHONPATH=str(installed),
    )
    assert output.strip() == f"RNN Studio {__version__}"


@pytest.mark.slow
@pytest.mark.keras
def test_that_the_installed_program_passes_its_self_test(installed: Path) -> None:
    command = [sys.executable, "-m", "rnnstudio", "--self-test"]
    report = json.loads(run(command, installed.parent, PYTHONPATH=str(installed)))
    assert report["ok"]
    assert Path(report["package"]) == installed / "rnnstudio"
    assert report["versions"]["rnnstudio"] == __version__
