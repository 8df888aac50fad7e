"""The Keras child process paused, cancelled and given up: nobody waits for it."""

from __future__ import annotations

import os
import queue
import signal
import threading
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.engine.spec import Examples
from rnnstudio.core.training import Checkpoint, Control, Finished, Progress
from rnnstudio.workers.keras_child import KerasProcess
from tests.workers.keras_trainings import (
    ENDLESS,
    ENDLESS_IMPORT,
    HANG,
    SHORT,
    SPEC,
    examples,
    pid_in,
    posix,
    wait_until_gone,
)

pytestmark = [pytest.mark.keras, pytest.mark.slow]


def falls_silent(events: queue.Queue[object]) -> bool:
    """Whether a second goes by without an event; an endless training sends thirty in a second."""
    try:
        for _ in range(1000):
            events.get(timeout=1)
    except queue.Empty:
        return True
    return False


@pytest.mark.usefixtures("patience")
def test_when_cancelled_in_training_a_checkpoint_comes_and_the_child_stays(
    keras: KerasProcess,
) -> None:
    control = Control()
    training = keras.fit(SPEC, ENDLESS, examples(), control=control)
    next(event for event in training if isinstance(event, Progress))
    pid = keras.pid
    control.cancel()

    *_, last = training
    assert isinstance(last, Checkpoint)
    assert last.state.weights[0]["Wf"].shape == (4, 5)
    assert keras.pid == pid
    *_, last = keras.fit(SPEC, SHORT, examples(), control=Control())
    assert isinstance(last, Finished)
    assert keras.pid == pid


def test_when_cancelled_during_the_import_it_ends_without_waiting_for_it(
    keras: KerasProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tensorflow.py").write_text(ENDLESS_IMPORT)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PID_FILE", str(tmp_path / "pid"))
    control = Control()

    def cancel_in_import() -> None:
        pid_in(tmp_path / "pid")
        control.cancel()

    canceller = threading.Thread(target=cancel_in_import)
    canceller.start()
    events = list(keras.fit(SPEC, ENDLESS, examples(), control=control))
    canceller.join()

    assert events == []


def test_when_cancelled_before_the_child_is_ready_the_next_fit_uses_it(
    keras: KerasProcess,
) -> None:
    control = Control()
    control.cancel()
    assert list(keras.fit(SPEC, ENDLESS, examples(), control=control)) == []
    pid = keras.pid
    assert pid is not None

    *_, last = keras.fit(SPEC, SHORT, examples(), control=Control())
    assert isinstance(last, Finished)
    assert keras.pid == pid


@posix
def test_when_the_child_does_not_react_to_a_cancel_it_is_killed(keras: KerasProcess) -> None:
    control = Control()
    training = keras.fit(SPEC, ENDLESS, examples(), control=control)
    next(event for event in training if isinstance(event, Progress))
    stopped = keras.pid
    assert stopped is not None
    os.kill(stopped, signal.SIGSTOP)
    control.cancel()

    assert not any(isinstance(event, Finished) for event in training)
    assert keras.pid is None
    assert wait_until_gone(stopped)


@posix
def test_when_an_idle_child_is_stopped_a_start_can_be_cancelled_and_closing_does_not_wait(
    keras: KerasProcess,
) -> None:
    list(keras.fit(SPEC, SHORT, examples(), control=Control()))
    stopped, control = keras.pid, Control()
    assert stopped is not None
    os.kill(stopped, signal.SIGSTOP)
    large = np.zeros((200_000, 5, 1), np.float32)  # more than a pipe holds
    training = keras.fit(SPEC, ENDLESS, Examples(large, large[:, 0]), control=control)
    threading.Timer(0.1, control.cancel).start()
    assert list(training) == []
    assert keras.pid is None
    assert wait_until_gone(stopped)


def test_when_nobody_wants_the_events_any_more_the_child_ends(keras: KerasProcess) -> None:
    training = keras.fit(SPEC, ENDLESS, examples(), control=Control())
    next(training)
    pid = keras.pid
    assert pid is not None
    training.close()  # type: ignore[attr-defined]  # a Training is a generator

    assert wait_until_gone(pid)


@pytest.mark.usefixtures("patience")
def test_when_paused_the_child_holds_until_it_is_cancelled(keras: KerasProcess) -> None:
    control = Control()
    events: queue.Queue[object] = queue.Queue()

    def drain() -> None:
        for event in keras.fit(SPEC, ENDLESS, examples(), control=control):
            events.put(event)

    thread = threading.Thread(target=drain)
    thread.start()
    while not isinstance(events.get(timeout=HANG), Progress):
        pass
    control.pause()
    assert falls_silent(events)
    control.cancel()
    thread.join(HANG)

    assert not thread.is_alive()
    assert isinstance(events.queue[-1], Checkpoint)
