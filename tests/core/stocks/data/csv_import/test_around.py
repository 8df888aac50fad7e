"""What stands around and between rows: missing numbers, units, notes, payments, other columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from tests.core.stocks.data.csv_import.files import found, kinds, read

ROWS = [f"2024-01-{day},{day}.5,{day}.7" for day in range(10, 29)]


def with_rows(*below: str, at: int | None = None) -> str:
    """A table of Date, Open and Close with other lines below its rows, or after so many."""
    rows = [*ROWS, *below] if at is None else [*ROWS[:at], *below, *ROWS[at:]]
    return "\n".join(["Date,Open,Close", *rows, ""])


@pytest.mark.parametrize(
    "mark",
    [
        "#N/A N/A", "#N/A", "#N/A Invalid Security", "#VALUE!", "#DIV/0!", "#REF!", "#NUM!",
        "#NAME?", "#WERT!", "#NV", "########", "n.a.", "N/A", "NA", "NaN", "nan", "null", "NULL",
        "(null)", "\\N", "None", "NaT", "<NA>", "-", "--", "—", ".", "..", "n/d", "k.A.", "s/d",
        "ND", '""',
        "停牌", "н/д",
    ],
)  # fmt: skip
def test_that_every_vendors_mark_for_no_number_is_known(tmp_path: Path, mark: str) -> None:
    reading = read(tmp_path, with_rows(f"2024-01-29,{mark},{mark}"))
    assert found(reading, "missing-cell").rows == (21,)
    assert reading.table.rows == 19


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1.234,5 Mio.", 1_234_500_000), ("12,34万", 123_400), ("1,5亿", 150_000_000),
        ("2,5억", 2.5e8),
        ("1,5 млн", 1_500_000), ("1,5 tys.", 1500), ("123株", 123), ("5手", 5), ("1,5K", 1500),
    ],
)  # fmt: skip
def test_that_units_of_other_languages_are_read(tmp_path: Path, cell: str, number: float) -> None:
    text = f"Date;Close;Volume\n2024-01-15;10,5;{cell}\n2024-01-16;10,6;7\n"
    assert read(tmp_path, text).table.column("Volume")[0] == number


@pytest.mark.parametrize(
    "line",
    [
        "1424", "1424,,", "Average,18.5,18.7", "Total,,", "24 rows", "Records: 24", "合計,1,2",
        "All rights reserved by them,2024,1",
        "Downloaded from somewhere as of 01-12-2024 10:00am CST",
        "Durchschnitt,18.5,18.7", "Итого,1,2", "本資料は日経の著作物である",
    ],
)  # fmt: skip
def test_that_a_line_below_the_rows_is_a_note(tmp_path: Path, line: str) -> None:
    reading = read(tmp_path, with_rows(line))
    assert found(reading, "footer").rows == (21,)
    assert reading.table.rows == 19


@pytest.mark.parametrize(
    "line", ["2024", "20", "2024-01", "2024-01-29", "AVGO,1.5,1.6", "2024-01-29,1"]
)
def test_that_a_row_that_was_cut_is_no_note(tmp_path: Path, line: str) -> None:
    with pytest.raises(UserError, match="row 21"):
        read(tmp_path, with_rows(line))


@pytest.mark.parametrize(
    "line",
    [
        "2024-01-30,0.25 Dividend,", "2024-01-30,Dividend,", "2024-01-30,0.25 Dividend",
        "2024-01-30,2:1 Stock Split,", "2024-01-30,Dividende 0.25,", "2024-01-30,配当 5円,",
    ],
)  # fmt: skip
def test_that_rows_of_dividends_and_splits_are_left_out(tmp_path: Path, line: str) -> None:
    reading = read(tmp_path, with_rows(line, at=7))
    assert found(reading, "event").rows == (9,)
    assert reading.table.rows == 19


def test_that_a_column_of_dividends_beside_the_prices_is_none_of_that(tmp_path: Path) -> None:
    rows = [f"2024-01-{day},{day}.5,{'dividend' if day == 20 else ''}" for day in range(10, 29)]
    reading = read(tmp_path, "\n".join(["Date,Close,Event", *rows]))
    assert reading.table.rows == 19
    assert "event" not in kinds(reading)


def test_that_a_line_of_units_below_the_header_is_no_row(tmp_path: Path) -> None:
    text = with_rows().replace("Close\n", "Close\n,USD,USD\n")
    assert read(tmp_path, text).table.rows == 19


def test_that_texts_that_a_spreadsheet_protects_are_read(tmp_path: Path) -> None:
    for row in ('="2024-01-15",="11.5"', '"=""2024-01-15""","=""11.5"""', "'2024-01-15,'11.5"):
        table = read(tmp_path, f"Date,Close\n{row}\n").table
        assert table.column("Close").tolist() == [11.5]


@pytest.mark.parametrize(
    ("header", "row"),
    [("Year,Month,Day,Close", "2024,1,{d},{d}.5"), ("Year,Month,Day,Close", "2024,Jan,{d},{d}.5")],
)
def test_that_year_month_and_day_may_have_columns(tmp_path: Path, header: str, row: str) -> None:
    reading = read(tmp_path, "\n".join([header, *(row.format(d=day) for day in range(8, 12))]))
    assert reading.timestamps == ["2024-01-08", "2024-01-09", "2024-01-10", "2024-01-11"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "content",
    [
        bytes(range(1, 256)) * 8000,
        b"\xe9\xa9" * 900_000,
        ("日本語,テキスト\n" * 60_000).encode("cp932"),
        b'"' + b"a,b\n" * 300_000,
        b"2024-01-15," * 150_000,
        b"dividend,split,1\n" * 100_000,
        b"2024-01-15 " * 1700 + b"\n" + b"1,2\n" * 100,
        b"= = = ,=\"" * 2000 + b"\n2024-01-15,1\n",
        b"Mon, Tue. 5 of Jan de " * 800 + b",1\n2024-01-15,1\n",
    ],
)  # fmt: skip
def test_that_no_file_however_odd_takes_long(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UserError, match=r"share\.csv"):
        read(tmp_path, content)
