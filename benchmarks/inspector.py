"""How long the cell inspector takes from a click or a drag to the end of the repaint.

The tab stands in a window of 1280 x 720 and is worked by its own buttons. After every
action a bare chart of the same size is repainted twenty times: what an action costs the processor
is known as a multiple of that, on any machine and beside other work.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from benchmarks.report import Goal, Report, Row
from benchmarks.timing import percentile, ratio, say
from rnnstudio.core.cells.lstm import LSTM
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.application import make_application
from rnnstudio.ui.inspector.events import CheckAsked, SceneChosen, TimeChosen
from rnnstudio.ui.inspector.tab import InspectorTab

SIZE = (1280, 720)
SMALL, LARGE = "T50_n8", "T200_n50"
CHECKED = Sizes(n_a=8, T_x=10)
GOALS = (
    *(
        Goal(f"{size}.{figure}", limit)
        for size, limit in ((SMALL, 16), (LARGE, 100))
        for figure in ("step_ms_p95", "scrub_ms_p95")
    ),
    *(
        Goal(f"{size}.{figure}", limit)
        for size in (SMALL, LARGE)
        for figure, limit in (("ratio_step", 2.9), ("ratio_scrub", 1.85))
    ),
    Goal("check_ms", 500),
)


POINTS, REPAINTS = 1000, 20
"""Of the bare chart: how long its curve is, how often it is repainted at once."""
STEP, SCRUB, BARE = "step", "scrub", "bare chart"


@dataclass(frozen=True)
class Plan:
    """How much is measured; the defaults are the benchmark.

    ``scenes`` are named sizes; ``actions`` values and as many time steps are timed in
    either direction.
    """

    scenes: tuple[tuple[str, Sizes], ...] = (
        (SMALL, Sizes(n_a=8, T_x=50)),
        (LARGE, Sizes(n_a=50, T_x=200)),
    )
    check: Sizes = CHECKED
    actions: int = 100
    checks: int = 7


@dataclass(frozen=True)
class Cost:
    """Milliseconds that went by, and those that the processor worked."""

    milliseconds: float
    processor: float


class Painted(QObject):
    """Counts the window's repaints, so that an action is over when its last one is."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._updates = 0
        app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at every event, keep none back."""
        self._updates += event.type() == QEvent.Type.UpdateRequest
        return False

    def milliseconds(self, act: Callable[[], object]) -> float:
        """From the action to the end of the last repaint that follows from it."""
        return self.cost(act).milliseconds

    def cost(self, act: Callable[[], object]) -> Cost:
        """That, and what it costs this thread."""
        start, worked = time.perf_counter(), time.thread_time()
        act()
        end = time.perf_counter()
        quiet = 0
        while quiet < 2:
            before = self._updates
            self._app.processEvents()
            quiet = quiet + 1 if self._updates == before else 0
            if not quiet:
                end = time.perf_counter()
        return Cost(1000 * (end - start), 1000 * (time.thread_time() - worked))


def measure(plan: Plan = Plan()) -> Report:
    """Steps, drags and checks, one after the other."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Without this Qt's offscreen platform idles 5 ms before every repaint.
    os.environ["QT_QPA_UPDATE_IDLE_TIME"] = "0"
    painted = Painted(make_application())
    tab = InspectorTab()
    tab.resize(*SIZE)
    tab.show()
    painted.milliseconds(tab.update)
    bare = bare_chart()
    rows: list[Row] = []
    figures: dict[str, Any] = {}
    for name, sizes in plan.scenes:
        say(f"inspector: {name}")
        found = measure_scene(tab, bare, painted, sizes, plan.actions)
        figures[name] = {
            "step_ms_p95": percentile(wall(found[STEP]), 0.95),
            "scrub_ms_p95": percentile(wall(found[SCRUB]), 0.95),
            "ratio_step": processor_ratio(found, STEP),
            "ratio_scrub": processor_ratio(found, SCRUB),
        }
        rows += [row(f"{name}, {what}", wall(costs)) for what, costs in found.items()]
    say("inspector: gradient check")
    checks = measure_checks(tab, painted, plan)
    figures["check_ms"] = median(checks)
    bare.close()
    tab.close()
    tab.shutdown()
    notes = [
        "milliseconds",
        f"bare chart: {REPAINTS} repaints of a chart of {POINTS} points",
        "ratio: of the processor's time, the median of the action to that of the bare chart",
    ]
    return Report(figures, [*rows, row("check", checks)], notes, GOALS)


def bare_chart() -> pg.PlotWidget:
    """A curve of pyqtgraph in a window of its own; no font and no style of the application's."""
    chart = pg.PlotWidget()
    for axis in ("left", "bottom"):
        chart.hideAxis(axis)
    chart.plot(range(POINTS))
    chart.resize(*SIZE)
    chart.show()
    return chart


def measure_scene(
    tab: InspectorTab, bare: pg.PlotWidget, painted: Painted, sizes: Sizes, actions: int
) -> dict[str, list[Cost]]:
    """Single steps and single time steps, both directions.

    After each of them the bare chart's repaints.
    """
    tab.dispatch(SceneChosen(random_scene(LSTM, sizes, seed=1)))
    found: dict[str, list[Cost]] = {STEP: [], SCRUB: [], BARE: []}

    def repaint() -> None:
        for _ in range(REPAINTS):
            bare.viewport().repaint()

    def act(what: str, action: Callable[[], object]) -> None:
        found[what].append(painted.cost(action))
        found[BARE].append(painted.cost(repaint))

    for direction in tab.cell.transport.passes.buttons.values():
        painted.milliseconds(direction.click)
        for _ in range(actions):
            act(STEP, tab.cell.transport.operation_on.click)
        for _ in range(actions):
            time = (tab.state.cursor.time + 1) % sizes.T_x
            act(SCRUB, partial(tab.dispatch, TimeChosen(time)))
    return found


def wall(costs: Iterable[Cost]) -> list[float]:
    """The milliseconds that went by."""
    return [cost.milliseconds for cost in costs]


def processor_ratio(found: Mapping[str, Iterable[Cost]], what: str) -> float | None:
    """What an action costs the processor, as a multiple of the bare chart."""
    worked = {name: [cost.processor for cost in costs] for name, costs in found.items()}
    return ratio(worked, what, BARE)


def measure_checks(tab: InspectorTab, painted: Painted, plan: Plan) -> list[float]:
    """Milliseconds of whole gradient checks, each of a scene that was not checked before."""
    tab.workbench.open_section("check")
    checks = []
    for seed in range(1, plan.checks + 1):
        tab.dispatch(SceneChosen(random_scene(LSTM, plan.check, seed)))
        painted.milliseconds(tab.update)
        checks.append(painted.milliseconds(lambda: tab.dispatch(CheckAsked())))
    return checks


def row(what: str, values: list[float]) -> Row:
    """The middle, the slow end and the slowest of the values."""
    return {
        "what": what,
        "median": median(values),
        "p95": percentile(values, 0.95),
        "slowest": max(values),
        "measured": len(values),
    }
