"""A job of which only the last one asked for counts: nothing older is shown, nothing is lost."""

from __future__ import annotations

from functools import partial

from pytestqt.qtbot import QtBot

from rnnstudio.core.training import Control, Finished, Started, Training
from rnnstudio.ui.dinosaurs.latest_runner import LatestRunner


def job(result: int, begun: list[int], control: Control) -> Training:
    begun.append(result)
    yield Started(1, 0)
    yield Finished(1, 0.0, result)


def test_that_of_many_jobs_asked_for_at_once_the_last_is_found(qtbot: QtBot) -> None:
    runner, begun, found = LatestRunner(), list[int](), list[object]()
    runner.found.connect(found.append)
    for result in range(20):
        runner.ask(partial(job, result, begun), give_up=result % 2 == 0)
    qtbot.waitUntil(lambda: found[-1:] == [19] and not runner.busy, timeout=10_000)
    assert begun == [19]
    runner.ask(partial(job, 20, begun))
    runner.forget()
    runner.ask(partial(job, 21, begun))
    qtbot.waitUntil(lambda: found[-1:] == [21] and not runner.busy, timeout=10_000)
    assert 20 not in found
    assert runner.shutdown()
