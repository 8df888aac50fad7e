"""CSV for spreadsheets: what is written comes back, and nothing of it is a formula."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.documents.csv_text import choose_decimal_mark, csv_rows, csv_text

FORMULA_STARTS = ("=", "+", "-", "@", "\t=", " =", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""https://owasp.org/www-community/attacks/CSV_Injection"""


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_that_a_text_that_begins_like_a_formula_is_written_as_a_text() -> None:
    names = [f"{start}1+cmd|' /C calc'!A0" for start in FORMULA_STARTS]
    assert cells(csv_text([names])) == [[f"'{name}" for name in names]]


def test_that_numbers_stay_numbers_whether_they_are_numbers_or_texts() -> None:
    row = [-1.5, "-0.25", "+3", 7, "-1e-07"]
    assert csv_text([row]) == "-1.5,-0.25,+3,7,-1e-07\n"


@settings(max_examples=60)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\0")), min_size=1))
def test_that_every_text_comes_back_but_for_the_apostrophe(row: list[str]) -> None:
    read = cells(csv_text([row]))[0]
    assert [cell.removeprefix("'") for cell in read] == [cell.removeprefix("'") for cell in row]
    assert not any(cell.startswith(tuple("=@")) for cell in read)


def test_that_a_decimal_comma_has_semicolons_between_the_cells_and_is_read_again() -> None:
    rows = [["name", "value"], ["a,b", -9875.5], ["2019-06-14", 7], ["x.csv", 1e-07]]
    text = csv_text(rows, "comma")
    assert text == "name;value\na,b;-9875,5\n2019-06-14;7\nx.csv;1e-07\n"
    assert csv_rows(text) == [[str(cell) for cell in row] for row in rows]
    assert csv_rows(csv_text(rows)) == csv_rows(text)


def test_that_points_are_written_until_a_comma_is_chosen() -> None:
    assert csv_text([[0.5]]) == "0.5\n"
    choose_decimal_mark("comma")
    try:
        assert (csv_text([[0.5]]), csv_text([[0.5]], "point")) == ("0,5\n", "0.5\n")
    finally:
        choose_decimal_mark("point")
