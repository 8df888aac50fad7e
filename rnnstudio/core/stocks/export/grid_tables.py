"""The results of ``compare.run`` as two Markdown tables: the networks, and what they have to beat.

A result is read as plain data, so that one that was kept as JSON makes the same tables.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.evaluation.uncertainty import ConfidenceInterval
from rnnstudio.core.text_table import text_table

Result = Mapping[str, Any]
Cell = Message | str
Column = tuple[Cell, Callable[[Any], Cell]]
"""A heading, and what stands under it for a row."""


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


def _table(columns: Sequence[Column], rows: Sequence[Any]) -> str:
    return text_table(
        [heading for heading, _ in columns], [[cell(row) for _, cell in columns] for row in rows]
    )


def _own(row: Result) -> Mapping[str, Any]:
    found: Mapping[str, Any] = row["panel"]["forecasts"]["network"]
    return found


def _direction(found: Mapping[str, Any]) -> Cell:
    share = found["direction"]["share"]
    return Message("calls none") if share is None else _between(share, ".0%")


def _between(interval: Mapping[str, float | None], digits: str) -> Cell:
    found = (interval[name] for name in ("estimate", "low", "high"))
    return ConfidenceInterval(*(math.nan if each is None else each for each in found)).format(
        digits
    )


def _figure(value: float | None, digits: str) -> Cell:
    """A number of plain data, in which None is one that does not exist."""
    return Message("none") if value is None else f"{value:{digits}}"


def _seeds(row: Result) -> Message:
    seeds = row["panel"]["seeds"]
    if seeds is None:
        return Message("one")
    ends = {"low": min(seeds["rmses"]), "high": max(seeds["rmses"])}
    if seeds["ties_with_persistence"]:
        return Message("{low:.4g} to {high:.4g}, a tie", ends)
    return Message("{low:.4g} to {high:.4g}", ends)


def _lag(row: Result) -> Message:
    lag = row["panel"]["lag"]
    values = {name: _figure(lag[name], ".4f") for name in ("with_today", "with_yesterday")}
    return Message("{with_today}, {with_yesterday}", values)


def _coverage(row: Result) -> Cell:
    covered = row["panel"]["horizons"]["coverage"]
    if covered is None:
        return Message("none")
    return f"{covered[0]:.0%}, {sum(covered) / len(covered):.0%}"


def _ledger(row: Result) -> Cell:
    wrong = [entry["name"] for entry in row["panel"]["ledger"] if not entry["ok"]]
    return ", ".join(wrong) or Message("in order")


_NETWORK: Sequence[Column] = (
    (Message("share"), lambda row: f"{row['share']} {row['target']}"),
    (Message("preset"), lambda row: str(row["preset"])),
    (Message("engine"), lambda row: str(row["engine"])),
    ("RMSE", lambda row: f"{_own(row)['rmse']:.4g}"),
    ("MAE", lambda row: f"{_own(row)['mae']:.4g}"),
    ("MAPE", lambda row: _figure(_own(row)["mape"], ".2%")),
    ("MASE", lambda row: _figure(_own(row)["mase"], ".3f")),
    (Message("direction"), lambda row: _direction(_own(row))),
    (Message("skill"), lambda row: _between(row["panel"]["skill"], "+.3f")),
    (Message("RMSE of the seeds"), _seeds),
    (Message("correlation with today, yesterday"), _lag),
    (Message("coverage at 1 day, 1 to 10"), _coverage),
    (
        Message("closed loop, flat"),
        lambda row: (
            f"{row['panel']['closed_loop']['rmse']:.4g}, {row['panel']['flat']['rmse']:.4g}"
        ),
    ),
    (Message("ledger"), _ledger),
)
_BASELINES: Sequence[Column] = (
    (Message("share"), lambda row: f"{row['share']} {row['target']}"),
    (Message("test days"), lambda row: str(row["rows_test"])),
    (Message("forecast"), lambda row: str(row["name"])),
    ("RMSE", lambda row: f"{row['rmse']:.4g}"),
    ("MAE", lambda row: f"{row['mae']:.4g}"),
    ("MAPE", lambda row: _figure(row["mape"], ".2%")),
    ("MASE", lambda row: _figure(row["mase"], ".3f")),
    (Message("direction"), _direction),
)
