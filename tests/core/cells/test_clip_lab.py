"""Clipping against its definition, the engine's, and central differences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.core.cells import clip_lab
from rnnstudio.core.cells.clip_lab import (
    CLIPPINGS,
    ClipSpec,
    angle,
    clip_by_norm,
    clip_by_value,
    loss_and_gradients,
    norm,
    train,
)
from rnnstudio.core.engine.clipping import clip
from rnnstudio.core.engine.spec import ClipByNorm, ClipByValue
from rnnstudio.core.errors import UserError


def test_that_the_angle_of_a_known_cut_is_that_of_trigonometry() -> None:
    raw = {"W": np.array([[3.0, 1.0]])}
    cut = clip_by_value(raw, 1.0)
    np.testing.assert_array_equal(cut["W"], [[1.0, 1.0]])
    assert angle(raw, cut) == pytest.approx(45 - np.degrees(np.arctan(1 / 3)))
    assert np.isnan(angle(raw, {"W": np.zeros((1, 2))}))


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=20).filter(lambda g: max(map(abs, g)) > 1),
    st.floats(1e-3, 1e3),
)
def test_that_clipping_by_norm_turns_nothing_and_agrees_with_the_engine(
    numbers: list[float], limit: float
) -> None:
    raw = {"W": np.array([numbers[:1]]), "b": np.array([numbers[1:]])}
    clipped = clip_by_norm(raw, limit)
    assert angle(raw, clipped) < 1e-5
    assert norm(clipped) <= limit * (1 + 1e-12)
    for ours, theirs in ((clipped, ClipByNorm(limit)), (clip_by_value(raw, limit), None)):
        flat = np.array(numbers)
        clip(flat, norm(raw), theirs or ClipByValue(limit))
        np.testing.assert_allclose(np.concatenate([ours["W"], ours["b"]], axis=1)[0], flat)


def test_that_the_gradients_of_the_training_are_those_of_central_differences() -> None:
    draw = np.random.default_rng(5).standard_normal
    shapes = {"Wax": (3, 1), "Waa": (3, 3), "ba": (3, 1), "Wya": (1, 3), "by": (1, 1)}
    parameters = {name: draw(shape) for name, shape in shapes.items()}
    x = draw((1, 2, 4))
    gradients = loss_and_gradients(parameters, x)[1]
    for name, tensor in parameters.items():
        for index in np.ndindex(tensor.shape):
            move = np.zeros_like(tensor)
            move[index] = 1e-6
            above = loss_and_gradients({**parameters, name: tensor + move}, x)[0]
            below = loss_and_gradients({**parameters, name: tensor - move}, x)[0]
            assert gradients[name][index] == pytest.approx((above - below) / 2e-6, abs=1e-7)


def test_that_a_training_breaks_without_clipping_and_not_with_it() -> None:
    spec = ClipSpec()
    raw, by_norm = train(spec, "none"), train(spec, "norm")
    assert raw.broken_at is not None
    assert np.isnan(raw.losses[-1])
    assert by_norm.broken_at is None
    assert by_norm.losses[-1] < 0.01 * by_norm.losses[0]


def test_that_only_clipping_by_value_turns_the_gradient_of_a_training() -> None:
    by_value, by_norm = train(ClipSpec(), "value"), train(ClipSpec(), "norm")
    assert by_value.largest_angle > 20
    assert by_norm.largest_angle < 1e-5


@pytest.mark.parametrize("spec", [ClipSpec(), ClipSpec(1.5, 1.5), ClipSpec(2, 2, 5)])
@pytest.mark.parametrize("clipping", CLIPPINGS)
def test_that_what_is_sure_of_a_training_does_not_depend_on_how_a_computer_rounds(
    spec: ClipSpec, clipping: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = train(spec, clipping)
    # The same sums in another order, as another processor adds them.
    turned = lambda p, x: loss_and_gradients(p, x[:, ::-1])  # noqa: E731
    monkeypatch.setattr(clip_lab, "loss_and_gradients", turned)
    other = train(spec, clipping)
    sure = min(run.sure, other.sure)
    assert abs(run.sure - other.sure) <= 2
    np.testing.assert_allclose(run.losses[:sure], other.losses[:sure], rtol=2e-3, atol=1e-12)
    assert run.largest_angle == pytest.approx(other.largest_angle, abs=0.05)


@pytest.mark.parametrize("limit", [0.0, -1.0, float("nan"), float("inf")])
def test_when_the_limit_is_no_positive_number_it_is_refused(limit: float) -> None:
    with pytest.raises(UserError, match="above 0"):
        ClipSpec(limit=limit)
