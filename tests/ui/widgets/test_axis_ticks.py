"""Few numbers beside an axis, written in full."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core import language
from rnnstudio.ui.widgets.axis_ticks import (
    MOST_POWERS,
    MOST_TICKS,
    even_ticks,
    power_text,
    power_ticks,
    tick_text,
    with_end,
)


def test_that_ticks_are_round_numbers() -> None:
    assert even_ticks(0, 49) == [0, 10, 20, 30, 40]
    assert with_end([0, 10, 20, 30, 40], 49) == [0, 10, 20, 30, 40, 49]
    assert with_end([0, 10, 20, 30, 40], 42) == [0, 10, 20, 30, 40]
    assert even_ticks(-0.06, 1.06) == pytest.approx([0, 0.5, 1])
    assert power_ticks(-6.02, 0.3) == [-6, -5, -4, -3, -2, -1, 0]
    assert power_ticks(-300, 0)[-1] == 0
    assert [power_text(at) for at in power_ticks(-0.8, 0.2)] == ["0.2", "0.5", "1"]
    assert [power_text(at) for at in power_ticks(-0.01, 0.03)] == [
        "0.98",
        "1",
        "1.02",
        "1.04",
        "1.06",
    ]


@settings(max_examples=200)
@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_that_any_axis_has_a_few_numbers_within_it(low: float, span: float) -> None:
    high = low + span
    ticks = even_ticks(low, high)
    assert 2 <= len(ticks) <= MOST_TICKS
    slack = 1e-6 * max(abs(low), abs(high), span)
    assert all(low - slack <= tick <= high + slack for tick in ticks)
    powers = power_ticks(low / 1e4, low / 1e4 + span)
    assert len(powers) <= MOST_POWERS


def test_that_numbers_are_written_in_full() -> None:
    assert [power_text(at) for at in (-6, -1, 0, 3, -12)] == [
        "0.000001",
        "0.1",
        "1",
        "1,000",
        "1e−12",
    ]
    assert [tick_text(at, 0.5) for at in (-0.5, 0.0, 1.0)] == ["−0.5", "0", "1.0"]
    language.choose("id")
    try:
        assert power_text(-4) == "0,0001"
        assert tick_text(1500, 500) == "1.500"
    finally:
        language.choose("en")
