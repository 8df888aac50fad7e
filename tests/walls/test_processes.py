"""What a process really has imported, whatever its source says; each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
QT = {"PySide6", "shiboken6", "pyqtgraph"}
HEAVY = {"tensorflow", "keras", "torch"}
SLOW_TO_START = {"pandas", "sklearn", "h5py"}

IMPORT_ALL_OF_CORE = """
import importlib, pkgutil
import rnnstudio.core
for module in pkgutil.walk_packages(rnnstudio.core.__path__, "rnnstudio.core."):
    # A class of scikit-learn's needs it at the top; no other module imports this one.
    if module.name != "rnnstudio.core.stocks.model.estimator":
        importlib.import_module(module.name)
"""

IMPORT_STATES = """
import importlib
from pathlib import Path
import rnnstudio
package = Path(rnnstudio.__file__).parent
for path in [*package.glob("ui/**/*state.py"), *package.glob("ui/running.py")]:
    importlib.import_module(".".join(path.relative_to(package.parent).with_suffix("").parts))
"""

SHOW_WINDOW = """
from rnnstudio.ui.application import make_application
from rnnstudio.ui.main_window import MainWindow
app = make_application()
window = MainWindow()
window.show()
app.processEvents()
window.close()
"""

HEADLESS = """
import contextlib
from rnnstudio.cli.main import run
with contextlib.suppress(SystemExit):
    run(["--version"])
"""

REPAINT_AND_EMIT = """
import sys
import pyqtgraph as pg
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

class Source(QObject):
    fired = Signal()

def counts():
    return sys.getrefcount(None), sys.getrefcount(True)

app = QApplication([])
plot = pg.PlotWidget()
curve = plot.plot([0.0, 1.0])
plot.show()
app.processEvents()
before = counts()
for step in range(300):
    curve.setData([float(step), step + 1.0])
    plot.setXRange(step, step + 10)
    plot.repaint()
    app.processEvents()
source = Source()
for _ in range(20_000):
    source.fired.emit()
gained = [after - was for was, after in zip(before, counts())]
print("gained:", *gained)
"""


def run_python(source: str) -> str:
    """Standard output of a new Python that runs the source; fails when it fails."""
    command = [sys.executable, "-c", source]
    result = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, f"status {result.returncode}: {result.stderr}"
    return result.stdout


def imported_by(source: str) -> set[str]:
    """The top-level packages in a new Python after it has run the source."""
    listing = (
        "\nimport json, sys\nprint(json.dumps(sorted({n.split('.')[0] for n in sys.modules})))"
    )
    return set(json.loads(run_python(source + listing).splitlines()[-1]))


def test_that_all_of_core_brings_neither_qt_nor_a_heavy_library() -> None:
    assert imported_by(IMPORT_ALL_OF_CORE) & (QT | HEAVY | SLOW_TO_START) == set()


def test_that_the_tabs_states_bring_no_qt() -> None:
    assert imported_by(IMPORT_STATES) & (QT | HEAVY) == set()


def test_that_a_headless_command_starts_without_qt() -> None:
    assert imported_by(HEADLESS) & (QT | HEAVY | SLOW_TO_START) == set()


def test_that_the_window_shows_without_a_heavy_library() -> None:
    pytest.importorskip("PySide6")
    assert imported_by(SHOW_WINDOW) & (HEAVY | SLOW_TO_START) == set()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None and True are immortal from 3.12 on")
def test_that_repaints_and_signals_lose_no_reference_to_none_or_true() -> None:
    pytest.importorskip("PySide6")
    gained = [int(count) for count in run_python(REPAINT_AND_EMIT).split()[1:]]
    # A few references come and go with caches; the fault loses one with every repaint or emit.
    assert min(gained) > -100, gained
