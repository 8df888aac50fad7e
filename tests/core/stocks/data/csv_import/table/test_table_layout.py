"""Everything around the cells: encodings, line ends, delimiters, headers, notes, odd columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.stocks.data.csv_import.files import found, kinds, read

TEXT = "Date,Close\n2019-01-02,1.5\n2019-01-03,1.25\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_that_encodings_and_line_ends_do_not_matter(
    tmp_path: Path, encoding: str, end: str
) -> None:
    table = read(tmp_path, TEXT.replace("\n", end).encode(encoding)).table
    assert table.column("Close").tolist() == [1.5, 1.25]


def test_that_what_is_no_utf8_is_read_as_cp1252_and_that_is_said(tmp_path: Path) -> None:
    reading = read(tmp_path, "Date;Schluß\n2019-01-02;€ 1,5\n".encode("cp1252"))
    assert reading.table.column("Close").tolist() == [1.5]
    assert reading.dialect.encoding == "cp1252"
    assert "encoding" in kinds(reading)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", " | "])
def test_that_every_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    table = read(tmp_path, TEXT.replace(",", delimiter)).table
    assert table.column("Close").tolist() == [1.5, 1.25]


def test_that_rows_may_end_in_tabs(tmp_path: Path) -> None:
    table = read(tmp_path, "Date\tClose\t\n2019-01-02\t1.5\t\n2019-01-03\t1.25\t\n").table
    assert table.column("Close").tolist() == [1.5, 1.25]


def test_that_decimal_commas_between_semicolons_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    table = read(tmp_path, "Date;Open;Close\n2019-01-02;1,5;1,6\n2019-01-03;1,7;1,8\n").table
    assert table.column("Close").tolist() == [1.6, 1.8]


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ("2019-01-02,1.5\n2019-01-03,1.25\n", ("Close",)),
        ("2019-01-02,2,3,1,2.5\n", ("Open", "High", "Low", "Close")),
        ("2019-01-02,2,3,1,2.5,900\n", ("Open", "High", "Low", "Close", "Volume")),
        (
            "2019-01-02,2,3,1,2.5,2.4,900\n",
            ("Open", "High", "Low", "Close", "Adj Close", "Volume"),
        ),
        (
            "2019-01-02,2,3,1,2.5,1.2M,2.4\n",
            ("Open", "High", "Low", "Close", "Adj Close", "Volume"),
        ),
    ],
)
def test_when_no_line_names_the_columns_their_order_does(
    tmp_path: Path, rows: str, names: tuple[str, ...]
) -> None:
    reading = read(tmp_path, rows)
    assert reading.table.names == names
    (said,) = (finding for finding in reading.findings if finding.kind == "no-header")
    assert said.rows == (1,)
    assert "by their order they are Date, " in str(said.action)


def test_that_text_above_and_below_the_table_is_left_out_and_named(tmp_path: Path) -> None:
    text = (
        "Historical prices\nDownloaded;14/06/2019\n\nDate;Close\n2019-01-02;1,5\n\n2019-01-03;1,6\n"
        '\n"Highest: 1.6; lowest: 1.5"\nTotal;3,1\n'
    )
    reading = read(tmp_path, text)
    assert reading.table.column("Close").tolist() == [1.5, 1.6]
    assert [(f.kind, f.rows) for f in reading.findings] == [
        ("preamble", (1, 2)),
        ("footer", (9, 10)),
    ]
    assert reading.lines.tolist() == [5, 7]


def test_that_short_lines_above_a_small_table_do_not_pass_for_it(tmp_path: Path) -> None:
    text = (
        "Symbol;AAPL\nCurrency;USD\nPeriod;Daily\n\nDate;Open;High;Low;Close;Volume\n"
        "2019-01-02;1,5;2;1;1,7;100\n2019-01-03;1,6;2;1;1,8;200\n"
    )
    assert read(tmp_path, text).table.column("Close").tolist() == [1.7, 1.8]


@pytest.mark.parametrize(
    "above", ["From,2024-01-02,to,2024-02-02", "Latest,2024-02-02,1.5,", "1,2,3,4"]
)
def test_that_text_with_dates_above_the_table_is_no_row_of_it(tmp_path: Path, above: str) -> None:
    text = f"{above}\n,,,\nDate,Open,Close,Volume\n2024-01-02,1.5,1.7,10\n2024-01-03,1.6,1.8,20\n"
    reading = read(tmp_path, text)
    assert reading.table.column("Close").tolist() == [1.7, 1.8]
    assert found(reading, "preamble").rows == (1,)


def test_that_a_row_may_be_one_cell_in_quotes(tmp_path: Path) -> None:
    table = read(tmp_path, '"Date,Close"\n"2024-01-02,""1,234.5"""\n"2024-01-03,1236"\n').table
    assert table.column("Close").tolist() == [1234.5, 1236]


def test_that_a_line_may_be_drawn_between_delimiters(tmp_path: Path) -> None:
    table = read(tmp_path, "Date,Close\n---,---\n2024-01-02,1.5\n2024-01-03,1.6\n").table
    assert table.column("Close").tolist() == [1.5, 1.6]


def test_that_a_line_of_symbols_below_the_header_is_no_row(tmp_path: Path) -> None:
    text = (
        "Attributes,Close,Volume\nSymbols,AAPL,AAPL\nDate,,\n2024-01-02,1.5,7\n2024-01-03,1.6,8\n"
    )
    assert read(tmp_path, text).table.column("Close").tolist() == [1.5, 1.6]


def test_that_a_header_may_go_on_over_lines_and_rows_may_end_in_a_delimiter(tmp_path: Path) -> None:
    table = read(tmp_path, 'Date,"Close\n(USD)"\n2019-01-02,1.5,\n2019-01-03,1.25,\n').table
    assert table.column("Close").tolist() == [1.5, 1.25]


def test_that_a_date_column_without_a_known_name_is_found_by_its_cells(tmp_path: Path) -> None:
    table = read(tmp_path, "Open,Handelstag\n1.5,2019-01-02\n2.5,2019-01-03\n").table
    assert str(table.dates[0]) == "2019-01-02"
    assert table.names == ("Open",)


def test_that_tickers_unnamed_columns_and_blank_lines_are_left_out(tmp_path: Path) -> None:
    text = "\ufeff,Ticker,Date,Open,Volume\n0,IBM,2019-01-02,1.5,0\n\n1,IBM,2019-01-03,2,9\n"
    table = read(tmp_path, text).table
    assert table.names == ("Open", "Volume")
    assert table.price_names == ("Open",)


def test_when_only_one_column_can_be_the_close_it_is_taken_and_that_is_said(tmp_path: Path) -> None:
    reading = read(tmp_path, "DATE,SP500\n2019-01-02,2510.03\n2019-01-03,2447.89\n")
    assert reading.table.column("Close").tolist() == [2510.03, 2447.89]
    assert "close-taken" in kinds(reading)


def test_that_a_full_file_without_anything_odd_has_no_finding(
    shared_data: Callable[[str], Path],
) -> None:
    from rnnstudio.core.stocks.data.csv_import import read_csv

    assert read_csv(shared_data("AMD-train.csv")).findings == ()
