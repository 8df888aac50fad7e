"""Up to which number each value's colours reach; knows no Qt."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.cells.scene import Trace

_SQUASHING = ("sigmoid", "tanh", "softmax")


class Scales:
    """The largest number of each value over all steps: a colour means the same at every step."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._limits: dict[str, float] = {}

    def limit(self, name: str) -> float:
        """The number at which the colours of ``name`` are strongest; above zero."""
        if name not in self._limits:
            self._limits[name] = self._largest(name)
        return self._limits[name]

    def _largest(self, name: str) -> float:
        steps = self._trace.backward
        if name in self._trace.scene.parameters:
            steps = steps[:1]
        arrays = np.array([values[name] for values in steps])
        # Numbers that left the range of numbers shall not take the colour of those that did not.
        largest = float(np.abs(arrays).max(where=np.isfinite(arrays), initial=0.0))
        return max(largest, self._bound(name)) or 1.0

    def _bound(self, name: str) -> float:
        """1 for a gate and the like: its colours then mean the same in every scene."""
        rows = (row for row in self._trace.cell.forward if row.name == name)
        return 1.0 if any(row.function in _SQUASHING for row in rows) else 0.0
