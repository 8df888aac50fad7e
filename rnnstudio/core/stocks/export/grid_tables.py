"""The results of ``compare.run`` as two Markdown tables: the networks, and what they have to beat.

A result is read as plain data, so that one that was kept as JSON makes the same tables.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rnnstudio.core.stocks.evaluation.uncertainty import ConfidenceInterval

Result = Mapping[str, Any]


def network_table(results: Sequence[Result]) -> str:
    """Every figure of each network's panel, one line each."""
    return _table(_NETWORK, results)


def baseline_table(results: Sequence[Result]) -> str:
    """Persistence, drift and moving average on the same days, one line each."""
    lines = {
        (row["share"], row["target"], name): {
            **row["panel"]["forecasts"][name],
            "name": name,
            **row,
        }
        for row in results
        for name in row["panel"]["forecasts"]
        if name != "network"
    }
    return _table(_BASELINES, list(lines.values()))


def _table(columns: Mapping[str, Callable[[Any], str]], rows: Sequence[Any]) -> str:
    lines = [list(columns), ["---"] * len(columns)]
    lines += [[tell(row) for tell in columns.values()] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _own(row: Result) -> Mapping[str, Any]:
    found: Mapping[str, Any] = row["panel"]["forecasts"]["network"]
    return found


def _direction(found: Mapping[str, Any]) -> str:
    share = found["direction"]["share"]
    return "calls none" if share is None else _between(share, ".0%")


def _between(interval: Mapping[str, float | None], digits: str) -> str:
    found = (interval[name] for name in ("estimate", "low", "high"))
    return ConfidenceInterval(*(math.nan if each is None else each for each in found)).format(
        digits
    )


def _figure(value: float | None, digits: str) -> str:
    """A number of plain data, in which None is one that does not exist."""
    return "none" if value is None else f"{value:{digits}}"


def _seeds(row: Result) -> str:
    seeds = row["panel"]["seeds"]
    if seeds is None:
        return "one"
    rmses = seeds["rmses"]
    tie = ", a tie" if seeds["ties_with_persistence"] else ""
    return f"{min(rmses):.4g} to {max(rmses):.4g}{tie}"


def _coverage(row: Result) -> str:
    covered = row["panel"]["horizons"]["coverage"]
    if covered is None:
        return "none"
    return f"{covered[0]:.0%}, {sum(covered) / len(covered):.0%}"


def _ledger(row: Result) -> str:
    wrong = [entry["name"] for entry in row["panel"]["ledger"] if not entry["ok"]]
    return ", ".join(wrong) or "in order"


_NETWORK: Mapping[str, Callable[[Result], str]] = {
    "share": lambda row: f"{row['share']} {row['target']}",
    "preset": lambda row: str(row["preset"]),
    "engine": lambda row: str(row["engine"]),
    "RMSE": lambda row: f"{_own(row)['rmse']:.4g}",
    "MAE": lambda row: f"{_own(row)['mae']:.4g}",
    "MAPE": lambda row: _figure(_own(row)["mape"], ".2%"),
    "MASE": lambda row: _figure(_own(row)["mase"], ".3f"),
    "direction": lambda row: _direction(_own(row)),
    "skill": lambda row: _between(row["panel"]["skill"], "+.3f"),
    "RMSE of the seeds": _seeds,
    "correlation with today, yesterday": lambda row: ", ".join(
        _figure(row["panel"]["lag"][name], ".4f") for name in ("with_today", "with_yesterday")
    ),
    "coverage at 1 day, 1 to 10": _coverage,
    "closed loop, flat": lambda row: (
        f"{row['panel']['closed_loop']['rmse']:.4g}, {row['panel']['flat']['rmse']:.4g}"
    ),
    "ledger": _ledger,
}
_BASELINES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "share": lambda row: f"{row['share']} {row['target']}",
    "test days": lambda row: str(row["rows_test"]),
    "forecast": lambda row: str(row["name"]),
    "RMSE": lambda row: f"{row['rmse']:.4g}",
    "MAE": lambda row: f"{row['mae']:.4g}",
    "MAPE": lambda row: _figure(row["mape"], ".2%"),
    "MASE": lambda row: _figure(row["mase"], ".3f"),
    "direction": _direction,
}
