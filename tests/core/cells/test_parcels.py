"""What steps hand each other, and what each gives to the gradient of the weights."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.cells.gradient_sums import Sums
from rnnstudio.core.cells.last_capital import last_capital_scene
from rnnstudio.core.cells.parcels import parcels, state_gradient_lengths
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes, trace
from rnnstudio.core.cells.scenes import random_scene

CAPITAL = trace(last_capital_scene(CELLS["lstm"], "AbCa?"))


def test_that_the_parcels_of_the_picture_are_handed_from_step_to_step() -> None:
    found = {parcel.name: parcel for parcel in parcels(CAPITAL, 3, backward=True)}
    assert list(found) == ["da_next", "dc_next", "da_prev", "dc_prev"]
    assert [str(parcel.label) for parcel in found.values()] == 2 * ["from t = 5"] + 2 * ["to t = 3"]
    np.testing.assert_allclose(found["dc_prev"].numbers, [3.79, -3.81], atol=0.005)
    np.testing.assert_allclose(found["dc_next"].numbers, [3.97, -3.97], atol=0.005)
    np.testing.assert_allclose(found["da_next"].numbers, [0.99, 0.01], atol=0.005)
    received = {parcel.name: parcel for parcel in parcels(CAPITAL, 2, backward=True)}
    np.testing.assert_array_equal(received["dc_next"].numbers, found["dc_prev"].numbers)


@pytest.mark.parametrize(
    ("step", "backward", "labels"),
    [
        (0, False, ["from the start", "from the start", "to t = 2", "to t = 2"]),
        (4, False, ["from t = 4", "from t = 4", "at the end", "at the end"]),
        (4, True, ["from the loss", "from beyond the end", "to t = 4", "to t = 4"]),
        (0, True, ["from t = 2", "from t = 2", "to the start", "to the start"]),
    ],
)
def test_that_the_ends_of_the_sequence_are_said(
    step: int, backward: bool, labels: list[str]
) -> None:
    assert [str(parcel.label) for parcel in parcels(CAPITAL, step, backward=backward)] == labels


def test_that_labels_are_shorter_where_there_is_little_room() -> None:
    found = [parcels(CAPITAL, step, backward=True, short=True) for step in (4, 2, 0)]
    labels = [[str(parcel.label) for parcel in each] for each in found]
    assert labels[0] == ["loss", "beyond", "to t = 4", "to t = 4"]
    assert labels[1] == ["t = 4", "t = 4", "to t = 2", "to t = 2"]
    assert labels[2][2:] == ["to start", "to start"]
    traced = trace(random_scene(CELLS["gru"], Sizes(T_x=3), 1))
    assert str(parcels(traced, 1, backward=True, short=True)[0].label) == "t = 3, loss"


def test_when_a_loss_is_at_every_step_the_hidden_state_s_gradient_comes_from_it_too() -> None:
    traced = trace(random_scene(CELLS["gru"], Sizes(T_x=3), 1))
    assert str(parcels(traced, 1, backward=True)[0].label) == "from t = 3 and the loss"


def test_that_the_tags_have_each_step_s_length_and_that_of_the_sum_so_far() -> None:
    tags = Sums(CAPITAL).tags(3)
    assert list(tags) == ["ft", "it", "cct", "ot"]
    shown = {
        tag.parameter: (round(tag.own, 2), round(tag.so_far, 2))
        for of_value in tags.values()
        for tag in of_value
    }
    assert shown == {
        "Wf": (0.13, 0.19),
        "Wi": (0.06, 0.52),
        "Wc": (0.61, 0.92),
        "Wo": (0.01, 0.48),
    }


def test_that_bars_of_tags_have_one_scale_and_a_gru_s_gate_has_two() -> None:
    sums = Sums(trace(random_scene(CELLS["gru"], Sizes(T_x=4), 1)))
    shares = [tag.share for t in range(4) for tags in sums.tags(t).values() for tag in tags]
    assert max(shares) == 1.0
    assert min(shares) >= 0.0
    assert [tag.parameter for tag in sums.tags(0)["zt"]] == ["Wzx", "Wza"]


def test_that_the_memory_s_gradient_is_as_long_as_differences_say() -> None:
    lengths = state_gradient_lengths(CAPITAL, "c")
    assert lengths[3] == pytest.approx(np.hypot(3.978, 3.965), abs=1e-3)
    assert len(lengths) == 5
