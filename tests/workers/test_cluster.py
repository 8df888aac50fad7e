"""Folds on a real Dask cluster of this machine, parts of which are really killed."""

from __future__ import annotations

import logging
import os
import platform
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.local_cluster import LocalCluster, local_cluster
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.validation.folds import FoldForecast
from rnnstudio.core.training import Control
from rnnstudio.workers.cluster import Cluster
from rnnstudio.workers.cluster_probe import probe
from tests.workers.small_folds import (
    DeadlySpec,
    FaultySpec,
    bad_fold,
    done_here,
    figures,
    fold_with,
    small_folds,
)

pytest.importorskip("distributed")
pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]

PRETENDING = """
import distributed.versions
def pretend(name, true=distributed.versions._version_cached):
    return {pretended}.get(name, true(name))
distributed.versions._version_cached = pretend
"""


def pretending(folder: Path, name: str, pretended: dict[str, str | None]) -> Path:
    """A file that is loaded by a scheduler or a worker, which then reports these versions."""
    file = folder / f"{name}.py"
    file.write_text(PRETENDING.format(pretended=pretended))
    return file


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """Two workers that the tests leave alive."""
    with local_cluster(tmp_path_factory.mktemp("cluster")) as cluster:
        cluster.start()
        cluster.add_workers(2)
        yield cluster


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[LocalCluster]:
    """A cluster of the test's own, not started yet."""
    with local_cluster(tmp_path) as cluster:
        yield cluster


def test_that_the_outcomes_are_those_of_this_process_to_the_last_bit(
    standing: LocalCluster,
) -> None:
    folds = [*small_folds(8), probe()]
    with Cluster(standing.address) as cluster:
        assert figures(cluster.outcomes(folds, Control())) == done_here(folds)
        assert list(cluster.outcomes([], Control())) == []


def test_that_a_fold_asked_for_twice_comes_twice(standing: LocalCluster) -> None:
    folds = 3 * small_folds(2)
    with Cluster(standing.address) as cluster:
        assert figures(cluster.outcomes(folds, Control())) == done_here(folds)


def test_when_a_fold_will_not_do_its_sentence_comes_and_the_others_are_done(
    standing: LocalCluster,
) -> None:
    folds = [*small_folds(2), bad_fold()]
    with Cluster(standing.address) as cluster:
        found = figures(cluster.outcomes(folds, Control()))
    assert "days" in str(found.pop(2))
    assert found == done_here(folds[:2])


def test_when_the_fault_is_ours_it_arrives_with_the_workers_traceback(
    standing: LocalCluster,
) -> None:
    with (
        Cluster(standing.address) as cluster,
        pytest.raises(RuntimeError, match=r"(?s)Traceback.*in lookback.*a fault of ours"),
    ):
        list(cluster.outcomes([fold_with(FaultySpec())], Control()))


def test_when_cancelled_no_more_comes_and_the_same_folds_can_be_asked_for_again(
    standing: LocalCluster,
) -> None:
    control, folds = Control(), small_folds(20)
    with Cluster(standing.address) as cluster:
        outcomes = cluster.outcomes(folds, control)
        assert isinstance(next(outcomes)[1], FoldForecast)
        control.cancel()
        assert len(list(outcomes)) < 19
        assert figures(cluster.outcomes(folds, Control())) == done_here(folds)


