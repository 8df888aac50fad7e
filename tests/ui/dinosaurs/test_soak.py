"""Two hundred starts, pauses and stops at random moments leave threads and memory as they were."""

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT

ROUNDS = 200
SEED = 5
WARM_UP = 80
"""Rounds until libraries have their buffers, the kept trainings and their moments are at their
number, and letters of every size were drawn once."""
LOOKED_AT = 10
"""Rounds whose mean counts: memory goes up and down by what a round happens to hold."""
MOST_GROWTH = 9 * 2**20
"""78 KB a round, less than one network; without a leak it is 0 to 6 MB in all, by how long the
trainings that are kept happened to run."""
EXPECTED = {"This plugin does not support propagateSizeHints()"}
"""What the offscreen screen says."""


@pytest.mark.slow
def test_that_two_hundred_starts_pauses_and_stops_leave_nothing_behind() -> None:
    command = [sys.executable, "-m", "tests.ui.dinosaurs.soak", str(ROUNDS), str(SEED)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=280
    )
    assert done.returncode == 0, done.stderr
    assert set(done.stderr.splitlines()) <= EXPECTED
    rounds = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rounds) == ROUNDS
    for kind in ("threads", "native"):
        held = [each[kind] for each in rounds]
        assert max(held[WARM_UP:]) <= max(held[:WARM_UP]), f"{kind}: {held}"
    memory = [each["bytes"] for each in rounds]
    before, after = memory[WARM_UP - LOOKED_AT : WARM_UP], memory[-LOOKED_AT:]
    growth = (sum(after) - sum(before)) / LOOKED_AT
    assert growth < MOST_GROWTH, f"memory grew by {growth / 2**20:.1f} MB"
