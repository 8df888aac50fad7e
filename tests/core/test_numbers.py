"""Numbers as they are written for a reader."""

from __future__ import annotations

import math

import pytest

from rnnstudio.core.numbers import rounded, tidy


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


@pytest.mark.parametrize(
    ("value", "places", "signed", "text"),
    [
        (-0.766, 2, False, "−0.77"),
        (3.791, 2, True, "+3.79"),
        (-0.001, 2, True, "0.00"),
        (float("nan"), 2, True, "NaN"),
    ],
)
def test_that_a_rounded_number_has_a_real_minus_and_zero_no_sign(
    value: float, places: int, signed: bool, text: str
) -> None:
    assert rounded(value, places, signed=signed) == text
