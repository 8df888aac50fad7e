"""The control and the pace that every training shares."""

from __future__ import annotations

import math
import threading
import time

import pytest

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.spec import Dense, Examples, FitSpec, ModelSpec, Recurrent
from rnnstudio.core.errors import UserError
from rnnstudio.core.training import Control, Finished, Pace, Tuning, stop_point, until_stopped
from tests.core.engine.problems import examples_for


def test_that_time_spent_paused_is_not_time_spent_training() -> None:
    control = Control()
    pace = Pace(control)
    control.pause()
    threading.Timer(0.2, control.resume).start()
    assert not control.stop_requested()
    assert control.held_seconds >= 0.15
    assert pace.seconds < control.held_seconds


def test_that_an_earlier_parts_time_is_added_and_its_pauses_are_not() -> None:
    control = Control()
    control.held_seconds = 50.0
    assert 100 <= Pace(control, before=100.0).seconds < 120


def test_that_a_cancel_wakes_a_paused_training() -> None:
    control = Control()
    control.pause()
    threading.Timer(0.05, control.cancel).start()
    assert control.stop_requested()


def test_that_the_engines_own_training_leaves_pauses_out_too() -> None:
    model = ModelSpec(2, (Recurrent("rnn", 3), Dense(1)))
    control = Control()
    control.pause()
    threading.Timer(0.2, control.resume).start()
    examples: Examples = examples_for(model, count=4)
    *_, last = fit(model, FitSpec(epochs=1), examples, control=control)
    assert isinstance(last, Finished)
    assert control.held_seconds >= 0.15
    assert last.seconds < control.held_seconds


@pytest.mark.parametrize(
    ("learning_rate", "clip", "sentence"),
    [
        (0.0, 1.0, "The learning rate is 0.0; it must be a number above 0."),
        (math.nan, 1.0, "The learning rate is nan; it must be a number above 0."),
        (0.1, -1.0, "The clipping limit is -1.0; it must be a number above 0."),
        (0.1, math.inf, "The clipping limit is inf; it must be a number above 0."),
    ],
)
def test_that_an_impossible_tuning_is_refused(
    learning_rate: float, clip: float, sentence: str
) -> None:
    with pytest.raises(UserError) as refused:
        Tuning(learning_rate, clip)
    assert str(refused.value) == sentence


def test_that_work_is_left_at_a_stop_point_and_only_where_that_was_asked_for() -> None:
    control, done = Control(), list[int]()

    def work(steps: int) -> str:
        for step in range(steps):
            stop_point()
            done.append(step)
            if step == 2:
                control.cancel()
        return "all"

    assert until_stopped(control, work, 2) == "all"
    assert until_stopped(control, work, 9) is None
    assert done == [0, 1, 0, 1, 2]
    assert work(5) == "all"  # nobody asked that this may be left
    assert until_stopped(control, work, 1) is None  # nor begun, once a stop is asked for


def test_that_work_is_held_at_a_stop_point_while_it_is_paused() -> None:
    control, reached = Control(), threading.Event()

    def work() -> str:
        reached.set()
        stop_point()
        return "done"

    found: list[str | None] = []
    thread = threading.Thread(target=lambda: found.append(until_stopped(control, work)))
    thread.start()
    assert reached.wait(10)
    thread.join(10)
    assert found == ["done"]
    control.pause()
    thread = threading.Thread(target=lambda: found.append(until_stopped(control, work)))
    thread.start()
    thread.join(0.05)
    assert thread.is_alive()
    control.cancel()
    thread.join(10)
    assert found == ["done", None]


def test_that_a_pace_holds_steps_back_and_is_not_time_spent_training() -> None:
    control = Control(steps_per_second=50.0)
    pace, start = Pace(control), time.perf_counter()
    for _ in range(16):
        assert not control.stop_requested()
    assert time.perf_counter() - start >= 10 / 50  # the first steps may catch up
    assert pace.seconds < control.held_seconds


def test_that_a_slow_pace_is_left_at_once_by_a_stop_a_pause_and_another_pace() -> None:
    for leave in (Control.cancel, Control.pause, lambda c: setattr(c, "steps_per_second", None)):
        control = Control(steps_per_second=0.001)
        threading.Timer(0.02, leave, [control]).start()
        assert control.stop_requested() is control.cancelled
        control.cancel()
