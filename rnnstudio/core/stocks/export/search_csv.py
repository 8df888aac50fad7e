"""A search as CSV text, for a spreadsheet: one line a candidate, every number unrounded."""

from __future__ import annotations

import math
from pathlib import Path

from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.documents.csv_text import csv_text
from rnnstudio.core.stocks.validation.search import SearchTable
from rnnstudio.core.stocks.validation.search_scores import SearchRow
from rnnstudio.core.stocks.validation.search_space import format_value


def write_search(path: Path, table: SearchTable) -> None:
    """Write ``search_csv`` to ``path``; raises UserError when it cannot be written."""
    write_atomically(path, search_csv(table))


def search_csv(table: SearchTable) -> str:
    """The candidates with their ranks, the best first; a cell is empty where there is no number."""
    lines = (_line(rank, row) for rank, row in enumerate(table.rows, start=1))
    return csv_text([["rank", *table.columns, "failures"], *lines])


def _line(rank: int, row: SearchRow) -> list[object]:
    ratios = (math.nan if score is None else score.ratio for score in row.scores)
    return [
        rank,
        *map(format_value, row.candidate.changed.values()),
        *map(_cell, (row.mean, row.std, row.rmse, *ratios, row.seconds)),
        " ".join(map(str, row.failures)),
    ]


def _cell(value: float) -> object:
    return float(value) if math.isfinite(value) else ""
