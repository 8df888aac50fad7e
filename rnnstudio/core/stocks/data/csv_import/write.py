"""The understood table as CSV text."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.documents.csv_text import csv_text
from rnnstudio.core.stocks.data.csv_import.findings import Reading
from rnnstudio.core.stocks.data.csv_import.options import CANONICAL
from rnnstudio.core.stocks.data.price_table import FloatArray

_EXACT = 2.0**53


def to_csv(reading: Reading) -> str:
    """``Date`` in ISO form and the canonical columns that there are, oldest row first.

    Every number is the shortest text that is read as the same float, with a decimal point.
    """
    names = [name for name in CANONICAL if name in reading.table.columns]
    columns = [_numbers(reading.table.columns[name]) for name in names]
    return csv_text([["Date", *names], *zip(reading.timestamps, *columns, strict=True)])


def _numbers(values: FloatArray) -> list[float]:
    if (np.abs(values) < _EXACT).all() and (values == np.rint(values)).all():
        values = values.astype(np.int64)
    found: list[float] = values.tolist()
    return found
