"""Divides a share's days in time: what the network learns from, what it is chosen on, the test."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable

TEST_SHARE = 0.1
"""The fraction of the rows that is the test span by default."""


@dataclass(frozen=True, eq=False)
class Split:
    """All days in one table, oldest first, in three spans: training, validation, test.

    The first ``rows_train`` days are for training, the ``rows_validation`` after them for choosing
    (when to stop, how far to shrink the forecast, how wide an interval is), the rest is the test.
    """

    table: PriceTable
    rows_train: int
    rows_validation: int = 0

    @property
    def rows_known(self) -> int:
        """Number of days before the test span."""
        return self.rows_train + self.rows_validation

    @property
    def rows_test(self) -> int:
        """Number of days in the test span."""
        return self.table.rows - self.rows_known

    @property
    def train_rows(self) -> range:
        """The rows of the training span."""
        return range(self.rows_train)

    @property
    def validation_rows(self) -> range:
        """The rows of the validation span; empty if there is none."""
        return range(self.rows_train, self.rows_known)

    @property
    def test_rows(self) -> range:
        """The rows of the test span."""
        return range(self.rows_known, self.table.rows)

    @property
    def known(self) -> PriceTable:
        """The days before the test span, and nothing of the test span."""
        return self.table.part(slice(0, self.rows_known))

    def with_validation(self, share: float) -> Split:
        """The same test span, with the last ``share`` of the days before it for validation.

        Raises UserError when that leaves training or validation without a day.
        """
        rows = round(share * self.rows_known)
        if share > 0 and rows <= 0:
            raise UserError(
                "A validation share of {share} of {days} days leaves nothing to validate on; "
                "choose another share.",
                share=share,
                days=self.rows_known,
            )
        if share > 0 and rows >= self.rows_known:
            raise UserError(
                "A validation share of {share} of {days} days leaves nothing to train on; choose "
                "another share.",
                share=share,
                days=self.rows_known,
            )
        return replace(self, rows_train=self.rows_known - rows, rows_validation=rows)


def split_at(table: PriceTable, first_test_day: np.datetime64) -> Split:
    """Test on ``first_test_day`` and the days after it.

    Raises UserError when that leaves one of the two without a day.
    """
    rows = int(np.searchsorted(table.dates, first_test_day))
    values = {
        "source": table.source,
        "day": first_test_day,
        "first": table.dates[0],
        "last": table.dates[-1],
    }
    if rows == 0:
        raise UserError(
            "Splitting {source} at {day} leaves nothing to train on; choose a day after {first} "
            "and up to {last}.",
            **values,
        )
    if rows == table.rows:
        raise UserError(
            "Splitting {source} at {day} leaves nothing to test on; choose a day after {first} "
            "and up to {last}.",
            **values,
        )
    return Split(table, rows)


def split_share(table: PriceTable, test_share: float = TEST_SHARE) -> Split:
    """Test on the last ``test_share`` of the rows.

    Raises UserError when that leaves one of the two without a day.
    """
    rows = int(table.rows * (1 - test_share)) if 0 < test_share < 1 else 0
    if not 0 < rows < table.rows:
        raise UserError(
            "A test share of {share} of the {days} days in {source} leaves nothing to train on or "
            "to test on; choose a share above 0 and below 1.",
            share=test_share,
            days=table.rows,
            source=table.source,
        )
    return Split(table, rows)


def suggested_test_day(table: PriceTable) -> np.datetime64:
    """The first of the last tenth of the days."""
    first: np.datetime64 = table.dates[int(table.rows * (1 - TEST_SHARE))]
    return first


def same_test_day(
    before: PriceTable, after: PriceTable, first_test_day: np.datetime64
) -> np.datetime64:
    """The first test day in the table ``after`` of a file that was ``before`` read another way.

    It stays where the days are the same; otherwise the test span keeps its share of the rows,
    since a day of a wrong reading may leave nothing to test on.
    """
    if np.array_equal(before.dates, after.dates) or after.rows < 2:
        return first_test_day
    share = int(np.searchsorted(before.dates, first_test_day)) / before.rows
    day: np.datetime64 = after.dates[min(max(round(share * after.rows), 1), after.rows - 1)]
    return day


def join(train: PriceTable, test: PriceTable) -> Split:
    """Train on one file and test on another, over the columns that both have.

    Raises UserError when the test file does not come wholly after the training file, or no column
    of prices is in both.
    """
    if test.dates[0] <= train.dates[-1]:
        raise UserError(
            "{test} begins on {first}, but {train} ends on {last}; the test file must begin after "
            "the training file's end.",
            test=test.source,
            first=test.dates[0],
            train=train.source,
            last=train.dates[-1],
        )
    names = [name for name in train.names if name in test.names]
    table = PriceTable(
        f"{train.source} with {test.source}",
        np.concatenate([train.dates, test.dates]),
        {name: np.concatenate([train.column(name), test.column(name)]) for name in names},
    )
    if not table.price_names:
        raise UserError(
            "{train} and {test} have no column of prices in common; the first has {train_names}, "
            "the second {test_names}.",
            train=train.source,
            test=test.source,
            train_names=", ".join(train.names),
            test_names=", ".join(test.names),
        )
    return Split(table, train.rows)
