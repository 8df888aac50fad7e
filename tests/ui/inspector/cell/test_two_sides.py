"""Two drawings and one card share a view: knows no Qt."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.ui.inspector.cell.frames import Frame
from rnnstudio.ui.inspector.cell.two_sides import CAPTION, two_sides

LENGTH = st.floats(200, 1200)


@settings(max_examples=50)
@given(st.floats(600, 3800), st.floats(300, 1900), LENGTH, LENGTH, LENGTH, LENGTH)
def test_that_both_have_what_they_need_and_nothing_overlaps(
    width: float, height: float, a: float, b: float, c: float, d: float
) -> None:
    plan = two_sides(width, height, ((a, b), (c, d)))
    frames = [
        Frame(start[0], start[1], size[0], size[1])
        for start, size in zip(plan.starts, plan.sizes, strict=True)
    ]
    for frame, least in zip(frames, ((a, b), (c, d)), strict=True):
        assert frame.width >= least[0] - 0.01
        assert frame.height >= least[1] - 0.01
        assert frame.y >= CAPTION
    assert not frames[0].overlaps(frames[1])
    for frame in frames:
        assert not frame.overlaps(plan.card)
        assert frame.right <= plan.width + 0.01
    assert plan.card.bottom <= plan.height
    assert abs(plan.width / plan.height - width / height) < 1e-9


def test_that_they_stand_where_they_are_larger() -> None:
    least = ((600.0, 280.0), (600.0, 280.0))
    assert two_sides(1400, 500, least).starts[1][0] > 0
    assert two_sides(700, 900, least).starts[1][0] == 0
