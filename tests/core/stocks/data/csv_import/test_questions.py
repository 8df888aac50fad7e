"""What a file leaves open is asked, and the answer decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import import CsvOptions, Reading, UndecidedError
from tests.core.stocks.data.csv_import.files import read


def asked(tmp_path: Path, text: str) -> UndecidedError:
    with pytest.raises(UndecidedError) as question:
        read(tmp_path, text)
    assert "share.csv" in str(question.value)
    for choice in question.value.choices:
        assert choice.flag in str(question.value)
        assert str(choice.meaning) in str(question.value)
        assert choice.preview
    return question.value


def answers(tmp_path: Path, text: str) -> dict[str, Reading]:
    """What each answer makes of the file, by its option on the command line."""
    return {
        choice.flag: read(tmp_path, text, choice.options)
        for choice in asked(tmp_path, text).choices
    }


def test_that_dates_that_fit_both_ways_are_asked_about(tmp_path: Path) -> None:
    readings = answers(tmp_path, "Date,Close\n01/02/2019,1.5\n02/02/2019,1.6\n")
    assert {flag: reading.timestamps for flag, reading in readings.items()} == {
        "--day-first": ["2019-02-01", "2019-02-02"],
        "--month-first": ["2019-01-02", "2019-02-02"],
    }


def test_that_order_in_time_is_no_reason_to_prefer_a_reading_of_dates(tmp_path: Path) -> None:
    rows = [f"{day:02}/{month:02}/2019,1.5" for month in range(1, 7) for day in (2, 7, 11)]
    asked(tmp_path, "\n".join(["Date,Close", *rows]))


def test_when_both_readings_of_all_dates_are_the_same_nothing_is_asked(tmp_path: Path) -> None:
    reading = read(tmp_path, "Date,Close\n01/01/2019,1.5\n02/02/2019,1.6\n")
    assert reading.timestamps == ["2019-01-01", "2019-02-02"]


def test_that_three_short_numbers_are_asked_about_with_three_answers(tmp_path: Path) -> None:
    readings = answers(tmp_path, "Date,Close\n02/01/03,1.5\n")
    assert {flag: reading.timestamps for flag, reading in readings.items()} == {
        "--day-first": ["2003-01-02"],
        "--month-first": ["2003-02-01"],
        "--year-first": ["2002-01-03"],
    }


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ('Date,Close\n2019-01-02,"1,234"\n2019-01-03,"1,235"\n', 1234, 1.234),
        ("Date,Close\n2019-01-02,1.234\n2019-01-03,1.235\n", 1.234, 1234),
        ("Date;Close;Volume\n2019-01-02;9.250;5\n2019-01-03;9.275;6\n", 9.25, 9250),
        ("Date;Close;Volume\n2019-01-02;95;1.234\n", 95, 95),
        ("Date;Close\n2019-01-02;Rp9.250\n2019-01-03;Rp9.275\n", 9.25, 9250),
        ("Date;Close;Vol.\n2019-01-02;95;1.234K\n", 95, 95),
    ],
)
def test_that_a_mark_before_three_digits_everywhere_is_asked_about(
    tmp_path: Path, text: str, point: float, comma: float
) -> None:
    readings = answers(tmp_path, text)
    assert readings["--decimal ."].table.column("Close")[0] == point
    assert readings["--decimal ,"].table.column("Close")[0] == comma


def test_that_low_and_high_can_decide_what_a_mark_is(tmp_path: Path) -> None:
    rows = ["2019-01-02;995;1.005;990;1.000", "2019-01-03;998;1.010;995;1.005"]
    text = "\n".join(["Date;Open;High;Low;Close", *rows])
    assert read(tmp_path, text).table.column("High").tolist() == [1005, 1010]


def test_that_two_columns_of_prices_are_asked_about(tmp_path: Path) -> None:
    readings = answers(tmp_path, "Date,Bid,Ask\n2019-01-02,1.5,1.6\n2019-01-03,1.6,1.7\n")
    assert readings["--column Close=Bid"].table.column("Close").tolist() == [1.5, 1.6]
    assert readings["--column Close=Ask"].table.column("Close").tolist() == [1.6, 1.7]


def test_that_an_option_with_a_name_can_be_pasted_into_a_shell(tmp_path: Path) -> None:
    question = asked(tmp_path, "Date,S&P 500,Nasdaq\n2019-01-02,1.5,1.6\n")
    assert question.choices[0].flag == "--column 'Close=S&P 500'"


def test_that_price_and_last_are_asked_about(tmp_path: Path) -> None:
    question = asked(tmp_path, "Date,Open,Price,Last\n2019-01-02,1.5,1.6,1.7\n")
    assert "several columns that may be the Close: 'Price', 'Last'" in str(question.question)


def test_that_two_columns_of_one_name_are_asked_about_by_number(tmp_path: Path) -> None:
    readings = answers(tmp_path, "Date,Open,Open\n2019-01-02,1.5,2.5\n")
    assert readings["--column Open=2"].table.column("Open").tolist() == [1.5]
    assert readings["--column Open=3"].table.column("Open").tolist() == [2.5]


def test_that_columns_without_names_in_no_known_order_are_asked_about(tmp_path: Path) -> None:
    readings = answers(tmp_path, "2019-01-02,1.5,7\n2019-01-03,1.6,8\n")
    assert readings["--column Close=2"].table.column("Close").tolist() == [1.5, 1.6]


def test_that_a_close_before_open_high_and_low_without_names_is_asked_about(tmp_path: Path) -> None:
    asked(tmp_path, "2019-01-02,2.5,2,3,1,900\n2019-01-03,2,1.5,3,1,800\n")


def test_that_an_answer_that_the_file_contradicts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no day '13/02/2019'"):
        read(tmp_path, "Date,Close\n13/02/2019,1.5\n", CsvOptions(date_order="mdy"))
    with pytest.raises(UserError, match=r"row 2, column Close: '1\.5' is not a number"):
        read(tmp_path, "Date,Close\n2019-02-13,1.5\n", CsvOptions(decimal=","))


def test_that_every_decision_can_be_taken_by_hand(tmp_path: Path) -> None:
    text = "# made\nx;y;z\n01/02/2019;1.234;2.345\n".encode("utf-16")
    columns = (("Date", "x"), ("Close", "z"), ("Open", "2"))
    options = CsvOptions("utf-16", ";", ",", "dmy", 2, columns)
    reading = read(tmp_path, text, options)
    assert reading.timestamps == ["2019-02-01"]
    assert reading.table.column("Close").tolist() == [2345]
    assert reading.table.column("Open").tolist() == [1234]


def test_that_no_header_reads_the_first_line_of_numbers_as_a_row(tmp_path: Path) -> None:
    text = "Date,Close\n2019-02-13,1.5\n"
    reading = read(tmp_path, text, CsvOptions(header=0, columns=(("Close", "2"),)))
    assert reading.table.column("Close").tolist() == [1.5]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"encoding": "klingon"}, "no encoding 'klingon'"),
        ({"encoding": "base64"}, "no encoding 'base64'"),
        ({"delimiter": "x"}, "no delimiter 'x'"),
        ({"decimal": "'"}, "no decimal mark"),
        ({"date_order": "ydm"}, "no date order 'ydm'"),
        ({"header": -1}, "line -1"),
        ({"columns": (("Price", "2"),)}, "no column 'Price'"),
    ],
)
def test_that_a_decision_that_cannot_be_taken_is_refused(
    options: dict[str, object], sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        CsvOptions(**options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (CsvOptions(header=9), "share.csv has no row 9"),
        (CsvOptions(delimiter=";"), "share.csv has no columns that ';' separates"),
        (CsvOptions(encoding="ascii"), "share.csv is not a text file in ascii"),
        (CsvOptions(columns=(("Close", "Kurs"),)), "share.csv has no column 'Kurs'"),
        (CsvOptions(columns=(("Close", "9"),)), "share.csv has no column '9'"),
    ],
)
def test_that_a_decision_that_does_not_fit_the_file_is_refused(
    tmp_path: Path, options: CsvOptions, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        read(tmp_path, "Date,Close\n2019-01-02,1.5\n2019-01-03,é\n", options)
