"""Reading real files, and files in the dialects that the usual sources write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.stocks.data.csv_import import read_prices
from rnnstudio.core.stocks.data.samples import SAMPLES
from tests.core.stocks.data.csv_import.files import read


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
