from __future__ import annotations

from benchmarks.beside_idle import _figures, found
from benchmarks.frames import _worst
from benchmarks.motions import MOTIONS


def test_that_one_disturbed_round_does_not_decide_a_ratio() -> None:
    rounds = [found([10.0, length], [10.0, 12.0]) for length in (15.0, 18.0, 900.0)]
    figures = _figures(rounds)
    assert figures["ratio_idle"] == figures["ratio_idle_max"] == 18 / 12
    assert (figures["max_ms"], figures["idle_max_ms"]) == (18, 12)


def test_that_a_gap_in_a_hundred_is_beside_the_same_of_the_idle_window() -> None:
    figures = found([10.0] * 98 + [30.0, 80.0], [10.0] * 98 + [15.0, 20.0])
    assert (figures["p99_ms"], figures["max_ms"]) == (30, 80)
    assert (figures["idle_p99_ms"], figures["idle_max_ms"]) == (15, 20)


def test_that_the_motion_that_a_training_disturbs_most_counts() -> None:
    MOTIONS["travelling"] = MOTIONS["charts"]
    try:
        measured = {
            "numpy, charts": {"ratio_idle": 1.1},
            "numpy, travelling": {"ratio_idle": 1.4},
            "keras, charts": {"ratio_idle": 9.0},
        }
        assert _worst("numpy", measured) == {"ratio_idle": 1.4}
    finally:
        del MOTIONS["travelling"]
