"""What the report says, what was done, and how it is undone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import import CsvOptions, read_csv
from rnnstudio.core.stocks.data.samples import SAMPLES
from tests.core.stocks.data.csv_import.files import found, kinds, read


def undo(kind: str) -> CsvOptions:
    return CsvOptions(undo=frozenset({kind}))


def closes(*rows: str) -> str:
    return "\n".join(["Date,Close", *rows]) + "\n"


def daily(prices: list[float]) -> str:
    """Weekdays from Monday 2019-01-07 on."""
    days = np.busday_offset("2019-01-07", np.arange(len(prices)))
    return closes(*(f"{day},{price}" for day, price in zip(days, prices, strict=True)))


def test_that_newest_first_is_turned_and_said(tmp_path: Path) -> None:
    reading = read(tmp_path, closes("2019-01-03,3.5", "2019-01-02,2.5", "2019-01-01,1.5"))
    assert reading.table.column("Close").tolist() == [1.5, 2.5, 3.5]
    assert reading.lines.tolist() == [4, 3, 2]
    assert found(reading, "newest-first").rows == (2, 4)


def test_that_rows_out_of_order_are_sorted_and_named(tmp_path: Path) -> None:
    rows = ["2019-01-01,1.5", "2019-01-03,3.5", "2019-01-02,2.5", "2019-01-04,4.5"]
    reading = read(tmp_path, closes(*rows))
    assert reading.table.column("Close").tolist() == [1.5, 2.5, 3.5, 4.5]
    assert found(reading, "unsorted").rows == (4,)


def test_that_identical_rows_of_a_day_are_dropped_and_named(tmp_path: Path) -> None:
    reading = read(tmp_path, closes("2019-01-01,1.5", "2019-01-02,2.5", "2019-01-02,2.50"))
    assert reading.table.column("Close").tolist() == [1.5, 2.5]
    assert found(reading, "duplicate").rows == (4,)


def test_that_of_differing_rows_of_a_day_the_first_is_kept_or_on_demand_the_last(
    tmp_path: Path,
) -> None:
    text = closes("2019-01-01,1.5", "2019-01-02,2.5", "2019-01-02,9.5", "2019-01-03,3.5")
    reading = read(tmp_path, text)
    assert reading.table.column("Close").tolist() == [1.5, 2.5, 3.5]
    assert found(reading, "duplicate-differs").rows == (3, 4)
    other = read(tmp_path, text, undo("duplicate-differs"))
    assert other.table.column("Close").tolist() == [1.5, 9.5, 3.5]


def test_that_a_gap_is_named_and_never_filled(tmp_path: Path) -> None:
    rows = ["2019-01-02,1.5", "2019-01-03,1.5", "2019-01-04,1.6", "2019-01-11,1.7"]
    reading = read(tmp_path, closes(*rows))
    assert reading.table.rows == 4
    assert found(reading, "gap").rows == (5,)
    assert "2019-01-04 to 2019-01-11" in str(found(reading, "gap").action)


def test_that_weekends_and_single_holidays_are_no_gaps(tmp_path: Path) -> None:
    rows = ["2019-01-03,1.5", "2019-01-04,1.5", "2019-01-07,1.6", "2019-01-09,1.7"]
    assert kinds(read(tmp_path, closes(*rows))) == []


def test_when_a_share_trades_on_weekends_missing_days_are_a_gap(tmp_path: Path) -> None:
    days = [day for day in range(1, 29) if day not in {12, 13, 14}]
    rows = [f"2019-01-{day:02},1.5" for day in days]
    assert found(read(tmp_path, closes(*rows)), "gap").rows == (13,)


@pytest.mark.parametrize("cell", ["", "-", "null", "N/A", "NaN", "#N/A"])
def test_that_a_row_with_an_empty_price_goes_and_is_never_filled(tmp_path: Path, cell: str) -> None:
    text = f"Date,Open,Close\n2019-01-02,1.5,1.6\n2019-01-03,,{cell}\n2019-01-04,1.7,1.8\n"
    reading = read(tmp_path, text)
    assert reading.table.column("Close").tolist() == [1.6, 1.8]
    assert found(reading, "missing-cell").rows == (3,)


def test_when_asked_the_rows_stay_and_the_column_with_the_empty_cell_goes(tmp_path: Path) -> None:
    text = "Date,Open,Close\n2019-01-02,1.5,1.6\n2019-01-03,,1.7\n2019-01-04,1.7,1.8\n"
    reading = read(tmp_path, text, undo("missing-cell"))
    assert reading.table.names == ("Close",)
    assert reading.table.rows == 3
    assert found(reading, "column-left-out").rows == (3,)


def test_that_a_column_that_is_mostly_empty_does_not_cost_its_rows(tmp_path: Path) -> None:
    text = "Date,Close,Vol.\n2019-01-02,1.5,-\n2019-01-03,1.6,-\n2019-01-04,1.7,5\n"
    reading = read(tmp_path, text)
    assert reading.table.column("Close").tolist() == [1.5, 1.6, 1.7]
    assert reading.table.names == ("Close",)
    assert found(reading, "column-left-out").rows == (2, 3)


@pytest.mark.parametrize(("price", "kind"), [("0", "zero-price"), ("-37.63", "negative-price")])
def test_that_an_impossible_price_goes_and_stays_on_demand(
    tmp_path: Path, price: str, kind: str
) -> None:
    text = closes("2019-01-02,1.5", f"2019-01-03,{price}", "2019-01-04,1.7")
    reading = read(tmp_path, text)
    assert reading.table.column("Close").tolist() == [1.5, 1.7]
    assert found(reading, kind).rows == (3,)
    assert found(reading, kind).undoable
    other = read(tmp_path, text, undo(kind))
    assert other.table.column("Close").tolist() == [1.5, float(price), 1.7]


def test_that_a_low_above_the_close_is_named_and_stays(tmp_path: Path) -> None:
    text = "Date,Open,High,Low,Close\n2019-01-02,2,3,1,2.5\n2019-01-03,2,3,2.7,2.5\n"
    reading = read(tmp_path, text)
    assert found(reading, "high-low").rows == (3,)
    assert reading.table.column("Low").tolist() == [1, 2.7]


def test_that_the_largest_prices_a_float_holds_are_checked_as_well(tmp_path: Path) -> None:
    text = "Date,High,Low,Close\n2019-01-02,1.7e308,1.7e308,1.7e308\n2019-01-03,1,1e-320,1\n"
    assert "high-low" not in kinds(read(tmp_path, text))


def test_that_a_slipped_decimal_mark_is_named_as_a_leap(tmp_path: Path) -> None:
    prices = [100.5, 101.5, 1012.5, 101.0, 102.0]
    assert found(read(tmp_path, daily(prices)), "leap").rows == (4, 5)


WALK = np.round(100 * np.exp(np.cumsum(np.random.default_rng(3).normal(0, 0.01, 60))), 2)


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [(2, "2:1"), (7, "7:1"), (1.5, "3:2"), (20, "20:1"), (0.1, "1:10"), (0.5, "1:2")],
)
def test_that_a_split_is_found_without_an_adjusted_close(
    tmp_path: Path, ratio: float, expected: str
) -> None:
    prices = [*WALK[:30], *(WALK[30:] / ratio).round(4)]
    reading = read(tmp_path, daily(prices))
    assert found(reading, "split").rows == (32,)
    assert f"{expected} on 2019-02-18" in str(found(reading, "split").action)
    assert reading.table.column("Close").tolist() == prices
    adjusted = read(tmp_path, daily(prices), undo("split")).table.column("Close")
    assert adjusted.tolist() == [*(WALK[:30] / ratio), *prices[30:]]


def test_that_an_ordinary_walk_and_a_crash_are_no_splits(tmp_path: Path) -> None:
    crash = [*WALK[:30], *(WALK[30:] * 0.9)]
    for prices in ([*WALK], crash):
        assert "split" not in kinds(read(tmp_path, daily(prices)))


def test_that_a_split_turns_up_in_the_row_of_its_first_day_when_the_newest_stands_first(
    tmp_path: Path,
) -> None:
    lines = daily([*WALK[:30], *(WALK[30:] / 2).round(4)]).splitlines()
    turned = "\n".join([lines[0], *lines[:0:-1]])
    assert found(read(tmp_path, turned), "split").rows == (31,)


@pytest.mark.parametrize(
    ("share", "splits"),
    [
        ("AAPL", ["2:1 on 2000-06-21", "2:1 on 2005-02-28"]),
        ("MSFT", ["2:1 on 2003-02-18"]),
        ("GOOG", []),
        ("IBM", []),
        ("AMD", []),
    ],
)
def test_that_the_true_splits_of_the_shipped_shares_are_found_and_no_others(
    share: str, splits: list[str]
) -> None:
    reading = read_csv(SAMPLES[share])
    actions = [str(finding.action) for finding in reading.findings if finding.kind == "split"]
    assert len(actions) == bool(splits)
    assert all(split in actions[0] for split in splits)
    assert sum(action.count(" on ") for action in actions) == len(splits)


def test_that_the_adjusted_close_is_preferred_where_there_is_one(tmp_path: Path) -> None:
    assert read_csv(SAMPLES["AAPL"]).preferred == "Adj Close"
    assert read(tmp_path, "Date,Open,Close\n2019-01-02,1.5,1.6\n").preferred == "Close"
    assert read(tmp_path, "Date,Open,High\n2019-01-02,1.5,1.6\n").preferred == "Open"


def test_that_undoing_the_splits_agrees_with_the_adjusted_close_but_for_dividends() -> None:
    as_traded = read_csv(SAMPLES["AAPL"]).table
    table = read_csv(SAMPLES["AAPL"], undo("split")).table
    assert as_traded.column("Open")[0] == 118.56
    assert table.column("Open")[0] == 118.56 / 4
    assert table.column("Volume")[0] == as_traded.column("Volume")[0] * 4
    ratio = table.column("Close") / table.column("Adj Close")
    assert np.ptp(ratio) / ratio.mean() < 0.03
    assert table.column("Close")[-1] == as_traded.column("Close")[-1]


def test_that_daily_prices_with_a_time_of_day_are_days_and_keep_it_on_demand(
    tmp_path: Path,
) -> None:
    text = closes("2019-01-02 16:00,1.5", "2019-01-03 13:00,1.6")
    reading = read(tmp_path, text)
    assert reading.timestamps == ["2019-01-02", "2019-01-03"]
    assert "16:00:00 and others" in str(found(reading, "time-left-out").action)
    other = read(tmp_path, text, undo("time-left-out"))
    assert other.timestamps == ["2019-01-02T16:00:00", "2019-01-03T13:00:00"]


def test_that_counted_moments_that_fall_on_weekends_are_not_taken_for_days(tmp_path: Path) -> None:
    """Midnight in Jakarta is 17:00 of the day before in UTC: Sundays would be trading days."""
    monday = 1_546_794_000  # Sunday 2019-01-06 17:00 UTC
    rows = [f"{monday + 86_400 * day},1.5" for day in range(5)]
    assert read(tmp_path, closes(*rows)).timestamps[0] == "2019-01-06T17:00:00+00:00"


def test_that_m_beside_jt_is_a_million_on_demand(tmp_path: Path) -> None:
    text = "Tanggal;Penutupan;Volume\n2019-01-02;1,5;850 jt\n2019-01-03;1,5;1,1 M\n"
    other = read(tmp_path, text, undo("unit-million"))
    assert other.table.column("Volume").tolist() == [850e6, 1.1e6]


def test_that_comments_and_repeated_headers_are_left_out_and_named(tmp_path: Path) -> None:
    text = "Date,Close\n2019-01-02,1.5\n# a remark\nDate,Close\n2019-01-03,1.6\n"
    reading = read(tmp_path, text)
    assert reading.table.column("Close").tolist() == [1.5, 1.6]
    assert found(reading, "comment").rows == (3,)
    assert found(reading, "repeated-header").rows == (4,)


def test_that_a_column_of_other_things_is_left_out_and_its_bad_cell_named(tmp_path: Path) -> None:
    rows = [f"2019-01-{day:02},1.5,{day}.5" for day in range(1, 31)]
    text = "\n".join(["Date,Close,Score", *rows, "2019-01-31,1.5,good"])
    reading = read(tmp_path, text)
    assert reading.table.names == ("Close",)
    assert "row 32, column Score: 'good'" in str(found(reading, "column-left-out").action)


def test_when_there_is_no_such_finding_to_undo_the_sentence_lists_those_there_are() -> None:
    with pytest.raises(UserError, match="no finding to undo 'everything'; choose one of"):
        undo("everything")
