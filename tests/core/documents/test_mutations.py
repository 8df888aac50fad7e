"""Every kind of file with its bytes, entries, arrays and headers changed: opened, or refused."""

from __future__ import annotations

import os

import pytest

from benchmarks.fault_injection.documents import kinds
from benchmarks.fault_injection.mutations import mutation
from benchmarks.fault_injection.opening import open_mutations

COUNT = 400
"""``python -m benchmarks faults`` opens 10,000."""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="room is measured as POSIX does")
def test_that_a_changed_file_runs_nothing_and_is_opened_or_refused_in_one_sentence() -> None:
    found = open_mutations(COUNT)
    assert found.escaped == []
    assert (found.mutations, found.read + found.refused) == (COUNT, COUNT)
    assert found.read > COUNT / 50, "some changes are none that matter"
    assert found.peak_mb < 200


def test_that_every_kind_of_file_is_changed() -> None:
    assert {mutation(seed)[0] for seed in range(60)} == set(kinds())
