"""Letters: what cannot be seen is no letter, each letter has one form, accents come off."""

# ruff: noqa: RUF001 - letters of other languages are meant

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.core.names.corpus import Corpus, read_corpus
from rnnstudio.core.names.reading.letters import is_accented, small, without_accents
from rnnstudio.core.names.report import ReadOptions

INVISIBLE = (
    "\ufeff\u200b\u200c\u200d\u2060\u00ad\u200e\u200f\u202a\u202c\u2066\u2069\u061c\u180e\ufe0f"
    "\ufe0e\U000e0100\u034f\u3164\u2063\ufff9\x1a"
)


def read(folder: Path, text: str) -> Corpus:
    path = folder / "names.txt"
    path.write_text(text, "utf-8")
    return read_corpus(path)


@pytest.mark.parametrize("character", INVISIBLE)
def test_that_what_cannot_be_seen_is_no_letter(tmp_path: Path, character: str) -> None:
    corpus = read(tmp_path, f"Em{character}ma\n{character}Ava\nMia{character}\nEmma\n")
    assert corpus.names == ("emma", "ava", "mia", "emma")
    assert corpus.report is not None
    assert corpus.report.invisible == 3
    assert "3 lines have invisible characters: taken off." in corpus.report.sentences()


def test_that_joiners_stay_where_letters_change_by_them(tmp_path: Path) -> None:
    names = ("علی\u200cرضا", "क्\u200dष", "👨\u200d👩\u200d👧")
    assert read(tmp_path, "\n".join(names)).names == names


def test_that_every_space_is_the_same_one(tmp_path: Path) -> None:
    text = "Mary\u00a0Ann\nMary Ann\n\u3000Mary\u2003Ann\u202f\nMary   Ann\nLee\n"
    assert set(read(tmp_path, text).names) == {"mary ann", "lee"}


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Łukasz", "lukasz"),
        ("Søren", "soren"),
        ("Ægir", "aegir"),
        ("Straße", "strasse"),
        ("Đorđe", "dorde"),
        ("Işık", "isik"),
        ("İbrahim", "ibrahim"),
        ("Ŧœþŋħĸ", "toethnhk"),
        ("Guðrún", "gudrun"),
        ("Nguyễn", "nguyen"),
        ("ﬁona", "fiona"),
        ("Ĳsbrand", "ijsbrand"),
        ("Ɓɗƙəɛɔ", "bdkeeo"),
        ("Γιώργος", "γιωργος"),
        ("Ёлка", "елка"),
        ("مُحَمَّد", "محمد"),
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_that_accents_and_their_kin_come_off(name: str, plain: str) -> None:
    assert without_accents(small(name)) == plain


@pytest.mark.parametrize("name", ["प्रिया", "ज़ैनब", "がぎ", "パトリック", "ស្រែ", "ที่", "йод", "أحمد"])
def test_that_marks_that_are_no_accents_stay(name: str) -> None:
    assert without_accents(name) == name
    assert not any(map(is_accented, name))


@given(st.text(max_size=12))
def test_that_folding_twice_is_folding_once(text: str) -> None:
    options = ReadOptions("fold", "fold")
    once = options.as_listed(text)
    assert options.as_listed(once) == once


def test_that_a_beginning_gets_the_letters_of_the_list() -> None:
    assert ReadOptions().as_listed("ZOE\u0308\u200b") == "zoë"
    assert ReadOptions("fold", "fold").as_listed("ŁU") == "lu"
    assert ReadOptions("keep").as_listed("Zo") == "Zo"
    assert ReadOptions().as_listed("Mary\u00a0") == "mary "
