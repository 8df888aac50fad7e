"""Anything at all gives a table or a sentence, and what was written is what is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import import CsvOptions, Reading, UndecidedError, to_csv
from tests.core.stocks.data.csv_import.dialects import Dialect, Table, dialects, tables, written
from tests.core.stocks.data.csv_import.files import read

COLUMNS = ("Open", "High", "Low", "Close", "Volume")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def table_or_sentence(folder: Path, content: bytes) -> None:
    try:
        reading = read(folder, content)
    except UserError as error:
        sentence = str(error)
        assert "share.csv" in sentence
        assert "\n" not in sentence
        assert len(sentence) < 2000
        return
    check(reading)
    again = read(folder, to_csv(reading), CsvOptions(decimal=".")).table
    for name in again.names:
        assert np.array_equal(again.column(name), reading.table.column(name))


def check(reading: Reading) -> None:
    table = reading.table
    assert table.rows == len(reading.lines) == len(reading.timestamps) > 0
    assert table.price_names
    assert np.all(np.diff(table.dates).astype(np.int64) > 0)
    for values in table.columns.values():
        assert values.shape == (table.rows,)
        assert np.isfinite(values).all()


@given(content=st.binary(max_size=300))
def test_that_any_bytes_give_a_table_or_a_sentence(folder: Path, content: bytes) -> None:
    table_or_sentence(folder, content)


@given(content=st.binary(max_size=60), place=st.integers(0, 120), length=st.integers(0, 60))
@settings(max_examples=150)
def test_that_a_file_with_damaged_bytes_gives_a_table_or_a_sentence(
    folder: Path, content: bytes, place: int, length: int
) -> None:
    rows = b"".join(b"2019-01-%02d,1.%d,2,1,1.5,9\n" % (day, day) for day in range(1, 9))
    whole = b"Date,Open,High,Low,Close,Volume\n" + rows
    table_or_sentence(folder, whole[:place] + content + whole[place + length :])


TOKENS = [
    "Date",
    "Open",
    "Close",
    "Volume",
    "Price",
    "2019-01-02",
    "1/2/2019",
    "31/12/2019",
    "1.5",
    "1,5",
    "-1",
    '"',
    "1e5",
    "1.234",
    "1,234",
    "1.234,5",
    "0",
    "nan",
    "1546387200",
    "20190102",
    "#",
    "1.5M",
    "$2",
    "5%",
    "(3)",
    "null",
    "Total",
    "12:30",
    "1'000",
]
CELLS = st.one_of(
    st.sampled_from(
        [
            *TOKENS,
            "",
            '"',
            "Jan 2, 2019",
            "2 Mei 2019",
            "2 jt",
            "1 000",
            "2019-01-02 09:30:00-05:00",
        ]
    ),
    st.text(max_size=6),
    st.dates().map(str),
    st.floats().map(str),
)


@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=7),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
@settings(max_examples=200)
def test_that_anything_like_a_csv_gives_a_table_or_a_sentence(
    folder: Path, rows: list[list[str]], delimiter: str, encoding: str
) -> None:
    text = "\n".join(delimiter.join(row) for row in rows)
    table_or_sentence(folder, text.encode(encoding, "replace"))


@given(
    column=st.lists(CELLS, min_size=1, max_size=6),
    head=st.sampled_from(["Date;Close", "Date;Open;Close", ""]),
)
@settings(max_examples=150)
def test_that_any_cells_in_a_sound_table_give_a_table_or_a_sentence(
    folder: Path, column: list[str], head: str
) -> None:
    cells = [cell.replace("\n", " ").replace("\r", " ") for cell in column]
    body = [f"2019-01-{row + 1:02};{cell}" for row, cell in enumerate(cells)]
    table_or_sentence(folder, "\n".join([head, *body]).encode("utf-8", "replace"))


@pytest.mark.slow
@given(table=tables(), dialect=dialects())
@settings(max_examples=150)
def test_that_a_table_comes_out_of_every_dialect_exactly_or_is_asked_about(
    folder: Path, table: Table, dialect: Dialect
) -> None:
    # A year of two digits that is still to come is refused.
    assume(dialect.dates != "dmy two digits" or table.days[-1] < date(2026, 1, 1))
    content = written(table, dialect)
    try:
        reading = read(folder, content)
    except UndecidedError:
        reading = read(folder, content, options_of(dialect))
    kept = [row for row in zip(table.days, table.rows, strict=True) if min(row[1][:4]) > 0]
    assert reading.timestamps == [str(day) for day, _ in kept]
    for place, name in enumerate(COLUMNS):
        wanted = [float(row[place]) for _, row in kept]
        assert reading.table.column(name).tolist() == wanted


def options_of(dialect: Dialect) -> CsvOptions:
    """What a person who knows the dialect answers."""
    order = "dmy" if dialect.dates.startswith("dmy") else "mdy"
    return CsvOptions(
        decimal="." if dialect.decimal == "." else ",",
        date_order=order if dialect.dates[:3] in {"dmy", "mdy"} else None,
    )


@given(prices=st.lists(st.floats(1e-300, 1e300), min_size=1, max_size=20))
def test_that_every_float_is_read_back_as_itself(folder: Path, prices: list[float]) -> None:
    days = [np.datetime64("2019-01-01") + row for row in range(len(prices))]
    rows = [f"{day},0.5,{price!r}" for day, price in zip(days, prices, strict=True)]
    table = read(folder, "\n".join(["Date,Open,Close", *rows])).table
    assert table.column("Close").tolist() == prices
