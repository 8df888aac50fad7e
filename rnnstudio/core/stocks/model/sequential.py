"""Several trainings as one."""

from __future__ import annotations

from collections.abc import Sequence

from rnnstudio.core.training import Control, Finished, Pace, Progress, Snapshot, Started, Training


def in_sequence(
    trainings: Sequence[Training], seed: int, control: Control, done: int = 0
) -> Training:
    """Run the trainings one after the other; ``Finished`` carries a tuple of their results.

    A step is that of the first one, and every other one counts as if it had as many, whatever they
    learn from and however early it stops. The points of the loss curve and the snapshots are those
    of the first.
    ``done`` trainings were finished before these and are counted with them. A stop of ``control``,
    which is that of each training as well, ends without ``Finished``.
    """
    pace, count, steps = Pace(control), done + len(trainings), 0
    results: list[object] = []
    for place, training in enumerate(trainings, start=done):
        for event in training:
            if isinstance(event, Started) and not steps:
                steps = event.total
                yield Started(count * steps, seed)
            elif isinstance(event, Progress):
                step = place * steps + event.step * steps // event.total
                points = () if place else event.points
                yield Progress(step, count * steps, pace.seconds, points)
            elif isinstance(event, Snapshot) and not place:
                yield event
            elif isinstance(event, Finished):
                results.append(event.result)
        if control.cancelled:
            return
    yield Finished(count * steps, pace.seconds, tuple(results))
