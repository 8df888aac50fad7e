"""From a file that is dropped on the window to the verdict of five seeds, beside one seed alone.

The one seed is read, trained and judged in the same window, with the same days and settings. How
long that takes without any window stands beside it.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from PySide6.QtCore import Qt

from benchmarks.journeys import SIZE, Hand, write_prices
from benchmarks.report import Goal, Report, timing_rows
from benchmarks.timing import Turn, alternate, once, ratio, say
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.stocks.data.csv_import import read_csv
from rnnstudio.core.stocks.data.split import split_share
from rnnstudio.core.stocks.evaluation.evaluate_job import evaluate_summarized
from rnnstudio.core.stocks.evaluation.forecast import NEVER, USUAL
from rnnstudio.core.stocks.evaluation.seeds import SEEDS
from rnnstudio.core.stocks.model.forecaster import train
from rnnstudio.core.stocks.model.presets import preset_for
from rnnstudio.core.training import Control, Finished
from rnnstudio.ui.application import make_application
from rnnstudio.ui.running import Phase
from rnnstudio.ui.screenshots.screen import Screen, opened

FIVE, ONE, BARE = "five seeds", "one seed", "one seed, no window"
GOALS = (Goal("ratio_one", 3.0),)


@dataclass(frozen=True)
class Plan:
    """How much is measured; the defaults are the benchmark. The file has so many ``days``."""

    days: int = 3_000
    rounds: int = 3


def measure(plan: Plan = Plan()) -> Report:
    """Both in turn, each time from the file on; the first round of each does not count."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    make_application()
    say("verdict")
    with opened(SIZE) as screen:
        screen.window.tabs.show_start()  # as on the first day
        path = screen.folder / "prices.csv"
        write_prices(path, plan.days)
        turns: dict[str, Turn] = {
            FIVE: lambda: [judge_five(screen, path)],
            ONE: lambda: [judge_one(screen, path)],
            BARE: once(lambda: judge_bare(path)),
        }
        seconds = alternate(turns, plan.rounds)
    return Report(
        figures={
            "days": plan.days,
            "seeds": SEEDS,
            "five_s": median(seconds[FIVE]),
            "one_s": median(seconds[ONE]),
            "bare_s": median(seconds[BARE]),
            "ratio_one": ratio(seconds, FIVE, ONE),
            "ratio_bare": ratio(seconds, FIVE, BARE),
        },
        rows=timing_rows(seconds),
        notes=[
            "from the drop of the file on the window to the verdict that is shown",
            f"{FIVE}: in parallel processes, by the violet button",
            f"{ONE}: trained, then judged, beside nothing else",
            f"{BARE}: the file is read, one network trained and judged, by Python alone",
        ],
        goals=GOALS,
    )


def judge_five(screen: Screen, path: Path) -> float:
    """Seconds from the drop of a file to the verdict of several seeds."""
    hand, tab = Hand(screen), screen.window.stocks
    start = time.perf_counter()
    hand.drop(path)
    hand.wait_until_read(path)
    hand.press(Qt.Key.Key_Return)
    screen.wait(lambda: tab.state.run.phase is Phase.FINISHED)
    return time.perf_counter() - start


def judge_one(screen: Screen, path: Path) -> float:
    """Seconds from the drop of a file to the verdict on one seed."""
    hand, tab = Hand(screen), screen.window.stocks
    start = time.perf_counter()
    hand.drop(path)
    hand.wait_until_read(path)
    tab.start()
    screen.wait(lambda: tab.state.run.phase is Phase.FINISHED)
    tab.evaluate()
    screen.wait(lambda: tab.state.evaluation is not None and not tab.state.run.active)
    return time.perf_counter() - start


def judge_bare(path: Path) -> None:
    """Read the file, train one network and evaluate it."""
    table = read_csv(path).table
    events = train(preset_for("sound", table), split_share(table), Control(), fit)
    trained = next(event.result for event in events if isinstance(event, Finished))
    evaluate_summarized(trained, NEVER, USUAL)
