"""The Keras child process: real processes, really killed."""

from __future__ import annotations

import json
import multiprocessing
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from rnnstudio.core.engine.optimizers import Adam
from rnnstudio.core.engine.spec import Dense, Examples, FitSpec, ModelSpec, Recurrent, TrainedModel
from rnnstudio.core.errors import UserError
from rnnstudio.core.training import Checkpoint, Control, Finished, Progress, Started
from rnnstudio.workers.keras_child import KerasProcess, _Sent

pytestmark = [pytest.mark.keras, pytest.mark.slow]
SPEC = ModelSpec(1, (Recurrent("lstm", 4), Dense(1)))
SHORT = FitSpec(epochs=3, batch_size=8, optimizer=Adam(0.01))
ENDLESS = FitSpec(epochs=1_000_000, batch_size=8)
ROOT = Path(__file__).resolve().parents[2]
HANG = 60.0
"""Seconds after which a test gives up; no test decides by time."""
posix = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")


def examples() -> Examples:
    x = np.linspace(0, 1, 16 * 5, dtype=np.float32).reshape(16, 5, 1)
    return Examples(x, x.mean(axis=1))


@pytest.fixture
def keras() -> Iterator[KerasProcess]:
    process = KerasProcess()
    yield process
    process.close()


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine: a cancelled child has the time to send its checkpoint."""
    monkeypatch.setattr("rnnstudio.workers.keras_child.CANCEL_PATIENCE", HANG)


def wait_until_gone(pid: int) -> bool:
    deadline = time.monotonic() + HANG
    while time.monotonic() < deadline:
        # A child of ours looks dead a little before its last thread is, and it can be collected.
        uncollected = {child.pid for child in multiprocessing.active_children()}
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE and pid not in uncollected:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.01)
    return False


def pid_in(file: Path) -> int:
    """The number that another process writes into ``file``, and a line feed after it."""
    deadline = time.monotonic() + HANG
    while time.monotonic() < deadline:
        if file.exists() and file.read_text().endswith("\n"):
            return int(file.read_text())
        time.sleep(0.01)
    raise TimeoutError(f"nothing came in {file.name}")


def falls_silent(events: queue.Queue[object]) -> bool:
    """Whether a second goes by without an event; an endless training sends thirty in a second."""
    try:
        for _ in range(1000):
            events.get(timeout=1)
    except queue.Empty:
        return True
    return False


def test_that_a_second_training_uses_the_warm_child_and_gives_the_same(
    keras: KerasProcess,
) -> None:
    first = list(keras.fit(SPEC, SHORT, examples(), control=Control()))
    pid = keras.pid
    second = list(keras.fit(SPEC, SHORT, examples(), control=Control()))

    assert keras.pid == pid
    assert isinstance(first[0], Started)
    assert isinstance(first[-1], Finished)
    assert isinstance(second[-1], Finished)
    points = [point for event in first if isinstance(event, Progress) for point in event.points]
    assert [point.step for point in points] == [0, 1, 2]
    assert points[2].loss < points[0].loss
    once, again = first[-1].result, second[-1].result
    assert isinstance(once, TrainedModel)
    np.testing.assert_array_equal(once.losses, again.losses)
    np.testing.assert_array_equal(once.weights[0]["Wf"], again.weights[0]["Wf"])
    assert once.weights[0]["Wf"].dtype == np.float32


@posix
def test_when_the_child_is_killed_one_error_says_so_and_the_next_fit_starts_another(
    keras: KerasProcess,
) -> None:
    training = keras.fit(SPEC, ENDLESS, examples(), control=Control())
    next(event for event in training if isinstance(event, Progress))
    killed = keras.pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)

    with pytest.raises(UserError, match=r"ended unexpectedly \(signal 9\).*NumPy engine"):
        list(training)
    *_, last = keras.fit(SPEC, SHORT, examples(), control=Control())
    assert isinstance(last, Finished)
    assert keras.pid != killed


@posix
def test_when_the_child_died_while_idle_the_next_fit_trains_with_another(
    keras: KerasProcess,
) -> None:
    list(keras.fit(SPEC, SHORT, examples(), control=Control()))
    assert keras.pid is not None
    os.kill(keras.pid, signal.SIGKILL)
    assert wait_until_gone(keras.pid)

    *_, last = keras.fit(SPEC, SHORT, examples(), control=Control())
    assert isinstance(last, Finished)


def test_when_keras_cannot_be_imported_the_error_holds_what_python_said(
    keras: KerasProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tensorflow.py").write_text("raise ImportError('a library is missing')")
    monkeypatch.syspath_prepend(str(tmp_path))

    with pytest.raises(UserError, match=r"ended unexpectedly \(exit status 1\)") as caught:
        list(keras.fit(SPEC, SHORT, examples(), control=Control()))
    assert "a library is missing" in caught.value.__notes__[0]


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


def test_that_a_second_training_is_refused_while_one_is_under_way(keras: KerasProcess) -> None:
    control = Control()
    first = keras.fit(SPEC, ENDLESS, examples(), control=control)
    next(event for event in first if isinstance(event, Progress))
    second = keras.fit(SPEC, SHORT, examples(), control=Control())
    with pytest.raises(UserError, match="Keras is training another network; stop that training"):
        next(second)
    assert isinstance(next(first), Progress)
    control.cancel()
    list(first)
    *_, last = keras.fit(SPEC, SHORT, examples(), control=Control())
    assert isinstance(last, Finished)


def test_that_a_result_of_another_training_is_refused_loudly(keras: KerasProcess) -> None:
    training = keras.fit(SPEC, ENDLESS, examples(), control=Control())
    next(event for event in training if isinstance(event, Progress))
    child = keras._child
    assert child is not None
    # As if the process mixed two trainings up: the number is right, the data are not.
    child._inbox.put(_Sent(1, "0" * 32, Finished(3, 0.0, "the network of other prices")))
    with pytest.raises(RuntimeError, match="belongs to training 1 "):
        list(training)
    assert keras.pid is None


def test_that_a_persons_own_settings_of_keras_neither_matter_nor_are_written(
    keras: KerasProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / ".keras" / "keras.json"
    own.parent.mkdir()
    own.write_text('{"floatx": "int8", "image_data_format": 3}')
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    *_, last = keras.fit(SPEC, SHORT, examples(), control=Control())
    assert isinstance(last, Finished)
    assert last.result.weights[0]["Wf"].dtype == np.float32
    assert own.read_text() == '{"floatx": "int8", "image_data_format": 3}'
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [own]


def test_when_memory_runs_out_the_sentence_says_so(
    keras: KerasProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tensorflow.py").write_text("raise MemoryError")
    monkeypatch.syspath_prepend(str(tmp_path))

    with pytest.raises(UserError, match=r"memory may have run out\. Close other programs"):
        list(keras.fit(SPEC, SHORT, examples(), control=Control()))


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


def test_that_a_users_error_arrives_as_it_is_and_the_child_stays(keras: KerasProcess) -> None:
    bad = examples()
    bad.x[3, 2, 0] = np.nan
    with pytest.raises(UserError, match="example 3, step 2"):
        list(keras.fit(SPEC, SHORT, bad, control=Control()))
    pid = keras.pid
    *_, last = keras.fit(SPEC, SHORT, examples(), control=Control())
    assert isinstance(last, Finished)
    assert keras.pid == pid


def test_that_a_fault_of_ours_arrives_with_the_childs_traceback(keras: KerasProcess) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)Traceback.*AttributeError"):
        list(keras.fit(SPEC, "no spec", examples(), control=Control()))  # type: ignore[arg-type]


def test_that_close_leaves_no_process_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    keras = KerasProcess()
    list(keras.fit(SPEC, SHORT, examples(), control=Control()))
    pid = keras.pid
    keras.close()

    assert pid is not None
    assert not psutil.pid_exists(pid)
    assert keras.pid is None
    assert list(tmp_path.iterdir()) == []


PARENT = """
import sys
from pathlib import Path
import numpy as np
from rnnstudio.core.engine.spec import Dense, Examples, FitSpec, ModelSpec, Recurrent
from rnnstudio.core.training import Control, Progress
from rnnstudio.workers.keras_child import KerasProcess

