"""All checks of a table that was read, in their order."""

from __future__ import annotations

from collections.abc import Collection

from rnnstudio.core.stocks.data.csv_import.checks.clean import (
    drop_duplicates,
    drop_impossible,
    drop_missing,
    oldest_first,
)
from rnnstudio.core.stocks.data.csv_import.checks.diagnostics import contradictions, gaps, leaps
from rnnstudio.core.stocks.data.csv_import.checks.raw_table import RawTable
from rnnstudio.core.stocks.data.csv_import.checks.splits import adjust, find_splits, report


def checked(table: RawTable, undo: Collection[str]) -> RawTable:
    """The rows that can stay, oldest first, with findings about those that cannot and about all.

    Raises UserError when nothing is left, or rows are of several shares or hours.
    """
    table = drop_missing(table, undo)
    table = drop_impossible(table, undo)
    table = drop_duplicates(oldest_first(table), undo)
    splits, adjusted = find_splits(table), "split" in undo
    table = table.found(
        *gaps(table),
        *contradictions(table),
        *leaps(table, splits),
        *report(table, splits, adjusted),
    )
    return adjust(table, splits) if adjusted else table
