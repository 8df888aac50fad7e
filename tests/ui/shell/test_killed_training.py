"""A forecaster's training in the running application, killed on its way."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.session.recovery import left_over
from rnnstudio.core.session.session_file import open_session
from rnnstudio.core.stocks.model.forecaster import ForecastCheckpoint
from tests.conftest import ROOT
from tests.core.stocks.made import trained
from tests.core.stocks.unfinished import finished, require_same
from tests.ui.shell.training_child import SPEC
from tests.ui.stocks.tabs import write

HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
HANG = 60.0
"""Seconds after which the test gives up; it does not decide by time."""


@contextmanager
def killed_at_the_end(folder: Path) -> Iterator[None]:
    """The application, which trains on made prices until it is killed."""
    prices = write(folder / "made.csv", slice(0, 100))
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.shell.training_child", str(prices)],
        cwd=ROOT,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            **dict.fromkeys(HOMES, str(folder)),
        },
    )
    try:
        yield
    finally:
        child.kill()
        child.wait()


def wait_until_kept(folder: Path) -> None:
    """Wait until a training that is not finished is among the work that is kept."""
    deadline = time.monotonic() + HANG
    while time.monotonic() < deadline:
        for path in folder.rglob("recovery/*.rnnstudio"):
            with suppress(UserError):
                stocks = open_session(path).stocks
                if stocks is not None and stocks.unfinished is not None:
                    return
        time.sleep(0.02)
    raise TimeoutError("no training was kept")


def left_unfinished(folder: Path) -> ForecastCheckpoint:
    """What the next start finds."""
    [kept] = folder.rglob("recovery")
    [found] = left_over(kept)
    stocks = open_session(found.path).stocks
    assert stocks is not None
    assert stocks.unfinished is not None
    return stocks.unfinished


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL of POSIX")
def test_that_a_killed_window_s_training_goes_on_to_the_same_bits(tmp_path: Path) -> None:
    with killed_at_the_end(tmp_path):
        wait_until_kept(tmp_path)
    unfinished = left_unfinished(tmp_path)
    assert unfinished.data.spec == SPEC
    assert 0 < unfinished.fit.step < unfinished.total
    require_same(finished(unfinished), trained(unfinished.data.split, SPEC))
