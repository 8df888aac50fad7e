"""A table that is opened as names is refused with a sentence; a list with odd names is read."""

from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import read_corpus
from rnnstudio.paths import data_file

SENTENCE = (
    " is a table: line {line} has {cells} cells divided by {word}, and most are numbers; a list of "
    "names has one name a line and nothing else."
)


@pytest.mark.parametrize("share", ["IBM", "AMD"])
def test_that_a_shipped_file_of_prices_is_no_list_of_names(share: str) -> None:
    path = data_file(f"prices/{share}.csv")
    cells = path.read_text("utf-8").splitlines()[1].count(",") + 1
    with pytest.raises(UserError) as refused:
        read_corpus(path)
    expected = SENTENCE.format(line=2, cells=cells, word="commas")
    assert str(refused.value) == f"{share}.csv{expected}"


@pytest.mark.parametrize("name", ["AMD-test.csv", "NSE-TATAGLOBAL.csv"])
def test_that_prices_from_elsewhere_are_no_list_of_names(shared_data, name: str) -> None:
    with pytest.raises(UserError, match=f"{name} is a table: line 2 has "):
        read_corpus(shared_data(name))


@pytest.mark.parametrize(
    ("text", "line", "cells", "word"),
    [
        ("Datum;Schluss\n17.6.2019;29,20\n18.6.2019;30,45\n", 2, 2, "semicolons"),
        ("\nname\tlength\tmass\nRex\t12.3\t8000\nAnzu\t3.5\t250\n", 3, 3, "tabs"),
        ("1|2|3\n4|5|6\n7|8|9\n", 2, 3, "bars"),
        ("Date,Close,\n17-Jun-19,29.20,5\n18-Jun-19,30.45,6\n", 2, 3, "commas"),
    ],
)
def test_that_tables_of_other_kinds_are_refused(
    tmp_path: Path, text: str, line: int, cells: int, word: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError) as refused:
        read_corpus(path)
    assert str(refused.value) == "a.csv" + SENTENCE.format(line=line, cells=cells, word=word)


@pytest.mark.parametrize(
    "names",
    [
        ("rex", "anzu"),
        ("smith, john", "doe, jane", "roe, richard"),
        ("r2-d2", "c-3po", "bb-8"),
        ("1977", "1984", "2001"),
        ("2,4-d", "2,4,5-t", "ddt", "aldrin"),
        ("rex, 1905", "anzu, 2014"),
        ("a,1,2", "rex", "anzu"),
    ],
)
def test_that_names_with_commas_and_digits_are_names(tmp_path: Path, names: tuple[str]) -> None:
    path = tmp_path / "names.csv"
    path.write_text("\n".join(names), "utf-8")
    assert read_corpus(path).names == names
