"""Every number of an evaluation or a search as CSV text, for a spreadsheet."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.documents.csv_text import csv_text
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.evaluation.baselines import BASELINES
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary
from rnnstudio.core.stocks.export.forecast_json import summary_json
from rnnstudio.core.stocks.validation.search import SearchTable
from rnnstudio.core.stocks.validation.search_scores import SearchRow
from rnnstudio.core.stocks.validation.search_space import format_value

DIGITS = 10
"""Significant digits of a number: more than a price has, and fewer than the noise of its last
bits, as in 165.30999999999997."""
SUMMARY_SUFFIX = "-panel"


def summary_path(path: Path) -> Path:
    """Where the summary of the days at ``path`` is written."""
    return path.with_name(f"{path.stem}{SUMMARY_SUFFIX}{path.suffix}")


def write_sheets(path: Path, evaluation: Evaluation) -> tuple[Path, Path]:
    """Write the days to ``path`` and the summary beside it; raises UserError when it cannot be."""
    beside = summary_path(path)
    days, summary = (
        days_csv(evaluation),
        summary_csv(evaluation.summary),
    )  # stops come before writing
    write_atomically(path, days)
    write_atomically(beside, summary)
    return path, beside


def days_csv(evaluation: Evaluation) -> str:
    """One line a day, the days ahead after them, every number to DIGITS digits.

    A cell is empty if there is no such number: the truth of a day that is not known yet, an
    interval without an end, a day ahead of a day that is known.
    """
    forecast, ahead = evaluation.forecast, evaluation.future
    guesses = {name: guess(forecast.truth, forecast.rows) for name, guess in BASELINES.items()}
    own, later = _ends(forecast.band), _ends(ahead.band)
    known: dict[str, FloatArray | None] = {
        "truth": forecast.actual,
        "open loop": forecast.predicted,
        "residual": forecast.predicted - forecast.actual,
        "low": own[0],
        "high": own[1],
        "closed loop": forecast.closed_loop,
        **guesses,
        "days ahead": None,
    }
    unknown = {"days ahead": ahead.predicted, "low": later[0], "high": later[1]}
    names = list(known)
    lines = [
        *_lines(forecast.dates, [known[name] for name in names]),
        *_lines(ahead.dates, [unknown.get(name) for name in names]),
    ]
    return csv_text([["date", *names], *lines])


def summary_csv(summary: EvaluationSummary) -> str:
    """One line a figure: its place in the summary, and its value, to DIGITS digits."""
    return csv_text([["figure", "value"], *_figures("", summary_json(summary))])


def write_search(path: Path, table: SearchTable) -> None:
    """Write ``search_csv`` to ``path``; raises UserError when it cannot be written."""
    write_atomically(path, search_csv(table))


def search_csv(table: SearchTable) -> str:
    """The candidates with their ranks, the best first, every number unrounded.

    A cell is empty if there is no number.
    """
    lines = (_candidate(rank, row) for rank, row in enumerate(table.rows, start=1))
    return csv_text([["rank", *table.columns, "failures"], *lines])


def _candidate(rank: int, row: SearchRow) -> list[object]:
    ratios = (math.nan if score is None else score.ratio for score in row.scores)
    return [
        rank,
        *map(format_value, row.candidate.changed.values()),
        *map(_number, (row.mean, row.std, row.rmse, *ratios, row.seconds)),
        " ".join(map(str, row.failures)),
    ]


def _lines(
    dates: Sequence[Any] | np.ndarray[Any, Any], columns: list[FloatArray | None]
) -> Iterator[list[object]]:
    for at, day in enumerate(dates):
        yield [str(day), *("" if each is None else _cell(each[at]) for each in columns)]


def _ends(
    band: tuple[FloatArray, FloatArray] | None,
) -> tuple[FloatArray, FloatArray] | tuple[None, None]:
    """Low and high ends; NaN if an interval has no end, as no more is promised by the other."""
    if band is None:
        return None, None
    known = np.isfinite(band[1])
    return np.where(known, band[0], np.nan), np.where(known, band[1], np.nan)


def _cell(value: float) -> object:
    return _number(float(f"{value:.{DIGITS}g}"))


def _number(value: float) -> object:
    return float(value) if math.isfinite(value) else ""


def _figures(place: str, value: Any) -> Iterator[list[object]]:
    """The leaves of plain data by their places, as in ``horizons rmse 1``."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _figures(f"{place} {name}".strip(), part)
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value, start=1):
            yield from _figures(f"{place} {number}", part)
    elif isinstance(value, float):
        yield [place, _cell(value)]
    else:
        yield [place, "" if value is None else value]
