from __future__ import annotations

from collections.abc import Sequence

import pytest

from benchmarks.timing import alternate, percentile, ratio


def test_that_contestants_take_turns_and_each_begins_a_round() -> None:
    order: list[str] = []

    def turn(name: str) -> Sequence[float]:
        order.append(name)
        return [float(len(order))]

    alternate({name: lambda name=name: turn(name) for name in "abc"}, rounds=3)
    assert "".join(order) == "abc" + "abc" + "bca" + "cab"


def test_that_what_was_done_to_warm_up_does_not_count() -> None:
    left = iter([100.0, 1.0, 2.0])
    seconds = alternate({"a": lambda: [next(left)]}, rounds=2)
    assert seconds == {"a": [1.0, 2.0]}


def test_that_a_ratio_is_that_of_the_medians() -> None:
    seconds = {"a": [1.0, 2.0, 90.0], "b": [4.0, 5.0, 1.0]}
    assert ratio(seconds, "a", "b") == 0.5
    assert ratio(seconds, "a", "absent") is None


@pytest.mark.parametrize(("share", "expected"), [(0.99, 99), (1.0, 100), (0.5, 50), (0.001, 1)])
def test_that_a_percentile_is_a_value_that_was_measured(share: float, expected: int) -> None:
    assert percentile([float(n) for n in range(100, 0, -1)], share) == expected
