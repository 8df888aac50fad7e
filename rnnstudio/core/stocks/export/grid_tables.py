"""The results of ``compare.run`` as two Markdown tables: the networks, and what they have to beat.

A result is read as plain data, so that one that was kept as JSON makes the same tables.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.evaluation.uncertainty import ConfidenceInterval, HitRate, Lag
from rnnstudio.core.stocks.evaluation.wording import (
    checks_cell,
    coverage_cell,
    figure,
    hit_rate_cell,
    lag_cell,
    percentage,
    seeds_cell,
    skill_cell,
)
from rnnstudio.core.text_table import text_table

Result = Mapping[str, Any]
Cell = Message | str
Column = tuple[Cell, Callable[[Any], Cell]]
"""A heading, and what stands under it for a row."""


def network_table(results: Sequence[Result]) -> str:
    """Every figure of each network's summary, one line each."""
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


def _interval(found: Mapping[str, float | None]) -> ConfidenceInterval:
    return ConfidenceInterval(*(_known(found[name]) for name in ("estimate", "low", "high")))


def _known(value: float | None) -> float:
    """A number of plain data, in which None is one that does not exist."""
    return math.nan if value is None else value


def _direction(found: Mapping[str, Any]) -> Message:
    hits = found["direction"]
    share = None if hits["share"] is None else _interval(hits["share"])
    return hit_rate_cell(HitRate(hits["hits"], hits["days"], share))


def _seeds(row: Result) -> Message:
    seeds = row["panel"]["seeds"]
    if seeds is None:
        return seeds_cell((), None)
    return seeds_cell(seeds["rmses"], seeds["ties_with_persistence"])


def _lag(row: Result) -> Message:
    lag = row["panel"]["lag"]
    return lag_cell(Lag(_known(lag["with_today"]), _known(lag["with_yesterday"])))


def _failed(row: Result) -> Message:
    return checks_cell([check["name"] for check in row["panel"]["ledger"] if not check["ok"]])


_NETWORK: Sequence[Column] = (
    (Message("share"), lambda row: f"{row['share']} {row['target']}"),
    (Message("preset"), lambda row: str(row["preset"])),
    (Message("engine"), lambda row: str(row["engine"])),
    ("RMSE", lambda row: figure(_own(row)["rmse"])),
    ("MAE", lambda row: figure(_own(row)["mae"])),
    ("MAPE", lambda row: percentage(_known(_own(row)["mape"]))),
    ("MASE", lambda row: figure(_known(_own(row)["mase"]))),
    (Message("direction"), lambda row: _direction(_own(row))),
    (Message("skill"), lambda row: skill_cell(_interval(row["panel"]["skill"]))),
    (Message("RMSE of the seeds"), _seeds),
    (Message("correlation with today, yesterday"), _lag),
    (
        Message("coverage at 1 day, 1 to 10"),
        lambda row: coverage_cell(row["panel"]["horizons"]["coverage"]),
    ),
    (
        Message("closed loop, flat"),
        lambda row: Message(
            "{closed:.4g}, {flat:.4g}",
            {
                "closed": row["panel"]["closed_loop"]["rmse"],
                "flat": row["panel"]["flat"]["rmse"],
            },
        ),
    ),
    (Message("failed checks"), _failed),
)
_BASELINES: Sequence[Column] = (
    (Message("share"), lambda row: f"{row['share']} {row['target']}"),
    (Message("test days"), lambda row: str(row["rows_test"])),
    (Message("forecast"), lambda row: str(row["name"])),
    ("RMSE", lambda row: figure(row["rmse"])),
    ("MAE", lambda row: figure(row["mae"])),
    ("MAPE", lambda row: percentage(_known(row["mape"]))),
    ("MASE", lambda row: figure(_known(row["mase"]))),
    (Message("direction"), _direction),
)
