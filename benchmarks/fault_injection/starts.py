"""Starts what takes long in each tab and stops it at a random moment, over and over.

``python -m benchmarks.fault_injection.starts TAB COUNT`` does so in one tab, in a process of its
own, and reports what was left running or lying about and how the memory grew.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import psutil

from benchmarks.children import emit, first_line
from benchmarks.training_window import pause, wait
from rnnstudio.core.cells.clip_lab import ClipSpec
from rnnstudio.core.cells.flow import FlowSpec
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.ui.application import make_application
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.error_reporting import collected_here
from rnnstudio.ui.inspector.events import ClipChosen, FlowChosen, PlayToggled
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.ui.widgets.page_tabs import scrolled
from tests import leaks

Tab = InspectorTab | DinosaursTab | StocksTab
TABS = ("inspector", "names", "stocks")
_LONGEST_MS = 60
"""From a start to its stop, at most."""


@dataclass
class Starts:
    """``left`` names threads, timers, processes, windows and files that stayed.

    ``growth_percent`` is the growth of the process' memory from the first tenth of the starts to
    their end, the most of any tab.
    """

    starts: int = 0
    left: list[str] = field(default_factory=list)
    growth_percent: float = 0.0
    megabytes: dict[str, list[float]] = field(default_factory=dict)
    """After each tenth."""

    def add(self, other: Starts) -> None:
        """Count others too."""
        self.starts += other.starts
        self.left += other.left
        self.growth_percent = max(self.growth_percent, other.growth_percent)
        self.megabytes |= other.megabytes


def start_and_cancel(count: int) -> Starts:
    """Do so as often in every tab, one after the other."""
    found = Starts()
    for tab in TABS:
        _, said = first_line("benchmarks.fault_injection.starts", tab, str(count))
        found.add(Starts(**said))
    return found


@contextmanager
def nothing_left(name: str, found: Starts) -> Iterator[None]:
    """Note what is there after all within and was not before, files in the temporary folder too."""
    before = leaks.standing()
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = None
        found.left += [f"{name}: {path.name}" for path in Path(folder).iterdir()]
    found.left += [f"{name}: {text}" for text in leaks.left_behind(before)]


def measured(name: str, count: int, once: Callable[[], object], found: Starts) -> None:
    """Do it ``count`` times, and note the memory after each tenth."""
    memory = []
    for number in range(1, count + 1):
        once()
        if number % max(1, count // 10) == 0:
            gc.collect()
            processes = (psutil.Process(), *psutil.Process().children())
            memory.append(sum(each.memory_info().rss for each in processes) / 2**20)
    found.starts += count
    found.megabytes[name] = [round(each, 1) for each in memory]
    found.growth_percent = max(found.growth_percent, 100 * (memory[-1] / memory[0] - 1))


def _inspector(folder: Path) -> tuple[InspectorTab, Callable[[], object]]:
    """A model that is read, sliders that ask for flow and clipping, and playing."""
    tab, draw, path = InspectorTab(), Random(0), folder / "model.npz"
    weights: dict[str, Any] = dict(random_scene(CELLS["lstm"], Sizes(n_a=50), 1).parameters)
    np.savez(path, **weights)

    def once() -> None:
        tab.dispatch(PlayToggled())
        tab.dispatch(FlowChosen(FlowSpec(units=draw.randrange(1, 20), steps=100)))
        tab.dispatch(ClipChosen(ClipSpec()))
        tab.pages.turn_to(draw.choice(("flow", "clipping")))
        tab.form.open_file(path)
        pause(draw.randrange(_LONGEST_MS))
        tab.form.loader.cancel()
        tab.pages.turn_to("cell")
        tab.dispatch(PlayToggled())
        wait(lambda: not tab.form.loader.busy)

    return tab, once


def _names(_: Path) -> tuple[DinosaursTab, Callable[[], object]]:
    tab, draw = DinosaursTab(), Random(0)

    def once() -> None:
        tab.start()
        pause(draw.randrange(_LONGEST_MS))
        tab.home_page.bar.stop_clicked.emit()
        wait(lambda: not tab.state.run.active)

    return tab, once


def _stocks(_: Path) -> tuple[StocksTab, Callable[[], object]]:
    tab, draw = StocksTab({"numpy": fit}), Random(0)
    tab.form.show_spec(ForecastSpec(epochs=1000))

    def once() -> None:
        wait(lambda: tab.state.ready)  # it begins to read prices when it is first seen
        tab.start()
        pause(draw.randrange(_LONGEST_MS))
        tab.run_bar.stop_clicked.emit()
        wait(lambda: not tab.state.run.active)

    return tab, once


def main(arguments: Sequence[str]) -> None:
    """Start and stop in one tab, close it, and report."""
    makers: dict[str, Callable[[Path], tuple[Tab, Callable[[], object]]]] = {
        "inspector": _inspector,
        "names": _names,
        "stocks": _stocks,
    }
    name, count = arguments
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    leaks.remember_makers()
    make_application()
    found = Starts()
    with tempfile.TemporaryDirectory() as folder, collected_here(), nothing_left(name, found):
        tab, once = makers[name](Path(folder))
        area = scrolled(tab)
        area.show()
        measured(name, int(count), once, found)
        tab.shutdown()
        area.close()
        area.deleteLater()
    emit(**asdict(found))


if __name__ == "__main__":
    main(sys.argv[1:])
