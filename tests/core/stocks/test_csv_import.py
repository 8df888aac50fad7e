"""Reading CSV files: right, or refused in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.csv_import import read_prices
from rnnstudio.core.stocks.samples import SAMPLES
from rnnstudio.core.stocks.series import PriceTable


def read(folder: Path, text: str | bytes) -> PriceTable:
    path = folder / "share.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_prices(path)


@pytest.mark.parametrize(
    ("name", "rows", "days", "opens"),
    [
        ("NSE-TATAGLOBAL.csv", 2035, ("2010-07-21", "2018-09-28"), (122.1, 234.05)),
        ("tatatest.csv", 16, ("2018-10-01", "2018-10-24"), (234.55, 220.1)),
        ("AMD-train.csv", 1927, ("2011-10-17", "2019-06-14"), (4.9, 30.700001)),
        ("AMD-test.csv", 108, ("2019-06-17", "2019-11-15"), (30.25, 38.939999)),
    ],
)
def test_that_the_documents_files_are_read_oldest_first(
    shared_data: Callable[[str], Path],
    name: str,
    rows: int,
    days: tuple[str, str],
    opens: tuple[float, float],
) -> None:
    table = read_prices(shared_data(name))
    assert table.rows == rows
    assert (str(table.dates[0]), str(table.dates[-1])) == days
    assert np.all(np.diff(table.dates) > np.timedelta64(0, "D"))
    assert tuple(table.column("Open")[[0, -1]]) == opens
    assert {"Open", "High", "Low", "Close"} <= set(table.price_names)


@pytest.mark.parametrize(
    ("share", "rows", "days", "last_adjusted"),
    [
        ("AAPL", 3270, ("2000-03-01", "2013-03-01"), 56.137353095488),
        ("GOOG", 2148, ("2004-08-19", "2013-03-01"), 404.3431686260103),
        ("IBM", 3270, ("2000-03-01", "2013-03-01"), 175.27118333217),
        ("MSFT", 3270, ("2000-03-01", "2013-03-01"), 24.684342419163),
        ("AMD", 8313, ("1990-01-02", "2022-12-28"), 62.57),
    ],
)
def test_that_every_shipped_sample_is_read(
    share: str, rows: int, days: tuple[str, str], last_adjusted: float
) -> None:
    table = read_prices(SAMPLES[share])
    assert table.rows == rows
    assert (str(table.dates[0]), str(table.dates[-1])) == days
    assert table.column("Adj Close")[-1] == last_adjusted


def test_that_rows_in_any_order_come_out_oldest_first_with_their_own_prices(
    tmp_path: Path,
) -> None:
    table = read(tmp_path, "Date,Open\n2019-01-03,3\n2019-01-01,1\n2019-01-02,2\n")
    assert list(map(str, table.dates)) == ["2019-01-01", "2019-01-02", "2019-01-03"]
    assert table.column("Open").tolist() == [1, 2, 3]


def test_that_a_number_above_12_anywhere_decides_day_first_for_the_whole_column(
    tmp_path: Path,
) -> None:
    day_first = read(tmp_path, "Date,Open\n01/02/2019,1\n02/02/2019,2\n13/02/2019,3\n")
    month_first = read(tmp_path, "Date,Open\n01/02/2019,1\n02/02/2019,2\n02/13/2019,3\n")
    assert str(day_first.dates[0]) == "2019-02-01"
    assert str(month_first.dates[0]) == "2019-01-02"


def test_that_a_date_column_without_a_known_name_is_found_by_its_cells(tmp_path: Path) -> None:
    table = read(tmp_path, "Open,Handelstag\n1.5,2019-01-02\n2.5,2019-01-03\n")
    assert str(table.dates[0]) == "2019-01-02"
    assert table.names == ("Open",)


def test_that_tickers_unnamed_columns_and_blank_lines_are_left_out(tmp_path: Path) -> None:
    table = read(
        tmp_path, "\ufeff,Ticker,Date,Open,Volume\n0,IBM,2019-01-02,1.5,0\n\n1,IBM,2019-01-03,2,9\n"
    )
    assert table.names == ("Open", "Volume")
    assert table.price_names == ("Open",)


HEAD = "Date,Open,Volume\n2019-01-02,1.5,10\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "share.csv is empty"),
        (" \r\n\n ", "share.csv is empty"),
        (",,\n,,\n", "share.csv is empty"),
        ("Date,Open\n", "has a header but no rows"),
        (b"PK\x03\x04\x00\x00\xff\xfe", "not a text file in UTF-8"),
        ("Date,Open\n2019-01-02,1.5\n".encode("utf-16"), "not a text file in UTF-8"),
        ("Open,High\n1,2\n", "no column of dates; its columns are 'Open', 'High'"),
        ("Date,Volume\n2019-01-02,5\n", "no column of prices .* its columns are 'Date', 'Volume'"),
        ("Date,Name\n2019-01-02,IBM\n", "no column of prices"),
        ("2019-01-02,1.5\n2019-01-03,1.6\n", "begins with '2019-01-02' instead of a header"),
        ("Date;Open\n2019-01-02;1,5\n", "separates its columns by ';'"),
        ("Date,Open,Open\n2019-01-02,1,2\n", "more than one column 'Open'"),
        (HEAD + "2019-01-02,1.6,11\n", "row 3, column Date: 2019-01-02 already stands in row 2"),
        (HEAD + "2019-01-03,,11\n", "row 3, column Open: the cell is blank"),
        (HEAD + "\n2019-01-03,,11\n", "row 4, column Open: the cell is blank"),
        (HEAD + "2019-01-03,null,11\n", "row 3, column Open: 'null' is not a plain number"),
        (HEAD + "2019-01-03,nan,11\n", "row 3, column Open: 'nan' is not a plain number"),
        (HEAD + '2019-01-03,"1,234.56",11\n', "row 3, column Open: '1,234.56' is not a plain"),
        (HEAD + '2019-01-03,"1.234,56",11\n', "row 3, column Open: '1.234,56' is not a plain"),
        (HEAD + "2019-01-03,1,234.56,11\n", "row 3 has 4 cells where the header has 3"),
        (HEAD + "2019-01-03,1_000,11\n", "row 3, column Open: '1_000' is not a plain number"),
        (HEAD + "2019-01-03,\u0661\u0662,11\n", "row 3, column Open: .* is not a plain number"),
        (HEAD + "2019-01-03,$1.60,11\n", "row 3, column Open: '\\$1.60' is not a plain number"),
        (HEAD + "2019-01-03,1.6,1.1M\n", "row 3, column Volume: '1.1M' is not a plain number"),
        (HEAD + "2019-01-03,-1.6,11\n", "row 3, column Open: '-1.6' stands where a price above 0"),
        (HEAD + "2019-01-03,0,11\n", "row 3, column Open: '0' stands where a price above 0"),
        (HEAD + "2019-01-03,1e999,11\n", "row 3, column Open: '1e999' stands where a price above"),
        (HEAD + "2019-01-03,1.6,-11\n", "row 3, column Volume: '-11' stands where .* not negative"),
        (HEAD + "2019-02-30,1.6,11\n", "row 3, column Date: there is no day '2019-02-30'"),
        (HEAD + "2019-13-01,1.6,11\n", "row 3, column Date: there is no day '2019-13-01'"),
        (HEAD + "0019-01-03,1.6,11\n", "row 3, column Date: there is no day '0019-01-03'"),
        (HEAD + "yesterday,1.6,11\n", "row 3, column Date: 'yesterday' is not a date;"),
        (HEAD + "03/01/2019,1.6,11\n", "row 3, column Date: .* in the form of the rows before"),
        ("Date,Open\n1/2/2019,1\n2/3/2019,2\n", "does not say whether its dates are day/month"),
        ("Date,Open\n13/1/2019,1\n1/13/2019,2\n", "row 3, column Date: .* other way round"),
        (HEAD + '2019-01-03,"1.6,11\n', "line 3 is not CSV"),
    ],
)
def test_that_a_bad_file_is_refused_in_one_sentence_that_says_where(
    tmp_path: Path, text: str | bytes, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        read(tmp_path, text)


def test_when_the_file_is_missing_or_a_folder_the_sentence_names_it(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no file .*gone\.csv"):
        read_prices(tmp_path / "gone.csv")
    with pytest.raises(UserError, match="cannot be read"):
        read_prices(tmp_path)


def test_that_changes_may_be_negative(tmp_path: Path) -> None:
    table = read(tmp_path, "Date,Open,Change\n2019-01-02,1.5,-0.5\n")
    assert table.column("Change").tolist() == [-0.5]


def table_or_sentence(folder: Path, content: bytes) -> None:
    try:
        table = read(folder, content)
    except UserError:
        return
    assert table.rows > 0
    assert table.price_names
    assert np.all(np.diff(table.dates) > np.timedelta64(0, "D"))
    for values in table.columns.values():
        assert values.shape == (table.rows,)
        assert np.isfinite(values).all()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@given(content=st.binary(max_size=200))
@settings(deadline=None)
def test_that_any_bytes_give_a_table_or_a_sentence(folder: Path, content: bytes) -> None:
    table_or_sentence(folder, content)


CELLS = st.one_of(
    st.sampled_from(
        ["Date", "Open", "2019-01-02", "1/2/2019", "31/12/2019", "1.5", "1,5", "-1", "", '"', "1e5"]
    ),
    st.text(max_size=6),
    st.dates().map(str),
    st.floats().map(str),
)


@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6))
@settings(deadline=None, max_examples=300)
def test_that_anything_like_a_csv_gives_a_table_or_a_sentence(
    folder: Path, rows: list[list[str]]
) -> None:
    text = "\n".join(",".join(row) for row in rows)
    table_or_sentence(folder, text.encode("utf-8", "surrogatepass"))


@given(
    prices=st.lists(st.floats(0.01, 1e6), min_size=1, max_size=20),
    newest_first=st.booleans(),
)
@settings(deadline=None)
def test_that_what_was_written_is_what_is_read(
    folder: Path, prices: list[float], newest_first: bool
) -> None:
    days = [f"{np.datetime64('2019-01-01') + i}" for i in range(len(prices))]
    rows = [f"{day},{price!r}" for day, price in zip(days, prices, strict=True)]
    table = read(folder, "\n".join(["Date,Close", *(rows[::-1] if newest_first else rows)]))
    assert table.column("Close").tolist() == prices
