"""Axes name round numbers and real dates, and thinning loses no extreme."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.core.stocks.export.html.axis_scale import Scale, date_ticks, fitting, number_ticks
from rnnstudio.core.stocks.export.html.thinning import stretches, thinned_points

PRICES = st.floats(-1e12, 1e12)


@given(st.lists(PRICES, min_size=1, max_size=20))
def test_that_all_numbers_have_room_and_the_axis_names_some_of_them(values: list[float]) -> None:
    scale = fitting(np.array(values), 240, 36)
    places = scale.places(np.array(values))
    assert ((places > 36) & (places < 240)).all()
    ticks = number_ticks(scale)
    assert 1 <= len(ticks) <= 7
    for tick in ticks:
        assert 36 - 1e-9 <= scale.place(tick.at) <= 240 + 1e-9
        written = float(tick.label.replace("−", "-"))
        assert written == pytest.approx(tick.at, abs=1e-3 * (scale.high - scale.low))


@pytest.mark.parametrize(
    ("high", "labels"),
    [
        (1.0, "0 0.2 0.4 0.6 0.8 1"),
        (4.4, "0 1 2 3 4"),
        (42.0, "0 10 20 30 40"),
        (999.0, "0 200 400 600 800"),
        (0.0031, "0 0.001 0.002 0.003"),
        (2_500_000, "0 5e5 1e6 1.5e6 2e6 2.5e6"),
    ],
)
def test_that_numbers_at_an_axis_are_round(high: float, labels: str) -> None:
    assert " ".join(tick.label for tick in number_ticks(Scale(0, high, 0, 1))) == labels


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ((0.001, 0.9), ["0.001", "0.01", "0.1"]),
        ((0.011, 0.09), ["0.01", "0.02", "0.05"]),
        ((0.5, 4.0), ["0.5", "1", "2"]),
    ],
)
def test_that_a_logarithmic_axis_names_what_it_can_place(
    values: tuple[float, float], labels: list[str]
) -> None:
    scale = fitting(np.array(values), 240, 36, logarithmic=True)
    ticks = number_ticks(scale)
    assert [tick.label for tick in ticks][: len(labels)] == labels
    for tick in ticks:
        assert 36 - 1e-9 <= scale.place(tick.at) <= 240 + 1e-9


def test_that_losses_that_reach_zero_are_drawn_evenly() -> None:
    assert not fitting(np.array([1.0, 0.0]), 0, 1, logarithmic=True).logarithmic


@given(st.integers(1, 30_000), st.integers(-20_000, 40_000), st.sampled_from([1, 7, 30]))
def test_that_an_axis_names_days_that_are_there(days: int, start: int, apart: int) -> None:
    dates = np.datetime64("1970-01-01", "D") + start + apart * np.arange(days)
    ticks = date_ticks(dates)
    assert 1 <= len(ticks) <= 6
    for tick in ticks:
        assert tick.at == int(tick.at)
        assert str(dates[int(tick.at)]).startswith(tick.label)
    assert len({tick.label for tick in ticks}) == len(ticks)


def test_that_moments_within_a_day_are_distinguished() -> None:
    moments = np.datetime64("2019-01-01T09:00", "s") + 60 * np.arange(300)
    ticks = date_ticks(moments)
    assert [str(moments[int(tick.at)]) for tick in ticks] == [tick.label for tick in ticks]


@given(st.lists(PRICES, max_size=300), st.integers(1, 20))
def test_that_thinning_keeps_the_extremes_of_every_column(
    values: list[float], columns: int
) -> None:
    series = np.array(values)
    rows = thinned_points(series, columns)
    assert len(rows) <= 2 * columns + 2
    assert (np.diff(rows) > 0).all()
    borders = np.arange(columns + 1) * len(series) // columns
    for start, stop in pairwise(borders.tolist()) if len(series) > 2 * columns else ():
        shown = series[rows[(rows >= start) & (rows < stop)]]
        assert shown.min() == series[start:stop].min()
        assert shown.max() == series[start:stop].max()
    if values:
        assert {0, len(values) - 1} <= set(rows.tolist())
        assert series[rows].min() == series.min()
        assert series[rows].max() == series.max()


def test_that_a_line_is_parted_where_it_is_no_number() -> None:
    finite = np.isfinite([np.nan, 1, 2, np.inf, 3, np.nan])
    assert stretches(finite) == [slice(1, 3), slice(4, 5)]
    assert stretches(np.array([True])) == [slice(0, 1)]
    assert stretches(np.array([], dtype=bool)) == []
