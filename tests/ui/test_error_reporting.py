"""Reference cycles are collected in the window's thread, the oldest ones among them."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from pytestqt.qtbot import QtBot

from rnnstudio.ui import error_reporting as faults


class Cycle:
    def __init__(self) -> None:
        self.itself = self
        weakref.finalize(self, collected_in.append, threading.get_ident())


collected_in: list[int] = []


def test_that_a_cycle_that_has_grown_old_is_collected_in_the_windows_thread(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "COLLECT_MS", 5)
    collected_in.clear()
    with faults.collected_here():
        old = Cycle()
        gc.collect(0)
        gc.collect(1)  # now it is of the oldest generation
        assert any(each is old for each in gc.get_objects(2))
        del old
        qtbot.waitUntil(lambda: bool(collected_in), timeout=20_000)
    assert collected_in == [threading.get_ident()]
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
