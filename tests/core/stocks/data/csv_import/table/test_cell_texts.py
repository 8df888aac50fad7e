"""What stands in a cell: dates, times and numbers in every way of writing them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.stocks.data.csv_import.files import kinds, read


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
