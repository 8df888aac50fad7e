"""How the gradient of each parameter grows over the steps of the backward pass; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.scene import Trace


@dataclass(frozen=True, eq=False)
class Growth:
    """Of one parameter: each step's own gradient and the sum so far, (T_x,) each.

    The sum so far of a step holds that step and all later ones.
    """

    own: Array
    so_far: Array


class Sums:
    """The growth of every gradient of a trace, computed once."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self._sizes: dict[str, Growth] = {}

    def size(self, name: str) -> Growth:
        """Euclidean norms of the gradient of the parameter ``name``."""
        if name not in self._sizes:
            self._sizes[name] = Growth(self._norms(f"d{name}"), self._norms(f"d{name}_sum"))
        return self._sizes[name]

    def _norms(self, name: str) -> Array:
        with np.errstate(over="ignore"):
            return np.array([np.linalg.norm(step[name]) for step in self.trace.backward])

    def entry(self, name: str, row: int, column: int) -> Growth:
        """One number of the gradient, or the nearest one that it has."""
        rows, columns = self.trace.scene.parameters[name].shape
        place = min(row, rows - 1), min(column, columns - 1)
        steps = self.trace.backward
        own = np.array([step[f"d{name}"][place] for step in steps])
        return Growth(own, np.array([step[f"d{name}_sum"][place] for step in steps]))
