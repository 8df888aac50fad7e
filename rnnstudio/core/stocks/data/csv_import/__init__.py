"""Reading any CSV file of prices: a table, a report, or a question."""

from __future__ import annotations

from pathlib import Path

from rnnstudio.core.stocks.data.csv_import.excerpt import CellPlace, Excerpt
from rnnstudio.core.stocks.data.csv_import.findings import (
    Dialect,
    FileColumn,
    Finding,
    Reading,
)
from rnnstudio.core.stocks.data.csv_import.lines.line_kinds import may_be_table
from rnnstudio.core.stocks.data.csv_import.options import (
    CALENDARS,
    CANONICAL,
    DAY_NUMBERS,
    UNDOABLE,
    Choice,
    CsvOptions,
    Decimal,
    Fact,
    UndecidedError,
    UnreadableError,
)
from rnnstudio.core.stocks.data.csv_import.read import read_csv, reading_steps
from rnnstudio.core.stocks.data.csv_import.write import to_csv
from rnnstudio.core.stocks.data.price_table import PriceTable

__all__ = (
    "CALENDARS",
    "CANONICAL",
    "DAY_NUMBERS",
    "UNDOABLE",
    "CellPlace",
    "Choice",
    "CsvOptions",
    "Decimal",
    "Dialect",
    "Excerpt",
    "Fact",
    "FileColumn",
    "Finding",
    "Reading",
    "UndecidedError",
    "UnreadableError",
    "may_be_table",
    "read_csv",
    "read_prices",
    "reading_steps",
    "to_csv",
)


def read_prices(path: Path, options: CsvOptions | None = None) -> PriceTable:
    """The price table in the CSV file ``path``, oldest first; raises what ``read_csv`` raises."""
    return read_csv(path, options or CsvOptions()).table
