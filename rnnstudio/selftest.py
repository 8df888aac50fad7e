"""The application checks itself: in a checkout, installed from a wheel, frozen.

``rnnstudio --self-test`` opens each tab, steps a cell, trains both engines two steps, walks forward
in a process, runs every command once, and prints one JSON object: what was checked, with which
versions, from where.
"""

from __future__ import annotations

import io
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from PySide6.QtWidgets import QApplication

from rnnstudio import __version__
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.engine.environment import TENSORFLOW
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.spec import (
    Dense,
    Examples,
    Fit,
    FitSpec,
    ModelSpec,
    Recurrent,
    TrainedModel,
)
from rnnstudio.core.lessons.reading import lesson_files
from rnnstudio.core.names.corpus import read_corpus
from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.core.names.train import train as train_names
from rnnstudio.core.session.kept_names import NamesWork
from rnnstudio.core.session.kept_scene import InspectorWork, SceneInWork
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_file import save_session
from rnnstudio.core.stocks.data.csv_import import read_prices
from rnnstudio.core.stocks.data.split import split_share
from rnnstudio.core.stocks.evaluation.evaluate_job import evaluate_summarized
from rnnstudio.core.stocks.evaluation.forecast import USUAL
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster, train
from rnnstudio.core.stocks.validation.walk_forward import Walk, walk_forward_job
from rnnstudio.core.training import Control, Finished, Training
from rnnstudio.paths import data_file, resource_file
from rnnstudio.ui.application import make_application
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.theme.formula import formula
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.workers.keras_child import KerasProcess
from rnnstudio.workers.processes import Processes

LIBRARIES = ("PySide6_Essentials", "pyqtgraph", "numpy", "pandas", "scikit-learn", "keras")
SHARE = data_file("prices/AAPL.csv")
SHIPPED = (data_file("names/dinosaurs.txt"), SHARE)
ENGINES_AGREE = 1e-4

Command = Callable[[Sequence[str]], int]


