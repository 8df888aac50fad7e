"""The moments that a column of dates names.

Moments are datetime64[us], days datetime64.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import.numbers.decimal_evidence import NumberColumn
from rnnstudio.core.stocks.data.csv_import.options import Fact
from rnnstudio.core.stocks.data.price_table import Dates


@dataclass(frozen=True, eq=False)
class Stamps:
    """The dates and times of a column, (rows,) each.

    ``wall`` is datetime64[us] as the file's own clock shows it, ``ahead`` the minutes by which
    that clock is ahead of UTC, or None if the file does not say. ``form`` is for the report,
    ``notes`` are kinds of findings with their sentences, ``fact`` says what shows the form;
    ``periods`` says that the rows are of months, quarters or weeks, dated by their first day, and
    ``counted`` that they are dated by counts of seconds and the like from 1970.
    """

    wall: Dates
    ahead: npt.NDArray[np.int64] | None
    form: Message
    notes: tuple[tuple[str, Message], ...] = ()
    periods: bool = False
    counted: bool = False
    fact: Fact | None = None

    @property
    def moments(self) -> Dates:
        """The moments (rows,) in UTC where the file names zones, else as it shows them."""
        return self.wall if self.ahead is None else self.wall - self.ahead.astype("timedelta64[m]")


def form_fact(stamps: Stamps, column: NumberColumn) -> Fact:
    """The form of dates that can be read in one way only."""
    statement = Message("Dates are {form}", {"form": stamps.form.values.get("order", stamps.form)})
    read = day_read(column, stamps.wall, 0)
    cell = read.values["cell"]
    is_iso = cell == read.values["day"].isoformat()
    proof = Message("{cell} can be read in one way only", {"cell": cell}) if is_iso else read
    return Fact("date_order", statement, proof, (column.cell(0),))


def day_read(column: NumberColumn, days: Dates, row: int) -> Message:
    """What day the cell of a row was read as; ``days`` are (rows,)."""
    day = days[row].astype("datetime64[D]").item()
    return Message("{cell} is {day}", {"cell": column.shapes.cells[row], "day": day})
