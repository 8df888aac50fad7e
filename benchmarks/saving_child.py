"""Keeps and saves a large session in the real window and measures the gaps.

``python -m benchmarks.saving_child ROUNDS ROWS ITERATIONS EPOCHS``: so often, with a file of so
many prices, networks on names of up to so many iterations, and networks on prices of so many
epochs.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.children import emit
from benchmarks.training_window import SETTLE_MS, Ticks, pause, wait
from rnnstudio.core.names.recipes import FastSpec, PaperSpec, Spec
from rnnstudio.core.session.recovery import Recovery
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.ui.application import make_application
from rnnstudio.ui.dinosaurs.home.pace import FASTEST
from rnnstudio.ui.error_reporting import collected_here
from rnnstudio.ui.inspector.events import NumberEdited
from rnnstudio.ui.main_window import MainWindow
from rnnstudio.ui.shell.autosave import Autosave

TICK_MS = 5
SEEDS = (1, 2, 3)


def fill(window: MainWindow, prices: Path, iterations: int, epochs: int) -> None:
    """Train in both tabs and open the prices."""
    names, stocks = window.dinosaurs, window.stocks
    window.show_tab(1)
    names.jobs.set_pace(FASTEST)
    specs: list[Spec] = [PaperSpec(iterations=iterations, units=units) for units in (50, 100)]
    for spec in (*specs, FastSpec(units=128, epochs=epochs)):
        names.form.show_spec(spec)
        names.start()
        wait(lambda: not names.state.run.active)
    window.show_tab(2)
    wait(lambda: stocks.state.ready)
    for seed in SEEDS:
        stocks.form.show_spec(ForecastSpec(epochs=epochs, seed=seed))
        stocks.start()
        wait(lambda: not stocks.state.run.active)
    stocks.open_file(prices)
    wait(lambda: not stocks.obstacle())


def longest_gap(start: Callable[[], object], done: Callable[[], bool]) -> float:
    """Milliseconds for which the window stood still at the longest until it was ``done``."""
    pause(SETTLE_MS)
    ticks = Ticks(TICK_MS)
    start()
    wait(done)
    pause(10 * TICK_MS)
    ticks.deleteLater()
    return max(ticks.gaps())


def measure(window: MainWindow, folder: Path, rounds: int) -> None:
    """Edit, keep and save, again and again, and report."""
    autosave = Autosave(window.studio, Recovery(folder / "recovery"), window)
    file = folder / "session.rnnstudio"
    kept: list[float] = []
    saved: list[float] = []
    ends = [0]
    autosave.kept.connect(lambda: ends.append(0))
    window.studio.done.connect(lambda _: ends.append(0))

    def gap(start: Callable[[], object]) -> float:
        before = len(ends)
        return longest_gap(start, lambda: len(ends) > before)

    for number in range(rounds):
        window.inspector.dispatch(NumberEdited("x", (0, 0, 0), float(number)))
        kept.append(gap(autosave.keep_now))
        saved.append(gap(lambda: window.studio.save_file(file)))
    emit(
        keeping_max_ms=max(kept),
        keeping_median_ms=median(kept),
        keeping_first_ms=kept[0],
        saving_max_ms=max(saved),
        saving_median_ms=median(saved),
        file_mb=file.stat().st_size / 2**20,
    )
    autosave.shutdown()


def write_prices(path: Path, rows: int) -> None:
    """A random walk, a row a minute, as CSV."""
    walk = 100 * np.exp(np.cumsum(np.random.default_rng(1).normal(0, 1e-4, rows)))
    minutes = np.datetime64("2020-01-01T00:00") + np.arange(rows).astype("timedelta64[m]")
    days = zip(minutes.astype(str), walk, strict=True)
    lines = (f"{day},{each:.4f},{1.01 * each:.4f},{0.99 * each:.4f}" for day, each in days)
    path.write_text("\n".join(("Date,Open,High,Low", *lines)), encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Fill a window, keep and save."""
    rounds, rows, iterations, epochs = map(int, arguments)
    make_application()
    with tempfile.TemporaryDirectory() as folder, collected_here():
        prices = Path(folder, "prices.csv")
        write_prices(prices, rows)
        window = MainWindow()
        window.show()
        fill(window, prices, iterations, epochs)
        measure(window, Path(folder), rounds)
        window.close_unasked()


if __name__ == "__main__":
    main(sys.argv[1:])
