"""Tables with nothing but blanks between their cells: read where that is certain, else refused."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import import Reading
from tests.core.stocks.data.csv_import.files import read

DAYS = [date(2024, 1, 2) + timedelta(days=day) for day in range(30)]
OPEN = np.round(1180 + np.arange(30) * 3.25, 2)
CLOSE = np.round(OPEN + 1.5, 2)


def assert_prices(reading: Reading, close: str = "Adj Close") -> None:
    assert list(reading.table.dates.astype(str)) == [str(day) for day in DAYS]
    np.testing.assert_array_equal(reading.table.column("Open"), OPEN)
    np.testing.assert_array_equal(reading.table.column(close), CLOSE)
    assert reading.dialect.delimiter == " "


def printed(name: str | None = None) -> str:
    """The prices as pandas prints them; ``name`` is that of the dates."""
    import pandas as pd

    index = pd.DatetimeIndex(DAYS, name=name)
    return pd.DataFrame({"Open": OPEN, "Adj Close": CLOSE}, index=index).to_string()


def lines(form: str, header: str = "", numbers: str = "{:,.2f}") -> str:
    rows = (
        form.format(day, numbers.format(one), numbers.format(other))
        for day, one, other in zip(DAYS, OPEN, CLOSE, strict=True)
    )
    return "\n".join([header, *rows] if header else rows) + "\n"


@pytest.mark.parametrize("name", [None, "Date"])
def test_that_a_printed_table_is_read(tmp_path: Path, name: str | None) -> None:
    assert_prices(read(tmp_path, printed(name)))


@pytest.mark.parametrize(
    "text",
    [
        lines("{:%Y-%m-%d}  {:>12}  {:>12}", "Date              Open     Adj Close"),
        lines("{:%d %b %Y}   {}   {}", "Date   Open   Adj Close"),
        lines("{:%b %d, %Y}   {}   {}", "Date   Open   Adj Close"),
        lines("  {:%Y-%m-%d}  {}  {}", "Prices of a share in Rupees\n\nDate  Open  Adj Close"),
        lines("{:%Y-%m-%d}  {}  {}", "Date  Open  Adj Close\n----  ----  ---------")
        + "\n(30 rows)\n",
        lines("{:%Y-%m-%d}  {}  {}", "Date  Open  Adj Close", "{:.2f}"),
    ],
    ids=["aligned", "months", "commas", "title", "ruled", "plain"],
)
def test_that_rows_divided_alike_at_two_blanks_and_more_are_read(tmp_path: Path, text: str) -> None:
    assert_prices(read(tmp_path, text))


@pytest.mark.parametrize("numbers", ["{:.2f}", "{:,.2f}"])
def test_that_rows_divided_alike_at_each_blank_are_read(tmp_path: Path, numbers: str) -> None:
    reading = read(tmp_path, lines("{:%Y-%m-%d} {:>9} {}", "Date Open Close", numbers))
    assert_prices(reading, "Close")


def test_that_what_the_window_says_of_it_is_that_blanks_divide_it(tmp_path: Path) -> None:
    reading = read(tmp_path, printed())
    assert "split by blanks" in language.text(reading.description)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (lines("{:%Y-%m-%d} {} {}", "Date Open Adj Close", "{:.2f}"), 1),  # four words
        (lines("{:%Y-%m-%d} {} {}", "", "{:.2f}"), 1),  # a number may hold a blank
        (lines("{:%Y-%m-%d}  {}  {}", "Date  Open  Close").replace("1,183.25", "        "), 3),
    ],
    ids=["two words", "no names", "an empty cell"],
)
def test_when_it_is_not_certain_where_cells_end_the_file_is_refused_and_tabs_help(
    tmp_path: Path, text: str, line: int
) -> None:
    with pytest.raises(UserError, match=f"blanks between its cells, and line {line} ") as error:
        read(tmp_path, text)
    assert "with commas, semicolons or tabs" in str(error.value)
    named = lines("{:%Y-%m-%d}\t{}\t{}", "Date\tOpen\tAdj Close")
    assert read(tmp_path, named).table.rows == 30


def test_when_one_blank_stands_within_dates_too_the_file_has_no_columns(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"share\.csv has no columns"):
        read(tmp_path, lines("{:%d %b %Y} {} {}", "Day Month Year Open Close", "{:.2f}"))


def test_when_a_row_far_below_is_divided_otherwise_its_line_is_named(tmp_path: Path) -> None:
    days = [date(1990, 1, 1) + timedelta(days=day) for day in range(5_000)]
    rows = [f"{day:%Y-%m-%d}  {place}.5  {place}.25" for place, day in enumerate(days, 10)]
    rows[3_333] = rows[3_333].replace("  ", " ")
    assert read(tmp_path, "\n".join(["Date  Open  Close", *rows])).table.rows == 5_000
    rows[3_333] = f"{days[3_333]:%Y-%m-%d}  1.5"
    with pytest.raises(UserError, match="line 3335 "):
        read(tmp_path, "\n".join(["Date  Open  Close", *rows]))