def test_when_a_worker_is_killed_midway_nothing_is_lost(
    fresh: LocalCluster, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    fresh.start()
    fresh.add_workers(2)
    folds = small_folds(30, epochs=20)
    with Cluster(fresh.address) as cluster:
        outcomes = cluster.outcomes(folds, Control())
        found = [next(outcomes)]  # of 30 folds, the scheduler knows of 8
        fresh.workers[0].kill()
        fresh.workers[0].wait()
        found += outcomes
        while not any("is gone" in text for text in caplog.messages):
            cluster._look_round()
    assert figures(found) == done_here(folds)


def test_when_a_fold_takes_workers_along_it_is_given_up_and_the_next_ones_are_done(
    fresh: LocalCluster,
) -> None:
    fresh.start(failures=0)
    fresh.add_workers(2)
    folds = small_folds(3)
    with Cluster(fresh.address) as cluster:
        [(place, outcome)] = cluster.outcomes([fold_with(DeadlySpec())], Control())
        assert (place, str(outcome)[:46]) == (0, "Fold 1 was given up: several workers of the cl")
        assert figures(cluster.outcomes(folds, Control())) == done_here(folds)


def test_when_the_scheduler_is_killed_midway_what_is_done_is_given_out_and_counted(
    fresh: LocalCluster,
) -> None:
    fresh.start()
    fresh.add_workers(1)
    folds = small_folds(30)
    with Cluster(fresh.address) as cluster:
        outcomes = cluster.outcomes(folds, Control())
        found = [next(outcomes)]
        fresh.scheduler.kill()
        fresh.scheduler.wait()
        with pytest.raises(UserError, match="is gone") as caught:
            found.extend(outcomes)
    assert f"; {len(found)} of 30 folds are done. Start it again" in str(caught.value)
    assert figures(found).items() <= done_here(folds).items()


def test_when_there_are_no_workers_one_sentence_says_how_to_start_some(
    fresh: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rnnstudio.workers.cluster.WORKERS_SECONDS", 0.5)
    fresh.start()
    with pytest.raises(UserError, match=r"has no workers; start some with `dask worker tcp://"):
        Cluster(fresh.address).__enter__()


def test_when_the_scheduler_is_of_another_version_it_is_named(
    fresh: LocalCluster, tmp_path: Path
) -> None:
    fresh.start(pretending(tmp_path, "old", {"distributed": "1999.1"}))
    with pytest.raises(UserError, match=r"the scheduler has distributed 1999.1 and this machine 2"):
        Cluster(fresh.address).__enter__()


def test_when_a_worker_is_of_another_version_or_lacks_us_it_is_named(
    fresh: LocalCluster, tmp_path: Path
) -> None:
    other = tmp_path / "packages" / "rnnstudio-0.0.7.dist-info"
    other.mkdir(parents=True)
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: rnnstudio\nVersion: 0.0.7\n")
    fresh.start()
    fresh.add_workers(1, PYTHONPATH=os.pathsep.join([str(other.parent), str(ROOT)]))
    fresh.add_workers(1, pretending(tmp_path, "bare", {"rnnstudio": None}))
    with pytest.raises(UserError) as caught:
        Cluster(fresh.address).__enter__()
    text = str(caught.value)
    assert re.search(r"the worker tcp://127\.0\.0\.1:\d+ has RNN Studio 0\.0\.7 and this", text)
    assert re.search(r"the worker tcp://127\.0\.0\.1:\d+ has no RNN Studio", text)


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="names x86 kernels")
def test_when_a_worker_computes_with_other_kernels_it_is_reported(
    fresh: LocalCluster, caplog: pytest.LogCaptureFixture
) -> None:
    fresh.start()
    for kernel in ("Haswell", "Prescott"):  # whatever this machine has, one of them is another
        fresh.add_workers(1, OPENBLAS_CORETYPE=kernel)
    with Cluster(fresh.address):
        warnings = [text for text in caplog.messages if "other kernels than this machine" in text]
    assert warnings


def test_when_nobody_listens_the_sentence_says_how_to_start_a_scheduler() -> None:
    address = "tcp://127.0.0.1:9"
    with pytest.raises(UserError, match=r"no scheduler at tcp://127.0.0.1:9; start one with `dask"):
        Cluster(address).__enter__()


def test_when_what_answers_is_no_scheduler_of_ours_the_sentence_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            for _ in range(2):
                line, _ = server.accept()
                line.sendall(b"SSH-2.0-OpenSSH_9.2p1\r\n" + bytes(100))
                line.close()

        thread = threading.Thread(target=greet)
        thread.start()
        with pytest.raises(UserError, match="runs another version of distributed"):
            Cluster(f"tcp://127.0.0.1:{server.getsockname()[1]}").__enter__()
        thread.join()


@pytest.mark.parametrize(
    "address", ["", "x", "tcp://", "tcp://127.0.0.1", "tcp://a:99999", "http://a:80", "tcp://[:1"]
)
def test_when_the_address_is_none_the_sentence_shows_one(address: str) -> None:
    with pytest.raises(UserError, match=r"would look like tcp://127.0.0.1:8786"):
        Cluster(address).__enter__()


def test_when_the_package_is_missing_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ImportError('not here')")
    program = "from rnnstudio.workers.cluster import Cluster; Cluster('tcp://a:1').__enter__()"
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}"},
    )
    assert 'pip install "rnnstudio[cluster]"' in done.stderr.splitlines()[-1]
