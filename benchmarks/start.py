"""From the start of the process to the window's first paint, and the memory it takes then.

Beside it, in turn, the least window of Qt and pyqtgraph: machines differ by more than two times,
what the application adds to that window does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.children import first_line
from benchmarks.report import Goal, Report
from benchmarks.timing import Turn, alternate, ratio, say

APPLICATION, BARE = "application", "bare window"
MODULES = {APPLICATION: "benchmarks.start_child", BARE: "benchmarks.bare_child"}
GOALS = (
    Goal("ratio_bare", 2.0),
    Goal("ratio_bare_memory", 1.5),
    Goal("tensorflow_imports", 0),
)


@dataclass(frozen=True)
class Plan:
    """How much is measured; the defaults are the benchmark."""

    rounds: int = 10


def measure(plan: Plan = Plan()) -> Report:
    """Start both again and again; the first start, with cold disks, does not count."""
    say("start")
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in MODULES}

    def turn(name: str) -> Turn:
        def start() -> Sequence[float]:
            seconds, line = first_line(MODULES[name])
            found[name].append(line)
            return [seconds]

        return start

    shown = alternate({name: turn(name) for name in MODULES}, plan.rounds)
    memory, processor = (
        {name: [line[figure] for line in found[name]] for name in MODULES}
        for figure in ("rss_mb", "processor_s")
    )
    rows = [
        {
            "what": f"{name}, {what}",
            "median": median(values[name]),
            "least": min(values[name]),
            "most": max(values[name]),
        }
        for what, values in (
            ("shown after, s", shown),
            ("processor, s", processor),
            ("memory, MB", memory),
        )
        for name in MODULES
    ]
    return Report(
        figures={
            "shown_s": median(shown[APPLICATION]),
            "bare_shown_s": median(shown[BARE]),
            "ratio_bare": ratio(shown, APPLICATION, BARE),
            "ratio_bare_processor": ratio(processor, APPLICATION, BARE),
            "rss_mb": median(memory[APPLICATION]),
            "bare_rss_mb": median(memory[BARE]),
            "ratio_bare_memory": ratio(memory, APPLICATION, BARE),
            "tensorflow_imports": max(line["tensorflow_imports"] for line in found[APPLICATION]),
        },
        rows=rows,
        notes=[
            f"python -m rnnstudio, on Qt's platform {found[APPLICATION][0]['platform']}",
            "processor: the time that the process itself worked; other work delays it less",
            "bare window: an empty chart of pyqtgraph in a window of Qt, of the same size",
        ],
        goals=GOALS,
    )
