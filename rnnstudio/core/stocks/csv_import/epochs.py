"""Moments counted from 1970: seconds, milliseconds, microseconds, nanoseconds."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.csv_import.calendar_days import YEARS, is_possible, possible_time
from rnnstudio.core.stocks.csv_import.date_cells import read_fields
from rnnstudio.core.stocks.csv_import.date_forms import date_form, is_count
from rnnstudio.core.stocks.csv_import.lines import short
from rnnstudio.core.stocks.csv_import.marks import NumberColumn
from rnnstudio.core.stocks.series import Dates

_LIMITS = np.array([10**11, 10**14, 10**17])
"""Counts below the first are seconds (until the year 5138), then milliseconds, microseconds and
nanoseconds."""


def is_epoch_column(column: NumberColumn) -> bool:
    """Whether the column counts from 1970: plain numbers that are no days like 20190614.

    Twelve digits may be milliseconds or a day and a time: they are the latter where all are on the
    calendar and the clock.
    """
    shapes = column.shapes.shapes
    if not all(map(is_count, shapes)):
        return is_count(shapes[0]) and len(shapes[0]) > 8
    forms = [form for shape in shapes if (form := date_form(shape)) is not None]
    if len(forms) < len(shapes):
        return len(shapes[0]) > 8
    if len(shapes[0]) != 12:
        return False
    fields = read_fields(column, forms)
    return not bool((is_possible(fields) & possible_time(fields)).all())


def parse_epochs(column: NumberColumn) -> Dates:
    """The moments in UTC, (rows,) datetime64[us].

    Raises
    ------
    UserError
        When a cell is no such count, counts in another unit than the first, or lies outside the
        years 1700 to 2199.
    """
    for shape, rows in column.shapes.groups():
        if not is_count(shape):
            raise UserError(_not_a_moment(column, int(rows[0])))
    counts = _counts(column)
    scales = np.searchsorted(_LIMITS, np.abs(counts), side="right")
    if not (scales == scales[0]).all():
        row = int(np.argmax(scales != scales[0]))
        raise UserError(
            f"{column.place(row)}: {short(column.shapes.cells[row])} counts in another unit than "
            "the rows before."
        )
    moments = _moments(counts, int(scales[0]))
    years = moments.astype("datetime64[Y]").astype(np.int64) + 1970
    possible = (YEARS[0] <= years) & (years < YEARS[1])
    if not possible.all():
        raise UserError(_not_a_moment(column, int(np.argmin(possible))))
    return moments


def _counts(column: NumberColumn) -> npt.NDArray[np.int64] | npt.NDArray[np.float64]:
    cells = column.shapes.cells
    if all(len(shape) < 20 and set(shape) <= set("9+-") for shape in column.shapes.shapes):
        try:
            return np.array(list(map(int, cells)), dtype=np.int64)
        except OverflowError:
            pass  # far outside the years that are allowed, as the float below shows
    return np.array(list(map(float, cells)))


def _moments(counts: npt.NDArray[np.int64] | npt.NDArray[np.float64], scale: int) -> Dates:
    whole = counts // 1000 if scale == 3 else counts * 1000 ** (2 - scale)
    micro = np.clip(np.rint(whole), -(10.0**18), 10.0**18) if whole.dtype.kind == "f" else whole
    moments: Dates = micro.astype(np.int64).astype("datetime64[us]")
    return moments


def _not_a_moment(column: NumberColumn, row: int) -> str:
    return (
        f"{column.place(row)}: {short(column.shapes.cells[row])} is not a date in the form of the "
        "rows before, a count of seconds or the like from 1970."
    )
