"""A network letter by letter: which symbol comes next, for one name or many side by side.

States and values are of the parameters' dtype, float32 or float64, symbols intp; they have no unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.table import Cell, Values, run
from rnnstudio.core.engine.online_rnn import Symbols
from rnnstudio.core.engine.spec import CellName
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.training import stop_point

ROWS = 512
"""Names that are evaluated side by side."""

States = Mapping[str, npt.NDArray[Any]]
"""Each state of the cell by its name ("a", and "c" of the LSTM), (n_a, m) for m names."""


@dataclass(frozen=True, eq=False)
class Stepper:
    """Runs the forward table of the cell ``name``; ``parameters`` as in ``TrainedNames``."""

    name: CellName
    parameters: Mapping[str, Array]

    @property
    def cell(self) -> Cell:
        """The cell's tables."""
        return CELLS[self.name]

    @cached_property
    def _one_hot(self) -> Array:
        """A row a symbol; the last one is the input for NOTHING, an index of -1."""
        n_x = len(self.parameters[self.cell.output[1]])
        return np.vstack([np.eye(n_x), np.zeros(n_x)])

    def start(self, m: int = 1) -> States:
        """The zero states (n_a, m) before the first letter of ``m`` names."""
        n_a = self.parameters[self.cell.output[0]].shape[1]
        return {name: np.zeros((n_a, m)) for name in self.cell.states}

    def step(self, states: States, x: Symbols) -> tuple[States, Array]:
        """The states after the symbols ``x`` (m,), and the next symbol's probabilities (n_x, m).

        NOTHING is the input before the first letter: a zero vector.
        """
        values = self.values(states, x)
        after = {name: values[f"{name}_next"] for name in self.cell.states}
        return after, values[self.cell.predicted.name]

    def values(self, states: States, x: Symbols) -> Values:
        """Every named value of one step on ``x`` (m,): all that the table computes, (rows, m)."""
        given = {f"{name}_prev": state for name, state in states.items()}
        return run(self.cell.forward, {**self.parameters, **given, "xt": self._one_hot[x].T})


def nats_per_character(model: Stepper, corpus: Corpus, names: tuple[str, ...]) -> float:
    """Mean of -log P over every symbol of ``names``, their ends included; each starts from zeros.

    The hidden state of the recipe "paper" is carried over while it trains, but not here: a name is
    evaluated as it would be sampled.
    """
    total, count = 0.0, 0
    for _, same_length in groupby(sorted(names, key=len), key=len):
        rows = list(same_length)
        for first in range(0, len(rows), ROWS):
            stop_point()
            part = rows[first : first + ROWS]
            total += _nats(model, corpus, part)
            count += sum(len(name) + 1 for name in part)
    return total / count


def _nats(model: Stepper, corpus: Corpus, names: list[str]) -> float:
    """The sum of -log P over ``names``, which are all of one length."""
    examples = [corpus.example(name) for name in names]
    x, y = (np.array(part) for part in zip(*examples, strict=True))
    states, total, columns = model.start(len(names)), 0.0, np.arange(len(names))
    for t in range(x.shape[1]):
        states, yt_pred = model.step(states, x[:, t])
        with np.errstate(divide="ignore"):
            total -= float(np.log(yt_pred[y[:, t], columns]).sum())
    return total
