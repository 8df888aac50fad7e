"""Numbers as they are written on screen."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.ui.widgets.numbers import parse, shape_text, tidy


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (0.58734, "0.5873"),
        (-0.58734, "−0.5873"),
        (12.0, "12"),
        (1.25e-7, "1.25e−7"),
        (-123456.0, "−1.235e5"),
        (math.nan, "NaN"),
        (-math.inf, "−∞"),
    ],
)
def test_that_a_number_is_short_and_has_a_real_minus_sign(value: float, text: str) -> None:
    assert tidy(value) == text


@given(st.floats(-1e300, 1e300))
def test_that_what_is_written_reads_back_to_four_digits(value: float) -> None:
    assert parse(tidy(value)) == pytest.approx(value, rel=5.001e-4)


def test_that_a_shape_reads_rows_by_columns() -> None:
    assert shape_text((5, 8)) == "5 × 8"