def run(command: Command) -> int:
    """Check everything and print the report; 0 when all is well, 1 when something is not.

    ``command`` runs a command line and gives its exit status.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    checks = [_outcome(check, check.__name__.removeprefix("check_")) for check in CHECKS]
    with TemporaryDirectory() as folder:
        for line in command_lines(Path(folder)):
            checks.append(_outcome(partial(check_command, command, line), " ".join(line[:2])))
    passed = all(check["ok"] for check in checks)
    report = {"ok": passed, "checks": checks, **_surroundings()}
    print(json.dumps(report, indent=2), flush=True)  # noqa: T201 - the report is the output
    return 0 if passed else 1


def check_files() -> None:
    """Data and resources have travelled with the program."""
    for path in (*SHIPPED, resource_file("icons/rnnstudio.svg")):
        if not path.is_file():
            raise FileNotFoundError(path)


def check_tabs() -> None:
    """Each tab opens and draws itself, and the inspector steps through a cell."""
    app = make_application()
    window = MainWindow()
    window.show()
    try:
        for index in range(window.tabs.count()):
            _open_tab(app, window, index)
        _step_cell(window.inspector)
    finally:
        window.close()


def check_engines() -> None:
    """Both engines train two steps from the same weights and come to the same losses."""
    keras = KerasProcess()
    try:
        numpy_losses, keras_losses = _train(fit), _train(keras.fit)
    finally:
        keras.close()
    if not np.allclose(numpy_losses, keras_losses, rtol=ENGINES_AGREE):
        raise ArithmeticError(f"NumPy's losses are {numpy_losses}, Keras' are {keras_losses}")


def check_forecasts() -> None:
    """A walk in a process is a forecast like one made here."""
    table = read_prices(SHARE)
    spec, split = ForecastSpec(window=5, units=2, epochs=1), split_share(table.part(slice(0, 200)))
    with Processes(1) as pool:
        walk: Walk = _result(walk_forward_job(spec, split, split.rows_test, pool, Control()))
    trained: TrainedForecaster = _result(train(spec, split, Control(), fit))
    evaluation = evaluate_summarized(trained, AccessLog(), USUAL)
    if not np.array_equal(walk.predicted, evaluation.forecast.predicted):
        raise ArithmeticError("the walk in a process is not the forecast that was made here")


def command_lines(folder: Path) -> Iterator[tuple[str, ...]]:
    """Every command there is, on little; the files that they need and make are in ``folder``."""
    names, network = str(folder / "names.rnnstudio"), str(folder / "network.rnnstudio")
    lines = SHARE.read_text("utf-8").splitlines(keepends=True)
    prices, newer = folder / "prices.csv", folder / "newer.csv"
    prices.write_text("".join(lines[:250]), "utf-8")
    newer.write_text("".join(lines[:300]), "utf-8")
    share, settings = str(prices), ("--epochs", "1", "--units", "2", "--window", "5")
    folds = (share, *settings, "--processes", "1")
    yield "cells", "verify"
    yield "cells", "scene", "lstm-1", "--out", str(folder / "scene.npz")
    program = folder / "program.py"
    program.write_text("def rnn_cell_backward(da_next, cache): return {}", "utf-8")
    yield "cells", "diagnose", str(program), "--run"
    sheets = ("--pdf", str(folder / "sheets.pdf"), "--key", str(folder / "key.pdf"))
    moodle = ("--gift", str(folder / "sheets.gift"), "--language", "id")
    yield "cells", "worksheet", "--seeds", "1..2", *sheets, *moodle
    yield "lessons", "list"
    yield "lessons", "check", str(lesson_files()[0])
    weights = folder / "cell.npz"
    np.savez(weights, **random_scene(CELLS["lstm"], Sizes(), 1).parameters)  # type: ignore[arg-type]
    yield "models", "inspect", str(weights)
    yield "names", "train", "--iterations", "20", "--save", names
    yield "names", "sample", "--model", names, "--count", "3"
    yield "names", "replay", names, "--at", "10"
    yield "names", "evaluate", "--recipes", "paper", "--iterations", "20", "--seeds", "1"
    claim = ("--prices", share, "--metric", "accuracy", "--value", "98.3")
    yield "stocks", "claim", *claim
    yield "stocks", "read", share, "--csv", str(folder / "table.csv")
    made = {"--save": network, "--report": str(folder / "a.html"), "--script": str(folder / "a.py")}
    files = (part for option in made.items() for part in option)
    yield "stocks", "forecast", "--train", share, *settings, *files
    yield "stocks", "apply", "--model", network, "--prices", str(newer)
    yield "stocks", "compare", "--share", f"X={share}", "--epochs", "1", "--seeds", "1"
    yield "stocks", "lies", "--train", share, *settings, "--lie", "scaler"
    yield "stocks", "walk", *folds, "--every", "20"
    yield "stocks", "search", *folds, "--try", "units=2,3", "--folds", "2"
    session = str(_session(folder / "session.rnnstudio"))
    yield "session", "info", session
    yield "session", "replay", session
    yield "translations", "check"
    yield "demo", "--quick", "--out", str(folder / "demo")
    yield "screenshots", "--state", "inspector-desk", "--out", str(folder / "screenshots")


def check_command(command: Command, line: tuple[str, ...]) -> None:
    """The command does its work, whatever it prints."""
    said = io.StringIO()
    with redirect_stdout(io.StringIO()), redirect_stderr(said):
        try:
            status = command(line)
        except SystemExit as left:
            status = int(left.code or 0)
    if status != 0:
        raise RuntimeError(f"exit status {status}: {said.getvalue().strip().splitlines()[-1:]}")


def _result(training: Training) -> Any:
    """What the training came to."""
    [result] = [event.result for event in training if isinstance(event, Finished)]
    return result


def _session(path: Path) -> Path:
    """A session with a network in it, saved at ``path``."""
    trained = _result(train_names(PaperSpec(iterations=20), read_corpus(SHIPPED[0]), Control()))
    scene = random_scene(CELLS["rnn"], Sizes(), 1)
    inspector = InspectorWork(SceneInWork(scene, scene))
    save_session(path, Session(inspector, NamesWork(trained=trained)))
    return path


def _open_tab(app: QApplication, window: MainWindow, index: int) -> None:
    window.tabs.setCurrentIndex(index)
    app.processEvents()
    tab = window.tabs.widget(index)
    if tab is None or not tab.isVisible() or tab.grab().isNull():
        raise RuntimeError(f"the tab {window.tabs.tabText(index)!r} does not show")


def _step_cell(inspector: InspectorTab) -> None:
    before = inspector.state.cursor.operation
    inspector.cell.transport.operation_on.click()
    if inspector.state.cursor.operation != before + 1:
        raise RuntimeError("the inspector did not step to the next operation")
    if formula(inspector.cell.card.formula.latex, sizes().formula, colours().ink).width <= 0:
        raise RuntimeError("the operation's formula cannot be set")


def _train(engine: Fit) -> list[float]:
    generator = np.random.default_rng(1)
    x = generator.normal(size=(8, 5, 2)).astype(np.float32)
    # One batch holds all examples, so that the engines' own shuffling makes no difference.
    training = engine(
        ModelSpec(n_x=2, layers=(Recurrent("lstm", 4), Dense(1))),
        FitSpec(epochs=2, batch_size=8),
        Examples(x=x, y=x[:, -1, :1]),
        control=Control(),
    )
    model: TrainedModel = _result(training)
    return [float(loss) for loss in model.losses]


def _outcome(check: Callable[[], None], name: str) -> dict[str, object]:
    start = time.perf_counter()
    try:
        check()
        error = None
    except Exception as caught:  # a broken installation may fail in any way; all are reported
        error = f"{type(caught).__name__}: {caught}"
    return {
        "name": name,
        "ok": error is None,
        "error": error,
        "seconds": round(time.perf_counter() - start, 2),
    }


CHECKS = (check_files, check_tabs, check_engines, check_forecasts)


def _surroundings() -> dict[str, object]:
    return {
        "versions": {
            "rnnstudio": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in (*LIBRARIES, TENSORFLOW)},
        },
        "system": platform.platform(),
        "frozen": bool(getattr(sys, "frozen", False)),
        "program": sys.executable,
        "package": str(Path(__file__).parent),
    }
