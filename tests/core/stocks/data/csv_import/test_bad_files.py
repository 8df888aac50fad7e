"""Broken files: a clear sentence that says where, and never a wrong number."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import import read_csv
from rnnstudio.core.stocks.data.csv_import.bytes import source
from tests.core.stocks.data.csv_import.files import read

HEAD = "Date,Open,Volume\n2019-01-02,1.5,10\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "share.csv is empty"),
        (" \r\n\n ", "share.csv is empty"),
        (",,\n,,\n", "share.csv is empty"),
        (b"\xef\xbb\xbf", "share.csv is empty"),
        ("prices,2\n,,\n,,\n", "no line with a date and a price"),
        (b"\0" * 100, "share.csv is empty"),
        ("Date,Open\n", "has a header but no rows"),
        ("Date,Open\n\n,\n", "has a header but no rows"),
        (b"PK\x03\x04\x00\x00\xff\xfe", "an Excel workbook or a zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook"),
        (b"\x1f\x8b\x08\x00\x00\x00", "a gzip archive"),
        (b"%PDF-1.7\n", "a PDF document"),
        (HEAD.encode() + b"2019-01-03,1.\x006,11\n", r"row 3 holds the character '\\x00'"),
        (HEAD.encode() + b"2019-01-03,1.\x1b6,11\n", r"row 3 holds the character '\\x1b'"),
        (HEAD.encode("utf-16")[:-1], "not a text file in utf-16"),
        (b"\xef\xbb\xbf" + b"Date,Open\n2019-01-02,1.5\xff\n", "not a text file in utf-8"),
        ("<html><body>Not found</body></html>\n", "share.csv is an HTML page"),
        ("Open,High\n1,2\n", "no column of dates. Its columns are 'Open', 'High'"),
        ("Date,Volume\n2019-01-02,5\n", "no column of prices .* Its columns are 'Date', 'Volume'"),
        ("Date,Name\n2019-01-02,IBM\n", "no column of prices"),
        (HEAD + "2019-01-03,1,234.56,11\n", "row 3 has 4 cells where the header has 3"),
        (HEAD + "2019-01-03,1.6\n", "row 3 has 2 cells where the header has 3"),
        (HEAD + "2019-01-03\n2019-01-04,1.6,11\n", "row 3 has 1 cell where the header has 3"),
        ("Date,Open\n2019-01-02,1,5\n2019-01-03,1,6\n", "row 2 has 3 cells where the header has 2"),
        ("Date,Open,\n2019-01-02,1,5\n2019-01-03,1,6\n", "column 3 has no name"),
        ("Date,Open\n2019-01-02,1,5,2\n2019-01-03,1,6,2\n", "row 1 names 2 columns where .* 4"),
        ("2019-01-02,1,60,1,50\n2019-01-03,2,60,2,50\n", "several columns that may be the Close"),
        ("2019-01-02,1.5\n2019-01-03,1.6,7\n", "row 1 has 2 cells where most rows"),
        (
            "date,symbol,close\n"
            + "".join(f"2019-01-0{d},{s},{d}.{s == 'A':d}\n" for d in range(1, 8) for s in "AB"),
            "several shares or series: its column 'symbol' has 2 different cells",
        ),
        (HEAD + "Remark\n2019-01-03,1.6,11\n", "row 3 has 1 cell where"),
        (HEAD + '2019-01-03,"1.6,11\n', "line 3 is not CSV: a quote is not closed"),
        (HEAD + '2019-01-03,"1.6,11\n2019-01-04,1.7",12\n', "line 3 is not CSV: a quote"),
        ('Date,"Open\n2019-01-02,1.5\n2019-01-03,1.6"\n', "line 1 is not CSV: a quote"),
        (HEAD + '2019-01-03,1.6"7",11\n', "row 3, column Open: .* is not a number"),
        (HEAD + "2019-01-03,inf,11\n", "row 3, column Open: 'inf' is not a number"),
        (HEAD + "2019-01-03,-Infinity,11\n", "row 3, column Open: '-Infinity' is not a number"),
        (HEAD + "2019-01-03,1e999,11\n", "row 3, column Open: '1e999' is too large"),
        (HEAD + f"2019-01-03,{'9' * 400},11\n", "row 3, column Open: '9999.* is too large"),
        (HEAD + f"2019-01-03,{'9' * 5000},11\n", "row 3, column Open: '9999.* is not a number"),
        (HEAD + f"2019-01-03,{'9' * 30000},11\n", "row 3 has more than 20,000 characters"),
        (HEAD + "2019-01-03,1_000,11\n", "row 3, column Open: '1_000' is not a number"),
        (HEAD + "2019-01-03,0x1F,11\n", "row 3, column Open: '0x1F' is not a number"),
        (HEAD + "2019-01-03,1\u00b2,11\n", "row 3, column Open: .* is not a number"),
        (HEAD + "2019-01-03,1.6 apples,11\n", "row 3, column Open: '1.6 apples' is not a number"),
        (HEAD + "2019-01-03,TRUE,11\n", "row 3, column Open: 'TRUE' is not a number"),
        (HEAD + "2019-01-03,--1.6,11\n", "row 3, column Open: '--1.6' is not a number"),
        (HEAD + "2019-01-03,1.6.7,11\n", "row 3, column Open: '1.6.7' is not a number"),
        (HEAD + "2019-01-03,1..6,11\n", "row 3, column Open: '1..6' is not a number"),
        (HEAD + "2019-01-03,1 6,11\n", "row 3, column Open: '1 6' is not a number"),
        (HEAD + "2019-01-03,(1.6,11\n", r"row 3, column Open: '\(1.6' is not a number"),
        (HEAD + "2019-01-03,$,11\n", r"row 3, column Open: '\$' is not a number"),
        (HEAD + '2019-01-03,"1,23",11\n', "row 2, .* has a decimal point, but .* row 3, .* comma"),
        (
            HEAD + '2019-01-03,"1.234,56",11\n',
            r"row 3, column Open: '1\.234,56' has a decimal comma",
        ),
        (HEAD + '2019-01-03,1.6,"1.234.567"\n', "row 3, column Volume: .* has a decimal comma"),
        (HEAD + '2019-01-03,1.6,"0,123"\n', "row 3, column Volume: '0,123' has a decimal comma"),
        (HEAD + '2019-01-03,1.6,"1,23,4"\n', "row 3, column Volume: '1,23,4' is not a number"),
        ("Date;Open\n2019-01-02;0.123.456\n", "row 2, column Open: '0.123.456' is not a number"),
        ("Date;Open\n2019-01-02;$1.5\n2019-01-03;€1.6\n", "row 3, .* in another currency"),
        (HEAD + "2019-01-03,1.6,-11\n", "row 3, column Volume: −11 stands where .* not negative"),
        ("Date,Open\n2019-01-02,0\n2019-01-03,0.0\n", "every row is one with a price of zero"),
        ("Date,Open\n2019-01-02,\n2019-01-03,null\n", "no column of prices"),
        (HEAD + ",1.6,11\n2019-01-04,1.6,11\n", "row 3, column Date: there is no date"),
        (HEAD + "2019-02-30,1.6,11\n", "row 3, column Date: there is no day '2019-02-30'"),
        (HEAD + "2019-13-01,1.6,11\n", "row 3, column Date: there is no day '2019-13-01'"),
        (HEAD + "0019-01-03,1.6,11\n", "row 3, column Date: there is no day '0019-01-03'"),
        (HEAD + "9999-01-03,1.6,11\n", "row 3, column Date: there is no day '9999-01-03'"),
        (HEAD + "2019-01-03 25:00,1.6,11\n", "row 3, column Date: there is no time"),
        (HEAD + "yesterday,1.6,11\n", "row 3, column Date: 'yesterday' is not a date;"),
        (HEAD + "03/01/2019,1.6,11\n", "row 3, column Date: .* in the form of the rows before"),
        (HEAD + "3 Jan 2019,1.6,11\n", "row 3, column Date: .* in the form of the rows before"),
        (HEAD + "2019/01/03,1.6,11\n", "row 3, column Date: .* in the form of the rows before"),
        (HEAD + "1546387200,1.6,11\n", "row 3, column Date: .* in the form of the rows before"),
        (HEAD + "2019-01-03T00:00Z,1.6,11\n", "row 2, column Date: .* names no time zone"),
        ("Date,Open\n01/13/66,1.5\n01/14/66,1.6\n", "'01/13/66' would be of the year 2066"),
        (
            "MIT License\n\nGranted, free, to all\nwithout, fees\n",
            "no line with a date and a price",
        ),
        ("Date,Open\n2 Brumaire 2019,1.5\n", "row 2, column Date: '2 Brumaire 2019' is not a"),
        ("Date,Open\n13/1/2019,1\n1/13/2019,2\n", "row 3, column Date: .* other way round"),
        ("Date,Open\n31/02/2019,1\n", "row 2, column Date: there is no day '31/02/2019'"),
        ("Date,Open\n434670,1.5\n434680,1.5\n", "row 2, column Date: '434670' is no date"),
        ("Date,Open\n99999999999999999999,1\n", "row 2, column Date: .* is not a date"),
        ("Date," + ",".join(f"c{i}" for i in range(2000)) + "\n", "has 2,001 columns"),
    ],
)
def test_that_a_broken_file_is_refused_in_one_sentence_that_says_where(
    tmp_path: Path, text: str | bytes, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence) as refusal:
        read(tmp_path, text)
    assert "share.csv" in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece", ["-" * 19000 + "x", "(" * 9000, "9" * 19000, "9." * 9000, '""' * 9000, "a " * 9000]
)
def test_that_no_cell_however_odd_keeps_anybody_waiting(tmp_path: Path, piece: str) -> None:
    for text in (f"Date,{piece}\n2019-01-02,1.5\n", HEAD + f"{piece},1.6,11\n", f"{piece}\n" * 50):
        with contextlib.suppress(UserError):
            read(tmp_path, text)


def long_file(cell: str, row: int = 1700) -> str:
    """Two thousand rows, of which one far below the sample that the file is judged by is odd."""
    cells = ["1.5"] * 2000
    cells[row - 2] = cell
    rows = [f"{20190101000000 + i // 60 * 100 + i % 60};{c};7" for i, c in enumerate(cells)]
    return "\n".join(["Date;Open;Volume", *rows])


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("1,5", "row 1700, column Open: '1,5' has a decimal comma"),
        ("1.234,5", "row 1700, column Open: '1.234,5' has a decimal comma"),
        ("inf", "row 1700, column Open: 'inf' is not a number"),
        ("nonsense", "row 1700, column Open: 'nonsense' is not a number"),
        ("1_0", "row 1700, column Open: '1_0' is not a number"),
        ("True", "row 1700, column Open: 'True' is not a number"),
        ("0x1", "row 1700, column Open: '0x1' is not a number"),
        ("1.5.5", "row 1700, column Open: '1.5.5' is not a number"),
        ("1e400", "row 1700, column Open: '1e400' is too large"),
        ("1;5", "row 1700 has 4 cells"),
    ],
)
def test_that_a_bad_cell_far_down_is_refused_like_one_at_the_top(
    tmp_path: Path, cell: str, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        read(tmp_path, long_file(cell))


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1,234.5", 1234.5), ("$1.25", 1.25), ("1,234", 1234), ("1.234", 1.234), (" 2 ", 2)],
)
def test_that_a_cell_of_another_form_far_down_is_read_like_one_at_the_top(
    tmp_path: Path, cell: str, number: float
) -> None:
    table = read(tmp_path, long_file(cell)).table
    assert table.column("Open")[1698] == number
    assert table.rows == 2000


def test_when_the_file_is_missing_or_none_the_sentence_names_it(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no file .*gone\.csv"):
        read_csv(tmp_path / "gone.csv")
    with pytest.raises(UserError, match="is a folder; choose a file"):
        read_csv(tmp_path)
    with pytest.raises(UserError, match="is no name of a file"):
        read_csv(tmp_path / "a\0b.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_that_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(UserError, match="is a pipe or a device and no file"):
        read_csv(tmp_path / "pipe.csv")


def test_when_a_file_grows_while_it_is_read_it_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "share.csv"
    path.write_text(HEAD)
    look = os.fstat

    def look_and_append(number: int) -> os.stat_result:
        status = look(number)
        with path.open("a") as file:
            file.write("2019-01-03,1.6,11\n")
        return status

    monkeypatch.setattr(source.os, "fstat", look_and_append)
    with pytest.raises(UserError, match=r"share\.csv changed while it was being read"):
        read_csv(path)


def test_when_a_file_vanishes_while_it_is_read_there_is_a_table_or_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "share.csv"
    path.write_text(HEAD)
    look = os.fstat

    def look_and_remove(number: int) -> os.stat_result:
        path.unlink(missing_ok=True)
        return look(number)

    monkeypatch.setattr(source.os, "fstat", look_and_remove)
    assert read_csv(path).table.rows == 1
    with pytest.raises(UserError, match="There is no file"):
        read_csv(path)
