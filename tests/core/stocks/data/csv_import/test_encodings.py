"""Texts that are no Unicode: known by the words in them, or asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import import CsvOptions, UndecidedError
from tests.core.stocks.data.csv_import.files import found, read

ROWS = "\n2024-01-15;10,5;12,5;9,5;11,5\n2024-01-16;11,5;13,5;10,5;12,5\n"


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("日期;开盘;最高;最低;收盘", "gb18030"),
        ("日期;开盘价;最高价;最低价;收盘价", "gbk"),
        ("日期;開盤價;最高價;最低價;收盤價", "big5"),
        ("日付;始値;高値;安値;終値", "cp932"),
        ("日付;始値;高値;安値;終値", "euc_jp"),
        ("날짜;시가;고가;저가;종가", "cp949"),
        ("Дата;Открытие;Максимум;Минимум;Закрытие", "cp1251"),
        ("Дата;Открытие;Максимум;Минимум;Закрытие", "koi8_r"),
        ("Datum;Otevření;Nejvyšší;Nejnižší;Závěr", "cp1250"),
        ("Data;Otwarcie;Najwyższy;Najniższy;Zamknięcie", "cp1250"),
        ("Tarih;Açılış;En Yüksek;En Düşük;Kapanış", "cp1254"),
        ("Ημερομηνία;Άνοιγμα;Υψηλό;Χαμηλό;Κλείσιμο", "cp1253"),
        ("วันที่;เปิด;สูงสุด;ต่ำสุด;ปิด", "cp874"),
        ("תאריך;פתיחה;גבוה;נמוך;סגירה", "cp1255"),
        ("التاريخ;الافتتاح;الأعلى;الأدنى;الإغلاق", "cp1256"),
        ("Datum;Eröffnung;Hoch;Tief;Schluß", "cp1252"),
        ("Date;Ouverture;Plus haut;Plus bas;Clôture", "mac_roman"),
        ("Date;Ouverture;Plus haut;Plus bas;Clôture", "cp850"),
        ("日付;始値;高値;安値;終値", "utf-16-le"),
        ("Дата;Открытие;Максимум;Минимум;Закрытие", "utf-16-be"),
    ],
)
def test_that_the_names_of_columns_show_the_encoding(
    tmp_path: Path, header: str, encoding: str
) -> None:
    reading = read(tmp_path, (header + ROWS * 20).encode(encoding))
    assert reading.table.names == ("Open", "High", "Low", "Close")
    if not encoding.startswith("utf"):
        assert reading.dialect.encoding in str(found(reading, "encoding").action)


def test_that_months_show_the_encoding_as_well(tmp_path: Path) -> None:
    text = "Date;Close\n15 января 2024;11,5\n16 февраля 2024;12,5\n"
    assert read(tmp_path, text.encode("cp1251")).timestamps == ["2024-01-15", "2024-02-16"]


def test_when_nothing_shows_the_encoding_of_names_it_is_asked(tmp_path: Path) -> None:
    content = "Date;我的基金;别的\n2024-01-15;10,5;1,5\n2024-01-16;11,5;2,5\n".encode("gb18030")
    with pytest.raises(UndecidedError, match="--encoding gb18030") as question:
        read(tmp_path, content)
    [options] = [c.options for c in question.value.choices if c.flag == "--encoding gb18030"]
    with pytest.raises(UndecidedError, match="'我的基金', '别的'"):
        read(tmp_path, content, options)


def test_that_letters_that_change_no_number_are_not_asked_about(tmp_path: Path) -> None:
    rows = "".join(f"2024-01-{day};我的基金;{day},5\n" for day in range(15, 20))
    reading = read(tmp_path, ("Date;Name;Close\n" + rows).encode("gb18030"))
    assert reading.table.column("Close").tolist() == [15.5, 16.5, 17.5, 18.5, 19.5]
    assert "may be other letters" in str(found(reading, "encoding").action)


def test_that_a_damaged_letter_does_not_make_utf8_something_else(tmp_path: Path) -> None:
    text = (
        "Datum;Eröffnung;Höchst;Schluß;Währung öäü\n".encode() + b"2024-01-15;10,5;1\xff;11,5;1\n"
    )
    with pytest.raises(UserError, match="row 2 holds bytes that are no letter in UTF-8"):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("\n <!DOCTYPE html>\n<p>1,2</p>", "an HTML page"),
        ("<table><tr><td>1</td></tr></table>", "a table in HTML"),
        ('<?xml version="1.0"?><a/>', "an XML document"),
        ('{"Date": "2024-01-15", "Close": 1}', "JSON"),
        ('[{"Date": "2024-01-15"}]', "JSON"),
        ("[[1704067200000, 1.5]]", "JSON"),
        ("{\\rtf1 Date,Close}", "an RTF document"),
    ],
)
def test_that_other_documents_are_called_what_they_are(
    tmp_path: Path, text: str, kind: str
) -> None:
    with pytest.raises(UserError, match=f"share.csv is {kind}"):
        read(tmp_path, text)


def test_that_metatrader_writes_points(tmp_path: Path) -> None:
    rows = (
        "2011.12.08,18:49,77.482,78.709,76.641,78.624,40\n"
        "2011.12.08,18:50,79.588,80.627,77.603,77.873,8\n"
    )
    table = read(tmp_path, rows).table
    assert table.column("Open").tolist() == [77.482, 79.588]
    tagged = "<DATE>\t<TIME>\t<OPEN>\t<CLOSE>\n2011.12.08\t18:49\t77.482\t78.709\n"
    assert read(tmp_path, tagged).table.column("Close").tolist() == [78.709]
    thousands = read(tmp_path, rows, CsvOptions(decimal=",")).table
    assert thousands.column("Open").tolist() == [77482, 79588]
