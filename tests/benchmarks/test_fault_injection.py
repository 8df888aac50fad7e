"""Some of what ``python -m benchmarks faults`` does often, done a few times."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from benchmarks.fault_injection.starts import start_and_cancel
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
