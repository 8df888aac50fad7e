"""Labels at the ends of lines: none on another, in order, in the frame, as near as may be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.ui.widgets.label_places import end_labels

LABELS = st.lists(st.tuples(st.floats(-500, 1500), st.floats(5, 60)), min_size=1, max_size=12)


def test_that_labels_with_room_stand_at_their_ends() -> None:
    assert end_labels([], [], 0, 100) == []
    assert end_labels([30, 70], [20, 20], 0, 100) == [30, 70]


def test_that_labels_too_near_move_apart_by_the_same_way() -> None:
    assert end_labels([50, 50], [20, 20], 0, 100) == [40, 60]
    assert end_labels([52, 50, 90], [20, 20, 20], 0, 200) == [61, 41, 90]


def test_that_labels_beyond_the_frame_come_into_it() -> None:
    assert end_labels([-40, 500], [20, 30], 0, 100) == [10, 85]


@settings(max_examples=200)
@given(LABELS, st.floats(0, 400), st.floats(50, 900))
def test_that_any_labels_keep_apart_in_order_and_in_the_frame(
    labels: list[tuple[float, float]], top: float, height: float
) -> None:
    ends, heights = (list(values) for values in zip(*labels, strict=True))
    bottom = top + height
    places = end_labels(ends, heights, top, bottom)
    share = min(1.0, height / sum(heights))
    order = sorted(range(len(ends)), key=lambda at: ends[at])
    for one, other in pairwise(order):
        apart = share * (heights[one] + heights[other]) / 2
        assert places[other] - places[one] >= apart - 1e-6
    for place, room in zip(places, heights, strict=True):
        assert top - 1e-6 <= place - share * room / 2
        assert place + share * room / 2 <= bottom + 1e-6
    if share == 1 and len(places) == 1:
        assert places[0] == pytest.approx(
            min(max(ends[0], top + heights[0] / 2), bottom - heights[0] / 2)
        )
