"""How long the cell inspector takes from a click or a drag to the end of the repaint.

The tab stands in a window of 1280 x 720 and is worked by its own buttons and slider.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from benchmarks.report import Goal, Report, Row
from benchmarks.timing import percentile, say
from rnnstudio.core.cells.lstm import LSTM
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.application import make_application
from rnnstudio.ui.inspector.events import CheckAsked, SceneChosen
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
    Goal("check_ms", 500),
)


@dataclass(frozen=True)
class Plan:
    """How much is measured; the defaults are the benchmark.

    ``scenes`` are named sizes; ``actions`` steps and as many positions of the slider are timed in
    either direction.
    """

    scenes: tuple[tuple[str, Sizes], ...] = (
        (SMALL, Sizes(n_a=8, T_x=50)),
        (LARGE, Sizes(n_a=50, T_x=200)),
    )
    check: Sizes = CHECKED
    actions: int = 100
    checks: int = 7


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
        start = time.perf_counter()
        act()
        end = time.perf_counter()
        quiet = 0
        while quiet < 2:
            before = self._updates
            self._app.processEvents()
            quiet = quiet + 1 if self._updates == before else 0
            if not quiet:
                end = time.perf_counter()
        return 1000 * (end - start)


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
    rows: list[Row] = []
    figures: dict[str, Any] = {}
    for name, sizes in plan.scenes:
        say(f"inspector: {name}")
        steps, scrubs = measure_scene(tab, painted, sizes, plan.actions)
        figures[name] = {
            "step_ms_p95": percentile(steps, 0.95),
            "scrub_ms_p95": percentile(scrubs, 0.95),
        }
        rows += [row(f"{name}, step", steps), row(f"{name}, scrub", scrubs)]
    say("inspector: gradient check")
    checks = measure_checks(tab, painted, plan)
    figures["check_ms"] = median(checks)
    tab.close()
    tab.shutdown()
    return Report(figures, [*rows, row("check", checks)], ["milliseconds"], GOALS)


def measure_scene(
    tab: InspectorTab, painted: Painted, sizes: Sizes, actions: int
) -> tuple[list[float], list[float]]:
    """Milliseconds of single steps and of single positions of the slider, both directions."""
    tab.dispatch(SceneChosen(random_scene(LSTM, sizes, seed=1)))
    steps: list[float] = []
    scrubs: list[float] = []
    for direction in (tab.transport.forward_button, tab.transport.backward_button):
        painted.milliseconds(direction.click)
        steps += [painted.milliseconds(tab.transport.operation_on.click) for _ in range(actions)]
        slider = tab.transport.slider
        for _ in range(actions):
            drag = partial(slider.setValue, (slider.value() + 1) % sizes.T_x)
            scrubs.append(painted.milliseconds(drag))
    return steps, scrubs


def measure_checks(tab: InspectorTab, painted: Painted, plan: Plan) -> list[float]:
    """Milliseconds of whole gradient checks, each of a scene that was not checked before."""
    tab.pages.setCurrentWidget(tab.check)
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
