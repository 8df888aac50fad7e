"""Numbers as they are written on screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.core import language
from rnnstudio.ui.widgets.number_text import parse, shape_text, tidy, written


@given(st.floats(-1e300, 1e300))
def test_that_what_is_written_reads_back_to_four_digits(value: float) -> None:
    assert parse(tidy(value)) == pytest.approx(value, rel=5.001e-4)


def test_that_a_shape_reads_rows_by_columns() -> None:
    assert shape_text((5, 8)) == "5 × 8"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0,5", 0.5),
        ("−0.25", -0.25),
        ("9.875,5", 9875.5),
        ("9,875.5", 9875.5),
        ("1.000.000,25", 1_000_000.25),
    ],
)
def test_that_a_comma_is_a_decimal_mark_as_a_point_is(typed: str, number: float) -> None:
    assert parse(typed) == number


@given(st.floats(-1e300, 1e300))
def test_that_what_is_written_in_another_language_reads_back(value: float) -> None:
    language.choose("id")
    try:
        assert parse(written(value)) == pytest.approx(value, rel=5.001e-4)
    finally:
        language.choose("en")
