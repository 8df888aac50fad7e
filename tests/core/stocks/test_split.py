"""Splits: chronological, without overlap, and never empty."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.series import PriceTable
from rnnstudio.core.stocks.split import join, split_at, suggested_test_day
from tests.core.stocks import made

TABLE = made.table(np.arange(1.0, 21.0))


def test_that_the_day_of_the_split_is_the_first_test_day() -> None:
    split = split_at(TABLE, np.datetime64("2019-01-11"))
    assert (split.rows_train, split.rows_test) == (10, 10)
    assert split.train_rows == range(10)
    assert split.test_rows == range(10, 20)


def test_that_a_split_on_a_day_without_trading_takes_the_next_one() -> None:
    weekdays = TABLE.part(np.r_[0:10, 12:20])
    assert split_at(weekdays, np.datetime64("2019-01-11")).rows_train == 10


@pytest.mark.parametrize(
    ("day", "empty"),
    [("2019-01-01", "train on"), ("1990-01-01", "train on"), ("2020-01-01", "test on")],
)
def test_when_one_side_is_empty_the_sentence_gives_the_span(day: str, empty: str) -> None:
    with pytest.raises(UserError, match=f"nothing to {empty}; .* 2019-01-01 and up to 2019-01-20"):
        split_at(TABLE, np.datetime64(day))


def test_that_the_suggested_test_span_is_the_last_tenth() -> None:
    assert split_at(TABLE, suggested_test_day(TABLE)).rows_test == 2


def test_that_two_files_become_one_table_with_the_border_between_them() -> None:
    first, second = TABLE.part(slice(0, 15)), TABLE.part(slice(15, 20))
    both = join(first, second)
    assert (both.rows_train, both.rows_test) == (15, 5)
    np.testing.assert_array_equal(both.table.column("Open"), TABLE.column("Open"))
    np.testing.assert_array_equal(both.table.dates, TABLE.dates)


def test_that_only_columns_of_both_files_remain() -> None:
    second = TABLE.part(slice(15, 20))
    second = PriceTable("second.csv", second.dates, {"High": second.column("High")})
    assert join(TABLE.part(slice(0, 15)), second).table.names == ("High",)


def test_when_the_test_file_overlaps_the_training_file_it_is_refused() -> None:
    with pytest.raises(UserError, match=r"begins on 2019-01-10, but .* ends on 2019-01-10"):
        join(TABLE.part(slice(0, 10)), TABLE.part(slice(9, 20)))


def test_when_the_files_share_no_price_column_both_lists_are_given() -> None:
    second = TABLE.part(slice(15, 20))
    second = PriceTable("second.csv", second.dates, {"Close": second.column("High")})
    with pytest.raises(UserError, match="the first has Open, High, the second Close"):
        join(TABLE.part(slice(0, 15)), second)
