"""Small opened models with random weights."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.cells.table import Variant
from rnnstudio.core.cells.variants import varied
from rnnstudio.core.models.opened_layers import OpenedCell, OpenedDense, OpenedLayer
from rnnstudio.core.models.opened_model import Model, OpenedStack

N_X = 3


def draw(*shape: int, seed: int = 1) -> np.ndarray:
    return 0.5 * np.random.default_rng(seed).standard_normal(shape)


def cell(name: str = "lstm", units: int = 4, n_x: int = N_X, **settings: object) -> OpenedCell:
    every_step = bool(settings.pop("every_step", False))
    table = varied(name, settings.get("variant", Variant()))  # type: ignore[arg-type]
    shapes = table.parameter_shapes(n_x, units, 1)
    weights = {key: draw(*shapes[key], seed=at) for at, key in enumerate(table.learned)}
    return OpenedCell(name, name.upper(), name, units, every_step, weights, **settings)  # type: ignore[arg-type]


def dense(units: int, n: int, activation: str = "linear") -> OpenedDense:
    return OpenedDense("dense", "Dense", draw(units, n), draw(units), activation)


def model(*layers: OpenedLayer, n_x: int = N_X, **settings: object) -> Model:
    return Model("model", OpenedStack(n_x, layers, **settings))  # type: ignore[arg-type]
