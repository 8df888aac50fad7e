"""Rows that cannot stay as they are: empty cells, impossible prices, days that stand twice."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.checks.raw_table import RawTable
from rnnstudio.core.stocks.data.csv_import.findings import finding
from rnnstudio.core.stocks.data.csv_import.options import CANONICAL

Mask = npt.NDArray[np.bool_]
_MOSTLY = 0.5
_STEP = 0.05
"""By less than this a price changes from one row to the next, as a rule."""


def drop_missing(raw: RawTable, undo: Collection[str]) -> RawTable:
    """Leave out rows with an empty cell; of columns that are mostly empty, leave out the column.

    Columns that are not canonical do not cost a row: they are left out where a cell is empty.
    With "missing-cell" in ``undo`` the rows stay and all such columns go.
    """
    empty = {name: np.isnan(values) for name, values in raw.columns.items()}
    holes = {name: mask for name, mask in empty.items() if mask.any()}
    keep_rows = "missing-cell" in undo
    gone = {
        name
        for name, mask in holes.items()
        if keep_rows or name not in CANONICAL or mask.mean() > _MOSTLY
    }
    for name in sorted(gone):
        lines = raw.lines[holes[name]]
        action = Message.counted(
            "The column {column} has {n} empty cell and was left out.",
            "The column {column} has {n} empty cells and was left out.",
            len(lines),
            column=raw.titles[name],
        )
        raw = raw.found(finding("column-left-out", lines, action))
    raw = raw.without(gone)
    rest = [mask for name, mask in holes.items() if name not in gone]
    if rest:
        raw = _drop_empty(raw, np.any(rest, axis=0))
    if not raw.prices:
        raise UserError(
            "{source} has no column of prices without empty cells, so nothing is left.",
            source=raw.source,
        )
    return raw


def drop_impossible(raw: RawTable, undo: Collection[str]) -> RawTable:
    """Leave out rows with a price that is zero or negative, unless ``undo`` has that kind.

    A column that is zero in most rows goes instead, if another price stays.
    Raises UserError for a negative volume, and when no row is left.
    """
    volume = raw.columns.get("Volume")
    if volume is not None and (volume < 0).any():
        row = int(np.argmax(volume < 0))
        raise UserError(
            "{place}: {volume:g} stands where a number is needed that is not negative.",
            place=raw.place(row, "Volume"),
            volume=volume[row],
        )
    raw = _without_zeros(raw, 1.0 if "zero-price" in undo else _MOSTLY)
    return _drop_zero(_drop_negative(raw, undo), undo)


def _drop_empty(raw: RawTable, mask: Mask) -> RawTable:
    left_out = Message.counted(
        "{n} row with an empty cell was left out.",
        "{n:n} rows with an empty cell were left out.",
        int(mask.sum()),
    )
    none_left = UserError(
        "{source}: every row is one with an empty cell, beginning with row {row}.",
        source=raw.source,
        row=int(raw.lines[0]),
    )
    return _drop(raw, mask, "missing-cell", left_out, none_left)


def _drop_negative(raw: RawTable, undo: Collection[str]) -> RawTable:
    mask: Mask = np.any([raw.columns[name] < 0 for name in raw.prices], axis=0)
    count = int(mask.sum())
    stayed = Message.counted(
        "{n} row with a negative price stayed as asked.",
        "{n:n} rows with a negative price stayed as asked.",
        count,
    )
    left_out = Message.counted(
        "{n} row with a negative price was left out.",
        "{n:n} rows with a negative price were left out.",
        count,
    )
    none_left = UserError(
        "{source}: every row is one with a negative price, beginning with row {row}.",
        source=raw.source,
        row=int(raw.lines[0]),
    )
    return _drop(raw, mask, "negative-price", left_out, none_left, stayed, undo)


def _drop_zero(raw: RawTable, undo: Collection[str]) -> RawTable:
    mask: Mask = np.any([raw.columns[name] == 0 for name in raw.prices], axis=0)
    count = int(mask.sum())
    stayed = Message.counted(
        "{n} row with a price of zero stayed as asked.",
        "{n:n} rows with a price of zero stayed as asked.",
        count,
    )
    left_out = Message.counted(
        "{n} row with a price of zero was left out.",
        "{n:n} rows with a price of zero were left out.",
        count,
    )
    none_left = UserError(
        "{source}: every row is one with a price of zero, beginning with row {row}.",
        source=raw.source,
        row=int(raw.lines[0]),
    )
    return _drop(raw, mask, "zero-price", left_out, none_left, stayed, undo)


def _drop(
    raw: RawTable,
    mask: Mask,
    kind: str,
    left_out: Message,
    none_left: UserError,
    stayed: Message | None = None,
    undo: Collection[str] = (),
) -> RawTable:
    """The table without the rows of ``mask``, or with them if ``undo`` has their kind."""
    if not mask.any():
        return raw
    if stayed is not None and kind in undo:
        return raw.found(finding(kind, raw.lines[mask], stayed))
    if mask.all():
        raise none_left
    return raw.found(finding(kind, raw.lines[mask], left_out)).take(~mask)


def _without_zeros(raw: RawTable, share: float) -> RawTable:
    """The table without the prices that are zero in ``share`` of the rows, if any stay."""
    zeros = {name: raw.columns[name] == 0 for name in raw.prices}
    empty = {name: mask for name, mask in zeros.items() if mask.mean() >= share}
    if len(empty) == len(raw.prices):
        return raw
    for name, mask in empty.items():
        column = {"column": raw.titles[name]}
        action = (
            Message("The column {column} is zero in every row and was left out.", column)
            if mask.all()
            else Message.counted(
                "The column {column} is zero in {n} row and was left out.",
                "The column {column} is zero in {n:n} rows and was left out.",
                int(mask.sum()),
                **column,
            )
        )
        raw = raw.found(finding("column-left-out", raw.lines[mask], action))
    return raw.without(set(empty))


def _refuse_several_rows_a_day(raw: RawTable, differs: Mask, dates: int) -> None:
    """Rows that differ on many dates are no accident: they are of several shares or hours.

    Prices that go on from row to row within a date, as they do from date to date, are of one
    share whose times are lost.
    """
    count = len(np.unique(raw.moments[differs]))
    if count * 4 <= dates or (count < 5 and (differs.sum() - count) * 2 < dates):
        return
    row = int(raw.lines[differs].min())
    shown = {"source": raw.source, "count": count, "dates": dates, "row": row}
    if _goes_on(raw):
        raise UserError(
            "{source} has several differing rows on {count:n} of {dates:n} dates, beginning with "
            "row {row}, and their prices go on from one to the next: the times of day (hours or "
            "minutes) seem to be lost; save the file with times, or with one row a day.",
            **shown,
        )
    raise UserError(
        "{source} has several differing rows on {count:n} of {dates:n} dates, beginning with row "
        "{row}, as if it held more than one share; keep the rows of one.",
        **shown,
    )


def _goes_on(raw: RawTable) -> bool:
    """Whether the price changes as little from row to row within dates as it does over all."""
    prices = raw.columns[raw.prices[-1]]
    if (prices <= 0).any():
        return False
    steps = np.abs(np.diff(np.log(prices[np.argsort(raw.lines)])))
    return bool(np.median(steps) < _STEP and np.quantile(steps, 0.9) < 4 * _STEP)


def oldest_first(raw: RawTable) -> RawTable:
    """The rows in the order of time; rows of one moment stay in the order of the file."""
    steps = np.diff(raw.moments).astype(np.int64)
    backward = steps < 0
    if not backward.any():
        return raw
    if not (steps > 0).any():
        ends = raw.lines[[0, -1]]
        action = Message("The newest row stands first; the order was turned.")
        found = finding("newest-first", ends, action)
    else:
        against = backward if backward.sum() * 2 <= (steps != 0).sum() else steps > 0
        lines = raw.lines[1:][against]
        action = Message("The rows are not in the order of time; they were sorted, oldest first.")
        found = finding("unsorted", lines, action)
    return raw.found(found).take(np.argsort(raw.moments, kind="stable"))


def drop_duplicates(raw: RawTable, undo: Collection[str]) -> RawTable:
    """One row for each moment of a table in order: the first in the file where rows differ.

    With "duplicate-differs" in ``undo`` the last one in the file stays instead.
    """
    again = np.concatenate([[False], raw.moments[1:] == raw.moments[:-1]])
    if not again.any():
        return raw
    group = np.cumsum(~again) - 1
    first = np.flatnonzero(~again)[group]
    same = np.all([values == values[first] for values in raw.columns.values()], axis=0)
    differs = np.zeros(len(again), dtype=bool)
    differs[np.isin(group, group[again & ~same])] = True
    identical = again & ~differs
    if identical.any():
        action = Message.counted(
            "{n} row that repeats another row was left out.",
            "{n:n} rows that repeat another row were left out.",
            int(identical.sum()),
        )
        raw = raw.found(finding("duplicate", raw.lines[identical], action))
    if differs.any():
        _refuse_several_rows_a_day(raw, differs, int(group[-1]) + 1)
        count = len(np.unique(group[differs]))
        action = (
            Message.counted(
                "{n} date stands in rows that differ; of each the last in the file was kept.",
                "{n:n} dates stand in rows that differ; of each the last in the file was kept.",
                count,
            )
            if "duplicate-differs" in undo
            else Message.counted(
                "{n} date stands in rows that differ; of each the first in the file was kept.",
                "{n:n} dates stand in rows that differ; of each the first in the file was kept.",
                count,
            )
        )
        raw = raw.found(finding("duplicate-differs", raw.lines[differs], action))
    keep = ~again
    if "duplicate-differs" in undo:
        last = np.concatenate([~again[1:], [True]])
        keep = np.where(differs, last, keep)
    return raw.take(keep)
