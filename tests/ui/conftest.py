"""What every test of the window gets."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def nothing_collected_within_a_call_of_qt() -> Iterator[None]:
    """Collect reference cycles between tests only, as the application does between events.

    A legend that is collected while Qt lays out its scene is asked for a size that it has lost.
    """
    gc.disable()
    yield
    gc.enable()
