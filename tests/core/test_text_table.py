"""Tables as text: columns stand under each other, and Markdown reads them as well."""

from __future__ import annotations

from rnnstudio.core.messages import Message
from rnnstudio.core.text_table import text_table


def test_that_columns_are_as_wide_as_their_widest_cell_and_figures_stand_to_the_right() -> None:
    rows = [
        ("a", "9.5", "2 of 10", "new"),
        ("long name", "–", "12 of 10", "7"),
        ("b", "", "-1", ""),
    ]
    assert text_table((Message("share"), "RMSE", Message("days"), "x"), rows).splitlines() == [
        "| share     | RMSE |     days | x   |",
        "| --------- | ---: | -------: | --- |",
        "| a         |  9.5 |  2 of 10 | new |",
        "| long name |    – | 12 of 10 | 7   |",
        "| b         |      |       -1 |     |",
    ]


def test_that_a_name_with_a_bar_stays_one_cell() -> None:
    assert text_table(("name",), [("a|b",)]).splitlines()[-1] == "| a\\|b |"


def test_that_a_table_without_rows_has_its_titles() -> None:
    assert text_table(("name", "n"), []).splitlines() == ["| name |   n |", "| ---: | --: |"]
