"""A disk that is full, as the system itself says so: no file may grow beyond a limit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def full_after(size: int) -> Iterator[None]:
    """Let every file that this process writes end at ``size`` bytes; skips where that cannot be.

    The system breaks the write off in its middle, as it does on a full disk (EFBIG in the place of
    ENOSPC), and needs no rights for it.
    """
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
