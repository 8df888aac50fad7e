"""Parts of a text that belong to one kind of run only."""

from __future__ import annotations

import pytest

from rnnstudio.core.stocks.export.script.template import fill

KNOWN = {"a", "b"}
NESTED = """one
#: if a
two
    #: if b
three
    #: else
four
    #: end
#: else
five
#: end
six
"""


@pytest.mark.parametrize(
    ("features", "lines"),
    [
        (set(), ["one", "five", "six"]),
        ({"b"}, ["one", "five", "six"]),
        ({"a"}, ["one", "two", "four", "six"]),
        ({"a", "b"}, ["one", "two", "three", "six"]),
    ],
)
def test_that_a_run_gets_its_own_parts_and_no_marks(features: set[str], lines: list[str]) -> None:
    assert fill(NESTED, features, KNOWN).splitlines() == lines


def test_that_no_gap_is_left_where_a_part_was() -> None:
    text = "class A:\n    x = 1\n\n    #: if a\n    y = 2\n\n    #: end\n    z = 3\n\n\nw = 4\n"
    assert fill(text, set(), KNOWN) == "class A:\n    x = 1\n\n    z = 3\n\n\nw = 4\n"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("#: if c\n#: end", "'c'"),
        ("#: if a", "no end"),
        ("#: end", "outside"),
        ("#: else", "outside"),
    ],
)
def test_that_a_mark_that_makes_no_sense_is_not_passed_over(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        fill(text, set(), KNOWN)
