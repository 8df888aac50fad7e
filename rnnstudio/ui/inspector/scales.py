"""Up to which number each value's colours reach; knows no Qt."""

from __future__ import annotations

from math import floor, log10

import numpy as np

from rnnstudio.core.cells.scene import Trace

_SQUASHING = ("sigmoid", "tanh", "softmax")
_ROUND = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""First figures of the numbers up to which bars may reach."""


class Scales:
    """The largest number of each value over all steps: a colour means the same at every step."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._limits: dict[str, float] = {}
        self._reaches: dict[str, float] = {}

    def limit(self, name: str) -> float:
        """The number at which the colours of ``name`` are strongest; above zero."""
        if name not in self._limits:
            self._limits[name] = self._largest(name)
        return self._limits[name]

    def bar_limit(self, *, backward: bool) -> float:
        """The round number up to which all bars of a pass reach, so that they can be compared.

        Forward no value of the recurrence exceeds it, and it is at least 1; backward nothing that a
        step hands on does.
        """
        cell = self._trace.cell
        if backward:
            largest = max(self._reach(f"d{state}_prev") for state in cell.states)
            return _round_up(largest or 1.0)
        rows = (row.name for row in cell.recurrence if row.function != "stack")
        return _round_up(max(1.0, *map(self._reach, rows)))

    def _reach(self, name: str) -> float:
        if name not in self._reaches:
            self._reaches[name] = self._furthest(name)
        return self._reaches[name]

    def _largest(self, name: str) -> float:
        return max(self._reach(name), self._bound(name)) or 1.0

    def _furthest(self, name: str) -> float:
        """The largest finite size of the value over all steps."""
        steps = self._trace.backward
        if name in self._trace.scene.parameters:
            steps = steps[:1]
        arrays = np.array([values[name] for values in steps])
        # Numbers that left the range of numbers shall not take the colour of those that did not.
        return float(np.abs(arrays).max(where=np.isfinite(arrays), initial=0.0))

    def _bound(self, name: str) -> float:
        """1 for a gate and the like: its colours then mean the same in every scene."""
        rows = (row for row in self._trace.cell.forward if row.name == name)
        return 1.0 if any(row.function in _SQUASHING for row in rows) else 0.0


def _round_up(number: float) -> float:
    """The next number of one figure that is no smaller."""
    power = 10.0 ** floor(log10(number))
    return power * next(figure for figure in _ROUND if figure * power >= number)
