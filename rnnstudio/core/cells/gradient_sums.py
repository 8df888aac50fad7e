"""How the gradient of each parameter grows over the steps of the backward pass.

Arrays are float64 and have no unit.
"""

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


@dataclass(frozen=True)
class WeightTag:
    """What is written under a gate: its weights' gradient of one step, and the sum so far.

    ``parameter`` names the weights. Both are Euclidean norms; ``share`` is the sum's share of the
    longest sum that any weights of a gate come to, 0 to 1.
    """

    parameter: str
    own: float
    so_far: float
    share: float


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

    def tags(self, step: int) -> dict[str, tuple[WeightTag, ...]]:
        """The tags of a step under each forward value that has weights of its own, by its name.

        Their bars have one scale for all steps.
        """
        weights = self._weights()
        lengths = [self.size(name).so_far.max() for names in weights.values() for name in names]
        longest = max(lengths, default=0.0)
        return {
            value: tuple(self._tag(name, step, longest) for name in names)
            for value, names in weights.items()
        }

    def _tag(self, name: str, step: int, longest: float) -> WeightTag:
        growth = self.size(name)
        own, so_far = float(growth.own[step]), float(growth.so_far[step])
        return WeightTag(name, own, so_far, so_far / longest if longest else 0.0)

    def _weights(self) -> dict[str, tuple[str, ...]]:
        """The learned matrices that each row of the recurrence multiplies by."""
        cell = self.trace.cell
        matrices = set(cell.learned) - set(cell.vectors)
        found = {
            row.name: tuple(name for name in row.inputs if name in matrices)
            for row in cell.recurrence
        }
        return {value: names for value, names in found.items() if names}
