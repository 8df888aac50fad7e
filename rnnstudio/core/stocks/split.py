"""Divides a share's days in time: what the network may learn from, and what it is tested on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.series import PriceTable

TEST_SHARE = 0.1
"""The share of the rows that is the test span where nobody says otherwise."""


@dataclass(frozen=True, eq=False)
class Split:
    """All days in one table; the first ``rows_train`` are for training, those after for testing."""

    table: PriceTable
    rows_train: int

    @property
    def rows_test(self) -> int:
        """Number of days in the test span."""
        return self.table.rows - self.rows_train

    @property
    def train_rows(self) -> range:
        """The rows of the training span."""
        return range(self.rows_train)

    @property
    def test_rows(self) -> range:
        """The rows of the test span."""
        return range(self.rows_train, self.table.rows)


def split_at(table: PriceTable, first_test_day: np.datetime64) -> Split:
    """Train on the days before ``first_test_day``, test on it and those after.

    Raises UserError when that leaves one of the two without a day.
    """
    rows_train = int(np.searchsorted(table.dates, first_test_day))
    if not 0 < rows_train < table.rows:
        raise UserError(
            f"Splitting {table.source} at {first_test_day} leaves nothing to "
            f"{'train on' if rows_train == 0 else 'test on'}; choose a day after {table.dates[0]} "
            f"and up to {table.dates[-1]}."
        )
    return Split(table, rows_train)


def suggested_test_day(table: PriceTable) -> np.datetime64:
    """The first of the last tenth of the days."""
    first: np.datetime64 = table.dates[int(table.rows * (1 - TEST_SHARE))]
    return first


def join(train: PriceTable, test: PriceTable) -> Split:
    """Train on one file and test on another, over the columns that both have.

    Raises UserError when the test file does not come wholly after the training file, or no column
    of prices is in both.
    """
    if test.dates[0] <= train.dates[-1]:
        raise UserError(
            f"{test.source} begins on {test.dates[0]}, but {train.source} ends on "
            f"{train.dates[-1]}; the test file must begin after the training file's end."
        )
    names = [name for name in train.names if name in test.names]
    table = PriceTable(
        f"{train.source} with {test.source}",
        np.concatenate([train.dates, test.dates]),
        {name: np.concatenate([train.column(name), test.column(name)]) for name in names},
    )
    if not table.price_names:
        raise UserError(
            f"{train.source} and {test.source} have no column of prices in common; the first has "
            f"{', '.join(train.names)}, the second {', '.join(test.names)}."
        )
    return Split(table, train.rows)
