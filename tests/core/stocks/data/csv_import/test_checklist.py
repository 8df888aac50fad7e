"""What was understood of a file, with the cells that show it and the ways to differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnnstudio.core import language
from rnnstudio.core.stocks.data.csv_import import CsvOptions, Reading, UndecidedError
from rnnstudio.core.stocks.data.csv_import.checklist import (
    Certainty,
    ChecklistLine,
    checklist,
    question_checklist,
    with_column,
)
from rnnstudio.core.stocks.data.csv_import.excerpt import MOST_WHOLE, CellPlace
from tests.core.stocks.data.csv_import.files import read

INDONESIAN = """Tanggal;Terakhir;Pembukaan;Tertinggi;Terendah;Vol.;Perubahan%
15/10/2021;1.825;1.785;1.835;1.785;49,93jt;2,53%
14/10/2021;1.780;1.750;1.785;1.740;1,13M;1,71%
13/10/2021;1.750;1.730;1.765;1.715;1,11M;-79,71%
12/10/2021;8.625;8.425;8.650;8.400;25,50jt;2,07%
11/10/2021;8.450;8.375;8.525;8.350;16,53jt;0,30%
"""
MARKED = "Date;Close;High\n2019-01-02;995;1.005\n2019-01-03;1.001;1.010\n"
DATED = "Date,Close\n15/01/19,1.5\n16/01/19,1.6\n17/01/19,1.7\n"


def lines(reading: Reading, options: CsvOptions | None = None) -> dict[str, ChecklistLine]:
    return {line.kind: line for line in checklist(reading, options or CsvOptions())}


def cell(reading: Reading, place: CellPlace) -> str:
    """What stands in the file where a line of the list points."""
    return reading.excerpt.text(place)


def test_that_each_proof_points_at_the_cell_that_shows_it(tmp_path: Path) -> None:
    reading = read(tmp_path, INDONESIAN)
    found = lines(reading)
    assert language.text(found["decimal"].title) == "Decimal comma"
    assert cell(reading, found["decimal"].cells[0]) == "49,93jt"
    assert cell(reading, found["date_order"].cells[0]) == "15/10/2021"
    assert language.text(found["columns"].title) == "Terakhir is the Close"
    assert "Tertinggi High" in language.text(found["columns"].detail)
    assert {line.certainty for line in found.values()} == {Certainty.PROVED, Certainty.KNOWN}


def test_that_a_split_is_shown_at_its_row_beside_the_day_before(tmp_path: Path) -> None:
    reading = read(tmp_path, INDONESIAN)
    split = lines(reading)["split"]
    assert language.text(split.title) == "A 5:1 split on 2021-10-13"
    assert cell(reading, split.cells[0]) == "1.750"
    assert cell(reading, split.beside[0]) == "8.625"


def test_that_what_was_found_about_a_column_is_shown_in_its_cells(tmp_path: Path) -> None:
    reading = read(tmp_path, INDONESIAN)
    assert [cell(reading, at) for at in lines(reading)["unit-million"].cells] == ["1,13M", "1,11M"]
    text = "Date,Name,Close\n2019-01-02,Acme,1.5\n2019-01-03,Acme,1.6\n"
    named = read(tmp_path, text)
    assert [cell(named, at) for at in lines(named)["column-left-out"].cells] == ["Name"]


def test_that_what_a_button_did_can_be_taken_back_by_the_next(tmp_path: Path) -> None:
    reading = read(tmp_path, INDONESIAN)
    (divide,) = lines(reading)["split"].choices
    divided = read(tmp_path, INDONESIAN, divide.options)
    assert divided.table.column("Close")[0] == 1690
    (back,) = lines(divided, divide.options)["split"].choices
    assert back.options == CsvOptions()


def test_that_what_the_file_proves_is_not_offered_otherwise(tmp_path: Path) -> None:
    found = lines(read(tmp_path, INDONESIAN))
    assert not found["decimal"].choices
    assert not found["date_order"].choices


@pytest.mark.parametrize(
    ("text", "kind", "button", "close"),
    [
        (MARKED, "decimal", "Read a point", 1.001),
        (DATED, "date_order", "Read year first", 1.7),
    ],
)
def test_that_another_reading_is_one_press_away_and_one_press_back(
    tmp_path: Path, text: str, kind: str, button: str, close: float
) -> None:
    line = lines(read(tmp_path, text))[kind]
    assert line.button is not None
    assert language.text(line.button) == button
    (other,) = line.choices
    reading = read(tmp_path, text, other.options)
    assert reading.table.column("Close")[-1] == close
    by_hand = lines(reading, other.options)[kind]
    assert "as you said" in language.text(by_hand.detail)
    assert by_hand.choices[0].options == CsvOptions()


def test_that_a_row_of_prices_can_be_named_the_header_and_a_header_be_none(tmp_path: Path) -> None:
    text = "Day,Close\n2019-01-02,1.5\n2019-01-03,1.6\n"
    (none,) = lines(read(tmp_path, text))["header"].choices
    unnamed = read(tmp_path, text, none.options)
    assert unnamed.dialect.header == 0
    (back,) = lines(unnamed, none.options)["header"].choices
    assert read(tmp_path, text, back.options).dialect.header == 1


def test_that_every_encoding_in_which_the_letters_differ_can_be_chosen(tmp_path: Path) -> None:
    text = "Дата;Закрытие\n2019-01-02;1,5\n2019-01-03;1,6\n".encode("cp1251")
    line = lines(read(tmp_path, text))["encoding"]
    assert "CP1251" in language.text(line.title)
    readings = [read(tmp_path, text, choice.options) for choice in line.choices]
    assert len({reading.excerpt.lines[1] for reading in readings}) == len(readings) > 1


def test_that_each_column_can_have_another_role_or_none(tmp_path: Path) -> None:
    text = "Date,Open,Close,Adj Close\n2019-01-02,1,2,3\n2019-01-03,1,2,3\n2019-01-04,1,2,3\n"
    columns = {each.title: each for each in read(tmp_path, text).file_columns}
    swapped = with_column(CsvOptions(), columns["Open"], "Close")
    assert read(tmp_path, text, swapped).table.column("Close").tolist() == [1, 1, 1]
    taken = with_column(CsvOptions(), columns["Adj Close"], "")
    reading = read(tmp_path, text, taken)
    assert "Adj Close" not in reading.table.names
    assert reading.preferred == "Close"
    assert lines(reading, taken)["columns"].choices[0].options == CsvOptions()


def test_that_a_question_comes_first_and_what_is_known_so_far_follows(tmp_path: Path) -> None:
    with pytest.raises(UndecidedError) as asked:
        read(tmp_path, "Date;Close\n01/02/2019;1,5\n02/02/2019;1,6\n")
    first, *known = question_checklist(asked.value, CsvOptions())
    assert first.certainty is Certainty.ASKED
    assert first.cells[0] == CellPlace(2, 0)
    assert len(first.choices) == 2
    assert asked.value.excerpt.lines[2].startswith("01/02/2019")
    assert {"header", "decimal"} <= {line.kind for line in known}


def test_that_a_question_about_columns_points_at_their_names(tmp_path: Path) -> None:
    with pytest.raises(UndecidedError) as asked:
        read(tmp_path, "Date,Bid,Ask\n2019-01-02,1.5,1.6\n2019-01-03,1.6,1.7\n")
    shown = asked.value.excerpt
    assert [shown.text(place) for place in asked.value.cells] == ["Bid", "Ask"]


def test_that_a_question_about_shares_does_not_point_at_columns_that_were_chosen(
    tmp_path: Path,
) -> None:
    rows = "".join(f"2019-01-0{day},{name},{day}.5\n" for day in range(1, 4) for name in "AB")
    with pytest.raises(UndecidedError) as asked:
        read(tmp_path, f"Date,Symbol,Last\n{rows}", CsvOptions(columns=(("Close", "Last"),)))
    assert not asked.value.cells


def test_that_of_a_long_file_its_ends_and_the_rows_that_matter_are_kept(tmp_path: Path) -> None:
    days = MOST_WHOLE + 1000
    prices = [100.0 + row % 7 for row in range(days)]
    prices[4000] = 0.0
    start = 10_000
    rows = "\n".join(f"{start + row},{price}" for row, price in enumerate(prices))
    options = CsvOptions(day_numbers="1970")
    reading = read(tmp_path, f"Date,Close\n{rows}\n", options)
    assert reading.excerpt.total == days + 1
    assert len(reading.excerpt.lines) < 1000
    assert reading.excerpt.lines[lines(reading, options)["zero-price"].cells[0].line] == "14000,0.0"
    assert {1, days + 1} <= reading.excerpt.lines.keys()


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ('Date,Close\n2019-01-02, "1,234.5" \n2019-01-03,1.6\n', 1, '"1,234.5"'),
        ("Date      Close\n2019-01-02  1.5\n2019-01-03  1.6\n", 1, "1.5"),
        ("Date,Close\n2019-01-02,١٢٫٥\n2019-01-03,١٢٫٦\n", 1, "١٢٫٥"),
    ],
)
def test_that_a_cell_is_found_in_its_line_as_the_file_has_it(
    tmp_path: Path, text: str, place: int, found: str
) -> None:
    assert cell(read(tmp_path, text), CellPlace(2, place)) == found


def test_that_the_cell_of_a_line_that_is_not_there_is_nowhere(tmp_path: Path) -> None:
    shown = read(tmp_path, "Date,Close\n2019-01-02,1.5\n2019-01-03,1.6\n").excerpt
    assert shown.span(CellPlace(9, 0)) is None
    assert shown.span(CellPlace(2, 9)) is None
    assert shown.span(CellPlace(2)) is None
