"""Lines and areas cut to a frame, by hand and as a property."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.ui.widgets.curve_clipping import Points, clipped_area, clipped_line

FRAME = (0.0, 0.0, 10.0, 10.0)
PLACES = st.lists(
    st.tuples(st.floats(-30, 40), st.floats(-30, 40)), min_size=2, max_size=8, unique=True
)


def parts(*points: tuple[float, float]) -> list[list[list[float]]]:
    return [part.tolist() for part in clipped_line(np.array(points), *FRAME)]


def test_that_a_line_through_the_frame_is_cut_at_both_edges() -> None:
    assert parts((-5, 5), (15, 5)) == [[[0, 5], [10, 5]]]


def test_that_a_line_which_leaves_and_comes_back_is_two_lines() -> None:
    assert parts((5, 5), (5, 20), (8, 20), (8, 5)) == [[[5, 5], [5, 10]], [[8, 10], [8, 5]]]


def test_that_a_line_inside_stays_one_line_and_one_outside_goes() -> None:
    assert parts((1, 1), (2, 5), (9, 9)) == [[[1, 1], [2, 5], [9, 9]]]
    assert parts((11, -5), (20, 20)) == []


def test_that_a_gap_in_the_numbers_stays_a_gap() -> None:
    assert parts((1, 1), (2, 2), (np.nan, 3), (4, 4), (5, 5)) == [
        [[1, 1], [2, 2]],
        [[4, 4], [5, 5]],
    ]


def area(points: Points) -> float:
    x, y = points[:, 0], points[:, 1]
    return abs(float(x @ np.roll(y, 1) - y @ np.roll(x, 1))) / 2


def test_that_an_area_around_the_frame_becomes_the_frame() -> None:
    around = np.array([[-5.0, -5.0], [15.0, -5.0], [15.0, 15.0], [-5.0, 15.0]])
    assert area(clipped_area(around, *FRAME)) == 100
    half = np.array([[5.0, -5.0], [15.0, -5.0], [15.0, 15.0], [5.0, 15.0]])
    assert area(clipped_area(half, *FRAME)) == 50
    assert len(clipped_area(half + 20, *FRAME)) == 0


@settings(max_examples=60)
@given(PLACES)
def test_that_nothing_is_left_outside_and_what_was_inside_stays(
    places: list[tuple[float, float]],
) -> None:
    points = np.array(places)
    found = list(clipped_line(points, *FRAME))
    for part in (*found, clipped_area(points, *FRAME)):
        assert (part > -1e-6).all()
        assert (part < 10 + 1e-6).all()
    left = {tuple(each) for part in found for each in part.tolist()}
    inside = [place for place in places if all(0 < each < 10 for each in place)]
    assert all(min(np.hypot(*(np.array(place) - each)) for each in left) < 1e-6 for place in inside)
