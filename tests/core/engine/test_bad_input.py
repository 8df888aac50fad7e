"""What cannot be trained on is refused before the first step, with its place."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.spec import Examples, FitSpec, ModelSpec, Recurrent
from rnnstudio.core.engine.trained_model import loss_and_gradients, predict
from rnnstudio.core.errors import UserError
from rnnstudio.core.training import Control
from tests.core.engine.problems import examples_for, stacked, weights_for

LAST, EVERY = stacked("lstm"), stacked("lstm", every_step=True)
CLASSES = stacked("lstm", every_step=True, loss="softmax_cross_entropy")


def _with(array: npt.NDArray[Any], place: tuple[int, ...], value: float) -> npt.NDArray[Any]:
    changed = array.copy()
    changed[place] = value
    return changed


def _refused(spec: ModelSpec, examples: Examples, expected: str) -> None:
    """Refused as training data, as held-out data, and where gradients are asked for."""
    good = examples_for(spec)
    for train, held_out in ((examples, None), (good, examples)):
        with pytest.raises(UserError, match=expected):
            next(fit(spec, FitSpec(), train, control=Control(), held_out=held_out))
    with pytest.raises(UserError, match=expected):
        loss_and_gradients(spec, weights_for(spec), examples)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_that_a_number_that_is_none_is_refused_with_its_place(value: float) -> None:
    good = examples_for(LAST)
    expected = rf"input of example 3, step 2, feature 1 \(counted from 0\) is {value}"
    _refused(LAST, Examples(_with(good.x, (3, 2, 1), value), good.y), expected)
    expected = rf"target of example 4, output 2 \(counted from 0\) is {value}"
    _refused(LAST, Examples(good.x, _with(good.y, (4, 2), value)), expected)
    good = examples_for(EVERY)
    expected = rf"target of example 4, step 5, output 2 \(counted from 0\) is {value}"
    _refused(EVERY, Examples(good.x, _with(good.y, (4, 5, 2), value)), expected)


def test_that_the_place_is_right_far_down_a_long_table() -> None:
    spec = ModelSpec(1, (Recurrent("rnn", 1),))
    x = np.zeros((10_000, 2, 1))
    x[9_000, 1, 0] = np.nan
    with pytest.raises(UserError, match="example 9000, step 1, feature 0"):
        predict(spec, weights_for(spec), x)


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        (np.zeros((4, 3)), r"shape \(4, 3\); it must be \(examples, steps, 2 features\)"),
        (np.zeros((4, 3, 1)), r"shape \(4, 3, 1\); it must be"),
        (np.zeros((0, 3, 2)), "There are no examples"),
        (np.zeros((4, 0, 2)), "The sequences have no steps"),
    ],
)
def test_that_data_of_the_wrong_shape_is_refused(x: npt.NDArray[Any], expected: str) -> None:
    _refused(LAST, Examples(x, np.zeros((len(x), 3))), expected)
    with pytest.raises(UserError, match=expected):
        predict(LAST, weights_for(LAST), x)


def test_that_targets_of_the_wrong_shape_are_refused() -> None:
    x = np.zeros((4, 6, 2))
    _refused(LAST, Examples(x, np.zeros((4, 1))), r"shape \(4, 1\); for this model it is \(4, 3\)")
    _refused(EVERY, Examples(x, np.zeros((4, 3))), r"for this model it is \(4, 6, 3\)")
    _refused(CLASSES, Examples(x, np.zeros(4, int)), r"for this model it is \(4, 6\)")


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([1, 2, 0, 6, 6], "length of example 2 is 0; it must lie from 1 to 6"),
        ([1, 2, 7, 6, 6], "length of example 2 is 7; it must lie from 1 to 6"),
        ([1, 2], "must be 5 whole numbers"),
        ([1.0, 2.0, 3.0, 4.0, 5.0], "must be 5 whole numbers"),
    ],
)
def test_that_lengths_that_do_not_fit_are_refused(lengths: list[float], expected: str) -> None:
    good = examples_for(LAST)
    _refused(LAST, Examples(good.x, good.y, np.array(lengths)), expected)


@pytest.mark.parametrize("value", [-1, 3])
def test_that_a_class_that_is_not_there_is_refused(value: int) -> None:
    good = examples_for(CLASSES)
    expected = rf"class of example 1, step 4 \(counted from 0\) is {value}; it must lie from 0 to 2"
    _refused(CLASSES, Examples(good.x, _with(good.y, (1, 4), value)), expected)
    last = stacked("lstm", loss="softmax_cross_entropy")
    y = _with(examples_for(last).y, (1,), value)
    _refused(last, Examples(good.x, y), rf"class of example 1 \(counted from 0\) is {value}")
    _refused(last, Examples(good.x, y + 0.5), "must be whole class numbers")


def test_that_a_class_in_the_padding_may_be_anything() -> None:
    good, lengths = examples_for(CLASSES), np.full(5, 4)
    padded = Examples(good.x, _with(good.y, (1, 4), -1), lengths)
    loss, _ = loss_and_gradients(CLASSES, weights_for(CLASSES), padded)
    assert np.isfinite(loss)


@given(
    x=hnp.arrays(
        st.sampled_from([np.float64, np.float32, np.int64]),
        hnp.array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=3),
    ),
    y=hnp.arrays(
        st.sampled_from([np.float64, np.int8]),
        hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=3),
    ),
    every_step=st.booleans(),
    masked=st.booleans(),
)
@example(x=np.ones((3, 2, 2), np.int64), y=np.ones((3, 2)), every_step=False, masked=False)
@example(x=np.ones((3, 1, 2)), y=np.ones((3, 1, 2)), every_step=True, masked=True)
def test_that_any_arrays_are_trained_on_or_refused_in_words(
    x: npt.NDArray[Any], y: npt.NDArray[Any], every_step: bool, masked: bool
) -> None:
    spec = stacked("gru", n_x=2, units=2, outputs=2, every_step=every_step)
    lengths = np.ones(len(x), int) if masked else None
    try:
        *_, last = fit(spec, FitSpec(epochs=1), Examples(x, y, lengths), control=Control())
    except UserError as error:
        assert str(error).endswith(".")  # noqa: PT017 - either end is right, each is checked
    else:
        assert np.isfinite(last.result.weights[0]["Wzx"]).all()  # type: ignore[union-attr]
