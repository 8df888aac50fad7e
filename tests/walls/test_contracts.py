from __future__ import annotations

from pathlib import Path

import pytest

import rnnstudio
from tests.walls.contracts import (
    CSV,
    NAMES,
    STOCKS,
    STOCKS_UI,
    WALLS,
    breaches,
    inner_imports,
    modules,
    within,
)

PACKAGE = Path(rnnstudio.__file__).parent

BAD_IMPORTS = [
    ("core", "core/errors.py", "from PySide6.QtCore import QObject"),
    ("core", "core/planted.py", "import shiboken6"),
    ("core", "core/planted.py", "import pyqtgraph as pg"),
    ("core", "core/planted.py", "from rnnstudio.workers.run import Runner"),
    ("core", "core/planted.py", "from rnnstudio import ui"),
    ("core", "core/planted.py", "import rnnstudio.cli.main"),
    ("core", "core/planted.py", "def late() -> None:\n    import keras"),
    ("foundation", "core/training.py", "from rnnstudio.core.engine import fit"),
    ("cells", "core/cells/planted.py", "from rnnstudio.core.names import corpus"),
    ("lessons", "core/lessons/planted.py", "from rnnstudio.core.session import session"),
    ("worksheets", "core/worksheets/planted.py", "from rnnstudio.core.lessons import lesson"),
    ("cells", "core/cells/planted.py", "from rnnstudio.core.keras_engine import weights"),
    ("engine", "core/engine/planted.py", "from rnnstudio.core.stocks import windows"),
    ("lessons", "core/lessons/planted.py", "from rnnstudio.core.names import corpus"),
    ("worksheets", "core/worksheets/planted.py", "from rnnstudio.core.names import corpus"),
    ("engine", "core/engine/planted.py", "from rnnstudio.core.keras_engine import weights"),
    ("engine", "core/engine/planted.py", "import tensorflow"),
    ("language", "core/language.py", "from rnnstudio.core import names"),
    ("text_table", "core/text_table.py", "from rnnstudio.core.stocks import export"),
    ("keras_engine", "core/keras_engine/planted.py", "from rnnstudio.core.stocks import windows"),
    ("keras_engine", "core/keras_engine/planted.py", "from PySide6 import QtCore"),
    ("documents", "core/documents/planted.py", "from rnnstudio.core.names import corpus"),
    ("models", "core/models/planted.py", "from rnnstudio.core.keras_engine import build"),
    ("models", "core/models/planted.py", "from rnnstudio.core.names import corpus"),
    ("names", "core/names/planted.py", "from rnnstudio.core.stocks import windows"),
    ("names", "core/names/planted.py", "from rnnstudio.core import keras_engine"),
    *(
        (f"names_{level}", f"core/names/{file}.py", f"import {NAMES}.{foreign}")
        for level, file, foreign in (
            ("reading", "reading/planted", "report"),
            ("lists", "corpus", "trained"),
            ("networks", "trained", "sampler"),
            ("sampling", "sampler", "document"),
            ("files", "document", "train"),
            ("training", "train", "ngram"),
            ("evaluation", "evaluate", "document"),
        )
    ),
    ("stocks", "core/stocks/planted.py", "from rnnstudio.core.names.corpus import read"),
    ("stocks", "core/stocks/planted.py", "from rnnstudio.core.keras_engine import weights"),
    *(
        (f"stocks_{package}", f"core/stocks/{package}/planted.py", f"import {STOCKS}.{foreign}")
        for package, foreign in {
            "data": "model.scaling",
            "model": "evaluation.metrics",
            "evaluation": "validation.folds",
            "validation": "export.csv_export",
            "teaching": "validation.search",
            "files": "export.forecast_json",
            "export": "teaching.leaks",
        }.items()
    ),
    *(
        (
            f"csv_{package}",
            f"core/stocks/data/csv_import/{package}/planted.py",
            f"import {CSV}.{foreign}",
        )
        for package, foreign in {
            "vocabulary": "lines.lines",
            "lines": "bytes.source",
            "bytes": "table.table_layout",
            "table": "columns.roles",
            "numbers": "days.dates",
            "days": "columns.roles",
            "columns": "checks.clean",
            "checks": "read",
        }.items()
    ),
    ("session", "core/session/planted.py", "from rnnstudio.core.engine.fit import fit"),
    ("workers", "workers/planted.py", "from PySide6.QtWidgets import QWidget"),
    ("workers", "workers/planted.py", "from PySide6 import QtGui"),
    ("workers", "workers/planted.py", "from rnnstudio.ui.theme.tokens import theme"),
    ("child", "workers/keras_child.py", "from PySide6.QtCore import QThread"),
    ("spawned", "workers/spawned.py", "from rnnstudio.core.stocks.validation.folds import Fold"),
    ("ui", "ui/planted.py", "def late() -> None:\n    import tensorflow"),
    ("ui", "ui/planted.py", "from rnnstudio.cli.main import run"),
    ("states", "ui/stocks/state.py", "from PySide6.QtCore import QDate"),
    ("states", "ui/running.py", "import pyqtgraph"),
    ("tab_inspector", "ui/inspector/planted.py", "from rnnstudio.ui.stocks.tab import StocksTab"),
    ("tab_dinosaurs", "ui/dinosaurs/planted.py", "import rnnstudio.ui.inspector.tab"),
    ("tab_stocks", "ui/stocks/planted.py", "from rnnstudio.ui import dinosaurs"),
    *(
        (f"stocks_ui_{part}", f"ui/stocks/{file}.py", f"import rnnstudio.ui.stocks.{foreign}")
        for part, file, foreign in (
            ("state", "state", "day_names"),
            ("ground", "job_runner", "network_jobs"),
            ("views", "planted_view", "tab"),
            ("holders", "settings_forms", "analysis_pages"),
            ("validation", "validation/planted", "runs.state"),
            ("runs", "runs/planted", "leakage_demos.leak_form"),
            ("leakage_demos", "leakage_demos/planted_view", "tab"),
            ("analysis_pages", "analysis_pages", "tab"),
            ("stocks_views", "stocks_views", "tab"),
            ("stocks_work", "stocks_work", "form"),
        )
    ),
    ("shared_ui", "ui/widgets/planted.py", "from rnnstudio.ui.stocks.state import State"),
    ("shared_ui", "ui/theme/tokens.py", "from rnnstudio.ui.main_window import MainWindow"),
    ("theme", "ui/theme/planted.py", "from rnnstudio.ui.widgets.plot import ZoomBox"),
    ("cli", "cli/planted.py", "from PySide6.QtWidgets import QApplication"),
    ("selftest", "selftest/self_test.py", "from rnnstudio.cli.main import run"),
    ("start", "__main__.py", "import numpy"),
    ("paths", "paths.py", "import numpy"),
    ("package", "__init__.py", "from rnnstudio.core.errors import UserError"),
]