def train(epochs):
    x = np.zeros((16, 5, 1), np.float32)
    keras = KerasProcess()
    spec = ModelSpec(1, (Recurrent("lstm", 4), Dense(1)))
    data = Examples(x, x[:, 0])
    return keras, keras.fit(spec, FitSpec(epochs=epochs), data, control=Control())
"""
ENDLESS_TRAINING = """
if __name__ == "__main__":
    keras, training = train(1_000_000)
    for event in training:
        if isinstance(event, Progress):
            Path(sys.argv[1]).write_text(f"{keras.pid}\\n")
"""
ENDLESS_IMPORT = """
import os, sys
from pathlib import Path
Path(os.environ["PID_FILE"]).write_text(f"{os.getpid()}\\n")
while True:
    pass
"""
WITHOUT_OUTPUT = """
if __name__ == "__main__":
    sys.stdout = sys.stderr = None
    keras, training = train(2)
    *_, last = training
    keras.close()
    heavy = sorted({"keras", "tensorflow"} & set(sys.modules))
    with open(sys.argv[1], "w") as file:
        file.write('{"epochs": %d, "heavy": %s}' % (len(last.result.losses), heavy))
"""


@posix
@pytest.mark.parametrize("moment", ["importing", "training"])
def test_when_the_parent_is_killed_the_child_dies_too(tmp_path: Path, moment: str) -> None:
    script, pid_file = tmp_path / "parent.py", tmp_path / "pid"
    script.write_text(PARENT + ENDLESS_TRAINING)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PID_FILE": str(pid_file)}
    if moment == "importing":
        (tmp_path / "tensorflow.py").write_text(ENDLESS_IMPORT)
        environment["PYTHONPATH"] = f"{tmp_path}{os.pathsep}{ROOT}"
    command = [sys.executable, str(script), str(pid_file)]
    with subprocess.Popen(command, env=environment) as parent:
        child = pid_in(pid_file)
        assert psutil.pid_exists(child)
        parent.kill()
    assert wait_until_gone(child)


def test_that_the_parent_needs_no_output_gets_none_and_never_imports_tensorflow(
    tmp_path: Path,
) -> None:
    script, result = tmp_path / "parent.py", tmp_path / "result.json"
    script.write_text(PARENT + WITHOUT_OUTPUT)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, str(script), str(result)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        timeout=HANG,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert json.loads(result.read_text()) == {"epochs": 2, "heavy": []}
