"""The Keras child process: what it trains, what it refuses, and what it says when it fails."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path

import numpy as np
import psutil
import pytest

from rnnstudio.core.engine.spec import TrainedModel
from rnnstudio.core.errors import UserError
from rnnstudio.core.training import Control, Finished, Progress, Started
from rnnstudio.workers.keras_child import KerasProcess, _Sent
from tests.workers.keras_trainings import (
    ENDLESS,
    SHORT,
    SPEC,
    examples,
    posix,
    wait_until_gone,
)

pytestmark = [pytest.mark.keras, pytest.mark.slow]


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


def test_that_a_fit_uses_the_child_that_was_warmed_up_for_it(keras: KerasProcess) -> None:
    keras.warm_up()
    warm = keras.pid
    assert warm is not None
    training = keras.fit(SPEC, SHORT, examples(), control=Control())
    next(training)
    keras.warm_up()
    assert isinstance(list(training)[-1], Finished)
    assert keras.pid == warm


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists what a process has loaded")
def test_that_the_child_does_not_wait_for_libraries_that_no_job_uses(keras: KerasProcess) -> None:
    list(keras.fit(SPEC, SHORT, examples(), control=Control()))
    loaded = " ".join(each.path for each in psutil.Process(keras.pid).memory_maps())
    assert "/libtensorflow" in loaded
    assert not any(f"/{name}/" in loaded for name in ("pandas", "scipy", "sklearn"))


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

    with pytest.raises(UserError, match=r"cannot be loaded here \(a library is missing\).*NumPy"):
        list(keras.fit(SPEC, SHORT, examples(), control=Control()))


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