def plant(line: str, file: str, folder: Path) -> Path:
    """A package of one of our files, or of a new one, with one more line at its end."""
    ours, copy = PACKAGE / file, folder / "rnnstudio" / file
    copy.parent.mkdir(parents=True)
    text = ours.read_text("utf-8") if ours.exists() else ""
    copy.write_text(f"{text}\n{line}\n", "utf-8")
    return folder / "rnnstudio"


def test_that_no_import_breaches_a_wall() -> None:
    assert breaches(PACKAGE) == []


def test_that_nothing_but_heavy_libraries_is_imported_inside_a_function() -> None:
    assert inner_imports(PACKAGE) == []


def test_that_every_module_stands_behind_a_wall() -> None:
    free = [name for name, _ in modules(PACKAGE) if not any(wall.holds(name) for wall in WALLS)]
    assert free == []


@pytest.mark.parametrize(
    ("prefix", "folder", "free"),
    [
        ("names_", NAMES, [NAMES]),
        ("stocks_ui_", STOCKS_UI, [STOCKS_UI, f"{STOCKS_UI}.tab"]),
    ],
)
def test_that_every_module_of_a_folder_with_levels_stands_on_one(
    prefix: str, folder: str, free: list[str]
) -> None:
    levels = [wall for wall in WALLS if wall.name.startswith(prefix)]
    inside = [name for name, _ in modules(PACKAGE) if within(name, (folder,))]
    assert [name for name in inside if not any(wall.holds(name) for wall in levels)] == free


@pytest.mark.parametrize(("wall", "file", "line"), BAD_IMPORTS)
def test_when_a_bad_import_is_added_its_wall_reports_it(
    wall: str, file: str, line: str, tmp_path: Path
) -> None:
    found = breaches(plant(line, file, tmp_path))
    assert any(report.startswith(f"{wall}: ") for report in found), found


def test_that_each_wall_finds_a_bad_import() -> None:
    assert {wall.name for wall in WALLS} == {wall for wall, _, _ in BAD_IMPORTS}


def test_when_an_import_hides_in_a_function_it_is_reported(tmp_path: Path) -> None:
    line = "def late() -> None:\n    from rnnstudio.core.training import Control"
    copy = plant(line, "core/engine/planted.py", tmp_path)
    assert any("planted" in report for report in inner_imports(copy))
