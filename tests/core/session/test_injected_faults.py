"""Nothing that was saved before is lost, whenever a process is killed and wherever it writes."""

from __future__ import annotations

import os

import pytest

from benchmarks.fault_injection.places import write_to_bad_places
from benchmarks.fault_injection.saving import kill_while_saving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="signals, links and limits of POSIX"),
]


def test_that_a_kill_while_saving_leaves_the_old_session_or_the_new_and_no_litter() -> None:
    """``python -m benchmarks faults`` kills many more."""
    found = kill_while_saving(8)
    assert (found.kills, found.lost, found.litter) == (8, [], [])


def test_that_a_place_that_cannot_be_written_to_is_said_and_nothing_is_lost() -> None:
    found = write_to_bad_places("full disk", "folder for the file", "symbolic link")
    assert (found.tried, found.wrong) == (6, [])
    assert len(found.sentences) == 4
