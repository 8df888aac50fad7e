"""What a benchmark gives back, as one JSON object and as a table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "build" / "benchmarks"

Row = Mapping[str, str | int | float | None]


@dataclass(frozen=True)
class Goal:
    """A figure (``window``'s are dotted, ``numpy.p99_ms``) is to be at most, or least, a limit."""

    figure: str
    limit: float
    least: bool = False

    def check(self, figures: Mapping[str, Any]) -> dict[str, Any]:
        """The goal beside what was measured; ``met`` is None where nothing was."""
        value: Any = figures
        for part in self.figure.split("."):
            value = value[part]
        met = None
        if value is not None:
            met = value >= self.limit if self.least else value <= self.limit
        limit = "at least" if self.least else "at most"
        return {"figure": self.figure, limit: self.limit, "measured": value, "met": met}


@dataclass(frozen=True)
class Report:
    """``figures`` go into the JSON under their own names; ``rows`` are the table."""

    figures: Mapping[str, Any]
    rows: Sequence[Row]
    notes: Sequence[str] = ()
    goals: Sequence[Goal] = ()


def timing_rows(seconds: Mapping[str, Sequence[float]], unit: float = 1.0) -> list[Row]:
    """One row a contestant: median, fastest and slowest, and how often it was measured."""
    return [
        {
            "contestant": name,
            "median": median(values) * unit,
            "fastest": min(values) * unit,
            "slowest": max(values) * unit,
            "measured": len(values),
        }
        for name, values in seconds.items()
    ]


def to_json(name: str, report: Report, surroundings: Mapping[str, Any]) -> dict[str, Any]:
    """The one object that ``--json`` prints."""
    return {
        "benchmark": name,
        **report.figures,
        "goals": [goal.check(report.figures) for goal in report.goals],
        "rows": list(report.rows),
        "notes": list(report.notes),
        "surroundings": dict(surroundings),
    }


def write(result: Mapping[str, Any], folder: Path = FOLDER) -> Path:
    """Write the result to ``folder``/NAME.json."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{result['benchmark']}.json"
    path.write_text(json.dumps(result, indent=2, allow_nan=False) + "\n", "utf-8")
    return path
