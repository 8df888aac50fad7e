"""How many threads the matrix products use: one, where a step's product is small.

A second thread gains nothing on a product of a few microseconds, and it is much slower when
another process (or the window) competes for that core: every product then waits for a thread that
is not running. The setting belongs to the whole process, so it is kept while trainings run and
restored after the last of them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from threadpoolctl import OpenBLASController, ThreadpoolController

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.engine.spec import ModelSpec, Recurrent

LARGE_PRODUCT = 2**24
"""Multiplications in a step's product from which on more threads are faster than one."""


class _OneThread:
    """While anybody holds it, NumPy's matrix products use one thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders = 0
        self._limits: Any = None

    def __enter__(self) -> None:
        with self._lock:
            if self._limits is None:
                matrix_library()
                _take_control()
                self._limits = _libraries().limit(limits=1, user_api="blas")
            self._holders += 1

    def __exit__(self, *error: object) -> None:
        with self._lock:
            self._holders -= 1
            if self._holders == 0 and self._limits is not None:
                _take_control()
                self._limits.restore_original_limits()
                self._limits = None
                _take_control()


@cache
def _libraries() -> ThreadpoolController:
    """The libraries of NumPy's products: to look for them takes longer than a small prediction."""
    return ThreadpoolController()


@cache
def matrix_library() -> Mapping[str, Any]:
    """What threadpoolctl says of the library of NumPy's products, before any limit was set.

    Empty where it knows no such library.
    """
    found = (each for each in _libraries().info() if each["user_api"] == "blas")
    return next(found, {})


def _take_control() -> None:
    """Let whichever thread comes next set the number.

    Without this only the first thread that ever set it can do so, for as long as it lives; others
    are passed over in silence.
    """
    OpenBLASController.clear_controlling_thread(force=True)


ONE_THREAD = _OneThread()
"""Held with ``with``, by any thread and as often as one likes."""


@contextmanager
def threads_for(spec: ModelSpec, batch: int) -> Iterator[None]:
    """Hold the number of threads that suits the model while the body runs."""
    if step_product(spec, batch) >= LARGE_PRODUCT:
        yield
    else:
        with ONE_THREAD:
            yield


def step_product(spec: ModelSpec, batch: int) -> int:
    """Multiplications that the largest product of a step takes, going forward."""
    return max(
        CELLS[layer.cell].matrix_entries(n, layer.units) * batch
        for layer, n in zip(spec.layers, spec.input_sizes(), strict=True)
        if isinstance(layer, Recurrent)
    )
