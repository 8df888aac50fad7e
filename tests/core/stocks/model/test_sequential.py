"""Several trainings as one: how their steps are counted, and what a stop leaves."""

from __future__ import annotations

from rnnstudio.core.stocks.model.sequential import in_sequence
from rnnstudio.core.training import (
    Control,
    Finished,
    LossPoint,
    Progress,
    Started,
    Training,
)


def training(name: str, total: int, stops_at: int | None = None) -> Training:
    """So many steps with a point each; ends early, as one with patience does."""
    last = stops_at or total
    yield Started(total, seed=1)
    for step in range(1, last + 1):
        yield Progress(step, total, 0.1, (LossPoint(step, 1.0),))
    yield Finished(last, 0.1, name)


def test_that_every_training_counts_as_many_steps_as_the_first() -> None:
    trainings = [training("a", 4), training("b", 8, stops_at=2), training("c", 2)]
    events = list(in_sequence(trainings, 7, Control(), done=1))
    moved = [event for event in events if isinstance(event, Progress)]
    assert events[0] == Started(16, 7)
    assert [event.step for event in moved] == [5, 6, 7, 8, 8, 9, 14, 16]
    assert {event.total for event in moved} == {16}
    assert isinstance(events[-1], Finished)
    assert (events[-1].step, events[-1].result) == (16, ("a", "b", "c"))


def test_that_the_loss_curve_is_that_of_the_first_training_alone() -> None:
    def points(done: int) -> list[int]:
        events = in_sequence([training("a", 3), training("b", 3)], 1, Control(), done)
        return [
            point.step for event in events if isinstance(event, Progress) for point in event.points
        ]

    assert points(done=0) == [1, 2, 3]
    assert points(done=1) == []


def test_that_a_stop_in_the_last_step_of_all_still_is_a_stop() -> None:
    control = Control()
    events = []
    for event in in_sequence([training("a", 2), training("b", 2)], 1, control):
        events.append(event)
        if isinstance(event, Progress) and event.step == 4:
            control.cancel()
    assert isinstance(events[-1], Progress)
