"""Which column is what, in the languages and dialects of the world's exchanges and vendors."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import import CsvOptions, UndecidedError
from tests.core.stocks.data.csv_import.files import found, kinds, read

CANDLE = {"Open": 10.5, "High": 12.5, "Low": 9.5, "Close": 11.5, "Volume": 5000.0}


def written(header: str, roles: str) -> str:
    """Three rows under ``header``; a letter of ``roles`` says what a column holds.

    d is the date, s one in milliseconds, t a text, x some other number, m what was paid; o, h, l, c
    and v are the candle.
    """
    delimiter = ";" if ";" in header else ","
    cells = {"o": "10.5", "h": "12.5", "l": "9.5", "c": "11.5", "v": "5000", "m": "57500"}
    rows = [
        cells | {"d": f"2024-01-{day}", "s": str((19722 + day) * 86_400_000), "t": "IBM", "x": "1"}
        for day in (15, 16, 17)
    ]
    lines = [delimiter.join(row[role] for role in roles) for row in rows]
    return "\n".join([header, *lines])


HEADERS = [
    ("Yahoo", "Date,Open,High,Low,Close,Adj Close,Volume", "dohlccv"),
    ("Alpha Vantage", "timestamp,1. open,2. high,3. low,4. close,5. volume", "dohlcv"),
    ("Quandl", "Date,Open,High,Low,Last,Close,Total Trade Quantity,Turnover (Lacs)", "dohlxcvm"),
    ("Quandl FSE", "Date,Open,High,Low,Close,Traded Volume,Turnover", "dohlcvm"),
    ("Tiingo", "date,close,high,low,open,volume,adjClose,adjHigh", "dchlovcx"),
    ("Polygon", "ticker,volume,open,close,high,low,window_start,transactions", "tvochldx"),
    ("Kaggle", "date,open,high,low,close,volume,Name", "dohlcvt"),
    ("quantmod", "Index,AAPL.Open,AAPL.High,AAPL.Low,AAPL.Close,AAPL.Volume", "dohlcv"),
    ("flattened", "Date,Close_AAPL,High_AAPL,Low_AAPL,Open_AAPL,Volume_AAPL", "dchlov"),
    ("tuples", "Date;('Open', 'AAPL');('High', 'AAPL');('Low', 'AAPL');('Close', 'AAPL')", "dohlc"),
    ("CBOE", "DATE,VIX OPEN,VIX HIGH,VIX LOW,VIX CLOSE", "dohlc"),
    ("MetaStock", "<TICKER>,<DTYYYYMMDD>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>", "tdohlcv"),
    ("Stooq", "<TICKER>,<PER>,<DATE>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>", "ttdohlcvx"),
    ("MetaTrader 5", "<DATE>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<TICKVOL>,<SPREAD>", "dohlcvx"),
    ("NSE", "Date,series,OPEN,HIGH,LOW,PREV. CLOSE,ltp,close,vwap,VOLUME,VALUE", "dtohlxxcxvm"),
    (
        "BSE",
        (
            "Date,Open Price,High Price,Low Price,Close Price,WAP,No.of Shares,No. of Trades,"
            "Total Turnover (Rs.)"
        ),
        "dohlcxvxm",
    ),
    (
        "IDX",
        (
            "Tanggal Perdagangan Terakhir,Sebelumnya,Open Price,Tertinggi,Terendah,Penutupan,"
            "Volume,Nilai"
        ),
        "dxohlcvm",
    ),
    ("Binance", "open_time,open,high,low,close,volume,close_time,quote_volume", "dohlcvdm"),
    ("Binance, times as numbers", "open_time,open,high,low,close,volume,close_time", "sohlcvs"),
    ("Polygon, letters", "v,vw,o,c,h,l,t,n", "vxochlsx"),
    (
        "Bitstamp",
        "Timestamp,Open,High,Low,Close,Volume_(BTC),Volume_(Currency),Weighted_Price",
        "dohlcvmx",
    ),
    ("CryptoDataDownload", "date,symbol,open,high,low,close,Volume BTC,Volume USDT", "dtohlcvm"),
    ("CryptoCompare", "time,high,low,open,volumefrom,volumeto,close", "dhlovmc"),
    ("Investing", "Date,Price,Open,High,Low,Vol.,Change %", "dcohlvx"),
    ("Bloomberg", "Date,PX_OPEN,PX_HIGH,PX_LOW,PX_LAST,PX_VOLUME", "dohlcv"),
    ("Refinitiv", "Exchange Date,Close,Net,%Chg,Open,Low,High,Volume,Turnover", "dcxxolhvm"),
    ("Nasdaq", "Date,Close/Last,Volume,Open,High,Low", "dcvohl"),
    ("MOEX", "TRADEDATE;SECID;OPEN;LOW;HIGH;CLOSE;VALUE;VOLUME", "dtolhcmv"),
    ("B3", "DATPRE;DATA PREGAO;PREABE;PREMAX;PREMIN;PREULT;QUATOT;VOLTOT", "tdohlcvm"),
    (
        "Euronext",
        "Date,Open,High,Low,Last,Close,Number of Shares,Number of Trades,Turnover",
        "dohlxcvxm",
    ),
    (
        "tushare",
        "ts_code,trade_date,open,high,low,close,pre_close,change,pct_chg,vol,amount",
        "tdohlcxxxvm",
    ),
    ("FinMind", "date,stock_id,Trading_Volume,Trading_money,open,max,min,close", "dtvmohlc"),
    ("German", "Datum;Eröffnung;Hoch;Tief;Schluss;Volumen", "dohlcv"),
    ("German, ariva", "Datum;Erster;Hoch;Tief;Schlusskurs;Stuecke;Volumen", "dohlcvm"),
    ("German, Investing", "Datum;Zuletzt;Eröffn.;Hoch;Tief;Vol.;+/- %", "dcohlvx"),
    ("German, boerse", "Datum;Anfang;Hoch;Tief;Schluss;Stück;Umsatz in EUR", "dohlcvm"),
    ("French", "Date;Dernier;Ouv.; Plus Haut;Plus Bas;Vol.;Variation %", "dcohlvx"),
    ("French, long", "date;ouverture;+ haut;+ bas;clôture;volume", "dohlcv"),
    ("Spanish", "Fecha;Último;Apertura;Máximo;Mínimo;Vol.;% var.", "dcohlvx"),
    ("Portuguese", "Data;Último;Abertura;Máxima;Mínima;Vol.;Var%", "dcohlvx"),
    ("Italian", "Data;Ultimo;Apertura;Massimo;Minimo;Vol.;Var. %", "dcohlvx"),
    ("Dutch", "Datum;Laatste;Open;Hoog;Laag;Vol.;Verschil %", "dcohlvx"),
    ("Swedish", "Datum;Senaste;Öppning;Högsta;Lägsta;Vol.;Ändring %", "dcohlvx"),
    (
        "Swedish, Nasdaq",
        "Datum;Högstakurs;Lägstakurs;Stängn.kurs;Öppn.kurs;Tot.vol.;Oms",
        "dhlcovm",
    ),
    ("Danish", "Dato;Åbning;Højeste;Laveste;Lukkekurs;Volumen", "dohlcv"),
    ("Danish, Investing", "Dato;Seneste;Åben;Høj;Lav;Vol.;+/- %", "dcohlvx"),
    ("Norwegian", "Dato;Åpning;Høyeste;Laveste;Sluttkurs;Volum", "dohlcv"),
    ("Finnish", "Päivämäärä;Avaus;Ylin;Alin;Päätös;Volyymi", "dohlcv"),
    ("Polish", "Data;Otwarcie;Najwyzszy;Najnizszy;Zamkniecie;Wolumen", "dohlcv"),
    ("Polish, Investing", "Data;Ostatnio;Otwarcie;Max.;Min.;Wol.;Zmiana%", "dcohlvx"),
    ("Czech", "Datum;Poslední;Otevření;Nejvyšší;Nejnižší;Objem", "dcohlv"),
    ("Hungarian", "Dátum;Nyitó;Maximum;Minimum;Záró;Volumen", "dohlcv"),
    ("Hungarian, pieces", "Dátum;Nyitó;Maximum;Minimum;Záró;Forgalom (db)", "dohlcv"),
    ("Turkish", "Tarih;Şimdi;Açılış;Yüksek;Düşük;Hac.;Fark %", "dcohlvx"),
    ("Turkish, BIST", "Tarih;Açılış;En Yüksek;En Düşük;Kapanış;Hacim(TL);Miktar", "dohlcmv"),
    ("Russian", "Дата;Цена;Откр.;Макс.;Мин.;Объём;Изм. %", "dcohlvx"),
    ("Russian, long", "Дата;Открытие;Максимум;Минимум;Закрытие;Количество;Объем (руб)", "dohlcvm"),
    ("Greek", "Ημερομηνία;Τελευταία;Άνοιγμα;Υψηλό;Χαμηλό;Όγκος", "dcohlv"),
    ("Indonesian", "Tanggal;Terakhir;Pembukaan;Tertinggi;Terendah;Vol.;Perubahan%", "dcohlvx"),
    ("Vietnamese", "Ngày;Lần cuối;Mở;Cao;Thấp;KL;% Thay đổi", "dcohlvx"),
    ("Thai", "วันที่;ล่าสุด;เปิด;สูงสุด;ต่ำสุด;ปริมาณ;% เปลี่ยน", "dcohlvx"),
    ("Japanese", "日付け;終値;始値;高値;安値;出来高;変化率 %", "dcohlvx"),
    ("Japanese, JPX", "日付;始値;高値;安値;終値;売買高;売買代金", "dohlcvm"),
    ("Chinese", "日期;收盘;开盘;高;低;交易量;涨跌幅", "dcohlvx"),
    ("Chinese, akshare", "日期;股票代码;开盘;收盘;最高;最低;成交量;成交额;振幅", "dtochlvmx"),
    (
        "Chinese, NetEase",
        "日期;股票代码;名称;收盘价;最高价;最低价;开盘价;前收盘;成交量;成交金额",
        "dttchloxvm",
    ),
    (
        "Taiwanese",
        "日期;成交股數;成交金額;開盤價;最高價;最低價;收盤價;漲跌價差;成交筆數",
        "dvmohlcxx",
    ),
    ("Korean", "날짜;종가;오픈;고가;저가;거래량;변동 %", "dcohlvx"),
    ("Korean, KRX", "일자;종가;대비;등락률;시가;고가;저가;거래량;거래대금", "dcxxohlvm"),
    ("Arabic", "التاريخ;الأخير;الافتتاح;الأعلى;الأدنى;الحجم", "dcohlv"),
    ("Hebrew", "תאריך;אחרון;פתיחה;גבוה;נמוך;נפח", "dcohlv"),
]


@pytest.mark.parametrize(
    ("header", "roles"), [case[1:] for case in HEADERS], ids=[c[0] for c in HEADERS]
)
def test_that_columns_are_known_by_their_names(tmp_path: Path, header: str, roles: str) -> None:
    table = read(tmp_path, written(header, roles)).table
    wanted = {
        name: CANDLE[name] for name, letter in zip(CANDLE, "ohlcv", strict=True) if letter in roles
    }
    assert {name: table.column(name)[0] for name in wanted} == wanted


@pytest.mark.parametrize("cells", [("$5,000", "$6,000"), ("1.5%", "0.2%"), ("€1.2M", "€3M")])
def test_that_a_volume_of_amounts_or_shares_of_a_hundred_is_none(
    tmp_path: Path, cells: tuple[str, str]
) -> None:
    text = f"Date;Close;Volume\n2024-01-15;11.5;{cells[0]}\n2024-01-16;11.6;{cells[1]}\n"
    assert "Volume" not in read(tmp_path, text).table.names
    named = text.replace("%\n", "\n").replace("Volume", "Volume %")
    assert "Volume" not in read(tmp_path, named).table.names


def test_when_no_name_is_that_of_a_price_the_option_in_the_sentence_works(tmp_path: Path) -> None:
    text = "Date,Yield (%)\n2024-01-15,4.5\n2024-01-16,4.6\n"
    with pytest.raises(UserError, match=r"no column of prices .*: --column 'Close=Yield \(%\)'"):
        read(tmp_path, text)
    options = CsvOptions(columns=(("Close", "Yield (%)"),))
    assert read(tmp_path, text, options).table.column("Close").tolist() == [4.5, 4.6]


def test_that_a_volume_of_nothing_but_zeros_gives_way_to_the_ticks(tmp_path: Path) -> None:
    header = "<DATE>\t<CLOSE>\t<TICKVOL>\t<VOL>\n"
    text = header + "2024.01.15\t11.5\t500\t0\n2024.01.16\t11.6\t600\t0\n"
    assert read(tmp_path, text).table.column("Volume").tolist() == [500, 600]
    with pytest.raises(UndecidedError, match="--column Volume=TICKVOL"):
        read(tmp_path, text.replace("\t0", "\t7000"))


@pytest.mark.parametrize(
    "tickers", ["F,C,T,O,V", "AAPL,LOW,MSFT,GE,X", "600519,000001,300750,1,2", "T100,T200,K1,Q2,Q3"]
)
def test_that_tickers_do_not_pass_for_prices_of_one_share(tmp_path: Path, tickers: str) -> None:
    text = f"Date,{tickers}\n2024-01-15,11.5,6.5,9.5,3,7\n2024-01-16,11.6,6.6,9.6,3.1,7.1\n"
    with pytest.raises(UndecidedError, match="--column Close=") as asked:
        read(tmp_path, text)
    second = next(choice for choice in asked.value.choices if "6.5" in choice.preview)
    assert read(tmp_path, text, second.options).table.column("Close").tolist() == [6.5, 6.6]


@pytest.mark.parametrize(
    "name",
    [
        "Volume (USD)", "Volume USD", "Volume (€)", "Volume_(Currency)", "Turnover", "Value Traded",
        "Umsatz", "成交额", "売買代金", "거래대금", "Nilai", "Obrót", "Hacim (TL)",
        "Volume Financeiro",
        "Capitaux échangés", "Controvalore", "Omsättning", "Amount", "Quote Volume", "Объем (руб)",
    ],
)  # fmt: skip
def test_that_what_counts_money_is_never_the_volume(tmp_path: Path, name: str) -> None:
    table = read(
        tmp_path, f"Date,Close,{name}\n2024-01-15,11.5,57500\n2024-01-16,11.6,58000\n"
    ).table
    assert "Volume" not in table.names


@pytest.mark.parametrize(
    "name",
    [
        "Exchange Rate", "Total Return Index", "NAV", "Net Asset Value", "Settle", "Last", "LTP",
        "Index", "Fixing", "EUR/USD", "iShares Core", "Kurs", "Cours", "Precio", "Цена", "基準価額",
        "单位净值", "SP500", "PX_LAST", "Quote", "Value", "Average",
    ],
)  # fmt: skip
def test_that_the_one_price_of_a_table_is_its_close(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path, f"Date,{name}\n2024-01-15,11.5\n2024-01-16,11.6\n")
    assert reading.preferred == "Close"
    assert reading.table.column("Close").tolist() == [11.5, 11.6]


def test_that_the_previous_close_and_averages_are_not_taken_for_the_close(tmp_path: Path) -> None:
    text = "Date,Price,Prev Close,VWAP,Bid,Ask\n2024-01-15,11.5,11,11.2,11.4,11.6\n"
    assert read(tmp_path, text).table.column("Close").tolist() == [11.5]


def test_when_there_is_only_a_high_and_a_low_the_close_is_asked_for(tmp_path: Path) -> None:
    text = "Date,High,Low,Average\n2024-01-15,12,9,10\n2024-01-16,13,10,11\n"
    with pytest.raises(UndecidedError, match="no column that is the close") as question:
        read(tmp_path, text)
    closes = {
        choice.flag: read(tmp_path, text, choice.options).table.column("Close")[0]
        for choice in question.value.choices
    }
    assert closes == {
        "--column Close=Average": 10, "--column Close=High": 12, "--column Close=Low": 9
    }  # fmt: skip


def test_when_only_the_open_could_be_forecast_the_report_says_so(tmp_path: Path) -> None:
    reading = read(tmp_path, "Date,Open,High\n2024-01-15,11,12\n2024-01-16,12,13\n")
    assert reading.preferred == "Open"
    assert "the Open is forecast" in str(found(reading, "no-close").action)


def test_that_a_column_of_zeros_is_left_out_and_the_rows_stay(tmp_path: Path) -> None:
    rows = [f"2024-01-{day},0,12,9,{day}.5" for day in (15, 16, 17)]
    text = "\n".join(["Date,Open,High,Low,Close", *rows])
    for options in (CsvOptions(), CsvOptions(undo=frozenset({"zero-price"}))):
        reading = read(tmp_path, text, options)
        assert reading.table.rows == 3
        assert reading.table.names == ("High", "Low", "Close")
        assert "zero in every row" in str(found(reading, "column-left-out").action)


def test_that_an_option_names_the_columns_of_a_table_without_header(tmp_path: Path) -> None:
    rows = "1640304000,59591,59380,59732,59309,2715\n1640390400,58958,59549,59803,58259,2746\n"
    chosen = CsvOptions(columns=(("Close", "3"), ("High", "4"), ("Low", "5"), ("Volume", "6")))
    table = read(tmp_path, rows, chosen).table
    assert table.column("Close").tolist() == [59380, 59549]
    assert table.column("Volume").tolist() == [2715, 2746]
    dates = CsvOptions(columns=(("Date", "2"), ("Close", "1")))
    table = read(tmp_path, "11.5,2024-01-15\n11.6,2024-01-16\n", dates).table
    assert table.column("Close").tolist() == [11.5, 11.6]


TWO = "Date,Symbol,Close\n" + "".join(
    f"2024-0{month}-{day},{symbol},{price + day}\n"
    for month, symbol, price in ((1, "AAA", 100), (2, "BBB", 20))
    for day in range(10, 20)
)


def test_that_two_shares_are_asked_about_even_where_their_dates_do_not_meet(tmp_path: Path) -> None:
    with pytest.raises(UndecidedError, match=r"several shares or series.*'Symbol'") as question:
        read(tmp_path, TWO)
    readings = {
        choice.flag: read(tmp_path, TWO, choice.options) for choice in question.value.choices
    }
    assert {flag: reading.table.rows for flag, reading in readings.items()} == {
        "--rows Symbol=AAA": 10, "--rows Symbol=BBB": 10, "--rows 'Symbol=*'": 20
    }  # fmt: skip
    assert found(readings["--rows Symbol=AAA"], "other-rows").rows == tuple(range(12, 22))


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("Weekday", ["Mon", "Tue", "Wed", "Thu"]),
        ("Remark", ["", "ex dividend", "", ""]),
        ("Signal", ["buy", "sell", "buy", "sell"]),
        ("Symbol", ["IBM", "IBM", "IBM", "IBM"]),
        ("Month", ["January", "January", "February", "February"]),
    ],
)
def test_that_a_text_beside_the_prices_of_one_share_is_no_question(
    tmp_path: Path, name: str, cells: list[str]
) -> None:
    rows = [f"2024-01-{15 + row},{cell},{11 + row}" for row, cell in enumerate(cells)]
    assert read(tmp_path, "\n".join([f"Date,{name},Close", *rows])).table.rows == 4


def test_that_shares_without_header_are_distinguished(tmp_path: Path) -> None:
    text = "".join(
        f"{name},20191218,{price},{price + 2},{price - 1},{price + 1},{price * 7}\n"
        for name, price in (("BANKNIFTY-I", 32310), ("NIFTY-I", 12208), ("ACC-I", 1465))
    )
    with pytest.raises(UserError, match="several shares"):
        read(tmp_path, text)


def test_that_hours_whose_times_are_lost_are_not_thrown_away(tmp_path: Path) -> None:
    rows = [f"2024-01-{15 + row // 7},{100 + row / 10}" for row in range(28)]
    with pytest.raises(UserError, match=r"4 of 4 dates.*times of day .* seem to be lost"):
        read(tmp_path, "\n".join(["Date,Close", *rows]))


@pytest.mark.parametrize(
    "ticker", ["AVGO.US", "MAXN.US", "MINDTREE", "NOTE", "SUM", "COUNT", "TOTAL"]
)
def test_that_a_ticker_in_front_of_a_row_makes_no_note_of_it(tmp_path: Path, ticker: str) -> None:
    rows = [f"{ticker},{day},{100 + day - 20240110}" for day in range(20240110, 20240130)]
    reading = read(tmp_path, "\n".join(["<TICKER>,<DATE>,<CLOSE>", *rows]))
    assert reading.table.rows == 20
    assert "footer" not in kinds(reading)
