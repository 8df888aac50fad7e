"""What no file of the project may hold."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
REGISTRIES = re.compile(r"pypi[.]org|pythonhosted[.]org|npmjs[.]org|debian[.]org")
# A path below such a folder is one machine's, unless the folder is named for what it is.
MACHINE_PATHS = re.compile(r"(?<![\w.~}-])/(work|home|root|Users|opt)/\w|\b[A-Z]:\\(Users|work)")


def tracked_files() -> list[Path]:
    """Every text file of the repository."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout")
    command = ["git", "ls-files", "-z"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    files = [ROOT / name for name in names.split("\0") if name]
    return [path for path in files if path.is_file() and b"\0" not in path.read_bytes()]


@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINE_PATHS], ids=["registry", "machine"])
def test_that_no_tracked_file_names_a_registry_or_a_machine(pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in tracked_files()
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


def test_that_the_constraints_pin_versions_and_name_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    wrong = [line for line in pins if not re.match(r"[a-z0-9-]+==[^\s/:]+(; .*)?$", line)]
    assert wrong == []
    assert len(pins) > 50
