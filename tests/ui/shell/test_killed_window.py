"""The running application, killed while somebody works in it."""

from __future__ import annotations

import os

import pytest

from benchmarks.fault_injection.working import kill_after


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL of POSIX")
def test_that_a_killed_window_leaves_work_that_was_there_and_the_next_start_finds_it() -> None:
    """``python -m benchmarks faults`` kills many more, which keep as seldom as is usual."""
    found = kill_after(3.0, within_ms=50)
    assert (found.lost, found.kept) == ([], 1)
    assert found.changes > 1
