"""Some of what ``python -m benchmarks faults`` does often, done a few times."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from benchmarks.fault_injection.starts import Starts, start_and_cancel
from rnnstudio.workers.keras_child import KerasProcess


@pytest.fixture
def keras() -> Iterator[KerasProcess]:
    process = KerasProcess()
    yield process
    process.close()


@pytest.mark.slow
def test_that_starts_and_stops_in_every_tab_leave_nothing_behind() -> None:
    found = start_and_cancel(3)
    assert (found.starts, found.left) == (9, [])


@pytest.mark.slow
@pytest.mark.keras
@pytest.mark.skipif(sys.platform != "linux", reason="takes memory away as Linux does")
def test_that_a_keras_process_without_memory_ends_in_a_sentence_and_the_next_one_trains(
    keras: KerasProcess,
) -> None:
    from benchmarks.fault_injection.keras_faults import KerasFaults, break_once

    found = KerasFaults()
    assert break_once("starved of memory", keras, found) == []
    assert "Keras process ended" in found.sentences["starved of memory"]


@pytest.mark.skipif(sys.platform != "linux", reason="the benchmark needs Linux")
def test_that_the_benchmark_has_its_ten_figures_and_counts_what_went_wrong_anywhere() -> None:
    from benchmarks.fault_injection.keras_faults import KerasFaults
    from benchmarks.fault_injection.opening import Opened
    from benchmarks.fault_injection.places import Places
    from benchmarks.fault_injection.saving import SavingKills
    from benchmarks.fault_injection.working import WorkingKills
    from benchmarks.faults import PLAN, Findings, goals

    figures = Findings(
        SavingKills(kills=2, lost=["a"], litter=["b"]),
        WorkingKills(kills=3, lost=["c"], oldest_s=4.0),
        Places(wrong=["d"]),
        Opened(mutations=5, escaped=["e"], slowest_s=0.5, peak_mb=6.0),
        Starts(starts=7, left=["f"], growth_percent=1.0),
        KerasFaults(wrong=["g"], starts=Starts(8, ["h"], 2.0)),
    ).figures()
    assert list(figures) == [goal.figure for goal in goals(PLAN)]
    assert list(figures.values()) == [5, 4, 4.0, 5, 1, 0.5, 6.0, 15, 3, 2.0]
