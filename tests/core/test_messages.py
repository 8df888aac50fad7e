"""Sentences as templates, and the error that carries one."""

import pickle

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message, either


def test_that_a_message_is_its_template_filled_in() -> None:
    assert str(Message("{days} of {all:,} days", {"days": 3, "all": 1927})) == "3 of 1,927 days"


def test_that_a_template_without_values_is_shown_as_it_stands() -> None:
    assert str(Message("{no} value")) == "{no} value"


def test_that_messages_in_a_message_are_filled_in_and_listed() -> None:
    rows = [Message.counted("{n} row of {cell}", "{n} rows of {cell}", n, cell="A") for n in (1, 2)]
    assert str(Message("There are {rows}.", {"rows": rows})) == "There are 1 row of A, 2 rows of A."
    many = Message("{days}", {"days": [Message("day {n}", {"n": n}) for n in range(5000)]})
    assert str(many).endswith("day 4998, day 4999")


def test_that_of_several_messages_one_holds() -> None:
    orders = [Message("day first"), Message("month first"), Message("year first")]
    assert str(either(orders)) == "day first or month first or year first"


def test_that_an_error_goes_to_another_process_whole() -> None:
    error = UserError("{path} holds no price.", path="a{b}.csv")
    error.add_note("the log")
    there = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert str(there) == "a{b}.csv holds no price."
    assert there.message == error.message
    assert there.__notes__ == ["the log"]
