"""A result as text to read in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def render(result: Mapping[str, Any]) -> str:
    """The result's table, its goals, its notes and where it was measured."""
    parts = [f"{result['benchmark']}:", table(result["rows"])]
    if result["goals"]:
        parts.append(table([_goal_row(goal) for goal in result["goals"]]))
    parts += [f"- {note}" for note in result["notes"]]
    parts.append("- " + ", ".join(f"{k}: {v}" for k, v in result["surroundings"].items()))
    return "\n".join(parts)


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Aligned columns, named by the keys of the first row; numbers to the right."""
    heads = list(rows[0])
    cells = [[_cell(row[head]) for head in heads] for row in rows]
    numeric = [all(not isinstance(row[head], str) for row in rows) for head in heads]
    widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    lines = [heads, ["-" * width for width in widths], *cells]
    return "\n".join("  " + _line(line, widths, numeric) for line in lines)


def _line(cells: Iterable[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = [
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(cells, widths, numeric, strict=True)
    ]
    return "  ".join(padded).rstrip()


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    return str(value)


def _goal_row(goal: Mapping[str, Any]) -> dict[str, Any]:
    kind = "at least" if "at least" in goal else "at most"
    outcome = {True: "met", False: "missed", None: "not measured"}[goal["met"]]
    measured = goal["measured"]
    return {
        "figure": goal["figure"],
        "measured": measured,
        "goal": f"{kind} {goal[kind]:g}",
        "outcome": outcome,
    }
