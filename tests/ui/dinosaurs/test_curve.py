"""The growing loss curve: a value that shares its memory, and what of it is drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.core.training import LossPoint
from rnnstudio.ui.dinosaurs.curve import MOST_BLOCKS, MOST_SMOOTHED, Curve


def curve_of(losses: np.ndarray) -> Curve:
    return Curve().grown([LossPoint(i, loss, -loss) for i, loss in enumerate(losses)])


@given(st.lists(st.integers(0, 900), max_size=8))
def test_that_growing_in_any_steps_keeps_every_point(steps: list[int]) -> None:
    curve, curves = Curve(), []
    for count in steps:
        new = [LossPoint(i, i + 0.5, i) for i in range(curve.size, curve.size + count)]
        curve = curve.grown(new)
        curves.append(curve)
    for each in curves:
        assert each.losses.tolist() == [i + 0.5 for i in range(each.size)]
        assert each.smoothed.tolist() == list(range(each.size))


def test_that_two_curves_grown_from_one_do_not_mix() -> None:
    stem = curve_of(np.zeros(5))
    first = stem.grown([LossPoint(5, 1.0, 1.0)])
    second = stem.grown([LossPoint(5, 2.0, 2.0)])
    assert (first.losses[-1], second.losses[-1], stem.size) == (1.0, 2.0, 5)


@pytest.mark.parametrize("size", [0, 1, 2, 1_999, 2_000, 2_001, 35_000, 1_000_000])
def test_that_the_drawing_has_the_extremes_and_the_ends_and_stays_small(size: int) -> None:
    losses = np.random.default_rng(size).gamma(6.0, 4.0, size)
    curve = curve_of(losses)
    steps, drawn = curve.drawn_losses()
    smoothed_steps, smoothed = curve.drawn_smoothed()
    assert len(steps) == len(drawn) <= 4 * MOST_BLOCKS
    assert len(smoothed_steps) == len(smoothed) <= MOST_SMOOTHED + 2
    assert (np.diff(steps) >= 0).all()
    if size:
        assert (drawn.min(), drawn.max()) == (losses.min(), losses.max())
        assert (steps[0], smoothed_steps[0], smoothed_steps[-1]) == (0, 0, size - 1)
        assert smoothed[-1] == -losses[-1]


def test_that_a_short_curve_is_drawn_point_by_point() -> None:
    losses = np.array([3.0, 1.0, 2.0])
    steps, drawn = curve_of(losses).drawn_losses()
    assert steps.tolist() == [0, 1, 2]
    assert drawn.tolist() == [3.0, 1.0, 2.0]
