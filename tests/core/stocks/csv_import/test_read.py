"""Reading real files, and files in the dialects that the usual sources write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.stocks.csv_import import read_prices
from rnnstudio.core.stocks.samples import SAMPLES
from tests.core.stocks.csv_import.files import kinds, read


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
    assert {"Open", "High", "Low", "Close", "Volume"} <= set(table.names)


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


CANDLE = {"Open": 1200.25, "High": 1250.0, "Low": 1190.0, "Close": 1241.0}
BINANCE = (
    "1546387200000,3701.23,3810.16,3642.00,3797.14,23741.687033,1546473599999,88149249.58,154227,"
    "12919.15,47995370.9,0\n"
)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param(
            "Date,Open,High,Low,Close,Adj Close,Volume\n"
            "2019-01-02,1200.25,1250,1190,1241,1239.5,985430\n",
            CANDLE | {"Adj Close": 1239.5, "Volume": 985430},
            id="Yahoo",
        ),
        pytest.param(
            "Price,Close,High,Low,Open,Volume\nTicker,X,X,X,X,X\nDate,,,,,\n"
            "2019-01-02,1241,1250,1190,1200.25,985430\n",
            CANDLE | {"Volume": 985430},
            id="yfinance",
        ),
        pytest.param(
            "Date,Open,High,Low,Last,Close,Total Trade Quantity,Turnover (Lacs)\n"
            "1/2/2019,1200.25,1250,1190,1240.5,1241,985430,11859.95\n"
            "1/31/2019,1200.25,1250,1190,1240.5,1241,985430,11859.95\n",
            CANDLE | {"Volume": 985430, "Last": 1240.5, "Turnover (Lacs)": 11859.95},
            id="NSE",
        ),
        pytest.param(
            '"Date ","series ","OPEN ","HIGH ","LOW ","PREV. CLOSE ","ltp ","close ","VOLUME "\n'
            '"02-Jan-2019","EQ","1,200.25","1,250.00","1,190.00","1,199.00","1,240.50",'
            '"1,241.00","9,85,430"\n',
            CANDLE | {"Volume": 985430, "PREV. CLOSE": 1199, "ltp": 1240.5},
            id="NSE-historical",
        ),
        pytest.param(
            "Date, Close/Last, Volume, Open, High, Low\n"
            "01/02/2019, $1241.00, 985430, $1200.25, $1250.00, $1190.00\n"
            "01/31/2019, $1241.00, 985430, $1200.25, $1250.00, $1190.00\n",
            CANDLE | {"Volume": 985430},
            id="Nasdaq",
        ),
        pytest.param(
            '"Date","Price","Open","High","Low","Vol.","Change %"\n'
            '"Jan 02, 2019","1,241.00","1,200.25","1,250.00","1,190.00","985.43K","-0.53%"\n',
            CANDLE | {"Volume": 985430, "Change %": -0.53},
            id="Investing",
        ),
        pytest.param(
            '"Tanggal","Terakhir","Pembukaan","Tertinggi","Terendah","Vol.","Perubahan%"\n'
            '"02/01/2019","1.241,00","1.200,25","1.250,00","1.190,00","985,43K","-0,53%"\n'
            '"31/01/2019","1.241,00","1.200,25","1.250,00","1.190,00","985,43K","-0,53%"\n',
            CANDLE | {"Volume": 985430, "Perubahan%": -0.53},
            id="Investing-Indonesian",
        ),
        pytest.param(
            "Date,Open,High,Low,Close,Volume\n2019-01-02,1200.25,1250,1190,1241,9.8543E5\n",
            CANDLE | {"Volume": 985430},
            id="Stooq",
        ),
        pytest.param(
            "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\n"
            "X.US,D,20190102,000000,1200.25,1250,1190,1241,985430,0\n",
            CANDLE | {"Volume": 985430},
            id="Stooq-archive",
        ),
        pytest.param(
            "timestamp,open,high,low,close,adjusted_close,volume,dividend_amount\n"
            "2019-01-02,1200.25,1250,1190,1241,1239.5,985430,0.0\n",
            CANDLE | {"Adj Close": 1239.5, "Volume": 985430},
            id="Alpha-Vantage",
        ),
        pytest.param(
            "date,1. open,2. high,3. low,4. close,5. adjusted close,6. volume\n"
            "2019-01-02,1200.25,1250,1190,1241,1239.5,985430\n",
            CANDLE | {"Adj Close": 1239.5, "Volume": 985430},
            id="Alpha-Vantage-JSON",
        ),
        pytest.param(
            "date,close,high,low,open,volume,adjClose,adjHigh,divCash,splitFactor\n"
            "2019-01-02T00:00:00.000Z,1241,1250,1190,1200.25,985430,1239.5,1248.5,0.0,1.0\n",
            CANDLE | {"Adj Close": 1239.5, "Volume": 985430, "adjHigh": 1248.5},
            id="Tiingo",
        ),
        pytest.param(
            BINANCE,
            {"Open": 3701.23, "High": 3810.16, "Low": 3642, "Close": 3797.14}
            | {"Volume": 23741.687033, "Number of trades": 154227},
            id="Binance",
        ),
        pytest.param(
            "Date,Open,High,Low,Close,Volume\n2-Jan-19,1200.25,1250,1190,1241,985430\n",
            CANDLE | {"Volume": 985430},
            id="Google",
        ),
        pytest.param(
            "https://www.cryptodatadownload.com/\n"
            "unix,date,symbol,open,high,low,close,Volume BTC,Volume USD\n"
            "1546387200,2019-01-02 00:00:00,BTC/USD,1200.25,1250,1190,1241,12.5,985430\n",
            CANDLE | {"Volume": 12.5, "Volume USD": 985430},
            id="CryptoDataDownload",
        ),
        pytest.param(
            "1546387200,1200.25,1250.0,1190.0,1241.0,12.5,154\n"
            "1546473600,1241.0,1260.0,1200.0,1220.5,13.5,120\n",
            CANDLE,
            id="Kraken",
        ),
        pytest.param(
            "v,vw,o,c,h,l,t,n\n985430,1220.5,1200.25,1241,1250,1190,1546387200000,154\n",
            CANDLE | {"Volume": 985430},
            id="Polygon",
        ),
        pytest.param(
            "Tanggal,Buka,Tinggi,Rendah,Tutup*,Adj. Tutup**,Volume\n"
            "2 Jan 2019,1200.25,1250,1190,1241,1239.5,985430\n",
            CANDLE | {"Adj Close": 1239.5, "Volume": 985430},
            id="Yahoo-Indonesian",
        ),
        pytest.param(
            "| Date | Open | Close |\n|------|-----:|------:|\n| 2019-01-02 | 1.5 | 2.5 |\n",
            {"Open": 1.5, "Close": 2.5},
            id="Markdown",
        ),
        pytest.param(
            "Currency,Date,Closing Price (USD),24h Open (USD),24h High (USD),24h Low (USD)\n"
            "BTC,2019-01-02,1241,1200.25,1250,1190\n",
            CANDLE,
            id="CoinDesk",
        ),
        pytest.param(
            "2019.01.02,00:00,1200.25,1250.0,1190.0,1241.0,985430\n",
            CANDLE | {"Volume": 985430},
            id="MetaTrader",
        ),
        pytest.param(
            "Tanggal;Pembukaan;Tertinggi;Terendah;Penutupan;Penutupan Disesuaikan;Volume\n"
            "Rabu, 2 Januari 2019;Rp1.200,25;Rp1.250;Rp1.190;Rp1.241;1.239,5;985,43 rb\n",
            CANDLE | {"Adj Close": 1239.5, "Volume": 985430},
            id="Indonesian",
        ),
    ],
)
def test_that_the_dialect_of_each_usual_source_is_understood(
    tmp_path: Path, text: str, row: dict[str, float]
) -> None:
    reading = read(tmp_path, text)
    assert reading.timestamps[0] == "2019-01-02"
    columns = reading.table.columns
    assert {name: columns[name][0] for name in row} == row


def dated(tmp_path: Path, *cells: str) -> list[str]:
    rows = [f"{cell};{row + 1}.5" for row, cell in enumerate(cells)]
    return read(tmp_path, "\n".join(["Date;Close", *rows])).timestamps


@pytest.mark.parametrize(
    "cells",
    [
        ("2019-01-02", "2019-01-31"),
        ("2019/1/2", "2019/1/31"),
        ("2019.01.02", "2019.01.31"),
        ("20190102", "20190131"),
        ("02/01/2019", "31/01/2019"),
        ("2/1/2019", "31/1/2019"),
        ("2-1-2019", "31-1-2019"),
        ("02.01.2019", "31.01.2019"),
        ("01/02/2019", "01/31/2019"),
        ("1-2-2019", "1-31-2019"),
        ("02/01/19", "31/01/19"),
        ("1/2/19", "1/31/19"),
        ("19-01-02", "19-01-31"),
        ("2 Jan 2019", "31 Jan 2019"),
        ("02-Jan-2019", "31-Jan-2019"),
        ("02-JAN-19", "31-JAN-19"),
        ("2 January 2019", "31 January 2019"),
        ("2 Januari 2019", "31 Januari 2019"),
        ("Jan 2, 2019", "Jan 31, 2019"),
        ("January 2nd, 2019", "January 31st, 2019"),
        ("Wednesday, January 2, 2019", "Thursday, January 31, 2019"),
        ("2019-Jan-02", "2019-Jan-31"),
        ("Rab, 2 Jan 2019", "Kam, 31 Jan 2019"),
        ("1546387200", "1548892800"),
        ("1546387200000", "1548892800000"),
        ("1546387200000000", "1548892800000000"),
        ("1546387200.0", "1548892800.0"),
        ("2019-01-02T00:00:00Z", "2019-01-31T00:00:00Z"),
        ("2019-01-02 00:00:00+07:00", "2019-01-31 00:00:00+07:00"),
        ("2019-01-02T00:00:00.000000-0500", "2019-01-31T00:00:00.000000-0500"),
        ("1/2/2019 16:00:00", "1/31/2019 16:00:00"),
        ("1/2/2019 4:00 PM", "1/31/2019 4:00 PM"),
        ("02.01.2019 00:00:00.000 GMT+0100", "31.01.2019 00:00:00.000 GMT+0100"),
    ],
)
def test_that_a_date_is_read_in_every_form(tmp_path: Path, cells: tuple[str, str]) -> None:
    assert dated(tmp_path, *cells) == ["2019-01-02", "2019-01-31"]


@pytest.mark.parametrize(
    "names",
    [
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des",
        "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
        "JAN PEB MAR APR MEI JUN JUL AGS SEPT OKT NOP DES",
    ],
)
def test_that_months_are_known_in_english_and_indonesian(tmp_path: Path, names: str) -> None:
    cells = [f"15 {name} 2019" for name in names.split()]
    assert dated(tmp_path, *cells) == [f"2019-{month:02}-15" for month in range(1, 13)]


def test_that_times_and_zones_are_kept_where_a_day_has_several_rows(tmp_path: Path) -> None:
    cells = ["2019-03-08 15:30:00-05:00", "2019-03-08 15:31:00-05:00", "2019-03-11 09:30:00-04:00"]
    assert dated(tmp_path, *cells) == [cell.replace(" ", "T") for cell in cells]
    assert dated(tmp_path, "2/1/2019 9:30", "2/1/2019 9:31", "31/1/2019 9:30") == [
        "2019-01-02T09:30:00",
        "2019-01-02T09:31:00",
        "2019-01-31T09:30:00",
    ]
    assert dated(tmp_path, "1546421400", "1546421460") == [
        "2019-01-02T09:30:00+00:00",
        "2019-01-02T09:31:00+00:00",
    ]


def test_that_rows_in_zones_are_ordered_by_the_moment_and_not_by_the_clock(tmp_path: Path) -> None:
    cells = ["2019-11-03 01:30:00-04:00", "2019-11-03 01:00:00-05:00"]
    assert dated(tmp_path, *cells) == [cell.replace(" ", "T") for cell in cells]


def test_that_a_number_above_12_anywhere_decides_day_first_for_the_whole_column(
    tmp_path: Path,
) -> None:
    assert dated(tmp_path, "01/02/2019", "02/02/2019", "13/02/2019")[0] == "2019-02-01"
    assert dated(tmp_path, "01/02/2019", "02/02/2019", "02/13/2019")[0] == "2019-01-02"


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1.234,56", "999"], [1234.56, 999]),
        (["1,234.56", "999"], [1234.56, 999]),
        (["1 234,56", "999,5"], [1234.56, 999.5]),
        (["1\u00a0234,56", "12\u00a0345,00"], [1234.56, 12345]),
        (["1\u202f234.56", "12\u202f345.00"], [1234.56, 12345]),
        (["1'234.56", "1\u2019234\u2019567.00"], [1234.56, 1234567]),
        (["1.234.567", "1.234"], [1234567, 1234]),
        (["1,234,567", "1,234"], [1234567, 1234]),
        (["1.234,5", "1.234"], [1234.5, 1234]),
        (["1,234.5", "1,234"], [1234.5, 1234]),
        (["0.123", "1.234"], [0.123, 1.234]),
        (["0,123", "1,234"], [0.123, 1.234]),
        (["1234.567", "1.234"], [1234.567, 1.234]),
        (["1.2", "1.234"], [1.2, 1.234]),
        (["995", "1.005", "1.010"], [995, 1005, 1010]),
        (["12,34,567.5", "9,99,999"], [1234567.5, 999999]),
        (["$1,234.50", "$999.00"], [1234.5, 999]),
        (["1.234,50 €", "999,00 €"], [1234.5, 999]),
        (["Rp 1.234,50", "Rp999"], [1234.5, 999]),
        (["USD 1.5", "USD 2"], [1.5, 2]),
        (["1.5%", "2%"], [1.5, 2]),
        (["1.1E+02", "1.5"], [110, 1.5]),
        (["1.234e2"], [123.4]),
        (["Rp 9.250,-", "Rp 9.275,-"], [9250, 9275]),
        (["+1.5", ".5"], [1.5, 0.5]),
        (["2.675", "4.35"], [2.675, 4.35]),
    ],
)
def test_that_a_columns_numbers_are_read_exactly(
    tmp_path: Path, cells: list[str], numbers: list[float]
) -> None:
    rows = [f"2019-01-0{row + 1};{cell}" for row, cell in enumerate(cells)]
    table = read(tmp_path, "\n".join(["Date;Close", *rows])).table
    assert table.column("Close").tolist() == numbers


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1.5K", 1500),
        ("4.35M", 4_350_000),
        ("1.1B", 1_100_000_000),
        ("2.05T", 2_050_000_000_000),
        ("1.5 rb", 1500),
        ("1.5jt", 1_500_000),
        ("2.5 miliar", 2_500_000_000),
        ("12 lakh", 1_200_000),
        ("985430", 985430),
    ],
)
def test_that_volumes_with_units_are_read_exactly(tmp_path: Path, cell: str, number: float) -> None:
    table = read(tmp_path, f"Date;Close;Volume\n2019-01-02;1.5;{cell}\n").table
    assert table.column("Volume").tolist() == [number]


def test_when_a_volume_counts_in_jt_its_m_is_a_miliar_and_that_is_said(tmp_path: Path) -> None:
    text = "Tanggal;Penutupan;Volume\n2019-01-02;1,5;850 jt\n2019-01-03;1,5;1,1 M\n"
    reading = read(tmp_path, text)
    assert reading.table.column("Volume").tolist() == [850e6, 1.1e9]
    assert "unit-million" in kinds(reading)


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
    assert "by their order they are Date, " in said.action


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
    from rnnstudio.core.stocks.csv_import import read_csv

    assert read_csv(shared_data("AMD-train.csv")).findings == ()
