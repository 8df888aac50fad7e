"""Numbers as they are written on screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.ui.widgets.number_text import parse, shape_text, tidy


@given(st.floats(-1e300, 1e300))
def test_that_what_is_written_reads_back_to_four_digits(value: float) -> None:
    assert parse(tidy(value)) == pytest.approx(value, rel=5.001e-4)


def test_that_a_shape_reads_rows_by_columns() -> None:
    assert shape_text((5, 8)) == "5 × 8"
