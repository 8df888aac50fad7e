"""The days after the last one, by the share's own weekdays."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.stocks.data.trading_calendar import days_after, weekday

DAYS = np.arange("2024-01-01", "2024-03-01", dtype="datetime64[D]")  # begins on a Monday


def test_that_weekdays_count_from_monday_also_before_1970() -> None:
    days = np.array(["2024-01-01", "2024-01-07", "1969-12-29"], "datetime64[D]")
    assert weekday(days).tolist() == [0, 6, 0]


@pytest.mark.parametrize(
    ("traded", "ahead"),
    [
        ((0, 1, 2, 3, 4), ["2024-03-01", "2024-03-04", "2024-03-05"]),
        ((0, 1, 2, 3, 4, 5, 6), ["2024-03-01", "2024-03-02", "2024-03-03"]),
        ((6, 0, 1, 2, 3), ["2024-03-03", "2024-03-04", "2024-03-05"]),
        ((4,), ["2024-03-01", "2024-03-08", "2024-03-15"]),
    ],
    ids=["week", "every day", "sunday to thursday", "fridays"],
)
def test_that_the_weekdays_of_the_past_go_on(traded: tuple[int, ...], ahead: list[str]) -> None:
    dates = DAYS[np.isin(weekday(DAYS), traded)]
    assert [str(day) for day in days_after(dates, 3)] == ahead


def test_that_one_session_on_a_saturday_makes_no_saturdays() -> None:
    year = np.arange("2024-01-01", "2025-01-01", dtype="datetime64[D]")
    dates = year[(weekday(year) < 5) | (year == np.datetime64("2024-02-10"))]
    assert (weekday(days_after(dates, 30)) < 5).all()


def test_that_months_go_on_at_their_distance() -> None:
    months = np.arange("2023-01", "2024-01", dtype="datetime64[M]").astype("datetime64[D]")
    assert [str(day) for day in days_after(months, 2)] == ["2024-01-01", "2024-02-01"]


def test_that_a_single_day_has_days_after_it() -> None:
    assert len(days_after(DAYS[:1], 4)) == 4


def test_that_days_with_times_go_on_at_the_times_of_the_share() -> None:
    weekdays = DAYS[weekday(DAYS) < 5].astype("datetime64[s]")
    hours = np.array([10, 11, 12], "timedelta64[h]")
    dates = (weekdays[:, np.newaxis] + hours).ravel()[:-1]  # the last day has two rows yet
    found = [str(moment) for moment in days_after(dates, 3)]
    assert found == ["2024-02-29T12:00:00", "2024-03-01T10:00:00", "2024-03-01T11:00:00"]
