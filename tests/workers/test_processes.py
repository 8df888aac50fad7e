"""Folds by child processes: real processes, really killed."""

from __future__ import annotations

import logging
import multiprocessing
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.validation.folds import Fold, FoldForecast, Outcome, forecast_fold
from rnnstudio.core.training import Control
from rnnstudio.workers.cluster_probe import probe
from rnnstudio.workers.keras_child import KerasProcess
from rnnstudio.workers.processes import Processes
from tests.workers.small_folds import (
    DeadlySpec,
    FaultySpec,
    bad_fold,
    done_here,
    figures,
    fold_with,
    small_folds,
    spec,
)

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
HANG = 60.0
"""Seconds after which a test gives up; no test decides by time."""
posix = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")


@pytest.fixture
def pair() -> Iterator[Processes]:
    with Processes(2) as processes:
        yield processes


def endless() -> Fold:
    return fold_with(spec(epochs=10_000_000))


def pids() -> list[int]:
    return [child.pid for child in multiprocessing.active_children() if child.pid is not None]


def gone(pid: int) -> bool:
    """Whether the process ends before a hang is declared."""
    deadline = time.monotonic() + HANG
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.01)
    return False


def warmed(processes: Processes) -> Processes:
    """The same, when both are ready: the next two folds are begun at once."""
    while len(pids()) < 2 or not all(worker.ready for worker in processes._workers):
        list(processes.outcomes(small_folds(2), Control()))
    return processes


def at_work(processes: Processes) -> list[int]:
    return [
        worker.pid
        for worker in processes._workers
        if worker.place is not None and worker.pid is not None
    ]


@pytest.mark.parametrize("count", [1, 2])
def test_that_the_outcomes_are_those_of_this_process_to_the_last_bit(count: int) -> None:
    folds = [*small_folds(6), probe()]
    with Processes(count) as processes:
        assert figures(processes.outcomes(folds, Control())) == done_here(folds)
        assert len(pids()) == count
    assert pids() == []


@pytest.mark.keras
def test_that_a_fold_by_keras_is_that_of_the_keras_child_to_the_last_bit() -> None:
    fold = fold_with(spec(engine="keras"))
    with Processes(1) as processes:
        [(_, outcome)] = processes.outcomes([fold], Control())
    with closing(KerasProcess()) as keras:
        fit: Fit = keras.fit
        expected = forecast_fold(fold, fit)
    assert figures([(0, outcome)]) == figures([(0, expected)])


def test_that_a_second_call_uses_the_warm_processes(pair: Processes) -> None:
    folds = small_folds(4)
    first = figures(pair.outcomes(folds, Control()))
    warm = pids()
    assert figures(pair.outcomes(folds, Control())) == first
    assert pids() == warm


def test_when_a_fold_will_not_do_its_sentence_comes_and_the_others_are_done(
    pair: Processes,
) -> None:
    folds = [*small_folds(2), bad_fold()]
    found = figures(pair.outcomes(folds, Control()))
    assert "days" in str(found.pop(2))
    assert found == done_here(folds[:2])


@posix
def test_when_a_process_is_killed_at_work_another_does_its_fold_and_nothing_is_lost(
    pair: Processes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    folds = [*small_folds(1), *small_folds(6, epochs=300)[1:]]
    outcomes = warmed(pair).outcomes(folds, Control())
    found = [next(outcomes)]
    [killed] = at_work(pair)
    os.kill(killed, signal.SIGKILL)
    found += outcomes

    assert figures(found) == done_here(folds)
    assert killed not in pids()
    [died] = [text for text in caplog.messages if "died" in text]
    assert re.match(rf"Process {killed} died at fold \d \(signal 9\)", died)
    assert len([text for text in caplog.messages if "started" in text]) == 3


@posix
def test_when_a_process_dies_idle_the_next_call_has_another(pair: Processes) -> None:
    folds = small_folds(2)
    first = figures(pair.outcomes(folds, Control()))
    for pid in pids():
        os.kill(pid, signal.SIGKILL)
        assert gone(pid)
    assert figures(pair.outcomes(folds, Control())) == first


def test_when_a_fold_takes_three_processes_along_it_is_given_up_and_the_others_are_done(
    pair: Processes,
) -> None:
    folds = [*small_folds(3), fold_with(DeadlySpec())]
    found = figures(pair.outcomes(folds, Control()))
    assert found.pop(3) == (
        "Fold 4 was given up: 3 processes died of it, the last one of exit status 7. If this "
        "machine is short of memory, use fewer processes or a smaller network."
    )
    assert found == done_here(folds[:3])


def test_when_no_process_can_be_started_one_sentence_says_so(
    pair: Processes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "threadpoolctl.py").write_text("raise ImportError('a library is missing')")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(UserError, match="No process can be started to train in: 3 died at once"):
        list(pair.outcomes(small_folds(2), Control()))


def test_when_the_fault_is_ours_it_arrives_with_its_traceback(pair: Processes) -> None:
    outcomes = pair.outcomes([*small_folds(1), fold_with(FaultySpec())], Control())
    with pytest.raises(RuntimeError, match=r"(?s)Traceback.*in lookback.*a fault of ours"):
        list(outcomes)


def test_when_cancelled_the_processes_at_work_are_killed_and_others_do_the_next_folds(
    pair: Processes,
) -> None:
    control, folds = Control(), small_folds(2)
    outcomes = warmed(pair).outcomes([*small_folds(1), endless()], control)
    assert isinstance(next(outcomes)[1], FoldForecast)
    [busy] = at_work(pair)
    control.cancel()
    assert list(outcomes) == []
    assert busy not in pids()
    assert figures(pair.outcomes(folds, Control())) == done_here(folds)


def test_when_the_outcomes_are_wanted_no_more_the_processes_at_work_end(pair: Processes) -> None:
    outcomes = warmed(pair).outcomes([*small_folds(1), endless()], Control())
    next(outcomes)
    [busy] = at_work(pair)
    outcomes.close()  # type: ignore[attr-defined]  # it is a generator
    assert busy not in pids()


def test_when_paused_no_new_fold_is_begun_until_it_goes_on(pair: Processes) -> None:
    control, folds = Control(), small_folds(8)
    found: queue.Queue[tuple[int, Outcome]] = queue.Queue()

    def drain() -> None:
        for each in pair.outcomes(folds, control):
            control.pause()
            found.put(each)

    thread = threading.Thread(target=drain)
    thread.start()
    reached = [found.get(timeout=HANG)]
    try:
        while True:  # those that were at work when the pause came
            reached.append(found.get(timeout=1))
    except queue.Empty:
        pass
    assert len(reached) <= 2
    while len(reached) < len(folds):
        control.resume()
        reached.append(found.get(timeout=HANG))
    control.resume()
    thread.join(HANG)
    assert figures(reached) == done_here(folds)


PARENT = """
from rnnstudio.core.training import Control
from rnnstudio.workers.cluster_probe import probe
from rnnstudio.workers.processes import Processes
from tests.workers.small_folds import fold_with, small_folds, spec

if __name__ == "__main__":
    with Processes(2) as processes:
        while not all([worker.ready for worker in processes._workers] or [False]):
            list(processes.outcomes(small_folds(2), Control()))
        endless = fold_with(spec(epochs=10_000_000))
        for _ in processes.outcomes([*small_folds(1), endless], Control()):
            pids = [worker.pid for worker in processes._workers]
            print(*pids, flush=True)
"""


@posix
def test_when_the_parent_is_killed_no_process_stays(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        children = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(children) == 2
        parent.kill()
    assert all(map(gone, children))
