"""Which days a day is forecast from, as row numbers that can be looked at.

Rows are int64 and have no unit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.split import Split

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Windows:
    """Examples as rows of a table: example i has the target of row ``rows[i]``, (examples,).

    Its input is made of ``lookback`` rows, the last of which stands ``end`` rows after its target's
    (-1: just before it).
    """

    rows: Rows
    lookback: int
    end: int = -1

    @property
    def inputs(self) -> Rows:
        """The rows that each input is made of, oldest first, (examples, lookback)."""
        return self.rows[:, np.newaxis] + np.arange(self.end - self.lookback + 1, self.end + 1)


def windows_before(rows: range | Rows, lookback: int) -> Windows:
    """One example for each of ``rows`` (examples,), from the ``lookback`` rows before it.

    An input may begin before ``rows``, as a test day's does in the spans before the test; it never
    holds the row whose target it has, nor a later one.
    """
    return Windows(np.asarray(rows, dtype=np.int64), lookback)


def training_rows(split: Split, lookback: int) -> range:
    """The training rows that have ``lookback`` rows before them.

    Raises UserError when there are none.
    """
    if split.rows_train <= lookback:
        raise UserError(
            "{source} has {rows} training rows; a window that takes {days} days needs at least "
            "{least}. Choose a shorter window or a longer file.",
            source=split.table.source,
            rows=split.rows_train,
            days=lookback,
            least=lookback + 1,
        )
    return range(lookback, split.rows_train)
