"""A process that is killed at any moment of saving loses nothing that was saved before."""

from __future__ import annotations

import os

import pytest

from benchmarks.fault_injection.saving import kill_while_saving


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL of POSIX")
def test_that_a_kill_while_saving_leaves_the_old_session_or_the_new_and_no_litter() -> None:
    """``python -m benchmarks faults`` kills many more."""
    found = kill_while_saving(8)
    assert (found.kills, found.lost, found.litter) == (8, [], [])
