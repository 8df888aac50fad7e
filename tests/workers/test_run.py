"""The one worker class, with real threads and a real training."""

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QThread
from pytestqt.qtbot import QtBot

from rnnstudio.core.errors import UserError
from rnnstudio.core.training import (
    Control,
    Ended,
    Event,
    Finished,
    Progress,
    Sampled,
    Started,
    Training,
)
from rnnstudio.workers.run import Runner


def counting(control: Control, steps: int = 100) -> Training:
    yield Started(steps, seed=1)
    for step in range(steps):
        if control.stop_requested():
            return
        yield Progress(step + 1, steps, 0.0)
        yield Sampled(step, (f"sample {step}",))
    yield Finished(steps, 0.0, "result")


def endless(control: Control) -> Training:
    yield Started(0, seed=1)
    while not control.stop_requested():
        QThread.msleep(1)


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    runner = Runner()
    yield runner
    assert runner.shutdown()


class Listener:
    """Keeps what a runner says, in order, with the thread that said it."""

    def __init__(self, runner: Runner) -> None:
        self.received: list[Event | Ended] = []
        self.threads: set[int] = set()
        runner.produced.connect(self.hear)
        runner.ended.connect(self.hear)

    def hear(self, thing: Event | Ended) -> None:
        self.received.append(thing)
        self.threads.add(threading.get_ident())


def test_that_every_event_and_one_end_arrive_in_order_in_the_windows_thread(
    qtbot: QtBot, runner: Runner
) -> None:
    listener = Listener(runner)
    with qtbot.waitSignal(runner.ended):
        run_id = runner.start(counting)
    assert listener.received == [*counting(Control()), Ended(run_id, "finished")]
    assert listener.threads == {threading.get_ident()}
    assert not runner.busy


def test_that_the_training_runs_in_another_thread(qtbot: QtBot, runner: Runner) -> None:
    seen: list[int] = []

    def training(_: Control) -> Training:
        seen.append(threading.get_ident())
        yield Finished(0, 0.0, None)

    with qtbot.waitSignal(runner.ended):
        runner.start(training)
    assert seen != [threading.get_ident()]


def test_that_a_cancelled_run_ends_once_as_cancelled(qtbot: QtBot, runner: Runner) -> None:
    listener = Listener(runner)
    with qtbot.waitSignal(runner.produced):
        run_id = runner.start(endless)
    with qtbot.waitSignal(runner.ended):
        runner.cancel()
        runner.cancel()
    assert [thing for thing in listener.received if isinstance(thing, Ended)] == [
        Ended(run_id, "cancelled")
    ]


def test_that_a_held_run_stands_still_and_can_be_cancelled_while_held(
    qtbot: QtBot, runner: Runner
) -> None:
    listener = Listener(runner)
    with qtbot.waitSignal(runner.produced):
        runner.start(lambda control: counting(control, steps=10**9))
    runner.pause()
    qtbot.wait(50)  # what was already on its way arrives
    count = len(listener.received)
    qtbot.wait(50)
    assert len(listener.received) == count
    runner.resume()
    qtbot.waitUntil(lambda: len(listener.received) > count)
    runner.pause()
    with qtbot.waitSignal(runner.ended) as ended:
        runner.cancel()
    assert ended.args[0].outcome == "cancelled"


def test_that_the_users_error_arrives_as_the_end_and_the_next_run_starts(
    qtbot: QtBot, runner: Runner
) -> None:
    def failing(_: Control) -> Training:
        yield Started(3, seed=1)
        raise UserError("The file has no price column.")

    with qtbot.waitSignal(runner.ended) as ended:
        runner.start(failing)
    assert ended.args[0].outcome == "failed"
    assert str(ended.args[0].error) == "The file has no price column."
    with qtbot.waitSignal(runner.ended) as ended:
        runner.start(counting)
    assert ended.args[0].outcome == "finished"


def test_that_a_fault_of_ours_also_reaches_the_exception_hook(
    qtbot: QtBot, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Control) -> Training:
        yield Started(3, seed=1)
        raise RuntimeError("a fault")

    caught: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: caught.append(error))
    with qtbot.waitSignal(runner.ended) as ended:
        runner.start(broken)
    assert ended.args[0].outcome == "failed"
    assert [str(error) for error in caught] == ["a fault"]


def test_that_a_second_start_is_refused_while_one_is_under_way(
    qtbot: QtBot, runner: Runner
) -> None:
    runner.start(endless)
    with pytest.raises(RuntimeError, match="under way"):
        runner.start(counting)
    with qtbot.waitSignal(runner.ended):
        runner.cancel()


def test_that_a_start_from_the_handler_of_an_end_is_refused(qtbot: QtBot, runner: Runner) -> None:
    refused: list[str] = []

    def start_again(_: Ended) -> None:
        try:
            runner.start(counting)
        except RuntimeError as error:
            refused.append(str(error))

    runner.ended.connect(start_again)
    with qtbot.waitSignal(runner.ended):
        runner.start(counting)
    assert refused == ["a run is under way"]


def test_that_nothing_of_a_run_arrives_after_a_shutdown(qtbot: QtBot, runner: Runner) -> None:
    listener = Listener(runner)
    with qtbot.waitSignal(runner.produced):
        runner.start(lambda control: counting(control, steps=10**9))
    assert runner.shutdown()
    received = len(listener.received)
    QCoreApplication.processEvents()
    assert len(listener.received) == received
    with qtbot.waitSignal(runner.ended) as ended:
        run_id = runner.start(counting)
    assert ended.args[0] == Ended(run_id, "finished")
    assert len(listener.received) == received + len([*counting(Control())]) + 1


def test_that_the_training_is_closed_even_when_it_fails(qtbot: QtBot, runner: Runner) -> None:
    closed: list[bool] = []

    def training(control: Control) -> Training:
        try:
            yield from endless(control)
        finally:
            closed.append(True)

    with qtbot.waitSignal(runner.produced):
        runner.start(training)
    with qtbot.waitSignal(runner.ended):
        runner.cancel()
    assert closed == [True]
