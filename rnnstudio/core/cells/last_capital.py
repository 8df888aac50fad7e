"""The scene of "Remember the last capital": small trained cells, and the words that they read.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.answer import answer_gradient
from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.scene import MOST, Scene, Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.table import Cell
from rnnstudio.core.cells.task import LAST_CAPITAL
from rnnstudio.core.errors import UserError
from rnnstudio.paths import data_file

SYMBOLS, CAPITALS = "ABCabc?", "ABC"
"""What the rows of the input and of the prediction are; the input is one-hot."""
UNITS = 2
SHIPPED = "cells/last-capital.npz"
"""The trained parameters, each under its cell's name, a dot and its own."""


def last_capital_scene(cell: Cell, word: str, seed: int = 1) -> Scene:
    """The trained ``cell`` reading ``word``, one letter a step.

    Its da is the gradient that the cross-entropy of the last prediction would have if another
    letter than the cell's answer had been right: the last such capital of the word, if it has one.
    A cell that was not trained for this has random numbers of ``seed``, and no task. Raises
    UserError when the word is empty or too long, or has a letter that the cells do not read.
    """
    x = one_hot(word)
    scene = random_scene(cell, Sizes(len(SYMBOLS), UNITS, len(CAPITALS), 1, len(word)), seed)
    scene = replace(scene, x=x, labels=tuple(word), inputs=tuple(SYMBOLS), outputs=tuple(CAPITALS))
    parameters = trained_parameters().get(cell.name)
    if parameters is None:
        return scene
    last = unroll.forward(cell, x, parameters, scene.initial)[-1]
    da = np.zeros_like(scene.da)
    da[..., -1] = answer_gradient(cell, last, _other_answer(last[cell.predicted.name], word))
    return replace(scene, parameters=parameters, da=da, task=LAST_CAPITAL)


def one_hot(word: str) -> Array:
    """The letters of ``word`` as an input, (7, 1, T_x).

    Raises UserError when the word is empty or too long, or a letter is not one of ``SYMBOLS``.
    """
    if not 1 <= len(word) <= MOST["T_x"]:
        raise UserError(
            "The word has {n_letters} letters; it must have 1 to {most}.",
            n_letters=len(word),
            most=MOST["T_x"],
        )
    unknown = [letter for letter in word if letter not in SYMBOLS]
    if unknown:
        raise UserError(
            "The cell cannot read “{unknown}”; it reads the letters {letters} and “?”.",
            unknown=unknown[0],
            letters=SYMBOLS.rstrip("?"),
        )
    x = np.zeros((len(SYMBOLS), 1, len(word)))
    x[[SYMBOLS.index(letter) for letter in word], 0, np.arange(len(word))] = 1
    return x


@cache
def trained_parameters() -> Mapping[str, Mapping[str, Array]]:
    """The trained parameters of each cell by its name, in the shapes that the cell says."""
    found: dict[str, dict[str, Array]] = {}
    with np.load(data_file(SHIPPED), allow_pickle=False) as arrays:
        for key in arrays:
            cell, name = key.split(".")
            found.setdefault(cell, {})[name] = arrays[key]
    return found


def _other_answer(probabilities: Array, word: str) -> int:
    """The row of an answer that the cell does not give: the last capital among these."""
    said = CAPITALS[int(probabilities[:, 0].argmax())]
    others = [letter for letter in word if letter in CAPITALS and letter != said]
    others = others or [letter for letter in CAPITALS if letter != said]
    return CAPITALS.index(others[-1])
