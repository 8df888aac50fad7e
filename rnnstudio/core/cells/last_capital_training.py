"""The training of the cells of "Remember the last capital", by their own tables.

Full batches of words of one length, the gradient by the cell's backward table, Adam. What a cell
says before it is asked should be nothing in particular; an LSTM is also kept from showing anything
before, so that its output gate learns to stay closed. Arrays are float64 and have no unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.last_capital import CAPITALS, SYMBOLS, UNITS
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.table import Cell, Values

BATCH, RATE, DECAY = 24, 0.03, 2e-4
_CAPITAL_SHARE = 0.28


@dataclass(frozen=True)
class TrainingRecipe:
    """How one cell is trained.

    ``quiet`` is the weight of saying something before it is asked, ``still`` that of showing
    anything before; both are 0 where the hidden state itself has to remember. ``decay`` has the
    weight decay of parameters for which it is not ``DECAY``, ``longest`` is the length of the
    longest word.
    """

    seed: int
    quiet: float = 0.0
    still: float = 0.0
    decay: Mapping[str, float] = field(default_factory=dict)
    batches: int = 3500
    longest: int = 11


RECIPES: Mapping[str, TrainingRecipe] = {
    "rnn": TrainingRecipe(seed=1),
    "lstm": TrainingRecipe(seed=8, quiet=0.35, still=0.5),
    # By the strong decay and long words the update gate has to remember, not the candidate.
    "gru": TrainingRecipe(seed=8, decay={"Wca": 0.03}, batches=1500, longest=40),
}


def random_words(draw: np.random.Generator, steps: int, count: int) -> tuple[Array, Array]:
    """Words that begin with a capital and end with "?", and the row of their last capital.

    (7, count, steps) and (count,); the second is of whole numbers.
    """
    letters = draw.integers(3, 6, (steps, count))
    capital = draw.random((steps, count)) < _CAPITAL_SHARE
    capital[0] = True
    which = draw.integers(0, 3, (steps, count))
    letters[capital] = which[capital]
    letters[-1] = SYMBOLS.index("?")
    last = np.zeros(count, int)
    for t in range(steps - 1):
        last[capital[t]] = which[t][capital[t]]
    x = np.zeros((len(SYMBOLS), count, steps))
    for t in range(steps):
        x[letters[t], np.arange(count), t] = 1
    return x, last


def train_last_capital(cell: Cell, recipe: TrainingRecipe) -> dict[str, Array]:
    """The trained parameters under the paper's names, in the shapes that the cell says."""
    draw = np.random.default_rng(recipe.seed)
    p = _first_parameters(cell, draw)
    m, v = ({name: np.zeros_like(array) for name, array in p.items()} for _ in range(2))
    for step in range(1, recipe.batches + 1):
        x, last = random_words(draw, int(draw.integers(3, recipe.longest + 1)), BATCH)
        gradients = _gradients(cell, recipe, p, x, last)
        for name in p:
            g = gradients[name] + recipe.decay.get(name, DECAY) * p[name]
            m[name] = 0.9 * m[name] + 0.1 * g
            v[name] = 0.999 * v[name] + 0.001 * g**2
            first, second = m[name] / (1 - 0.9**step), v[name] / (1 - 0.999**step)
            p[name] = p[name] - RATE * first / (np.sqrt(second) + 1e-8)
    return p


def all_trained() -> dict[str, Array]:
    """The parameters of every cell that has a recipe, as they are shipped; shapes as there."""
    return {
        f"{name}.{key}": array
        for name, recipe in RECIPES.items()
        for key, array in train_last_capital(CELLS[name], recipe).items()
    }


def _first_parameters(cell: Cell, draw: np.random.Generator) -> dict[str, Array]:
    shapes = cell.parameter_shapes(len(SYMBOLS), UNITS, len(CAPITALS))
    p = {
        name: np.zeros(shape)
        if name in cell.vectors
        else draw.standard_normal(shape) / np.sqrt(shape[1])
        for name, shape in shapes.items()
    }
    if cell.path.bias:
        p[cell.path.bias] += 1.0
    return p


def _gradients(
    cell: Cell, recipe: TrainingRecipe, p: Mapping[str, Array], x: Array, last: Array
) -> Values:
    """The mean gradient over the batch of the loss, by each parameter's name."""
    W, b = cell.output
    initial = {state: np.zeros((UNITS, BATCH)) for state in cell.states}
    steps = unroll.forward(cell, x, p, initial)
    target = np.eye(len(CAPITALS))[last].T
    da, dW, db = np.zeros((UNITS, BATCH, len(steps))), np.zeros_like(p[W]), np.zeros_like(p[b])
    for t, values in enumerate(steps):
        y, a = values[cell.predicted.name], values["a_next"]
        asked = t == len(steps) - 1
        error = (y - target) / BATCH if asked else recipe.quiet * (y - 1 / len(CAPITALS)) / BATCH
        dW = dW + error @ a.T
        db = db + error.sum(axis=1, keepdims=True)
        da[..., t] = p[W].T @ error + (0 if asked else recipe.still * a / BATCH)
    found = unroll.backward(cell, steps, da).gradients
    return {name: found[f"d{name}"] for name in cell.learned} | {W: dW, b: db}
