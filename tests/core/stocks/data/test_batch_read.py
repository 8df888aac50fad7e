"""A folder of good files, bad ones, and ones that a person would have to decide about."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.batch_read import (
    Gathered,
    UnreadableFile,
    price_files,
    read_folder_job,
)
from rnnstudio.core.stocks.data.csv_import import CsvOptions
from rnnstudio.core.stocks.data.samples import FIRST_SAMPLE, SAMPLES
from rnnstudio.core.training import Control, Started
from tests.core.stocks import made
from tests.core.stocks.validation.pools import result


def write(path: Path, rows: int, seed: int = 0) -> None:
    """A share of so many days."""
    made.write(path, made.walk(rows, 1, seed).table)


def gathered(folder: Path, options: CsvOptions | None = None) -> Gathered:
    found: Gathered = result(read_folder_job(folder, options or CsvOptions(), Control()))
    return found


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Two good files, and one of each other kind."""
    write(tmp_path / "b.CSV", 40)
    write(tmp_path / "a.txt", 50)
    (tmp_path / "broken.csv").write_text("Date,Open\n2019-01-01,five\n")
    (tmp_path / "empty.csv").write_bytes(b"")
    days = [f"0{day}/0{month}/2019,{day + month}.5" for month in (1, 2) for day in range(1, 8)]
    (tmp_path / "undecided.csv").write_text("\n".join(["Date,Close", *days]))
    (tmp_path / "notes.md").write_text("no prices")
    (tmp_path / "folder.csv").mkdir()
    return tmp_path


def test_that_good_files_are_read_and_bad_ones_listed_with_their_sentences(mixed: Path) -> None:
    found = gathered(mixed)
    assert {name: table.rows for name, table in found.tables.items()} == {"a.txt": 50, "b.CSV": 40}
    assert [each.file for each in found.refused] == ["broken.csv", "empty.csv", "undecided.csv"]
    assert all(str(each.sentence).endswith(".") for each in found.refused)
    assert "--day-first" in str(found.refused[2].sentence)  # the question, and how it is answered


def test_that_a_copy_of_a_share_counts_once(tmp_path: Path) -> None:
    for name, seed in (("a.csv", 0), ("b.csv", 1), ("copy of a.csv", 0)):
        write(tmp_path / name, 40, seed)
    write(tmp_path / "longer.csv", 41)
    found = gathered(tmp_path)
    assert list(found.tables) == ["a.csv", "b.csv", "longer.csv"]
    [copy] = found.refused
    assert str(copy.sentence).startswith("copy of a.csv holds the same days and prices as a.csv;")


def test_that_what_a_person_decides_holds_for_every_file(mixed: Path) -> None:
    found = gathered(mixed, CsvOptions(date_order="dmy"))
    assert list(found.tables) == ["a.txt", "b.CSV", "undecided.csv"]


def test_that_a_folder_without_prices_or_none_at_all_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("no prices")
    with pytest.raises(UserError, match=r"holds no file that ends in \.csv or \.txt"):
        price_files(tmp_path)
    with pytest.raises(UserError, match="missing cannot be read"):
        price_files(tmp_path / "missing")


def test_that_a_licence_beside_the_prices_is_none(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", 40)
    write(tmp_path / "b.txt", 40, 1)
    (tmp_path / "LICENSE.txt").write_text(
        "Copyright (c) 2012-2024, Somebody\nAll rights reserved.\n\n1. Redistributions of source "
        "code, with or without modification, are permitted, provided that\n2. they are.\n"
    )
    found = gathered(tmp_path)
    assert list(found.tables) == ["a.csv", "b.txt"]
    assert found.refused == ()


def test_that_every_file_of_the_shipped_prices_is_read() -> None:
    folder = SAMPLES[FIRST_SAMPLE].parent
    found = gathered(folder)
    assert {path.name for path in SAMPLES.values()} <= set(found.tables)
    assert found.refused == ()


def test_that_reading_stops_when_it_is_asked_to(mixed: Path) -> None:
    control = Control()
    control.cancel()
    assert list(read_folder_job(mixed, CsvOptions(), control)) == [Started(5, 0)]


def test_that_a_refused_file_is_named_once() -> None:
    assert str(UnreadableFile("a.csv", Message("a.csv is empty.")).named) == "a.csv is empty."
    assert (
        str(UnreadableFile("a.csv", Message("The window is 0.")).named) == "a.csv: The window is 0."
    )
