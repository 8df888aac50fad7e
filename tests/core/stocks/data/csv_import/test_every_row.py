"""Every line of a file is in the table, or named in the report, or the file is not read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import import CsvOptions
from tests.core.stocks.data.csv_import.files import read

NAMED = {
    "comment", "duplicate", "duplicate-differs", "event", "footer", "missing-cell",
    "negative-price", "other-rows", "preamble", "repeated-header", "zero-price",
}  # fmt: skip
"""Kinds of finding that name every line they left out."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rows")


DAY = st.tuples(st.integers(1, 12), st.integers(1, 28)).map(lambda d: f"2024-{d[0]:02}-{d[1]:02}")
NUMBER = st.integers(900, 1100).map(lambda cents: f"{cents / 100:.2f}")
MISSING = st.sampled_from(["", "-", "0", "-1", "n/a", "#N/A N/A", "####", "null"])
PRICE = st.one_of(NUMBER, NUMBER, NUMBER, NUMBER, MISSING)
ROW = st.tuples(DAY, PRICE, PRICE).map(",".join)
BETWEEN = st.sampled_from(
    [
        "", ",,", "# a comment", "// another", "Date,Open,Close", "2024-01-30,0.25 Dividend,",
        "2024-01-30,Dividend", "---",
    ]
)  # fmt: skip
BELOW = st.sampled_from(
    [
        "Average,10.5,10.7", "Total,,", "1424", "1424,,", "Source: the exchange", "AVGO,10.5,10.7",
        "2024-01-31", "2024-01-31,10.5", "2024-12-31,10.5,1", "max,10.5,10.7", "# end", "合計,1,2",
    ]
)  # fmt: skip


@given(
    lines=st.lists(st.one_of(ROW, ROW, ROW, BETWEEN), min_size=5, max_size=30),
    above=st.lists(st.sampled_from(["Prices", "", "Symbol,IBM", "# made"]), max_size=2),
    below=st.lists(BELOW, max_size=2),
    undo=st.sets(st.sampled_from(["zero-price", "negative-price", "duplicate-differs"])),
)
@settings(max_examples=250)
def test_that_every_line_is_a_row_or_is_named(
    folder: Path, lines: list[str], above: list[str], below: list[str], undo: set[str]
) -> None:
    text = [*above, "Date,Open,Close", *lines, *below]
    try:
        reading = read(folder, "\n".join(text) + "\n", CsvOptions(undo=frozenset(undo)))
    except UserError:
        return
    kept = set(reading.lines.tolist())
    named = {row for found in reading.findings if found.kind in NAMED for row in found.rows}
    header = reading.dialect.header
    for row, line in enumerate(text, start=1):
        drawn = not line.strip(",- ")
        assert drawn or row == header or row in kept or row in named, (row, line)
    for day, row in zip(reading.timestamps, reading.lines, strict=True):
        assert text[row - 1].startswith(day)


@given(
    place=st.integers(0, 1200),
    length=st.integers(0, 40),
    put=st.one_of(st.binary(max_size=20), st.text(max_size=20).map(str.encode)),
    name=st.sampled_from(["utf-8", "cp1252", "gb18030", "utf-16", "cp932"]),
)
@settings(max_examples=150)
def test_that_damage_anywhere_gives_a_table_or_a_sentence(
    folder: Path, place: int, length: int, put: bytes, name: str
) -> None:
    rows = [
        f"{'KGHM'};{day:02}.01.2024;1.0{day},5;1.1{day},5;9{day},5;1.0{day},7;{day}.000"
        for day in range(10, 29)
    ]
    whole = "\n".join(["Ticker;Datum;Eröffn.;Hoch;Tief;Schluss;Stück", *rows]).encode(
        name, "replace"
    )
    try:
        read(folder, whole[:place] + put + whole[place + length :])
    except UserError as error:
        sentence = str(error)
        assert "\n" not in sentence
        assert "share.csv" in sentence
