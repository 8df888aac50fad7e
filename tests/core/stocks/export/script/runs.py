"""Forecasts to be written as scripts, and scripts run without the application."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest, Forecast, evaluate
from rnnstudio.core.stocks.export.script.script import write_script
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from tests.core.stocks import made

FIRST_TEST_ROW = 70
FOREIGN = """
import runpy, sys
before = set(sys.modules)
try:
    runpy.run_path(sys.argv[1], run_name="__main__")
except SystemExit as end:
    status = end.code
new = [name for name in sys.modules if name not in before]
files = {name.partition(".")[0] for name in new if getattr(sys.modules[name], "__file__", None)}
foreign = files - set(sys.stdlib_module_names) - {"numpy"}
sys.exit(f"loaded {sorted(foreign)}" if foreign else status)
"""
"""Runs a script and fails where it has loaded anything from a file but Python and NumPy."""


def table() -> PriceTable:
    """85 days with prices, a volume that is 0 once, and a column of changes."""
    rng = np.random.default_rng(5)
    opens = 100 + 3 * np.sin(np.arange(85)) + rng.normal(0, 1, 85)  # there is something to learn
    volume = rng.integers(0, 1000, 85).astype(float)
    volume[40] = 0
    columns = {"Open": opens, "High": opens + rng.uniform(0, 2, 85), "Volume": volume}
    columns["Change %"] = rng.normal(0, 1, 85)
    return PriceTable("made.csv", made.table(opens).dates, columns)


def forecast(spec: ForecastSpec, prices: PriceTable | None = None) -> Forecast:
    """Trained and evaluated by the application, in NumPy whatever engine is named."""
    split = Split(table() if prices is None else prices, FIRST_TEST_ROW)
    return evaluate(made.trained(split, spec), question=EvaluationRequest(days=1))


@dataclass(frozen=True)
class Result:
    """What a script printed, how it ended, and the forecasts that it wrote, (test days,)."""

    status: int
    out: str
    predicted: list[float]


def run(path: Path) -> Result:
    """Run the script in a process that does not see the project, in an empty folder."""
    folder = path.parent / "empty"
    folder.mkdir(exist_ok=True)
    ended = subprocess.run(
        [sys.executable, "-I", "-c", FOREIGN, str(path)],
        check=False,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
    )
    assert ended.stderr == ""
    assert not list(folder.iterdir())
    with path.with_name(f"{path.stem}-forecast.csv").open(encoding="utf-8") as file:
        predicted = [float(day["predicted"]) for day in csv.DictReader(file)]
    return Result(ended.returncode, ended.stdout, predicted)


def written(folder: Path, spec: ForecastSpec) -> tuple[Path, Forecast]:
    """The script of a run with these settings, and the forecast that it is of."""
    made_by_us = forecast(spec)
    path, _ = write_script(folder / "run.py", made_by_us)
    return path, made_by_us


SOUND = replace(made.SOUND, epochs=12, learning_rate=0.02)
