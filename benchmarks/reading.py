"""A million rows of prices, from the start of the command to its end: three ways of writing them.

Plain columns, Indonesian numbers with day first, and quoted cells with month names and units.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.report import Goal, Report, timing_rows
from benchmarks.timing import alternate, once, say

MINUTES = np.timedelta64(1, "m")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
GOALS = tuple(Goal(f"{name}_s", 5) for name in ("plain", "indonesian", "quoted"))


@dataclass(frozen=True)
class Plan:
    """How much is measured; the defaults are the benchmark."""

    rows: int = 1_000_000
    rounds: int = 3


def measure(plan: Plan = Plan()) -> Report:
    """``rnnstudio stocks read`` on each file in turns, each time in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        say("reading: writing the files")
        paths = {name: Path(folder) / f"{name}.csv" for name in ("plain", "indonesian", "quoted")}
        for name, path in paths.items():
            path.write_text("\n".join(lines(name, plan.rows)) + "\n", "utf-8")
        turns = {name: once(partial(read, path)) for name, path in paths.items()}
        seconds = alternate(turns, plan.rounds)
        sizes = [f"{name} {path.stat().st_size / 1e6:.0f} MB" for name, path in paths.items()]
    return Report(
        figures={f"{name}_s": median(values) for name, values in seconds.items()},
        rows=timing_rows(seconds),
        notes=[f"{plan.rows:,} rows, rnnstudio stocks read FILE --json: {', '.join(sizes)}"],
        goals=GOALS,
    )


def read(path: Path) -> None:
    """Run the command on ``path``; a failure of it is one of the benchmark."""
    command = [sys.executable, "-m", "rnnstudio", "stocks", "read", str(path), "--json"]
    subprocess.run(command, check=True, capture_output=True)


def lines(name: str, rows: int) -> Iterator[str]:
    """A walk of prices, one row a minute, in one of the dialects."""
    random = np.random.default_rng(0)
    moments = np.datetime64("2015-01-01T00:00:00") + np.arange(rows) * MINUTES
    prices = np.round(1000 + np.cumsum(random.normal(0, 0.2, rows)), 2).tolist()
    volumes = random.integers(1, 10**7, rows).tolist()
    yield HEADERS[name]
    for moment, price, volume in zip(moments.tolist(), prices, volumes, strict=True):
        if name == "plain":
            yield f"{moment},{price},{price},{price},{price},{price},{volume}"
        elif name == "indonesian":
            number = f"{price:,.2f}".translate(SWAPPED)
            units = f"{volume:,}".translate(SWAPPED)
            yield f"{moment:%d/%m/%Y %H:%M};{number};{number};{number};{number};{units}"
        else:
            day = f"{MONTHS[moment.month - 1]} {moment:%d, %Y %H:%M}"
            cells = (day, *4 * [f"{price:,.2f}"], f"{volume / 1e6:.2f}M", "-0.53%")
            yield ",".join(f'"{cell}"' for cell in cells)


SWAPPED = str.maketrans(",.", ".,")
HEADERS = {
    "plain": "Date,Open,High,Low,Close,Adj Close,Volume",
    "indonesian": "Tanggal;Pembukaan;Tertinggi;Terendah;Penutupan;Volume",
    "quoted": '"Date","Price","Open","High","Low","Vol.","Change %"',
}
