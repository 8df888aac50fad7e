"""The Keras child process of a test, and its patience."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rnnstudio.workers.keras_child import KerasProcess
from tests.workers.keras_trainings import HANG


@pytest.fixture
def keras() -> Iterator[KerasProcess]:
    process = KerasProcess()
    yield process
    process.close()


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine: a cancelled child has the time to send its checkpoint."""
    monkeypatch.setattr("rnnstudio.workers.keras_child.CANCEL_PATIENCE", HANG)
