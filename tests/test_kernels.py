"""``make test-kernels``: every kernel is run, or named with why it is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "tools/kernels.py", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_that_every_kernel_is_run_or_named_and_a_failure_is_one(tmp_path: Path) -> None:
    test = tmp_path / "test_it.py"
    test.write_text(
        "import threadpoolctl, numpy, os\n"
        "def test_that_the_kernel_is_the_one_asked_for():\n"
        "    found = [each.get('architecture') for each in threadpoolctl.threadpool_info()]\n"
        "    assert os.environ['OPENBLAS_CORETYPE'] in found\n",
        encoding="utf-8",
    )
    done = run("-q", str(test))
    said = dict(line.split(": ", 1) for line in done.stdout.splitlines()[-4:])
    assert list(said) == ["Nehalem", "Haswell", "Zen", "SkylakeX"]
    ran = [kernel for kernel, outcome in said.items() if outcome == "passed"]
    assert all(each.startswith(("passed", "as ", "left out: ")) for each in said.values())
    assert done.returncode == (0 if ran else 1)
    test.write_text("def test_that_fails():\n    assert False\n", encoding="utf-8")
    assert run("-q", str(test)).returncode == 1
