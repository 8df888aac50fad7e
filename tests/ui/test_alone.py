"""Every view opens alone, with an example inside."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

UI = ROOT / "rnnstudio" / "ui"
OPENS = 'if __name__ == "__main__":'


def opening(tab: str) -> list[Path]:
    """The modules of a tab that open something when they are run."""
    return [path for path in sorted((UI / tab).rglob("*.py")) if OPENS in path.read_text("utf-8")]


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def classes(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.ClassDef)}


@pytest.mark.slow
@pytest.mark.parametrize("tab", ["dinosaurs", "inspector", "stocks"])
def test_that_every_view_of_a_tab_opens_alone(tab: str) -> None:
    paths = {dotted(path): path for path in opening(tab)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.opening", *paths],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.keys() == paths.keys() != set()
    for module, windows in found.items():
        assert len(windows) == 1, f"{module} opened {windows}"
        assert windows[0] in classes(paths[module])
