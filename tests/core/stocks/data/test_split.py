"""Splits: chronological, without overlap, and never empty."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import (
    Split,
    join,
    same_test_day,
    split_at,
    split_share,
    suggested_test_day,
)
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


def test_that_a_share_of_the_rows_is_the_last_ones() -> None:
    split = split_share(TABLE, 0.25)
    assert (split.rows_train, split.rows_test) == (15, 5)
    assert split_share(TABLE).rows_test == split_at(TABLE, suggested_test_day(TABLE)).rows_test


@pytest.mark.parametrize("share", [0.0, 0.999, 1.0, -1.0, float("nan")])
def test_when_a_share_leaves_a_span_empty_it_is_refused(share: float) -> None:
    with pytest.raises(UserError, match=f"test share of {share} of the 20 days"):
        split_share(TABLE, share)


def test_that_validation_is_the_end_of_what_is_known_and_the_test_span_stays() -> None:
    split = split_share(TABLE, 0.25).with_validation(0.2)
    assert split.train_rows == range(12)
    assert split.validation_rows == range(12, 15)
    assert split.test_rows == range(15, 20)
    assert split.with_validation(0.2).train_rows == range(12)
    assert not split.with_validation(0).validation_rows


@pytest.mark.parametrize(("share", "what"), [(0.01, "validate on"), (0.99, "train on")])
def test_when_validation_leaves_a_span_empty_it_is_refused(share: float, what: str) -> None:
    with pytest.raises(UserError, match=f"leaves nothing to {what}"):
        Split(TABLE, 15).with_validation(share)


def test_that_the_known_days_hold_nothing_of_the_test_span() -> None:
    known = Split(TABLE, 10, 5).known
    np.testing.assert_array_equal(known.dates, TABLE.dates[:15])
    assert known.rows == 15


def test_that_a_file_read_another_way_keeps_the_share_of_its_test_days() -> None:
    day = np.datetime64("2019-01-16")  # the last quarter of the days
    assert same_test_day(TABLE, TABLE, day) == day
    turned = PriceTable("made.csv", TABLE.dates + np.timedelta64(900, "D"), TABLE.columns)
    kept = same_test_day(TABLE, turned, day)
    assert kept == turned.dates[15]
    assert split_at(turned, kept).rows_test == 5
    assert same_test_day(TABLE, turned, TABLE.dates[0]) == turned.dates[1]
