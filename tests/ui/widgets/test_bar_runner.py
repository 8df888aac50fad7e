"""A bar and a real run: what is pressed happens, and every step of it is taken in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from rnnstudio.core.errors import UserError
from rnnstudio.core.training import Control, Ended, Finished, Progress, Started, Training
from rnnstudio.ui.running import (
    CancelAsked,
    PauseAsked,
    Phase,
    ResumeAsked,
    Run,
    RunEvent,
    StartAsked,
    reduce,
)
from rnnstudio.ui.widgets.bar_runner import BarRunner
from rnnstudio.ui.widgets.run_bar import RunBar


class Owner:
    """What a page does with a bar and a runner, without its views."""

    def __init__(self) -> None:
        self.bar = RunBar()
        self.run = Run()
        self.taken: list[RunEvent] = []
        self.threads: set[int] = set()
        self.runner = BarRunner(self.bar, self.take)

    def take(self, event: RunEvent) -> None:
        self.taken.append(event)
        self.threads.add(threading.get_ident())
        self.run = reduce(self.run, event)
        self.bar.show_run(self.run)


@pytest.fixture
def owner(qtbot: QtBot) -> Iterator[Owner]:
    owner = Owner()
    qtbot.addWidget(owner.bar)
    owner.bar.show()
    yield owner
    assert owner.runner.shutdown()


def endless(control: Control) -> Training:
    yield Started(1000, seed=1)
    step = 0
    while not control.stop_requested():
        step += 1
        yield Progress(step, 1000, 0.0)
        QThread.msleep(1)


def start(owner: Owner, qtbot: QtBot) -> None:
    owner.take(StartAsked())
    owner.runner.start(endless)
    qtbot.waitUntil(lambda: owner.run.step > 0)


def press(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_that_the_events_and_the_end_are_taken_in_order_in_the_windows_thread(
    owner: Owner, qtbot: QtBot
) -> None:
    def short(_: Control) -> Training:
        yield Started(1, seed=1)
        yield Progress(1, 1, 0.0)
        yield Finished(1, 0.0, "result")

    with qtbot.waitSignal(owner.runner.ended):
        run_id = owner.runner.start(short)
    assert owner.taken == [*short(Control()), Ended(run_id, "finished")]
    assert owner.threads == {threading.get_ident()}


def test_when_stop_is_pressed_the_run_ends_as_cancelled(owner: Owner, qtbot: QtBot) -> None:
    start(owner, qtbot)
    with qtbot.waitSignal(owner.runner.ended):
        press(qtbot, owner.bar.stop_button)
        assert owner.taken[-1] == CancelAsked()
        assert owner.run.phase is Phase.CANCELLING
    assert owner.run.phase is Phase.CANCELLED
    assert not owner.runner.busy


def test_that_a_paused_run_stands_still_until_it_is_continued(owner: Owner, qtbot: QtBot) -> None:
    start(owner, qtbot)
    press(qtbot, owner.bar.pause_button)
    assert owner.taken[-1] == PauseAsked()
    qtbot.wait(50)  # what was already on its way arrives
    step = owner.run.step
    qtbot.wait(50)
    assert owner.run.step == step
    assert owner.run.phase is Phase.PAUSED
    press(qtbot, owner.bar.pause_button)
    assert owner.taken[-1] == ResumeAsked()
    qtbot.waitUntil(lambda: owner.run.step > step)


def test_when_a_run_fails_its_sentence_stands_in_the_bar(owner: Owner, qtbot: QtBot) -> None:
    def failing(_: Control) -> Training:
        yield Started(1, seed=1)
        raise UserError("The file has no price column.")

    owner.take(StartAsked())
    with qtbot.waitSignal(owner.runner.ended):
        owner.runner.start(failing)
    assert owner.run.phase is Phase.FAILED
    assert owner.bar.error.text() == "The file has no price column."
    assert owner.bar.start_button.isEnabled()
