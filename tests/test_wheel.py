"""What is installed works without the checkout: code, data and resources travel together."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rnnstudio import __version__
from tools.package.contents import UNUSED_MODULES

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
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder into which a wheel of the project is installed, without what it depends on.

    It has blanks and letters of other scripts in its name, and nothing in it can be changed.
    """
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-qq"]
    build = [*pip, "wheel", ROOT, "--no-deps", "--no-build-isolation", "--wheel-dir", folder]
    run(build, folder)
    (wheel,) = folder.glob("*.whl")
    place = folder / "Studio für Übungen 数"
    run([*pip, "install", wheel, "--no-deps", "--target", place], folder)
    for part in (place, *place.rglob("*")):
        part.chmod(part.stat().st_mode & ~0o222)
    yield place
    for part in (place, *place.rglob("*")):
        part.chmod(part.stat().st_mode | 0o200)


REFUSED = """
import sys

class Refusing:
    def find_spec(self, name, path=None, target=None):
        if any(name == each or name.startswith(each + ".") for each in {names!r}):
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Refusing())
"""
"""Run by every Python that starts, the processes of the studio too."""


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
@pytest.mark.skipif(sys.platform == "win32", reason="Windows' shell cannot close a stream")
def test_that_the_installed_program_passes_its_self_test(installed: Path) -> None:
    """Without a home, an environment and streams, as a launcher or a service may start it.

    And without all that the bundle leaves out.
    """
    temporary, report = installed.parent / "tmp für 数", installed.parent / "report.json"
    temporary.mkdir()
    refusing = installed.parent / "refusing"
    refusing.mkdir()
    text = REFUSED.format(names=tuple(UNUSED_MODULES))
    (refusing / "sitecustomize.py").write_text(text, "utf-8")
    program = [sys.executable, "-m", "rnnstudio", "--self-test", "--report", str(report)]
    started = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" 0<&- 1>&- 2>&-', "sh", *program],
        cwd=installed.parent,
        env={
            "PYTHONPATH": os.pathsep.join((str(refusing), str(installed))),
            "TMPDIR": str(temporary),
        },
        check=False,
    )
    found = json.loads(report.read_text("utf-8"))
    assert [check for check in found["checks"] if not check["ok"]] == []
    assert (started.returncode, found["ok"], found["engines"]) == (0, True, ["numpy", "keras"])
    assert Path(found["package"]) == installed / "rnnstudio"
    assert found["versions"]["rnnstudio"] == __version__
    assert list(temporary.iterdir()) == []
