"""Dates as the world's exchanges, spreadsheets and data vendors write them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import import CsvOptions, Reading, UndecidedError
from tests.core.stocks.data.csv_import.files import found, kinds, read


def dated(folder: Path, cells: list[str], options: CsvOptions | None = None) -> Reading:
    """A table with such cells for dates."""
    rows = [f"{cell};{100 + row},5" for row, cell in enumerate(cells)]
    return read(folder, "\n".join(["Date;Close", *rows]), options)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("5. März 2024", "6. März 2024"),
        ("05-Mrz-24", "06-Mrz-24"),
        ("Di., 05.03.2024", "Mi., 06.03.2024"),
        ("5 mars 2024", "6 mars 2024"),
        ("mar. 5 mars 2024", "mer. 6 mars 2024"),
        ("5 de marzo de 2024", "6 de marzo de 2024"),
        ("05/mar/2024", "06/mar/2024"),
        ("5 de março de 2024", "6 de março de 2024"),
        ("5 marzo 2024", "6 marzo 2024"),
        ("5 maart 2024", "6 maart 2024"),
        ("5 mar 2024", "6 mar 2024"),
        ("5 marca 2024", "6 marca 2024"),
        ("5 марта 2024 г.", "6 марта 2024 г."),
        ("05 мар. 2024", "06 мар. 2024"),
        ("05 Mart 2024", "06 Mart 2024"),
        ("05 Mar 2024", "06 Mar 2024"),
        ("Selasa, 5 Maret 2024", "Rabu, 6 Maret 2024"),
        ("2024年3月5日", "2024年3月6日"),
        ("2024/03/05(火)", "2024/03/06(水)"),
        ("2024년 3월 5일", "2024년 3월 6일"),
        ("2024. 3. 5.", "2024. 3. 6."),
        ("5 มี.ค. 2567", "6 มี.ค. 2567"),
        ("5 มีนาคม 2567", "6 มีนาคม 2567"),
        ("113/03/05", "113/03/06"),
        ("113年03月05日", "113年03月06日"),
        ("05/03/2567", "06/03/2567"),
        ("March 5th, 2024", "March 6th, 2024"),
        ("Mar 5 '24", "Mar 6 '24"),
        ("den 5 mars 2024", "den 6 mars 2024"),
        ("٢٠٢٤-٠٣-٠٥", "٢٠٢٤-٠٣-٠٦"),
        ("Tue Mar  5 2024", "Wed Mar  6 2024"),
        ("05MAR2024", "06MAR2024"),
        ("20240305.0", "20240306.0"),
        ("20240305000000000", "20240306000000000"),
        ('="2024-03-05"', '="2024-03-06"'),
    ],
)
def test_that_a_day_is_understood_in_every_usual_form(
    tmp_path: Path, first: str, second: str
) -> None:
    options = CsvOptions(date_order="dmy")
    assert dated(tmp_path, [first, second], options).timestamps == ["2024-03-05", "2024-03-06"]


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["2017-01", "2017-02"], ["2017-01-01", "2017-02-01"]),
        (["201701", "201702"], ["2017-01-01", "2017-02-01"]),
        (["201701.0", "201702.0"], ["2017-01-01", "2017-02-01"]),
        (["01/2017", "02/2017"], ["2017-01-01", "2017-02-01"]),
        (["2017M01", "2017M02"], ["2017-01-01", "2017-02-01"]),
        (["Jan-17", "Feb-17"], ["2017-01-01", "2017-02-01"]),
        (["janv. 2017", "févr. 2017"], ["2017-01-01", "2017-02-01"]),
        (["2017年1月", "2017年2月"], ["2017-01-01", "2017-02-01"]),
        (["2017-Q1", "2017-Q2"], ["2017-01-01", "2017-04-01"]),
        (["Q1 2017", "Q2 2017"], ["2017-01-01", "2017-04-01"]),
        (["1T2017", "2T2017"], ["2017-01-01", "2017-04-01"]),
        (["2020-W53", "2021-W01"], ["2020-12-28", "2021-01-04"]),
        (["2016", "2017"], ["2016-01-01", "2017-01-01"]),
    ],
)
def test_that_months_quarters_weeks_and_years_are_dated_by_their_first_day(
    tmp_path: Path, cells: list[str], days: list[str]
) -> None:
    reading = dated(tmp_path, cells)
    assert reading.timestamps == days
    assert "gap" not in kinds(reading)


@pytest.mark.parametrize(
    ("cells", "times"),
    [
        (["12:00 AM", "12:30 AM", "12:00 PM", "1:00 PM"], ["00:00", "00:30", "12:00", "13:00"]),
        (["9:30 a.m.", "4:00 p.m."], ["09:30", "16:00"]),
        (["9:30 a. m.", "4:00 p. m."], ["09:30", "16:00"]),
        (["오전 9:30", "오후 3:30"], ["09:30", "15:30"]),
        (["上午 9:30", "下午 3:00"], ["09:30", "15:00"]),
        (["09-AM", "12-PM"], ["09:00", "12:00"]),
        (["09.30", "16.00"], ["09:30", "16:00"]),
        (["9h30", "16h00"], ["09:30", "16:00"]),
        (["  9:30", "   16:00"], ["09:30", "16:00"]),
        (["0930", "1600"], ["09:30", "16:00"]),
    ],
)
def test_that_a_time_of_day_is_understood_in_every_usual_form(
    tmp_path: Path, cells: list[str], times: list[str]
) -> None:
    stamps = dated(tmp_path, [f"2024-01-05 {cell}" for cell in cells]).timestamps
    assert stamps == [f"2024-01-05T{time}:00" for time in times]


def test_that_24_hours_is_the_midnight_that_ends_the_day(tmp_path: Path) -> None:
    stamps = dated(tmp_path, [f"2024-01-05 {hour}:00" for hour in (22, 23, 24)]).timestamps
    assert stamps[1:] == ["2024-01-05T23:00:00", "2024-01-06T00:00:00"]


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("UTC", "+00:00"),
        ("GMT", "+00:00"),
        ("EST", "-05:00"),
        ("EDT", "-04:00"),
        ("PST", "-08:00"),
        ("CET", "+01:00"),
        ("CEST", "+02:00"),
        ("MSK", "+03:00"),
        ("IST", "+05:30"),
        ("WIB", "+07:00"),
        ("SGT", "+08:00"),
        ("HKT", "+08:00"),
        ("JST", "+09:00"),
        ("AEST", "+10:00"),
        ("US/Eastern", "-04:00"),
        ("America/New_York", "-04:00"),
        ("Asia/Kolkata", "+05:30"),
        ("Europe/Berlin", "+02:00"),
        ("ET", "-04:00"),
        ("EST5EDT", "-04:00"),
        ("UTC+8", "+08:00"),
        ("GMT+0100", "+01:00"),
        ("+05:30", "+05:30"),
        ("-04:00[America/New_York]", "-04:00"),
    ],
)
def test_that_time_zones_are_known_by_their_names(tmp_path: Path, zone: str, offset: str) -> None:
    cells = [f"20240705  {hour}:30:00 {zone}" for hour in ("09", "10")]
    assert dated(tmp_path, cells).timestamps == [
        f"2024-07-05T09:30:00{offset}",
        f"2024-07-05T10:30:00{offset}",
    ]


def test_that_the_clock_of_a_place_changes_with_the_season(tmp_path: Path) -> None:
    cells = [
        f"2024-{day} {hour}:30 America/New_York" for day in ("01-05", "07-05") for hour in "89"
    ]
    stamps = dated(tmp_path, cells).timestamps
    assert [stamp[-6:] for stamp in stamps] == ["-05:00", "-05:00", "-04:00", "-04:00"]


def test_that_an_abbreviation_of_several_zones_is_named_where_times_matter(tmp_path: Path) -> None:
    reading = dated(tmp_path, ["2024-01-05 09:30 CST", "2024-01-05 10:30 CST"])
    assert "UTC−6" in str(found(reading, "time-zone").action)


def excel(first: str, days: list[date], half: str = "") -> list[str]:
    start = {"1900": date(1899, 12, 30), "1904": date(1904, 1, 1), "1970": date(1970, 1, 1)}[first]
    return [f"{(day - start).days}{half}" for day in days]


WORKDAYS = [day for n in range(21) if (day := date(2023, 1, 2) + timedelta(days=n)).weekday() < 5]


@pytest.mark.parametrize("first", ["1900", "1904", "1970"])
@pytest.mark.parametrize("half", ["", ".0", ".375"])
def test_that_numbers_of_days_are_read_where_the_weekends_show_how_they_count(
    tmp_path: Path, first: str, half: str
) -> None:
    reading = dated(tmp_path, excel(first, WORKDAYS, half))
    assert reading.timestamps == [str(day) for day in WORKDAYS]
    assert f"counted from {first}" in str(found(reading, "day-numbers").action)


def test_that_numbers_of_days_without_weekends_are_asked_about(tmp_path: Path) -> None:
    days = [date(2023, 1, 2) + timedelta(days=n) for n in range(21)]
    with pytest.raises(UndecidedError, match="as a spreadsheet counts them") as question:
        dated(tmp_path, excel("1900", days))
    readings = {
        choice.flag: dated(tmp_path, excel("1900", days), choice.options).timestamps[0]
        for choice in question.value.choices
    }
    assert readings["--day-numbers 1900"] == "2023-01-02"
    assert readings["--day-numbers 1904"] == "2027-01-03"


def test_that_numbers_of_days_are_found_without_a_header(tmp_path: Path) -> None:
    cells = excel("1900", WORKDAYS)
    text = "\n".join(f"{cell},2,3,1,2.5,{900 + row}" for row, cell in enumerate(cells))
    reading = read(tmp_path, text)
    assert reading.timestamps[0] == "2023-01-02"
    assert reading.table.names == ("Open", "High", "Low", "Close", "Volume")


def test_that_dates_of_six_digits_are_found_without_a_header(tmp_path: Path) -> None:
    text = "SINGAPORE AIRLINES\n" + "".join(
        f"0201{day:02},2.33,2.35,2.32,2.34,{1000 + day}\n" for day in (2, 3, 4, 7, 14, 15)
    )
    reading = read(tmp_path, text)
    assert reading.timestamps[:2] == ["2002-01-02", "2002-01-03"]
    assert reading.table.column("Close")[0] == 2.34


def test_that_eight_digits_may_begin_with_the_day(tmp_path: Path) -> None:
    assert dated(tmp_path, ["30012019", "31012019"]).timestamps == ["2019-01-30", "2019-01-31"]


def test_that_seconds_and_milliseconds_in_one_column_are_distinguished(tmp_path: Path) -> None:
    reading = dated(tmp_path, ["1735689600", "1735776000000", "1735862400000000"])
    assert reading.timestamps == ["2025-01-01", "2025-01-02", "2025-01-03"]
    assert "seconds, milliseconds, microseconds" in str(found(reading, "mixed-units").action)


def test_that_persian_dates_are_asked_about_and_read(tmp_path: Path) -> None:
    cells = ["1398-07-13", "1399-12-30", "1400-01-01"]
    with pytest.raises(UndecidedError, match="--calendar jalali") as question:
        dated(tmp_path, cells)
    reading = dated(tmp_path, cells, question.value.choices[0].options)
    assert reading.timestamps == ["2019-10-05", "2021-03-20", "2021-03-21"]
    with pytest.raises(UserError, match="there is no day '1400-12-30'"):
        dated(tmp_path, ["1400-12-30"], question.value.choices[0].options)


@pytest.mark.parametrize("cells", [["14/12/2563", "15/12/2563"], ["109/12/14", "109/12/15"]])
def test_that_years_of_another_era_are_read_and_that_is_said(
    tmp_path: Path, cells: list[str]
) -> None:
    reading = dated(tmp_path, cells)
    assert reading.timestamps == ["2020-12-14", "2020-12-15"]
    assert "calendar" in kinds(reading)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (["Jan-02", "Jan-03", "Jan-04"], "row 2, .*'Jan-02' does not say in which year it is"),
        (["03/01/2019", *["2019-01-04"] * 3], "row 2, .*'03/01/2019' .* form of the other rows"),
        (["########", "2019-01-04"], "row 2, .*'########' stands where the date was.*widen"),
        (["1/13/2019", "2/13/2019", "3/13/2019", "13/1/2019"], "row 5, .*'13/1/2019' stand"),
        (["20190102", "20190230", "20190301"], "row 3, .*no day '20190230'"),
        (["2019-W54"], "row 2, .*there is no day '2019-W54'"),
        (["2019-Q5"], "row 2, .*there is no day '2019-Q5'"),
        (["2019-01-02 13:00 PM"], "row 2, .*there is no time"),
        (["2019-01-02 09:30 XYZ"], "row 2, .*is not a date"),
        (["2019-01-02 09:30 Asia/Atlantis"], "row 2, .*is not a date"),
    ],
)
def test_that_the_row_that_is_at_fault_is_blamed(
    tmp_path: Path, cells: list[str], sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        dated(tmp_path, cells)
