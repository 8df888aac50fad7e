"""Sentences, numbers and days in another language."""

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pytest

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.language import Language
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import PERCENT, DayText, NumberText, rounded, tidy


def test_that_a_template_is_looked_up_and_then_filled_in() -> None:
    message = Message("{0}: {1:,} days")
    assert Language("id").template(message) == "{0}: {1:,} hari"


def test_that_a_sentence_without_a_translation_is_shown_in_english() -> None:
    assert Language("id").text(Message("No catalogue has {what}.", {"what": "this"})) == (
        "No catalogue has this."
    )


@pytest.mark.parametrize(
    ("template", "value", "english", "indonesian"),
    [
        ("{x:.2f}", 9875.5, "9875.50", "9875,50"),
        ("{x:,.2f}", 9875.5, "9,875.50", "9.875,50"),
        ("{x:n}", 1927, "1,927", "1.927"),
        ("{x:.1%}", 0.125, f"12.5{PERCENT}", f"12,5{PERCENT}"),
        ("{x}", dt.date(2011, 10, 17), "2011-10-17", "17 Okt 2011"),
        ("{x}", np.datetime64("2011-10-17"), "2011-10-17", "17 Okt 2011"),
        ("{x}", DayText("2011-10-17"), "2011-10-17", "17 Okt 2011"),
        ("{x}", dt.datetime(2011, 10, 17, 9, 30), "2011-10-17 09:30:00", "17 Okt 2011 09.30"),
        ("{x}", tidy(-9875.5, 5), "−9875.5", "−9875,5"),
        ("{x:+.3f}", -0.0125, "−0.013", "−0,013"),
        ("{x:+.3g}", -1.25e-5, "−1.25e−05", "−1,25e−05"),
        ("{x}", -3, "-3", "-3"),
        ("{x}", "3.5.csv", "3.5.csv", "3.5.csv"),
        ("{x}", "2011-10-17", "2011-10-17", "2011-10-17"),
    ],
)
def test_that_values_are_written_as_the_language_does(
    template: str, value: object, english: str, indonesian: str
) -> None:
    message = Message(template, {"x": value})
    assert Language("en").text(message) == english == str(message)
    assert Language("id").text(message) == indonesian


def test_that_a_number_chooses_between_singular_and_plural() -> None:
    def days(n: int) -> str:
        return str(Message.counted("{n} day", "{n:n} days", n))

    assert (days(1), days(0), days(2000)) == ("1 day", "0 days", "2,000 days")


def test_that_a_value_may_be_a_sentence_itself() -> None:
    inner = Message("{x:.1f} days", {"x": 1.5})
    outer = Message("It takes {time}.", {"time": inner})
    assert str(outer) == "It takes 1.5 days."
    assert Language("id").text(outer) == "It takes 1,5 days."


def test_when_there_is_no_such_language_the_sentence_names_those_there_are() -> None:
    with pytest.raises(UserError, match="choose one of en, id"):
        language.choose("xx")
    assert language.code() == "en"


def test_that_arithmetic_gets_the_marks_of_the_language_and_keeps_its_signs() -> None:
    shown = Message("{sum}", {"sum": NumberText("−0.006 × (−0.007)")})
    assert Language("id").text(shown) == "−0,006 × (−0,007)"
    assert Language("en").text(shown) == "−0.006 × (−0.007)"
    assert language.number(rounded(-1.464, 2)) == "−1.46"


@pytest.fixture
def indonesian() -> Iterator[None]:
    language.choose("id")
    yield
    language.choose("en")


@pytest.mark.usefixtures("indonesian")
def test_that_templates_of_qt_and_cells_of_tables_are_written_as_the_language_does() -> None:
    assert language.filled("{0:,} hari, {1:.1%}; {name}", 1927, 0.5, name="a.b") == (
        f"1.927 hari, 50,0{PERCENT}; a.b"
    )
    assert language.shown(NumberText("0.25")) == "0,25"
    assert language.shown("0.25.csv") == "0.25.csv"
    when = dt.datetime(2011, 10, 17, 9, 30, 5)
    assert language.moment(when, seconds=True) == "17 Okt 2011 09.30.05"


def test_that_a_title_begins_with_a_capital_and_is_left_alone_otherwise() -> None:
    assert language.capitalized(Message("new Message of {x}", {"x": "A"})) == "New Message of A"
